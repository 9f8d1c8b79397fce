//! Work beside the requests: what the clock asks for once, what is caught up, what failed, and files for who comes back.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod tracking_support;

use std::fs;

use dacheng_app::audit::{first_damaged, record};
use dacheng_app::exports::{self, Export, Format};
use dacheng_app::jobs::{self, Kind, Places, Runner, State, Stop, enqueue, run_due};
use dacheng_app::people::access::{Access, Holder};
use dacheng_app::people::posts::end;
use dacheng_app::testing::{company, on_both, operator, tamper};
use dacheng_app::tracking::close::{Recorded, close_history};
use dacheng_app::trail::{self, Filter};
use dacheng_app::{Actor, App, Context, Error};
use dacheng_domain::access::Role;
use dacheng_domain::people::Organisation;
use dacheng_store::{accounts, audit, counter, jobs as kept, posts};
use dacheng_text::Lang;
use jiff::SignedDuration;
use jiff::civil::date;
use serde_json::json;
use tracking_support::{company as seed, member_targets, month, on, orders};

fn runner(app: &App, folder: &tempfile::TempDir) -> Runner {
    Runner::new(app, Places::within(folder.path()), Stop::default()).unwrap()
}

fn later(app: &App, by: SignedDuration) -> App {
    App { clock: app.clock.advanced(by), ..app.clone() }
}

fn escalations(app: &App) -> usize {
    let mut found = 0;
    audit::each(&mut app.store.read().unwrap(), |entry| {
        found += usize::from(entry.act == "improvement_plan.escalate");
    })
    .unwrap();
    found
}

fn job(app: &App, kind: Kind, key: &str) -> kept::Job {
    kept::by_key(&mut app.store.read().unwrap(), kind.name(), key).unwrap().unwrap()
}

#[test]
fn an_overdue_plan_escalates_once_however_many_run_and_however_long_nobody_did() {
    on_both(|app| {
        seed(app);
        member_targets(app, 2025, &["m1"], &["2025-08"], 1_000_000);
        orders(app, &[("o1", "m1", "2025-08-05", "5000")]);
        let then = on(app, date(2025, 9, 30));
        close_history(&then, &operator(&then), (month("2025-08"), month("2025-08")), Recorded::Today)
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let on_the_day = on(app, date(2025, 10, 11));
        assert_eq!(run_due(&on_the_day, &runner(&on_the_day, &folder)).unwrap(), 3, "one of each rule");
        assert_eq!(escalations(app), 0, "not overdue before the day is over");
        let late = on(app, date(2025, 11, 20));
        let two = [runner(&late, &folder), runner(&late, &folder)];
        let ran: usize = std::thread::scope(|scope| {
            let late = &late;
            let all: Vec<_> =
                two.iter().map(|own| scope.spawn(move || run_due(late, own).unwrap())).collect();
            all.into_iter().map(|own| own.join().unwrap()).sum()
        });
        assert_eq!((ran, escalations(app)), (3, 1), "forty missed days are one occasion each");
        assert_eq!(run_due(&late, &runner(&late, &folder)).unwrap(), 0);
        let done = job(app, Kind::Escalation, "2025-11-20");
        assert_eq!((done.state, done.outcome.as_deref()), (State::Done, Some("{\"plans\":1}")));
        assert_eq!(done.actor, "system");
        let next = on(app, date(2025, 11, 21));
        assert_eq!((run_due(&next, &runner(&next, &folder)).unwrap(), escalations(app)), (3, 1));
    });
}

#[test]
fn the_trail_is_verified_every_night_and_damage_is_found_where_it_is() {
    on_both(|app| {
        company::make(app);
        let folder = tempfile::tempdir().unwrap();
        let outcome = |app: &App| {
            run_due(app, &runner(app, &folder)).unwrap();
            let day = app.clock.today(&app.zone).to_string();
            let done = job(app, Kind::Verification, &day);
            assert_eq!(done.state, State::Done, "{:?}", done.error);
            serde_json::from_str::<serde_json::Value>(&done.outcome.unwrap()).unwrap()
        };
        let found = outcome(app);
        let verified = trail::last_verified(app).unwrap().unwrap();
        assert_eq!(
            found,
            json!({ "entries": verified.entry.leaf - 1, "damaged": null }),
            "all before its own"
        );
        assert_eq!((verified.entry.actor.as_str(), verified.damaged), ("system", None));
        tamper(app, 7);
        let next = on(app, date(2026, 11, 24));
        assert_eq!(outcome(&next)["damaged"], 7);
        assert_eq!(trail::last_verified(app).unwrap().unwrap().damaged, Some(7));
        assert_eq!(first_damaged(&mut app.store.read().unwrap()).unwrap(), Some(7), "read in one go as well");
    });
}

