//! Who comes second waits for the first to commit, and then sees what it did; a crash leaves nothing behind.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::sync::mpsc;
use std::thread;

use dacheng_store::accounts::{self, AccountId};
use dacheng_store::guesses::{self, Failures};
use dacheng_store::plans::{self, Plan};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Store, Write, blocks, counter, posts, settings};

fn account(store: &Store) -> Result<AccountId> {
    let (language, theme) = ("zh-CN", "system");
    let new = accounts::New { login: "yang", name: "杨喆", member: None, language, theme, created_at: 1 };
    let mut tx = store.write()?;
    let id = accounts::insert(&mut tx, &new)?.unwrap();
    tx.commit()?;
    Ok(id)
}

/// Two do the same, `work` after `lock`, and the second begins while the first holds its lock. Answers what both
/// saw: it must be as if one had come after the other.
fn both_saw(
    store: &Store,
    lock: impl Fn(&mut Write) -> Result<()> + Sync,
    work: impl Fn(&mut Write) -> Result<i64> + Sync,
) -> Result<(i64, i64)> {
    let (begun, has_begun) = mpsc::channel();
    thread::scope(|scope| {
        let mut first = store.write()?;
        lock(&mut first)?;
        let second = scope.spawn(|| {
            begun.send(()).unwrap();
            let mut tx = store.write()?;
            lock(&mut tx)?;
            let saw = work(&mut tx)?;
            tx.commit()?;
            Ok::<_, dacheng_store::Error>(saw)
        });
        has_begun.recv().unwrap();
        // Time for the second to run into the lock, or past it where there is none.
        for _ in 0..50 {
            store.read()?;
            thread::yield_now();
        }
        let saw = work(&mut first)?;
        first.commit()?;
        Ok((saw, second.join().unwrap()?))
    })
}

#[test]
fn a_locked_account_is_changed_by_one_after_the_other() {
    on_both(|store| {
        let id = account(&store)?;
        let saw = both_saw(
            &store,
            |tx| accounts::lock(tx, id),
            |tx| {
                let seen = accounts::by_id(tx, id)?.unwrap();
                assert!(accounts::update(tx, &seen)?);
                Ok(seen.version)
            },
        )?;
        assert_eq!(saw, (1, 2));
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_locked_plan_is_changed_by_one_after_the_other() {
    on_both(|store| {
        let plan = Plan {
            id: 0,
            code: "2027".into(),
            name: "堃".into(),
            year: 2027,
            state: "draft".into(),
            basis: "signed".into(),
            reason: None,
            created_at: 5,
            actor: "ops".into(),
            version: 1,
        };
        let mut tx = store.write()?;
        let id = plans::insert(&mut tx, &plan)?.unwrap();
        assert_eq!(plans::lock(&mut tx, id + 1)?, None);
        tx.commit()?;
        let saw = both_saw(
            &store,
            |tx| plans::lock(tx, id).map(drop),
            |tx| {
                let seen = plans::by_code(tx, "2027")?.unwrap();
                assert!(plans::update(tx, &seen, seen.version)?);
                Ok(seen.version)
            },
        )?;
        assert_eq!(saw, (1, 2));
        Ok(())
    })
    .unwrap();
}

#[test]
fn posts_and_failures_are_changed_by_one_after_the_other() {
    on_both(|store| {
        let append = |tx: &mut Write| {
            let seen = settings::current(tx, "x")?.map_or(0, |setting| setting.version);
            assert!(settings::append(tx, "x", seen, "{}", 1, "ops")?);
            Ok(seen)
        };
        assert_eq!(both_saw(&store, posts::lock, append)?, (0, 1));
        let fail = |tx: &mut Write| {
            let count = guesses::lock(tx, "yang")?.count;
            guesses::set(tx, "yang", Failures { count: count + 1, last_at: 1 })?;
            Ok(count)
        };
        assert_eq!(both_saw(&store, |tx| guesses::lock(tx, "yang").map(drop), fail)?, (0, 1));
        Ok(())
    })
    .unwrap();
}

#[test]
fn of_two_who_saw_the_same_version_one_is_refused_and_can_go_on() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert!(settings::append(&mut tx, "x", 0, "\"first\"", 1, "ops")?);
        let second = thread::spawn({
            let store = store.clone();
            move || {
                let mut tx = store.write().unwrap();
                let appended = settings::append(&mut tx, "x", 0, "\"second\"", 1, "ops").unwrap();
                counter::next(&mut tx, "after").unwrap();
                tx.commit().unwrap();
                appended
            }
        });
        tx.commit()?;
        assert!(!second.join().unwrap());
        let mut tx = store.read()?;
        assert_eq!(settings::current(&mut tx, "x")?.unwrap().value, "\"first\"");
        assert_eq!(counter::last(&mut tx, "after")?, 1, "the transaction went on");
        Ok(())
    })
    .unwrap();
}

