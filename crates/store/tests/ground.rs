//! Settings, imports and roll-up blocks keep their promises on both engines.

use dacheng_store::blocks::{self, Place};
use dacheng_store::imports::{self, Counts, State};
use dacheng_store::testing::on_both;
use dacheng_store::uploads::{self, Findings, Upload};
use dacheng_store::{Result, Store, settings};

#[test]
fn a_setting_is_its_newest_version_and_refuses_a_stale_one() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(settings::current(&mut tx, "alerts")?, None);
        assert!(settings::append(&mut tx, "alerts", 0, "{\"yellow\":80}", 5, "ops")?);
        assert!(settings::append(&mut tx, "alerts", 1, "{\"yellow\":75}", 6, "ops")?);
        assert!(!settings::append(&mut tx, "alerts", 1, "{}", 7, "other")?);
        assert!(!settings::append(&mut tx, "alerts", 0, "{}", 7, "other")?);
        let current = settings::current(&mut tx, "alerts")?.unwrap();
        assert_eq!((current.version, current.value.as_str()), (2, "{\"yellow\":75}"));
        Ok(())
    })
    .unwrap();
}

fn begun(store: &Store) -> Result<i64> {
    let mut tx = store.write()?;
    let id = imports::begin(&mut tx, "orders", "orders.csv", None, "operator", 1_000, 50)?;
    tx.commit()?;
    Ok(id)
}

#[test]
fn an_import_is_committed_once_and_withdrawn_once() {
    on_both(|store| {
        let id = begun(&store)?;
        let mut tx = store.write()?;
        let counts = Counts { bytes_done: 50, bytes_total: 50, read: 2, added: 2, ..Counts::default() };
        assert!(imports::progress(&mut tx, id, &counts)?);
        assert_eq!(imports::unfinished(&mut tx)?.len(), 1);
        assert!(imports::commit(&mut tx, id, 7, Some("ab"), "cd", 2_000)?);
        assert!(!imports::commit(&mut tx, id, 8, None, "cd", 2_000)?);
        assert!(!imports::progress(&mut tx, id, &counts)?);
        let kept = imports::by_id(&mut tx, id)?.unwrap();
        assert_eq!((kept.state, kept.sequence, kept.counts), (State::Committed, Some(7), counts));
        assert!(imports::withdraw(&mut tx, id, 9, "ops", 3_000)?);
        assert!(!imports::withdraw(&mut tx, id, 10, "ops", 3_000)?);
        assert_eq!(imports::sequence_at(&mut tx, 1_999)?, 0);
        assert_eq!(imports::sequence_at(&mut tx, 2_000)?, 7);
        assert_eq!(imports::sequence_at(&mut tx, 3_000)?, 9);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_cancelled_import_can_no_longer_be_committed() {
    on_both(|store| {
        let id = begun(&store)?;
        let mut tx = store.write()?;
        assert!(imports::end(&mut tx, id, State::Cancelled, Some("[]"), 1_500)?);
        assert!(!imports::commit(&mut tx, id, 7, None, "cd", 2_000)?);
        assert_eq!(imports::newest(&mut tx, None, 10)?[0].state, State::Cancelled);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_block_is_replaced_only_where_it_is_as_it_was_read() {
    on_both(|store| {
        let place = Place { measure: 1, month: 202_611, grain: 2 };
        let mut tx = store.write()?;
        assert!(blocks::replace(&mut tx, place, 0, 3, b"one")?);
        assert!(!blocks::replace(&mut tx, place, 0, 4, b"two")?);
        assert!(!blocks::replace(&mut tx, place, 2, 4, b"two")?);
        assert!(blocks::replace(&mut tx, place, 3, 4, b"two")?);
        assert_eq!(blocks::by_place(&mut tx, place)?, Some((4, b"two".to_vec())));
        assert_eq!(blocks::sequences(&mut tx, 202_601, 202_612)?, [(place, 4)]);
        assert_eq!(blocks::places(&mut tx)?, [place]);
        assert_eq!(blocks::clear(&mut tx)?, 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_file_is_received_once_for_one_request_and_found_once() {
    on_both(|store| {
        let mut tx = store.write()?;
        let upload = Upload {
            kind: "orders",
            state: State::Checking,
            source: "orders.csv",
            sha256: "ab",
            mapping: Some("[fields]"),
            actor: "ops",
            now: 1_000,
            bytes: 7,
            upload: "file",
            request: Some("key"),
        };
        let id = uploads::receive(&mut tx, &upload)?.unwrap();
        assert_eq!(uploads::receive(&mut tx, &upload)?, None);
        assert_eq!(uploads::by_request(&mut tx, "key")?.map(|import| import.id), Some(id));
        let other = Upload { request: None, ..upload };
        let other = uploads::receive(&mut tx, &other)?.unwrap();
        let found = Findings { sums: Some("{}"), ..Findings::default() };
        assert!(uploads::found(&mut tx, id, State::Checked, &found, 2_000)?);
        assert!(!uploads::found(&mut tx, id, State::Checked, &found, 2_000)?);
        assert!(!imports::progress(&mut tx, id, &Counts::default())?, "what is checked is not writing");
        assert!(imports::step(&mut tx, id, State::Checked, State::Writing)?);
        assert!(!imports::step(&mut tx, id, State::Checked, State::Writing)?);
        assert!(imports::stop(&mut tx, other, State::Cancelled, 3_000)?);
        assert!(!imports::stop(&mut tx, other, State::Cancelled, 3_000)?);
        assert_eq!(imports::by_id(&mut tx, other)?.unwrap().upload, None);
        assert_eq!(imports::unfinished(&mut tx)?.len(), 1);
        assert_eq!((imports::count(&mut tx, &["orders"])?, imports::count(&mut tx, &["payments"])?), (2, 0));
        let page: Vec<i64> =
            imports::page(&mut tx, &["orders"], None, 1, 9)?.iter().map(|kept| kept.id).collect();
        assert_eq!(page, [id]);
        assert!(imports::settled(&mut tx, id, "ab", 4_000)?);
        assert_eq!(uploads::mapped(&mut tx, "orders", 9)?.len(), 1);
        uploads::forget_upload(&mut tx, id)?;
        assert_eq!(imports::by_id(&mut tx, id)?.unwrap().upload, None);
        Ok(())
    })
    .unwrap();
}
