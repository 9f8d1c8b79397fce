//! The audit trail keeps its entries in order, on both engines.

use dacheng_store::audit::{Entry, append, each, from, of_object};
use dacheng_store::testing::on_both;

fn entry(leaf: i64) -> Entry {
    Entry {
        leaf,
        at: 1_700_000_000_000 + leaf,
        actor: "operator".into(),
        act: "plan.create".into(),
        object: "plan/2026".into(),
        detail: (leaf % 2 == 0).then(|| "{\"姓名\":\"喆\"}".into()),
        salt: "00".into(),
        commitment: "11".into(),
        leaf_hash: "22".into(),
    }
}

#[test]
fn entries_come_back_as_written_and_newest_first() {
    on_both(|store| {
        let mut tx = store.write()?;
        for leaf in 1..=5 {
            append(&mut tx, &entry(leaf))?;
        }
        tx.commit()?;
        let mut tx = store.read()?;
        let mut all = Vec::new();
        each(&mut tx, |entry| all.push(entry))?;
        assert_eq!(all, (1..=5).map(entry).collect::<Vec<_>>());
        assert_eq!(from(&mut tx, i64::MIN, 9)?, all);
        assert_eq!(from(&mut tx, 2, 3)?, [entry(2), entry(3), entry(4)]);
        assert_eq!(from(&mut tx, 6, 3)?, []);
        assert_eq!(of_object(&mut tx, "plan/2026", Some(4), 2)?, [entry(3), entry(2)]);
        assert_eq!(of_object(&mut tx, "plan/2025", None, 2)?, []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_entry_of_several_lines_is_refused_and_a_leaf_is_given_once() {
    on_both(|store| {
        let mut tx = store.write()?;
        let with = |change: fn(&mut Entry)| {
            let mut broken = entry(2);
            change(&mut broken);
            broken
        };
        for broken in [
            with(|entry| entry.actor.push('\n')),
            with(|entry| entry.act = "a\nb".into()),
            with(|entry| entry.object.insert(0, '\n')),
            with(|entry| entry.salt.push('\n')),
            with(|entry| entry.commitment.push('\n')),
            with(|entry| entry.detail = Some("{\n}".into())),
        ] {
            assert!(append(&mut tx, &broken).is_err());
        }
        append(&mut tx, &entry(2))?;
        assert_eq!(of_object(&mut tx, "plan/2026", None, 9)?, [entry(2)]);
        assert!(append(&mut tx, &entry(2)).is_err(), "a leaf is given once");
        Ok(())
    })
    .unwrap();
}
