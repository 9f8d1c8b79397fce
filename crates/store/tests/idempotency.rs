//! A request's name is taken once, answered once, and forgotten in time, on both engines.
#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::sync::Barrier;
use std::thread;

use dacheng_domain::access::AccountId;
use dacheng_store::accounts::{New, insert};
use dacheng_store::idempotency::{Answer, Taken, Times, answered, mark, release, sweep, take};
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

fn at(now: i64, oldest: i64) -> Times {
    Times { now, oldest, left: oldest }
}

fn attempt(taken: Taken) -> i64 {
    match taken {
        Taken::Now(attempt) => attempt,
        Taken::Before(before) => panic!("{before:?}"),
    }
}

fn before(taken: Taken) -> dacheng_store::idempotency::Before {
    match taken {
        Taken::Before(before) => before,
        Taken::Now(attempt) => panic!("taken anew: {attempt}"),
    }
}

#[test]
fn a_name_is_taken_once_an_account_and_keeps_its_answer() {
    on_both(|store| {
        let (one, other) = (account(&store, "one")?, account(&store, "other")?);
        let mut tx = store.write()?;
        let first = attempt(take(&mut tx, (one, "k"), "asked", at(100, 0))?);
        let second = attempt(take(&mut tx, (other, "k"), "asked", at(100, 0))?);
        let taken = before(take(&mut tx, (one, "k"), "else", at(101, 0))?);
        assert_eq!((taken.fingerprint.as_str(), taken.answer), ("asked", None));
        answered(&mut tx, (one, "k"), second, &answer())?;
        assert_eq!(before(take(&mut tx, (one, "k"), "asked", at(101, 0))?).answer, None, "not its attempt");
        answered(&mut tx, (one, "k"), first, &answer())?;
        assert_eq!(before(take(&mut tx, (one, "k"), "asked", at(102, 0))?).answer, Some(answer()));
        release(&mut tx, one, "k", first)?;
        assert!(
            before(take(&mut tx, (one, "k"), "asked", at(103, 0))?).answer.is_some(),
            "an answer is kept"
        );
        release(&mut tx, other, "k", second)?;
        attempt(take(&mut tx, (other, "k"), "new", at(104, 0))?);
        attempt(take(&mut tx, (one, "k"), "later", at(500, 101))?);
        assert_eq!(sweep(&mut tx, 104)?, 0);
        assert_eq!(sweep(&mut tx, 501)?, 2);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn what_was_left_behind_is_tried_again_unless_it_took_effect() {
    on_both(|store| {
        let one = account(&store, "one")?;
        let mut tx = store.write()?;
        let first = attempt(take(&mut tx, (one, "k"), "asked", at(100, 0))?);
        let later = Times { now: 500, oldest: 0, left: 101 };
        assert_eq!(before(take(&mut tx, (one, "k"), "else", later)?).fingerprint, "asked", "another request");
        let second = attempt(take(&mut tx, (one, "k"), "asked", later)?);
        assert!(!mark(&mut tx, one, "k", first, 7)?, "whoever was left behind commits nothing any more");
        assert!(mark(&mut tx, one, "k", second, 8)? && mark(&mut tx, one, "k", second, 9)?);
        let much_later = Times { now: 9_000, oldest: 0, left: 8_000 };
        assert_eq!(before(take(&mut tx, (one, "k"), "asked", much_later)?).effect, Some(8));
        release(&mut tx, one, "k", second)?;
        assert_eq!(before(take(&mut tx, (one, "k"), "asked", much_later)?).effect, Some(8), "not given free");
        tx.commit()
    })
    .unwrap();
}

#[test]
fn of_twelve_at_once_one_has_the_name() {
    on_both(|store| {
        let account = account(&store, "one")?;
        for (now, left) in [(100, 0), (900, 500)] {
            let together = Barrier::new(12);
            let first = || {
                together.wait();
                let mut tx = store.write().unwrap();
                let times = Times { now, oldest: 0, left };
                let taken = take(&mut tx, (account, "k"), "asked", times).unwrap();
                tx.commit().unwrap();
                matches!(taken, Taken::Now(_))
            };
            let firsts = thread::scope(|scope| {
                let all: Vec<_> = (0..12).map(|_| scope.spawn(first)).collect();
                all.into_iter().map(|one| one.join().unwrap()).filter(|first| *first).count()
            });
            assert_eq!(firsts, 1);
        }
        Ok(())
    })
    .unwrap();
}
