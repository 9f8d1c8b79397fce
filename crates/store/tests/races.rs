//! Of several who do the same to the same row at once, exactly one succeeds; the others are told so and can go on.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use dacheng_domain::access::Role;
use dacheng_domain::calendar::Calendar;
use dacheng_domain::tracking::alert::{Level, Remedy};
use dacheng_domain::tracking::close::{CloseState, MonthStanding};
use dacheng_domain::tracking::improvement::{Plan as Course, PlanSettings, PlanTerms};
use dacheng_store::accounts::{self, AccountId};
use dacheng_store::blocks::{self, Place};
use dacheng_store::closes::{self, Close};
use dacheng_store::imports::{self, State};
use dacheng_store::plans::{self, Plan};
use dacheng_store::targets::OwnerKind;
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Store, Write, counter, improvement, posts, sessions, settings, tokens};
use jiff::civil::date;

/// How many of four succeed who begin together. Every one of them commits.
fn winners(store: &Store, act: impl Fn(&mut Write) -> Result<bool> + Sync) -> usize {
    let together = Barrier::new(4);
    let one = || {
        together.wait();
        let mut tx = store.write().unwrap();
        let has_won = act(&mut tx).unwrap();
        counter::next(&mut tx, "tried").unwrap();
        tx.commit().unwrap();
        has_won
    };
    thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(one)).collect();
        all.into_iter().map(|own| own.join().unwrap()).filter(|has_won| *has_won).count()
    })
}

fn in_one<T>(store: &Store, work: impl FnOnce(&mut Write) -> Result<T>) -> Result<T> {
    let mut tx = store.write()?;
    let done = work(&mut tx)?;
    tx.commit()?;
    Ok(done)
}

fn account(login: &str) -> accounts::New<'_> {
    accounts::New { login, name: "杨喆", member: None, language: "zh-CN", theme: "system", created_at: 1 }
}

fn plan(code: &str) -> Plan {
    Plan {
        id: 0,
        code: code.into(),
        name: "赟".into(),
        year: 2027,
        state: "draft".into(),
        basis: "signed".into(),
        reason: None,
        created_at: 5,
        actor: "ops".into(),
        version: 1,
    }
}

#[test]
fn a_name_or_code_is_given_to_one_of_many() {
    on_both(|store| {
        assert_eq!(winners(&store, |tx| Ok(accounts::insert(tx, &account("yang"))?.is_some())), 1);
        assert_eq!(winners(&store, |tx| Ok(plans::insert(tx, &plan("2027"))?.is_some())), 1);
        assert_eq!(winners(&store, |tx| settings::append(tx, "x", 0, "{}", 1, "ops")), 1);
        assert_eq!(winners(&store, |tx| settings::append(tx, "x", 1, "{}", 1, "ops")), 1);
        assert_eq!(counter::last(&mut store.read()?, "tried")?, 16);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_version_is_followed_by_one() {
    on_both(|store| {
        let id = in_one(&store, |tx| accounts::insert(tx, &account("yang")))?.unwrap();
        let seen = accounts::by_id(&mut store.read()?, id)?.unwrap();
        assert_eq!(winners(&store, |tx| accounts::update(tx, &seen)), 1);
        let id = in_one(&store, |tx| plans::insert(tx, &plan("2027")))?.unwrap();
        let seen = Plan { id, ..plan("2027") };
        assert_eq!(winners(&store, |tx| plans::update(tx, &seen, 1)), 1);
        let close = |version| Close {
            month: 202_701,
            state: CloseState::Open,
            standing: MonthStanding::Open,
            proposed_by: None,
            closed_by: None,
            recorded_on: None,
            sequence: None,
            reopening: None,
            controls: Vec::new(),
            version,
        };
        for version in 0..3 {
            assert_eq!(winners(&store, |tx| closes::save(tx, &close(version))), 1);
        }
        let place = Place { measure: 1, month: 202_701, grain: 1 };
        for seen in 0..3 {
            assert_eq!(winners(&store, |tx| blocks::replace(tx, place, seen, seen + 1, b"x")), 1);
        }
        let calendar = Calendar::shipped();
        let terms = PlanTerms { calendar: &calendar, settings: PlanSettings::default() };
        let course = Course::open("2026-08".parse().unwrap(), Level::Red, date(2026, 9, 1), &terms);
        let coaching = improvement::Plan {
            id: 1,
            owner_kind: OwnerKind::Member,
            owner: "m".into(),
            metric: "revenue".into(),
            remedy: Remedy::Coaching,
            course,
            written: None,
            note: None,
            submitted_by: None,
            checked_by: None,
            version: 1,
        };
        in_one(&store, |tx| improvement::append(tx, std::slice::from_ref(&coaching)))?;
        assert_eq!(winners(&store, |tx| improvement::save(tx, &coaching)), 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_import_ends_in_one_way() {
    on_both(|store| {
        let begin = |tx: &mut Write| imports::begin(tx, "orders", "x.csv", None, "ops", 1, 1);
        for _ in 0..5 {
            let id = in_one(&store, begin)?;
            let turn = AtomicUsize::new(0);
            let won = winners(&store, |tx| {
                if turn.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
                    imports::commit(tx, id, 1, None, "", 1)
                } else {
                    imports::end(tx, id, State::Cancelled, None, 1)
                }
            });
            assert_eq!(won, 1);
        }
        let id = in_one(&store, begin)?;
        assert_eq!(winners(&store, |tx| imports::commit(tx, id, 1, None, "", 1)), 1);
        assert_eq!(winners(&store, |tx| imports::withdraw(tx, id, 2, "ops", 1)), 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_is_taken_away_is_taken_away_once() {
    on_both(|store| {
        let id: AccountId = in_one(&store, |tx| accounts::insert(tx, &account("yang")))?.unwrap();
        let (unit, starts, ends) = (None, date(2026, 1, 1), None);
        let post = posts::New { account: id, role: Role::Director, unit, starts, ends };
        let post = in_one(&store, |tx| posts::insert(tx, &post))?;
        assert_eq!(winners(&store, |tx| posts::end(tx, post, date(2026, 11, 23))), 1);
        let token = tokens::New {
            hash: "t",
            account: id,
            name: "夜间",
            scopes: "facts.read",
            created_at: 1,
            expires_at: 9,
        };
        let token = in_one(&store, |tx| tokens::insert(tx, &token))?;
        assert_eq!(winners(&store, |tx| tokens::delete(tx, id, token)), 1);
        let session = sessions::Session {
            hash: "s".into(),
            account: id,
            address: "192.0.2.1".into(),
            device: "Firefox".into(),
            started_at: 1,
            password_at: 1,
            seen_at: 1,
            idle_for: 1,
            expires_at: 9,
        };
        in_one(&store, |tx| sessions::insert(tx, &session))?;
        assert_eq!(winners(&store, |tx| sessions::delete(tx, id, "s")), 1);
        Ok(())
    })
    .unwrap();
}
