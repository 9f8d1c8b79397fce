//! Improvement plans: deadlines over holidays and missing calendars, their steps, and how a close ends them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod tracking_support;

use dacheng_app::testing::{load, on_both, operator};
use dacheng_app::tracking::alerts::State;
use dacheng_app::tracking::close::{Recorded, close_history};
use dacheng_app::tracking::improvement::{
    Part, Step, Written, accept, date_pending, escalate, plan, record_progress, send_back, start, submit,
    update,
};
use dacheng_app::{App, Error, company};
use dacheng_domain::access::Role;
use dacheng_domain::calendar::{Deadline, TimeLeft};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::improvement::PlanState;
use jiff::civil::date;
use tracking_support::{company as seed, listed, member_targets, month, on, orders, person};

fn closed(app: &App, own: &str) {
    close_history(app, &operator(app), (month(own), month(own)), Recorded::Today).unwrap();
}

fn written(last_month: &str) -> Written {
    let step =
        Step {
            what: "每周回访".into(), who: "喆".into(), from: None, by: date(2026, 9, 30), progress: 0
        };
    let (cause, support) = ("客户流失".to_owned(), String::new());
    Written {
        cause, goal: "恢复到 80%".into(), actions: vec![step], support, last_month: month(last_month)
    }
}

#[test]
fn a_deadline_counts_working_days_over_the_holidays() {
    on_both(|app| {
        seed(app);
        member_targets(app, 2025, &["m1"], &["2025-08"], 1_000_000);
        orders(app, &[("o1", "m1", "2025-08-05", "5000")]);
        let then = on(app, date(2025, 9, 30));
        closed(&then, "2025-08");
        let line = listed(&then, None)[0].plan.clone().unwrap();
        assert_eq!(line.deadline, Some(Deadline::Due(date(2025, 10, 11))));
        assert_eq!(line.time_left, Some(TimeLeft::Left(3)));
        let on_the_day = on(app, date(2025, 10, 11));
        assert!(escalate(&on_the_day, &operator(&on_the_day)).unwrap().is_empty());
        let late = on(app, date(2025, 10, 12));
        assert!(listed(&late, None)[0].plan.as_ref().unwrap().is_overdue());
        let escalated = escalate(&late, &operator(&late)).unwrap();
        assert_eq!((escalated.len(), escalated[0].to.as_deref()), (1, Some("l")));
        assert!(escalate(&late, &operator(&late)).unwrap().is_empty(), "once");
    });
}

#[test]
fn a_deadline_waits_for_a_calendar_that_is_not_loaded() {
    on_both(|app| {
        seed(app);
        member_targets(app, 1996, &["m1"], &["1996-07"], 1_000_000);
        orders(app, &[("o1", "m1", "1996-07-04", "5000")]);
        let months = (month("1996-07"), month("1996-07"));
        close_history(app, &operator(app), months, Recorded::FirstOfNextMonth).unwrap();
        let line = listed(app, None)[0].plan.clone().unwrap();
        assert!(matches!(line.deadline, Some(Deadline::Pending(pending)) if pending.year == 1996));
        assert_eq!(line.json()["pending_year"], 1996);
        assert_eq!(date_pending(app, &operator(app)).unwrap(), 0);
        let (settled, version) = company::current(&mut app.store.read().unwrap()).unwrap();
        let settled = company::Company { weekends_only: [1996].into(), ..settled };
        company::settle(app, &operator(app), &settled, version).unwrap();
        assert_eq!(date_pending(app, &operator(app)).unwrap(), 1);
        let line = listed(app, None)[0].plan.clone().unwrap();
        // Thursday 1996-08-01, then Friday, Monday, Tuesday.
        assert_eq!(line.deadline, Some(Deadline::Due(date(1996, 8, 6))));
        assert_eq!(date_pending(app, &operator(app)).unwrap(), 0);
    });
}

