//! The audit trail keeps its entries in order, on both engines.

use dacheng_store::audit::{Entry, Filter, append, each, of_object, search};
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

#[test]
fn entries_are_searched_by_everything_at_once() {
    on_both(|store| {
        let mut tx = store.write()?;
        let by = |leaf, actor: &str, act: &str, object: &str| Entry {
            actor: actor.into(),
            act: act.into(),
            object: object.into(),
            ..entry(leaf)
        };
        let entries = [
            by(1, "li", "plan.create", "plan/2026"),
            by(2, "li (ERP)", "plan.edit", "plan/2026"),
            by(3, "li_", "plan.edit", "plan/2025"),
            by(4, "li", "planner.edit", "plan/2026"),
            by(5, "lin", "plan.edit", "plan/2026"),
        ];
        for entry in &entries {
            append(&mut tx, entry)?;
        }
        tx.commit()?;
        let mut tx = store.read()?;
        let mut found = |filter: Filter<'_>, below| -> dacheng_store::Result<Vec<i64>> {
            Ok(search(&mut tx, &filter, below, 9)?.into_iter().map(|entry| entry.leaf).collect())
        };
        assert_eq!(found(Filter::default(), None)?, [5, 4, 3, 2, 1]);
        assert_eq!(found(Filter::default(), Some(3))?, [2, 1]);
        assert_eq!(found(Filter { actor: Some("li"), ..Filter::default() }, None)?, [4, 2, 1]);
        assert_eq!(found(Filter { act: Some("plan."), ..Filter::default() }, None)?, [5, 3, 2, 1]);
        assert_eq!(found(Filter { object: Some("plan/2025"), ..Filter::default() }, None)?, [3]);
        let (since, before) = (Some(1_700_000_000_002), Some(1_700_000_000_004));
        assert_eq!(found(Filter { since, before, ..Filter::default() }, None)?, [3, 2]);
        let all = Filter { actor: Some("li"), act: Some("plan."), object: Some("plan/2026"), since, before };
        assert_eq!(found(all, None)?, [2]);
        Ok(())
    })
    .unwrap();
}
