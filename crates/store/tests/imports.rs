//! Imports are kept, counted and paged alike on both engines.

use dacheng_store::imports::{self, Counts, Import, State};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};

const ENDS: [State; 3] = [State::Refused, State::Cancelled, State::Discarded];

fn begin(tx: &mut Write, kind: &str) -> Result<i64> {
    imports::begin(tx, kind, "订单 喆.csv", None, "ops", 5, 9)
}

fn committed(tx: &mut Write, kind: &str, sequence: i64, added: i64, at: i64) -> Result<i64> {
    let id = begin(tx, kind)?;
    assert!(imports::progress(tx, id, &Counts { added, ..Counts::default() })?);
    assert!(imports::commit(tx, id, sequence, Some("ab"), "cd", at)?);
    Ok(id)
}

#[test]
fn an_import_comes_back_with_every_column_at_every_step() {
    on_both(|store| {
        let mut tx = store.write()?;
        let mapping = "[columns]\n\"金额\" = 'amount'\n";
        let id = imports::begin(
            &mut tx,
            "orders",
            "订单 喆堃赟镕.csv",
            Some(mapping),
            "杨喆",
            i64::MIN,
            i64::MAX,
        )?;
        let writing = Import {
            id,
            kind: "orders".into(),
            state: State::Writing,
            source: "订单 喆堃赟镕.csv".into(),
            sha256: None,
            mapping: Some(mapping.into()),
            actor: "杨喆".into(),
            started_at: i64::MIN,
            ended_at: None,
            counts: Counts { bytes_total: i64::MAX, ..Counts::default() },
            sequence: None,
            withdrawn: None,
            withdrawn_at: None,
            digest: None,
            problems: None,
            file_bytes: i64::MAX,
            bad: 0,
            sums: None,
            upload: None,
        };
        assert_eq!(imports::by_id(&mut tx, id)?.as_ref(), Some(&writing));
        let counts = Counts {
            bytes_done: i64::MAX,
            bytes_total: i64::MAX,
            read: 1,
            added: 2,
            changed: 3,
            unchanged: 4,
            skipped: 5,
        };
        assert!(imports::progress(&mut tx, id, &counts)?);
        assert!(imports::commit(&mut tx, id, 7, None, "cd", i64::MAX)?);
        let committed = Import {
            state: State::Committed,
            ended_at: Some(i64::MAX),
            counts,
            sequence: Some(7),
            digest: Some("cd".into()),
            ..writing
        };
        assert_eq!(imports::by_id(&mut tx, id)?.as_ref(), Some(&committed));
        assert!(imports::withdraw(&mut tx, id, 9, "ops", -1)?);
        let (withdrawn, withdrawn_at) = (Some(9), Some(-1));
        let undone = Import { state: State::Withdrawn, withdrawn, withdrawn_at, ..committed };
        assert_eq!(imports::by_id(&mut tx, id)?, Some(undone));
        assert_eq!(imports::by_id(&mut tx, id + 1)?, None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_import_that_ended_without_effect_stays_so() {
    on_both(|store| {
        let mut tx = store.write()?;
        for state in ENDS {
            let id = begin(&mut tx, "orders")?;
            assert!(imports::end(&mut tx, id, state, Some("[\"堃\"]"), 8)?);
            for later in ENDS {
                assert!(!imports::end(&mut tx, id, later, None, 9)?);
            }
            assert!(!imports::withdraw(&mut tx, id, 1, "ops", 9)?);
            let kept = imports::by_id(&mut tx, id)?.unwrap();
            assert_eq!((kept.state, kept.ended_at), (state, Some(8)));
            assert_eq!((kept.problems.as_deref(), kept.sequence), (Some("[\"堃\"]"), None));
            assert_eq!(kept.state.word(), state.word());
        }
        assert_eq!(ENDS.map(State::word), ["refused", "cancelled", "discarded"]);
        assert_eq!(imports::unfinished(&mut tx)?, []);
        assert!(!imports::end(&mut tx, 99, State::Refused, None, 9)?);
        Ok(())
    })
    .unwrap();
}

#[test]
fn pages_of_imports_follow_one_another_to_the_first() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(imports::newest(&mut tx, None, 9)?, []);
        for _ in 0..5 {
            begin(&mut tx, "orders")?;
        }
        let mut page = |before, limit| -> Result<Vec<i64>> {
            Ok(imports::newest(&mut tx, before, limit)?.into_iter().map(|import| import.id).collect())
        };
        assert_eq!(page(None, 2)?, [5, 4]);
        assert_eq!(page(Some(4), 2)?, [3, 2]);
        assert_eq!(page(Some(2), 2)?, [1]);
        assert_eq!(page(Some(1), 2)?, [0; 0]);
        assert_eq!(page(None, 0)?, [0; 0]);
        assert_eq!(page(Some(i64::MIN), i64::MAX)?, [0; 0]);
        assert_eq!(page(Some(i64::MAX), i64::MAX)?, [5, 4, 3, 2, 1]);
        let writing: Vec<i64> = imports::unfinished(&mut tx)?.into_iter().map(|import| import.id).collect();
        assert_eq!(writing, [1, 2, 3, 4, 5]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn whether_an_import_was_undone_is_known_by_its_kind() {
    on_both(|store| {
        let mut tx = store.write()?;
        let first = committed(&mut tx, "orders", 1, 10, 1)?;
        committed(&mut tx, "payments", 2, 100, 1)?;
        assert!(!imports::any_withdrawn(&mut tx, &["orders", "payments"])?);
        assert!(imports::withdraw(&mut tx, first, 3, "ops", 9)?);
        assert!(imports::any_withdrawn(&mut tx, &["payments", "orders"])?);
        assert!(!imports::any_withdrawn(&mut tx, &["payments", "order"])?);
        assert!(!imports::any_withdrawn(&mut tx, &[])?);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn the_newest_facts_of_a_kind_are_those_its_own_files_brought() {
    on_both(|store| {
        let mut tx = store.write()?;
        let newest = |tx: &mut dacheng_store::Write, until| -> dacheng_store::Result<Vec<(String, i64)>> {
            imports::newest_by_kind(tx, until)
        };
        let of = |pairs: &[(&str, i64)]| -> Vec<(String, i64)> {
            pairs.iter().map(|(kind, at)| ((*kind).to_owned(), *at)).collect()
        };
        assert_eq!(newest(&mut tx, 1_000)?, []);
        committed(&mut tx, "orders", 1, 1, 50)?;
        let lines = committed(&mut tx, "order_lines", 2, 1, 70)?;
        begin(&mut tx, "visits")?;
        committed(&mut tx, "payments", 4, 1, -80)?;
        let all = of(&[("order_lines", 70), ("orders", 50), ("payments", -80)]);
        assert_eq!(newest(&mut tx, 1_000)?, all);
        assert!(imports::withdraw(&mut tx, lines, 5, "ops", 99)?);
        assert_eq!(newest(&mut tx, 1_000)?, of(&[("orders", 50), ("payments", -80)]));
        assert_eq!(newest(&mut tx, 98)?, all, "before it was withdrawn");
        assert_eq!(newest(&mut tx, 60)?, of(&[("orders", 50), ("payments", -80)]), "before it came");
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_began_or_ceased_to_count_since_a_moment_is_named_with_its_rows() {
    on_both(|store| {
        let mut tx = store.write()?;
        let first = committed(&mut tx, "orders", 1, 7, 10)?;
        let second = committed(&mut tx, "payments", 2, 5, 20)?;
        let third = committed(&mut tx, "orders", 3, 4, 30)?;
        begin(&mut tx, "orders")?;
        assert_eq!(imports::changed_since(&mut tx, 0)?, [(first, 7), (second, 5), (third, 4)]);
        assert_eq!(imports::changed_since(&mut tx, 2)?, [(third, 4)]);
        assert_eq!(imports::changed_since(&mut tx, 3)?, []);
        assert!(imports::withdraw(&mut tx, first, 4, "ops", 40)?);
        assert_eq!(imports::changed_since(&mut tx, 3)?, [(first, 7)], "undone is a change as well");
        tx.commit()
    })
    .unwrap();
}