#[test]
fn a_plan_is_written_returned_accepted_followed_and_recovers() {
    on_both(|app| {
        seed(app);
        member_targets(app, 2026, &["m1"], &["2026-08", "2026-09", "2026-10"], 1_000_000);
        orders(app, &[("o1", "m1", "2026-08-05", "5000"), ("o2", "m1", "2026-09-05", "7500")]);
        orders(app, &[("o3", "m1", "2026-10-05", "8000")]);
        closed(app, "2026-08");
        let (owner, leader) = (
            person(app, "m1", Some("m1"), Role::Specialist, None),
            person(app, "l", Some("l"), Role::TeamLeader, Some("N1")),
        );
        let colleague = person(app, "m2", Some("m2"), Role::Specialist, None);
        let manager = person(app, "n", Some("n"), Role::RegionManager, Some("N"));
        let id = listed(app, None)[0].plan.as_ref().unwrap().id;
        assert!(matches!(plan(app, &colleague, id), Err(Error::Missing { .. })));
        assert_eq!(plan(app, &owner, id).unwrap().line.part, Part::Writes);
        assert_eq!(plan(app, &leader, id).unwrap().line.part, Part::Checks);
        assert_eq!(plan(app, &manager, id).unwrap().line.part, Part::Reads);

        let empty = Written {
            cause: " ".into(),
            goal: String::new(),
            actions: Vec::new(),
            support: String::new(),
            last_month: month("2026-08"),
        };
        let Err(Error::Refused(wrong)) = submit(app, &owner, id, 1, &empty) else { panic!("accepted") };
        assert_eq!(wrong.len(), 3);
        assert!(matches!(submit(app, &leader, id, 1, &written("2026-10")), Err(Error::Forbidden(_))));
        assert_eq!(submit(app, &owner, id, 1, &written("2026-10")).unwrap(), 2);
        assert!(matches!(accept(app, &owner, id, 2), Err(Error::Forbidden(_))));
        assert!(matches!(accept(app, &manager, id, 2), Err(Error::Forbidden(_))));
        assert!(matches!(accept(app, &leader, id, 1), Err(Error::Stale { .. })));
        assert_eq!(send_back(app, &leader, id, 2, "措施不够具体").unwrap(), 3);
        let returned = plan(app, &owner, id).unwrap();
        assert_eq!(
            (returned.line.state, returned.note.as_deref()),
            (PlanState::Returned, Some("措施不够具体"))
        );
        assert_eq!(returned.line.deadline, Some(Deadline::Due(date(2026, 11, 25))));
        submit(app, &owner, id, 3, &written("2026-10")).unwrap();
        accept(app, &leader, id, 4).unwrap();
        start(app, &owner, id, 5).unwrap();
        record_progress(app, &leader, id, 6, "已回访 3 家", &[]).unwrap();

        // September is yellow and joins; the update is due on its own.
        closed(app, "2026-09");
        let joined = plan(app, &owner, id).unwrap();
        assert_eq!(
            (joined.alerts.len(), joined.line.level, joined.line.state),
            (2, Level::Yellow, PlanState::Running)
        );
        assert_eq!(joined.line.deadline, Some(Deadline::Due(date(2026, 11, 26))));
        update(app, &owner, id, joined.version, "加做老客户").unwrap();
        let updated = plan(app, &owner, id).unwrap();
        assert_eq!((updated.line.deadline, updated.progress.len()), (None, 2));

        // October at exactly 80 % recovers it; both alerts rest.
        closed(app, "2026-10");
        let recovered = plan(app, &owner, id).unwrap();
        assert_eq!(recovered.line.state, PlanState::Recovered);
        assert!(listed(app, None).iter().all(|row| row.state == State::Closed));
        assert!(record_progress(app, &leader, id, recovered.version, "x", &[]).is_err());
    });
}

#[test]
fn a_plan_alerted_in_its_last_month_is_not_recovered_and_the_month_opens_its_own() {
    on_both(|app| {
        seed(app);
        member_targets(app, 2026, &["m1"], &["2026-08", "2026-09"], 1_000_000);
        orders(app, &[("o1", "m1", "2026-08-05", "5000"), ("o2", "m1", "2026-09-05", "6999.99")]);
        closed(app, "2026-08");
        let owner = person(app, "m1", Some("m1"), Role::Specialist, None);
        let first = listed(app, None)[0].plan.as_ref().unwrap().id;
        submit(app, &owner, first, 1, &written("2026-09")).unwrap();
        closed(app, "2026-09");
        assert_eq!(plan(app, &owner, first).unwrap().line.state, PlanState::NotRecovered);
        let open = listed(app, Some(State::Open));
        assert_eq!((open.len(), open[0].level), (1, Level::Red));
        let second = open[0].plan.as_ref().unwrap();
        assert_ne!(second.id, first);
        // Red is checked by the director, who leads the company.
        let director = person(app, "d", Some("d"), Role::Director, None);
        submit(app, &owner, second.id, 1, &written("2026-10")).unwrap();
        let leader = person(app, "l", Some("l"), Role::TeamLeader, Some("N1"));
        assert!(matches!(accept(app, &leader, second.id, 2), Err(Error::Forbidden(_))));
        accept(app, &director, second.id, 2).unwrap();
    });
}

#[test]
fn the_plan_of_a_unit_is_written_by_its_leader_and_checked_by_the_next_above() {
    on_both(|app| {
        seed(app);
        let cell = ("revenue", dacheng_store::targets::OwnerKind::Unit, "N1", month("2026-08"), 1_000_000);
        tracking_support::plan(app, 2026, &[cell]);
        orders(app, &[("o1", "m1", "2026-08-05", "10")]);
        closed(app, "2026-08");
        let leader = person(app, "l", Some("l"), Role::TeamLeader, Some("N1"));
        let manager = person(app, "n", Some("n"), Role::RegionManager, Some("N"));
        let line = listed(app, None)[0].plan.clone().unwrap();
        assert_eq!(line.responsible.as_deref(), Some("组长"));
        submit(app, &leader, line.id, 1, &written("2026-10")).unwrap();
        accept(app, &manager, line.id, 2).unwrap();
    });
}

#[test]
fn the_plan_of_a_member_who_left_ends_with_the_next_close() {
    on_both(|app| {
        seed(app);
        member_targets(app, 2026, &["m1", "m2"], &["2026-08", "2026-09"], 1_000_000);
        orders(app, &[("o1", "m1", "2026-08-05", "5000"), ("o2", "m2", "2026-08-05", "5000")]);
        closed(app, "2026-08");
        assert_eq!(listed(app, Some(State::Open)).len(), 2);
        load(app, Kind::Members, "member,name,unit,position,hired,left\nm2,堃,N1,specialist,,2026-09-15\n");
        closed(app, "2026-09");
        let (open, ended) = (listed(app, Some(State::Open)), listed(app, Some(State::Closed)));
        assert!(open.iter().all(|row| row.owner.to_string() == "member:m1"), "{open:?}");
        assert_eq!((open.len(), ended.len()), (2, 1));
        assert_eq!(ended[0].plan.as_ref().unwrap().state, PlanState::Withdrawn);
    });
}