#[test]
fn a_long_trail_is_verified_in_steps_and_each_is_noted() {
    on_both(|app| {
        let folder = tempfile::tempdir().unwrap();
        let mut tx = app.store.write().unwrap();
        for number in 1..=4_100 {
            let object = format!("plan/{number}");
            record(app, &mut tx, &operator(app), "plan.create", &object, &json!({})).unwrap();
        }
        tx.commit().unwrap();
        let all = counter::last(&mut app.store.read().unwrap(), "audit").unwrap();
        run_due(app, &runner(app, &folder)).unwrap();
        let today = app.clock.today(&app.zone);
        let whole = job(app, Kind::Verification, &today.to_string());
        assert_eq!((whole.done, whole.total), (4_000, all), "after each step");
        assert_eq!(whole.outcome.unwrap(), json!({ "entries": all, "damaged": null }).to_string());
        for (days, damaged) in [(1, 4_000), (2, 2_001)] {
            tamper(app, damaged);
            let later = later(app, SignedDuration::from_hours(24 * days));
            run_due(&later, &runner(&later, &folder)).unwrap();
            let day = later.clock.today(&app.zone);
            let found = job(app, Kind::Verification, &day.to_string()).outcome.unwrap();
            assert!(found.contains(&format!("\"damaged\":{damaged}")), "{found}");
        }
    });
}

#[test]
fn a_job_is_there_if_and_only_if_its_change_is() {
    on_both(|app| {
        let context = operator(app);
        let mut tx = app.store.write().unwrap();
        assert!(enqueue(&mut tx, &context, Kind::Housekeeping, "x", &json!({})).unwrap().is_some());
        drop(tx);
        let mut tx = app.store.write().unwrap();
        let id = enqueue(&mut tx, &context, Kind::Housekeeping, "x", &json!({})).unwrap();
        assert!(id.is_some(), "what was not committed was not there");
        assert_eq!(enqueue(&mut tx, &context, Kind::Housekeeping, "x", &json!({})).unwrap(), None);
        tx.commit().unwrap();
    });
}

#[test]
fn what_no_attempt_can_mend_fails_at_once_and_is_told() {
    on_both(|app| {
        let folder = tempfile::tempdir().unwrap();
        let mut tx = app.store.write().unwrap();
        // An export of nobody: whoever asked for it is not there.
        enqueue(
            &mut tx,
            &operator(app),
            Kind::Export,
            "x",
            &json!({
                "filter": Filter::default(), "reach": "company", "last": 1, "english": false,
            }),
        )
        .unwrap();
        tx.commit().unwrap();
        run_due(app, &runner(app, &folder)).unwrap();
        let failed = job(app, Kind::Export, "x");
        assert_eq!((failed.state, failed.attempts), (State::Failed, 1));
        assert_eq!(failed.error.as_deref(), Some("not signed in"));
    });
}

#[test]
fn what_may_mend_is_tried_again_less_and_less_often_and_then_given_up() {
    on_both(|app| {
        let folder = tempfile::tempdir().unwrap();
        let mut tx = app.store.write().unwrap();
        // What is asked for cannot be read: told as a fault of the program, which another version may mend.
        enqueue(&mut tx, &operator(app), Kind::Export, "x", &json!({})).unwrap();
        tx.commit().unwrap();
        let mut now = app.clone();
        let mut waits = Vec::new();
        loop {
            run_due(&now, &runner(&now, &folder)).unwrap();
            let job = job(app, Kind::Export, "x");
            if job.state != State::Waiting {
                assert_eq!((job.state, job.attempts), (State::Failed, 5));
                break;
            }
            let wait = job.run_at - now.clock.now().as_millisecond();
            let almost = later(&now, SignedDuration::from_millis(wait - 1));
            assert_eq!(run_due(&almost, &runner(&almost, &folder)).unwrap_or(9), rules_due(&almost, &now));
            waits.push(wait / 60_000);
            now = later(&now, SignedDuration::from_millis(wait));
        }
        assert_eq!(waits, [1, 5, 30, 120]);
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let id = job(app, Kind::Export, "x").id;
        jobs::retry(&now, &operator(&now), &ground.organisation, id).unwrap();
        assert!(matches!(
            jobs::retry(&now, &operator(&now), &ground.organisation, id),
            Err(Error::Refused(_))
        ));
        assert_eq!(job(app, Kind::Export, "x").state, State::Waiting);
        jobs::cancel(&now, &operator(&now), &ground.organisation, id).unwrap();
        assert_eq!(job(app, Kind::Export, "x").state, State::Cancelled);
    });
}

