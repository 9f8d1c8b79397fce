//! Files that came in go from step to step alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_store::imports::{self, Counts, Import, State};
use dacheng_store::testing::on_both;
use dacheng_store::uploads::{self, Findings, Upload};
use dacheng_store::{Result, Write};

fn upload(kind: &'static str, request: Option<&'static str>) -> Upload<'static> {
    Upload {
        kind,
        state: State::Checking,
        source: "订单 喆.csv",
        sha256: "ab",
        mapping: Some("金额 = 'amount'"),
        actor: "杨喆",
        now: i64::MIN,
        bytes: i64::MAX,
        upload: "镕",
        request,
    }
}

fn receive(tx: &mut Write, kind: &'static str) -> Result<i64> {
    Ok(uploads::receive(tx, &upload(kind, None))?.unwrap())
}

const COUNTS: Counts =
    Counts { bytes_done: 1, bytes_total: 2, read: 3, added: 4, changed: 5, unchanged: 6, skipped: i64::MAX };

#[test]
fn a_file_comes_back_with_every_column_until_it_is_checked() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = receive(&mut tx, "orders")?;
        let received = Import {
            id,
            kind: "orders".into(),
            state: State::Checking,
            source: "订单 喆.csv".into(),
            sha256: Some("ab".into()),
            mapping: Some("金额 = 'amount'".into()),
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
            upload: Some("镕".into()),
        };
        assert_eq!(imports::by_id(&mut tx, id)?.as_ref(), Some(&received));
        assert!(uploads::check_progress(&mut tx, id, &COUNTS)?);
        assert!(!imports::progress(&mut tx, id, &COUNTS)?, "it is not writing yet");
        assert!(!imports::commit(&mut tx, id, 1, None, "", 1)?);
        let findings = Findings { counts: COUNTS, bad: 7, problems: Some("[\"堃\"]"), sums: Some("{}") };
        assert!(uploads::found(&mut tx, id, State::Checked, &findings, 5)?);
        assert!(!uploads::found(&mut tx, id, State::Checked, &findings, 5)?);
        assert!(!uploads::check_progress(&mut tx, id, &Counts::default())?);
        let checked = Import {
            state: State::Checked,
            counts: COUNTS,
            bad: 7,
            problems: Some("[\"堃\"]".into()),
            sums: Some("{}".into()),
            ..received
        };
        assert_eq!(imports::by_id(&mut tx, id)?.as_ref(), Some(&checked));
        let listed = Import { mapping: None, problems: None, sums: None, ..checked };
        assert_eq!(imports::unfinished(&mut tx)?, std::slice::from_ref(&listed));
        assert_eq!(imports::newest(&mut tx, None, 9)?, std::slice::from_ref(&listed));
        assert_eq!(imports::page(&mut tx, &["orders"], None, 0, 9)?, [listed]);
        uploads::note(&mut tx, id, &Findings::default())?;
        uploads::forget_upload(&mut tx, id)?;
        let kept = imports::by_id(&mut tx, id)?.unwrap();
        assert_eq!((kept.bad, kept.problems, kept.sums, kept.upload), (0, None, None, None));
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_refused_file_keeps_its_problems_and_not_its_upload() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = receive(&mut tx, "orders")?;
        let findings = Findings { problems: Some("[]"), bad: 1, ..Findings::default() };
        assert!(uploads::found(&mut tx, id, State::Refused, &findings, 5)?);
        let kept = imports::by_id(&mut tx, id)?.unwrap();
        assert_eq!((kept.state, kept.ended_at, kept.upload, kept.bad), (State::Refused, Some(5), None, 1));
        assert!(!uploads::found(&mut tx, id, State::Refused, &findings, 6)?);
        assert!(!imports::stop(&mut tx, id, State::Cancelled, 6)?);
        assert_eq!(imports::unfinished(&mut tx)?, []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_request_begins_one_import_however_often_it_comes() {
    on_both(|store| {
        let mut tx = store.write()?;
        let first = uploads::receive(&mut tx, &upload("orders", Some("键 1")))?.unwrap();
        assert_eq!(uploads::receive(&mut tx, &upload("orders", Some("键 1")))?, None);
        let second = uploads::receive(&mut tx, &upload("orders", Some("键 2")))?.unwrap();
        assert!(second > first, "the transaction goes on");
        assert_ne!(receive(&mut tx, "orders")?, receive(&mut tx, "orders")?, "without a key each is its own");
        assert_eq!(uploads::by_request(&mut tx, "键 1")?.unwrap().id, first);
        assert_eq!(uploads::by_request(&mut tx, "键")?, None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_import_steps_only_from_where_it_stands() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = receive(&mut tx, "orders")?;
        assert!(!imports::step(&mut tx, id, State::Checked, State::Writing)?);
        assert!(imports::step(&mut tx, id, State::Checking, State::Checked)?);
        assert!(!imports::settled(&mut tx, id, "cd", 9)?);
        assert!(imports::step(&mut tx, id, State::Checked, State::Writing)?);
        assert!(imports::settled(&mut tx, id, "cd", 9)?);
        assert!(!imports::settled(&mut tx, id, "cd", 9)?);
        assert!(!imports::stop(&mut tx, id, State::Discarded, 9)?);
        let kept = imports::by_id(&mut tx, id)?.unwrap();
        assert_eq!((kept.state, kept.sequence, kept.sha256.as_deref()), (State::Committed, None, Some("cd")));
        assert_eq!(imports::sequence_at(&mut tx, i64::MAX)?, 0, "no change sequence tells of it");
        for state in [State::Checking, State::Checked, State::Writing] {
            let id = receive(&mut tx, "orders")?;
            assert!(imports::step(&mut tx, id, State::Checking, state)?, "{state:?}");
            assert!(imports::stop(&mut tx, id, State::Cancelled, 9)?);
            assert!(!imports::stop(&mut tx, id, State::Cancelled, 9)?);
            let kept = imports::by_id(&mut tx, id)?.unwrap();
            assert_eq!((kept.state, kept.ended_at, kept.upload), (State::Cancelled, Some(9), None));
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn pages_are_of_the_kinds_asked_for() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(imports::count(&mut tx, &["orders"])?, 0);
        for kind in ["orders", "units", "orders", "payments", "orders"] {
            receive(&mut tx, kind)?;
        }
        let mut page = |kinds: &[&str], before, skip, limit| -> Result<Vec<i64>> {
            let found = imports::page(&mut tx, kinds, before, skip, limit)?;
            Ok(found.into_iter().map(|import| import.id).collect())
        };
        assert_eq!(page(&["orders"], None, 0, 9)?, [5, 3, 1]);
        assert_eq!(page(&["orders", "units"], None, 1, 2)?, [3, 2]);
        assert_eq!(page(&["orders"], Some(5), 0, 1)?, [3]);
        assert_eq!(page(&["orders"], None, 3, 9)?, [0; 0]);
        assert_eq!(page(&["orders"], None, 0, 0)?, [0; 0]);
        assert_eq!(page(&[], None, 0, 9)?, [0; 0]);
        assert_eq!(imports::count(&mut tx, &["orders", "units"])?, 4);
        assert_eq!(imports::count(&mut tx, &[])?, 0);
        Ok(())
    })
    .unwrap();
}

#[test]
fn mappings_are_those_of_committed_imports_of_the_kind_newest_first() {
    on_both(|store| {
        let mut tx = store.write()?;
        let ids: Vec<i64> = (0..3).map(|_| receive(&mut tx, "orders")).collect::<Result<_>>()?;
        receive(&mut tx, "orders")?;
        let without = imports::begin(&mut tx, "orders", "x.csv", None, "ops", 1, 1)?;
        assert!(imports::commit(&mut tx, without, 9, None, "", 1)?);
        for id in &ids {
            assert!(imports::step(&mut tx, *id, State::Checking, State::Writing)?);
            assert!(imports::commit(&mut tx, *id, *id, None, "", 1)?);
        }
        let mapped = |found: Vec<Import>| found.into_iter().map(|import| import.id).collect::<Vec<_>>();
        assert_eq!(mapped(uploads::mapped(&mut tx, "orders", 9)?), [ids[2], ids[1], ids[0]]);
        assert_eq!(mapped(uploads::mapped(&mut tx, "orders", 1)?), [ids[2]]);
        assert_eq!(mapped(uploads::mapped(&mut tx, "units", 9)?), [0; 0]);
        Ok(())
    })
    .unwrap();
}