#[test]
fn eight_writers_read_and_write_800_times_without_a_failure() {
    on_both(|store| {
        let id = account(&store)?;
        let place = blocks::Place { measure: 1, month: 202_701, grain: 1 };
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        let mut tx = store.write().unwrap();
                        accounts::by_login(&mut tx, "yang").unwrap().unwrap();
                        accounts::lock(&mut tx, id).unwrap();
                        let seen = accounts::by_id(&mut tx, id).unwrap().unwrap();
                        assert!(accounts::update(&mut tx, &seen).unwrap());
                        let (at, _) = blocks::by_place(&mut tx, place).unwrap().unwrap_or_default();
                        let sequence = counter::next(&mut tx, counter::CHANGE).unwrap();
                        assert!(blocks::replace(&mut tx, place, at, sequence, b"x").unwrap());
                        tx.commit().unwrap();
                    }
                });
            }
            // Readers neither fail nor see half of a change.
            scope.spawn(|| {
                for _ in 0..200 {
                    let mut tx = store.read().unwrap();
                    let version = accounts::by_id(&mut tx, id).unwrap().unwrap().version;
                    assert_eq!(counter::last(&mut tx, counter::CHANGE).unwrap(), version - 1);
                }
            });
        });
        let mut tx = store.read()?;
        assert_eq!(accounts::by_id(&mut tx, id)?.unwrap().version, 801);
        assert_eq!(blocks::by_place(&mut tx, place)?.unwrap().0, 800);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_panic_in_the_middle_leaves_nothing_and_hinders_nobody() {
    on_both(|store| {
        for _ in 0..30 {
            let store = store.clone();
            let crashed = thread::spawn(move || {
                let mut tx = store.write().unwrap();
                counter::next(&mut tx, "row").unwrap();
                settings::append(&mut tx, "x", 0, "{}", 1, "ops").unwrap();
                std::panic::resume_unwind(Box::new("in the middle"));
            });
            assert!(crashed.join().is_err());
        }
        let mut tx = store.write()?;
        assert_eq!((counter::last(&mut tx, "row")?, settings::current(&mut tx, "x")?), (0, None));
        counter::next(&mut tx, "row")?;
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_statement_that_fails_takes_its_transaction_with_it_and_no_other() {
    on_both(|store| {
        let id = account(&store)?;
        let session = |hash: &str| dacheng_store::sessions::Session {
            hash: hash.into(),
            account: id,
            address: "192.0.2.1".into(),
            device: "Firefox".into(),
            started_at: 1,
            password_at: 1,
            seen_at: 1,
            idle_for: 1,
            expires_at: 9,
        };
        let mut tx = store.write()?;
        dacheng_store::sessions::insert(&mut tx, &session("a"))?;
        assert!(dacheng_store::sessions::insert(&mut tx, &session("a")).is_err());
        drop(tx);
        let mut tx = store.write()?;
        assert_eq!(dacheng_store::sessions::by_hash(&mut tx, "a")?, None);
        dacheng_store::sessions::insert(&mut tx, &session("a"))?;
        tx.commit()
    })
    .unwrap();
}