/// Both moments lie on one day after the hours of the rules, so that nothing else is due.
fn rules_due(one: &App, other: &App) -> usize {
    assert_eq!(one.clock.today(&one.zone), other.clock.today(&other.zone));
    0
}

#[test]
fn who_is_told_to_stop_puts_back_what_is_not_done() {
    on_both(|app| {
        company::make(app);
        let folder = tempfile::tempdir().unwrap();
        let organisation = organisation(app);
        let auditor = person(app, "aud");
        run_due(app, &runner(app, &folder)).unwrap();
        let id = exports::begin(app, &auditor, &organisation, Filter::default(), Format::Csv).unwrap();
        let stopping = runner(app, &folder);
        stopping.stop.give();
        assert_eq!(run_due(app, &stopping).unwrap(), 0, "nothing is begun any more");
        // Somebody who had claimed it and whose process is gone.
        let now = app.clock.now().as_millisecond();
        let mut tx = app.store.write().unwrap();
        kept::claim(&mut tx, now, kept::Lease { holder: "gone", until: now + 1_000 }).unwrap().unwrap();
        tx.commit().unwrap();
        assert_eq!(run_due(app, &runner(app, &folder)).unwrap(), 0, "it may be alive");
        let after = later(app, SignedDuration::from_secs(1));
        assert_eq!(run_due(&after, &runner(&after, &folder)).unwrap(), 1);
        assert_eq!(look(app, &auditor, id).state, State::Done);
    });
}

fn organisation(app: &App) -> Organisation {
    app.memory.ground(&mut app.store.read().unwrap()).unwrap().organisation.clone()
}

/// Somebody of the small company as they are signed in.
fn person(app: &App, login: &str) -> Context {
    let mut tx = app.store.read().unwrap();
    let account = accounts::by_login(&mut tx, login).unwrap().unwrap();
    let (id, member, on) = (account.id, account.member, app.clock.today(&app.zone));
    let mut posts = posts::of_account(&mut tx, id).unwrap();
    posts.retain(|post| post.is_held(on));
    let actor = Actor::Account { id, login: login.to_owned(), member: member.clone() };
    let access = Access::Session(Holder { account: id, member, posts, on });
    Context { access, ..app.context(actor, Lang::Zh) }
}

fn look(app: &App, context: &Context, id: i64) -> Export {
    exports::look(app, context, &organisation(app), id).unwrap()
}

#[test]
fn a_file_is_made_for_who_asked_and_for_nobody_else_and_kept_for_a_day() {
    on_both(|app| {
        company::make(app);
        let folder = tempfile::tempdir().unwrap();
        let (places, organisation) = (Places::within(folder.path()), organisation(app));
        let (auditor, other) = (person(app, "aud"), person(app, "sec"));
        let id = exports::begin(app, &auditor, &organisation, Filter::default(), Format::Csv).unwrap();
        assert_eq!(
            exports::begin(app, &auditor, &organisation, Filter::default(), Format::Csv).unwrap(),
            id,
            "under way"
        );
        let fetched = |app: &App, who: &Context| exports::fetch(app, who, &organisation, &places, id);
        assert!(matches!(fetched(app, &auditor), Err(Error::Refused(_))), "not yet");
        run_due(app, &runner(app, &folder)).unwrap();
        let export = look(app, &auditor, id);
        let file = fetched(app, &auditor).unwrap();
        let text = fs::read_to_string(folder.path().join(format!("exports/{id}.csv"))).unwrap();
        let lines = text.lines().count() as u64;
        assert_eq!(export.made, Some((lines - 1, file.bytes)), "every entry once");
        assert_eq!(file.name, "audit-2026-11-23.csv");
        let mut newest =
            text.lines().skip(1).map(|line| line.split(',').next().unwrap().parse::<u64>().unwrap());
        assert!(newest.clone().eq((1..lines).rev()), "{:?}", newest.next());
        assert!(matches!(fetched(app, &other), Err(Error::Missing { .. })), "another's");
        assert!(exports::own(app, &other).unwrap().is_empty());
        assert_eq!(exports::own(app, &auditor).unwrap().len(), 1);
        let over = later(app, SignedDuration::from_hours(24));
        let auditor = person(&over, "aud");
        assert!(matches!(fetched(&over, &auditor), Err(Error::Refused(_))), "its day is over");
        assert!(exports::own(&over, &auditor).unwrap().is_empty());
        run_due(&over, &runner(&over, &folder)).unwrap();
        assert_eq!(fs::read_dir(&places.exports).unwrap().count(), 0, "let go of");
    });
}

