//! Jobs: each occasion once, each claimed by one at a time, and what becomes of it when whoever runs it fails, stops or
//! is gone.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use dacheng_store::accounts::{self, AccountId};
use dacheng_store::jobs::{self, Job, Lease, New, Origin, Place, State};
use dacheng_store::testing::on_both;
use dacheng_store::uploads::{self, Upload};
use dacheng_store::{Result, Store, Write, imports};

fn new(key: &str) -> New<'_> {
    New { kind: "export", key, run_at: 100, detail: "{\"x\":1}", actor: "韩清", account: None, now: 90 }
}

fn in_one<T>(store: &Store, work: impl FnOnce(&mut Write) -> Result<T>) -> T {
    let mut tx = store.write().unwrap();
    let done = work(&mut tx).unwrap();
    tx.commit().unwrap();
    done
}

fn claimed(store: &Store, holder: &str, now: i64) -> Option<Job> {
    in_one(store, |tx| jobs::claim(tx, now, Lease { holder, until: now + 10 }))
}

fn found(store: &Store, id: i64) -> Job {
    jobs::by_id(&mut store.read().unwrap(), id).unwrap().unwrap()
}

#[test]
fn an_occasion_is_put_down_once_and_comes_back_as_it_was() {
    on_both(|store| {
        let account = in_one(&store, |tx| {
            let (language, theme) = ("zh-CN", "system");
            let new = accounts::New { login: "a", name: "喆", member: None, language, theme, created_at: 1 };
            Ok(accounts::insert(tx, &new)?.unwrap())
        });
        let id =
            in_one(&store, |tx| jobs::enqueue(tx, &New { account: Some(account), ..new("一") })).unwrap();
        assert_eq!(in_one(&store, |tx| jobs::enqueue(tx, &new("一"))), None);
        assert_ne!(in_one(&store, |tx| jobs::enqueue(tx, &New { kind: "other", ..new("一") })), None);
        let expected = Job {
            id,
            kind: "export".into(),
            key: "一".into(),
            state: State::Waiting,
            run_at: 100,
            attempts: 0,
            lease_until: None,
            done: 0,
            total: 0,
            detail: "{\"x\":1}".into(),
            outcome: None,
            error: None,
            actor: "韩清".into(),
            account: Some(account),
            created_at: 90,
            started_at: None,
            ended_at: None,
        };
        let mut tx = store.read()?;
        assert_eq!(jobs::by_key(&mut tx, "export", "一")?.as_ref(), Some(&expected));
        assert_eq!(jobs::by_key(&mut tx, "export", "二")?, None);
        assert_eq!(jobs::of_account(&mut tx, account, "export", 10)?, [expected]);
        assert_eq!(jobs::of_account(&mut tx, AccountId(account.0 + 1), "export", 10)?, []);
        assert_eq!(jobs::by_id(&mut tx, id + 100)?, None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn many_who_claim_at_once_get_each_job_exactly_once() {
    on_both(|store| {
        let keys: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        in_one(&store, |tx| keys.iter().try_for_each(|key| jobs::enqueue(tx, &new(key)).map(drop)));
        let together = Barrier::new(8);
        let one = |name: usize| {
            together.wait();
            let holder = name.to_string();
            let mut own = Vec::new();
            while let Some(job) = claimed(&store, &holder, 1_000) {
                own.push(job.id);
            }
            own
        };
        let claimed: Vec<i64> = thread::scope(|scope| {
            let one = &one;
            let all: Vec<_> = (0..8).map(|name| scope.spawn(move || one(name))).collect();
            all.into_iter().flat_map(|own| own.join().unwrap()).collect()
        });
        assert_eq!(claimed.len(), 40);
        assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 40, "each once");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_job_runs_when_its_time_has_come_the_oldest_first() {
    on_both(|store| {
        let late = in_one(&store, |tx| jobs::enqueue(tx, &New { run_at: 200, ..new("late") })).unwrap();
        let soon = in_one(&store, |tx| jobs::enqueue(tx, &New { run_at: 150, ..new("soon") })).unwrap();
        assert!(!jobs::is_due(&mut store.read()?, 149)?);
        assert_eq!(claimed(&store, "a", 149), None);
        assert!(jobs::is_due(&mut store.read()?, 150)?);
        assert_eq!(claimed(&store, "a", 500).map(|job| job.id), Some(soon));
        let second = claimed(&store, "b", 500).unwrap();
        assert_eq!((second.id, second.attempts, second.started_at), (late, 1, Some(500)));
        assert_eq!(claimed(&store, "c", 500), None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn who_is_gone_loses_the_job_and_who_goes_on_keeps_it() {
    on_both(|store| {
        let id = in_one(&store, |tx| jobs::enqueue(tx, &new("1"))).unwrap();
        assert!(claimed(&store, "a", 100).is_some());
        let keep =
            |holder: &str, until| in_one(&store, |tx| jobs::hold(tx, id, Lease { holder, until }, (3, 9)));
        assert!(keep("a", 130) && !keep("b", 130));
        assert_eq!((found(&store, id).done, found(&store, id).total), (3, 9));
        assert_eq!(claimed(&store, "b", 129), None, "held");
        let taken = claimed(&store, "b", 130).unwrap();
        assert_eq!((taken.id, taken.attempts, taken.done), (id, 2, 0));
        assert!(!keep("a", 999), "it is somebody else's now");
        assert!(!in_one(&store, |tx| jobs::finish(tx, id, "a", "{}", 131)));
        assert!(!in_one(&store, |tx| jobs::fail(tx, id, "a", "x", 131)));
        assert!(!in_one(&store, |tx| jobs::postpone(tx, id, "a", "x", 131)));
        assert!(!in_one(&store, |tx| jobs::put_back(tx, id, "a")));
        assert!(in_one(&store, |tx| jobs::finish(tx, id, "b", "{\"n\":2}", 132)));
        let done = found(&store, id);
        assert_eq!((done.state, done.outcome.as_deref()), (State::Done, Some("{\"n\":2}")));
        assert_eq!((done.ended_at, done.lease_until), (Some(132), None));
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_attempt_that_failed_is_repeated_later_and_one_that_cannot_be_mended_is_not() {
    on_both(|store| {
        let id = in_one(&store, |tx| jobs::enqueue(tx, &new("1"))).unwrap();
        claimed(&store, "a", 100);
        assert!(in_one(&store, |tx| jobs::postpone(tx, id, "a", "no network", 160)));
        let waiting = found(&store, id);
        assert_eq!((waiting.state, waiting.run_at, waiting.attempts), (State::Waiting, 160, 1));
        assert_eq!(waiting.error.as_deref(), Some("no network"));
        assert_eq!(claimed(&store, "a", 159), None);
        claimed(&store, "a", 160);
        assert!(in_one(&store, |tx| jobs::put_back(tx, id, "a")));
        assert_eq!((found(&store, id).state, found(&store, id).attempts), (State::Waiting, 1));
        claimed(&store, "a", 161);
        assert!(in_one(&store, |tx| jobs::fail(tx, id, "a", "no such account", 162)));
        let failed = found(&store, id);
        assert_eq!((failed.state, failed.ended_at), (State::Failed, Some(162)));
        assert_eq!(claimed(&store, "a", 9_999), None);
        assert!(!in_one(&store, |tx| jobs::cancel(tx, id, 163)), "it has ended");
        assert!(in_one(&store, |tx| jobs::retry(tx, id, 170)));
        assert!(!in_one(&store, |tx| jobs::retry(tx, id, 170)), "it waits");
        let again = found(&store, id);
        assert_eq!((again.state, again.attempts, again.ended_at), (State::Waiting, 0, None));
        assert!(in_one(&store, |tx| jobs::cancel(tx, id, 171)));
        assert_eq!((found(&store, id).state, claimed(&store, "a", 9_999)), (State::Cancelled, None));
        Ok(())
    })
    .unwrap();
}

#[test]
fn who_runs_a_job_that_was_stopped_is_told() {
    on_both(|store| {
        let id = in_one(&store, |tx| jobs::enqueue(tx, &new("1"))).unwrap();
        claimed(&store, "a", 100);
        assert!(in_one(&store, |tx| jobs::cancel(tx, id, 105)));
        let lease = Lease { holder: "a", until: 200 };
        assert!(!in_one(&store, |tx| jobs::hold(tx, id, lease, (1, 2))));
        assert!(!in_one(&store, |tx| jobs::finish(tx, id, "a", "{}", 106)));
        assert_eq!(found(&store, id).state, State::Cancelled);
        Ok(())
    })
    .unwrap();
}

#[test]
fn old_jobs_are_forgotten_a_few_at_a_time_and_failed_ones_stay() {
    on_both(|store| {
        for (key, end) in [("1", "done"), ("2", "failed"), ("3", "done"), ("4", "done"), ("5", "cancelled")] {
            let id = in_one(&store, |tx| jobs::enqueue(tx, &new(key))).unwrap();
            claimed(&store, "a", 100);
            in_one(&store, |tx| match end {
                "done" => jobs::finish(tx, id, "a", "{}", 200 + id),
                "failed" => jobs::fail(tx, id, "a", "x", 200 + id),
                _cancelled => jobs::cancel(tx, id, 200 + id),
            });
        }
        let wanted = |since| jobs::wanted(&mut store.read().unwrap(), "export", since).unwrap();
        assert_eq!((wanted(0).len(), wanted(203), wanted(1_000)), (5, vec![4, 5], vec![]));
        assert_eq!(in_one(&store, |tx| jobs::forget(tx, 204, 10)), 2, "before then");
        assert_eq!(in_one(&store, |tx| jobs::forget(tx, 1_000, 1)), 1, "a few");
        assert_eq!(in_one(&store, |tx| jobs::forget(tx, 1_000, 10)), 1);
        assert_eq!(in_one(&store, |tx| jobs::forget(tx, 1_000, 10)), 0);
        assert_eq!(found(&store, 2).state, State::Failed);
        assert_eq!(jobs::counts(&mut store.read()?)?, [(State::Failed, 1)]);
        Ok(())
    })
    .unwrap();
}

fn file(now: i64, state: imports::State, upload: &str) -> Upload<'_> {
    let (kind, source, sha256, actor) = ("orders", "o.csv", "00", "ops");
    Upload { kind, state, source, sha256, mapping: None, actor, now, bytes: 7, upload, request: None }
}

#[test]
fn jobs_and_imports_are_one_list_whose_pages_meet() {
    on_both(|store| {
        for at in [10, 20, 20, 30] {
            let key = format!("{at}-{}", jobs::counts(&mut store.read()?)?.first().map_or(0, |own| own.1));
            in_one(&store, |tx| jobs::enqueue(tx, &New { now: at, ..new(&key) }));
            let state = if at == 30 { imports::State::Checking } else { imports::State::Writing };
            in_one(&store, |tx| uploads::receive(tx, &file(at, state, "f")).map(drop));
        }
        let all = jobs::lines(&mut store.read()?, None, Place::NEWEST, 100)?;
        let places: Vec<(i64, Origin, i64)> =
            all.iter().map(|line| (line.created_at, line.origin, line.id)).collect();
        let mut sorted = places.clone();
        sorted.sort_unstable_by(|one, other| other.cmp(one));
        assert_eq!((places.len(), &places), (8, &sorted));
        assert_eq!((all[1].word.as_str(), all[1].state, all[1].total), ("checking", State::Running, 7));
        for size in 1..=9 {
            let (mut seen, mut at) = (Vec::new(), Place::NEWEST);
            loop {
                let page = jobs::lines(&mut store.read()?, None, at, size)?;
                let Some(last) = page.last() else { break };
                at = last.place();
                seen.extend(page);
            }
            assert_eq!(seen, all, "by {size}");
        }
        let running = jobs::lines(&mut store.read()?, Some(State::Running), Place::NEWEST, 100)?;
        assert!(running.len() == 4 && running.iter().all(|line| line.origin == Origin::Import));
        let waiting = jobs::lines(&mut store.read()?, Some(State::Waiting), Place::NEWEST, 100)?;
        assert!(waiting.len() == 4 && waiting.iter().all(|line| line.origin == Origin::Job));
        assert_eq!(jobs::counts(&mut store.read()?)?, [(State::Waiting, 4)]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn every_word_of_a_state_is_read_back() {
    on_both(|store| {
        drop(store);
        for state in State::ALL {
            assert_eq!(State::of(state.word())?, state);
        }
        assert!(State::of("asleep").is_err());
        Ok(())
    })
    .unwrap();
}
