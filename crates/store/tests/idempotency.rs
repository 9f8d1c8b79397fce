//! A request's name is taken once, answered once, and forgotten in time, on both engines.
#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::sync::Barrier;
use std::thread;

use dacheng_domain::access::AccountId;
use dacheng_store::accounts::{New, insert};
use dacheng_store::idempotency::{Answer, answered, release, sweep, take};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Store};

fn account(store: &Store, login: &str) -> Result<AccountId> {
    let mut tx = store.write()?;
    let new = New { login, name: "王", member: None, language: "zh-CN", theme: "system", created_at: 1 };
    let made = insert(&mut tx, &new)?.unwrap();
    tx.commit()?;
    Ok(made)
}

fn answer() -> Answer {
    Answer { status: 201, headers: "[]".to_owned(), body: vec![0, 255] }
}

#[test]
fn a_name_is_taken_once_an_account_and_keeps_its_answer() {
    on_both(|store| {
        let (one, other) = (account(&store, "one")?, account(&store, "other")?);
        let mut tx = store.write()?;
        assert_eq!(take(&mut tx, (one, "k"), "asked", (100, 0))?, None);
        assert_eq!(take(&mut tx, (other, "k"), "asked", (100, 0))?, None);
        let before = take(&mut tx, (one, "k"), "else", (101, 0))?.unwrap();
        assert_eq!((before.fingerprint.as_str(), before.answer), ("asked", None));
        answered(&mut tx, one, "k", &answer())?;
        assert_eq!(take(&mut tx, (one, "k"), "asked", (102, 0))?.unwrap().answer, Some(answer()));
        release(&mut tx, one, "k")?;
        assert!(take(&mut tx, (one, "k"), "asked", (103, 0))?.is_some(), "an answer is not given free");
        release(&mut tx, other, "k")?;
        assert_eq!(take(&mut tx, (other, "k"), "new", (104, 0))?, None);
        assert_eq!(take(&mut tx, (one, "k"), "later", (500, 101))?, None, "an old one no longer counts");
        assert_eq!(sweep(&mut tx, 104)?, 0);
        assert_eq!(sweep(&mut tx, 501)?, 2);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn of_twelve_at_once_one_has_the_name() {
    on_both(|store| {
        let account = account(&store, "one")?;
        let together = Barrier::new(12);
        let first = || {
            together.wait();
            let mut tx = store.write().unwrap();
            let before = take(&mut tx, (account, "k"), "asked", (100, 0)).unwrap();
            tx.commit().unwrap();
            before.is_none()
        };
        let firsts = thread::scope(|scope| {
            let all: Vec<_> = (0..12).map(|_| scope.spawn(first)).collect();
            all.into_iter().map(|one| one.join().unwrap()).filter(|first| *first).count()
        });
        assert_eq!(firsts, 1);
        Ok(())
    })
    .unwrap();
}