#[test]
fn who_lost_a_post_does_not_get_what_they_asked_for_with_it() {
    on_both(|app| {
        company::make(app);
        let folder = tempfile::tempdir().unwrap();
        let organisation = organisation(app);
        let places = Places::within(folder.path());
        let auditor = person(app, "aud");
        let made = exports::begin(app, &auditor, &organisation, Filter::default(), Format::Csv).unwrap();
        run_due(app, &runner(app, &folder)).unwrap();
        let kind = Filter { kind: "post".to_owned(), ..Filter::default() };
        let asked = exports::begin(app, &auditor, &organisation, kind, Format::Csv).unwrap();
        let post = posts::of_account(&mut app.store.read().unwrap(), auditor.in_person().unwrap()).unwrap();
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let tomorrow = on(app, date(2026, 11, 24));
        let ends = date(2026, 11, 24);
        end(&tomorrow, &operator(&tomorrow), &ground.organisation, post[0].id, ends).unwrap();
        run_due(&tomorrow, &runner(&tomorrow, &folder)).unwrap();
        let now = person(&tomorrow, "aud");
        assert!(exports::fetch(&tomorrow, &now, &organisation, &places, made).is_err());
        let job = kept::by_id(&mut app.store.read().unwrap(), asked).unwrap().unwrap();
        assert_eq!(job.state, State::Failed, "{:?}", job.error);
    });
}

#[test]
fn a_member_exports_their_own_entries_only() {
    on_both(|app| {
        company::make(app);
        let folder = tempfile::tempdir().unwrap();
        let (seller, organisation) = (person(app, "s1"), organisation(app));
        let id = exports::begin(app, &seller, &organisation, Filter::default(), Format::Csv).unwrap();
        run_due(app, &runner(app, &folder)).unwrap();
        let own = accounts::by_login(&mut app.store.read().unwrap(), "s1").unwrap().unwrap().id;
        let mut entries = 0;
        audit::each(&mut app.store.read().unwrap(), |entry| {
            entries += u64::from(entry.object == format!("account/{own}"));
        })
        .unwrap();
        assert_eq!(look(app, &seller, id).made.unwrap().0, entries);
        assert!(matches!(
            exports::begin(app, &person(app, "h1"), &organisation, Filter::default(), Format::Csv),
            Err(Error::Forbidden(_))
        ));
    });
}

#[test]
fn only_whoever_keeps_the_system_going_sees_and_changes_jobs() {
    on_both(|app| {
        company::make(app);
        let (folder, organisation) = (tempfile::tempdir().unwrap(), organisation(app));
        run_due(app, &runner(app, &folder)).unwrap();
        let list = |login: &str| {
            jobs::list(app, &person(app, login), &organisation, None, (jobs::Place::NEWEST, 100))
        };
        let (keeper, auditor) = (person(app, "sys"), person(app, "aud"));
        let lines = list("sys").unwrap();
        assert!(lines.iter().any(|line| line.kind == "escalation"));
        assert!(lines.iter().any(|line| line.kind == "orders"), "imports too");
        assert_eq!(list("aud").unwrap().len(), lines.len());
        for (login, role) in company::PEOPLE {
            if !matches!(role, Role::SystemAdmin | Role::Auditor) {
                assert!(list(login).is_err(), "{login}");
            }
        }
        let mut tx = app.store.write().unwrap();
        let id = enqueue(&mut tx, &operator(app), Kind::Housekeeping, "x", &json!({})).unwrap().unwrap();
        tx.commit().unwrap();
        assert!(matches!(jobs::cancel(app, &auditor, &organisation, id), Err(Error::Forbidden(_))));
        jobs::cancel(app, &keeper, &organisation, id).unwrap();
        assert!(matches!(jobs::cancel(app, &keeper, &organisation, id), Err(Error::Refused(_))));
    });
}
