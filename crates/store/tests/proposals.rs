//! Proposals on both engines: every version stays, stale ones are refused.

use dacheng_store::plans::{self, Plan};
use dacheng_store::proposals::{self, Kept};
use dacheng_store::testing::on_both;

fn plan() -> Plan {
    Plan {
        id: 1,
        code: "2027".into(),
        name: "2027年度".into(),
        year: 2027,
        state: "draft".into(),
        basis: "signed".into(),
        reason: None,
        created_at: 5,
        actor: "ops".into(),
        version: 1,
    }
}

fn kept(version: i64, factors: &str) -> Kept {
    Kept { version, factors: factors.into(), recorded_at: 7, actor: "ops".into() }
}

#[test]
fn factors_are_kept_by_version_and_metric_and_stale_ones_are_refused() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = plans::insert(&mut tx, &plan())?.unwrap();
        let of = (id, "revenue");
        assert_eq!(proposals::current(&mut tx, of)?, None);
        assert!(proposals::append(&mut tx, of, 0, &kept(1, "{\"market\":800}"))?);
        assert!(!proposals::append(&mut tx, of, 0, &kept(1, "{\"market\":900}"))?);
        assert!(proposals::append(&mut tx, of, 1, &kept(2, "{\"market\":900}"))?);
        assert_eq!(proposals::current(&mut tx, of)?, Some(kept(2, "{\"market\":900}")));
        assert_eq!(proposals::current(&mut tx, (id, "collections"))?, None);
        Ok(())
    })
    .unwrap();
}
