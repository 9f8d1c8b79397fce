//! Closes, alerts and improvement plans are kept alike on both engines.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::access::Role;
use dacheng_domain::calendar::{Calendar, Month};
use dacheng_domain::people::MemberId;
use dacheng_domain::tracking::alert::{Level, Remedy, Window};
use dacheng_domain::tracking::close::{CloseState, ControlTotal, MonthStanding};
use dacheng_domain::tracking::improvement::{Plan as Course, PlanSettings, PlanState, PlanTerms};
use dacheng_store::alerts::{self, Alert, Evidence, Filter, State};
use dacheng_store::closes::{self, Close, Figure};
use dacheng_store::improvement::{self, Plan, Progress};
use dacheng_store::targets::OwnerKind;
use dacheng_store::testing::on_both;
use dacheng_store::{counter, imports};
use jiff::civil::{Date, date};

fn open(month: i64) -> Close {
    Close {
        month,
        state: CloseState::Open,
        standing: MonthStanding::Open,
        proposed_by: None,
        closed_by: None,
        recorded_on: None,
        sequence: None,
        reopening: None,
        controls: Vec::new(),
        version: 0,
    }
}

#[test]
fn a_close_is_saved_only_by_who_saw_its_newest_version() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert!(closes::save(&mut tx, &open(202_608))?);
        assert!(!closes::save(&mut tx, &open(202_608))?, "somebody began it");
        let control = ControlTotal {
            source: "revenue".into(),
            booked: 1,
            expected: 2,
            signed_off_by: Some(MemberId(1)),
            reason: None,
        };
        let closed = Close {
            state: CloseState::Closed,
            standing: MonthStanding::Closed,
            proposed_by: Some("ops".into()),
            closed_by: Some("fin".into()),
            recorded_on: Some(date(2026, 9, 3)),
            sequence: Some(7),
            reopening: Some(("dir".into(), Role::Director)),
            controls: vec![control],
            version: 1,
            ..open(202_608)
        };
        assert!(closes::save(&mut tx, &closed)?);
        assert!(!closes::save(&mut tx, &closed)?);
        assert!(closes::save(&mut tx, &open(202_607))?);
        let kept = Close { version: 2, ..closed };
        assert_eq!(closes::by_month(&mut tx, 202_608)?, Some(kept.clone()));
        assert_eq!(closes::by_month(&mut tx, 202_609)?, None);
        assert_eq!(closes::all(&mut tx)?, [Close { version: 1, ..open(202_607) }, kept]);
        assert_eq!(closes::first_month_with_facts(&mut tx)?, None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn booking_a_month_again_replaces_its_figures() {
    on_both(|store| {
        let mut tx = store.write()?;
        let figure = |owner: &str, month, actual| {
            let (owner_kind, owner) = (OwnerKind::Member, owner.to_owned());
            Figure { owner_kind, owner, month, actual, target: (actual > 5).then_some(10) }
        };
        closes::book(&mut tx, "revenue", 202_608, &[figure("m1", 202_608, 9), figure("m2", 202_608, 5)])?;
        closes::book(&mut tx, "revenue", 202_609, &[figure("m1", 202_609, 3)])?;
        closes::book(&mut tx, "collections", 202_608, &[figure("m1", 202_608, 1)])?;
        closes::book(&mut tx, "revenue", 202_608, &[figure("m1", 202_608, 8)])?;
        let found = closes::figures(&mut tx, "revenue", (202_608, 202_609))?;
        assert_eq!(found, [figure("m1", 202_608, 8), figure("m1", 202_609, 3)]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn authors_are_those_whose_imports_count_and_bring_facts_of_the_days() {
    use dacheng_domain::Fen;
    use dacheng_domain::facts::row::{OrderLineRow, OrderRow};
    use dacheng_domain::facts::value::{Code, OrderStatus};
    on_both(|store| {
        let mut tx = store.write()?;
        let order = |code: &str, date: Date| OrderRow {
            order: Code::read(code).unwrap(),
            customer: Code::read("c1").unwrap(),
            member: Code::read("m1").unwrap(),
            date,
            amount: Some(Fen(1)),
            status: OrderStatus::Normal,
        };
        let begin = |tx: &mut dacheng_store::Write, kind: &str, actor: &str| {
            imports::begin(tx, kind, "x.csv", None, actor, 1, 1)
        };
        let august = begin(&mut tx, "orders", "anna")?;
        dacheng_store::facts::append(&mut tx, august, &[order("o1", date(2026, 8, 31))])?;
        let other = begin(&mut tx, "orders", "bert")?;
        dacheng_store::facts::append(&mut tx, other, &[order("o2", date(2026, 9, 1))])?;
        let unfinished = begin(&mut tx, "orders", "carl")?;
        dacheng_store::facts::append(&mut tx, unfinished, &[order("o3", date(2026, 8, 1))])?;
        let lines = begin(&mut tx, "order_lines", "dora")?;
        let line = OrderLineRow {
            order: Code::read("o1").unwrap(),
            line: Code::read("1").unwrap(),
            product: Code::read("p").unwrap(),
            quantity: None,
            amount: Fen(1),
        };
        dacheng_store::facts::append(&mut tx, lines, &[line])?;
        for (import, sequence) in [(august, 1), (other, 2), (lines, 3)] {
            assert!(imports::commit(&mut tx, import, sequence, None, "", 1)?);
        }
        let days = |day: Date| i32::try_from(day.duration_since(date(1970, 1, 1)).as_hours() / 24).unwrap();
        let august = (days(date(2026, 8, 1)), days(date(2026, 8, 31)));
        assert_eq!(closes::authors(&mut tx, august)?, ["anna", "dora"]);
        Ok(())
    })
    .unwrap();
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn course(on: Date) -> Course {
    let calendar = Calendar::shipped();
    let terms = PlanTerms { calendar: &calendar, settings: PlanSettings::default() };
    Course::open(month("2026-08"), Level::Yellow, on, &terms)
}

fn plan(id: i64, owner: &str, on: Date) -> Plan {
    Plan {
        id,
        owner_kind: OwnerKind::Member,
        owner: owner.into(),
        metric: "revenue".into(),
        remedy: Remedy::ImprovementPlan,
        course: course(on),
        written: None,
        note: None,
        submitted_by: None,
        checked_by: None,
        version: 1,
    }
}

fn alert(id: i64, owner: &str, month: i64, level: Level, plan: Option<i64>) -> Alert {
    Alert {
        id,
        owner_kind: OwnerKind::Member,
        owner: owner.into(),
        metric: "revenue".into(),
        month,
        level,
        remedy: Remedy::ImprovementPlan,
        state: State::Open,
        judged: Window::Month,
        rule_version: 1,
        evidence: Evidence { actual: 1, target: 2, previous_actual: None, previous_target: None },
        raised_on: date(2026, 9, 1),
        ended_on: None,
        plan,
    }
}

#[test]
fn plans_are_found_while_they_are_open_overdue_or_pending() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (soon, far) = (plan(1, "m1", date(2026, 9, 1)), plan(2, "m2", date(2026, 12, 30)));
        improvement::append(&mut tx, &[soon.clone(), far.clone()])?;
        assert_eq!(improvement::open(&mut tx, "revenue")?, [soon.clone(), far.clone()]);
        assert_eq!(improvement::overdue(&mut tx, "2026-09-04")?, []);
        assert_eq!(improvement::overdue(&mut tx, "2026-09-05")?, std::slice::from_ref(&soon));
        assert_eq!(improvement::pending(&mut tx)?, [far]);
        let mut ended = Plan { written: Some("{}".into()), note: Some("x".into()), ..soon };
        ended.course.withdraw(month("2026-08"), date(2026, 9, 2));
        assert!(improvement::save(&mut tx, &ended)?);
        assert!(!improvement::save(&mut tx, &ended)?);
        let kept = improvement::by_id(&mut tx, 1)?.unwrap();
        assert_eq!((kept.course.state(), kept.version), (PlanState::Withdrawn, 2));
        assert_eq!(improvement::open(&mut tx, "revenue")?.len(), 1);
        // A further plan of the same owner finds room.
        improvement::append(&mut tx, &[plan(3, "m1", date(2026, 10, 1))])?;
        let note = Progress { number: 1, at: 5, actor: "l".into(), note: "done".into() };
        assert_eq!(improvement::note(&mut tx, 3, &note)?, 1);
        assert_eq!(improvement::plan_of_note(&mut tx, 1)?, Some(3));
        assert_eq!(improvement::plan_of_note(&mut tx, 2)?, None);
        improvement::hold(&mut tx, 3)?;
        assert_eq!(improvement::by_id(&mut tx, 3)?.unwrap().version, 1, "held, not changed");
        assert_eq!((improvement::notes(&mut tx, 3)?, improvement::notes(&mut tx, 1)?), (vec![note], vec![]));
        tx.commit()?;
        let mut tx = store.write()?;
        assert!(improvement::append(&mut tx, &[plan(4, "m1", date(2026, 10, 1))]).is_err(), "one is open");
        Ok(())
    })
    .unwrap();
}

#[test]
fn at_most_one_alert_stands_an_owner_metric_and_month() {
    on_both(|store| {
        let mut tx = store.write()?;
        improvement::append(&mut tx, &[plan(1, "m1", date(2026, 9, 1))])?;
        let yellow = alert(1, "m1", 202_608, Level::Yellow, Some(1));
        alerts::append(&mut tx, &[yellow.clone(), alert(2, "m2", 202_608, Level::Yellow, None)])?;
        assert_eq!(alerts::open_of_plans(&mut tx, "revenue")?, std::slice::from_ref(&yellow));
        assert_eq!(alerts::standing(&mut tx, "revenue", (202_608, 202_608))?.len(), 2);
        alerts::end(&mut tx, "revenue", &[1], State::Replaced, date(2026, 9, 5))?;
        alerts::append(&mut tx, &[alert(3, "m1", 202_608, Level::Red, Some(1))])?;
        alerts::end(&mut tx, "revenue", &[3], State::Closed, date(2026, 9, 6))?;
        alerts::end(&mut tx, "revenue", &[], State::Withdrawn, date(2026, 9, 6))?;
        let standing = alerts::standing(&mut tx, "revenue", (202_608, 202_608))?;
        assert_eq!(standing.iter().map(|own| own.id).collect::<Vec<_>>(), [3, 2]);
        assert_eq!((standing[0].state, standing[0].ended_on), (State::Closed, Some(date(2026, 9, 6))));
        let evidence = Evidence { actual: 3, target: 4, previous_actual: Some(5), previous_target: Some(6) };
        alerts::refresh(&mut tx, 2, &evidence)?;
        assert_eq!(alerts::standing(&mut tx, "revenue", (202_608, 202_608))?[1].evidence, evidence);

        let ids = |tx: &mut dacheng_store::Write, filter: &Filter| {
            Ok::<_, dacheng_store::Error>(
                alerts::list(tx, filter)?.iter().map(|(own, _)| own.id).collect::<Vec<_>>(),
            )
        };
        assert_eq!(ids(&mut tx, &Filter::default())?, [3, 1, 2], "red first");
        let state = Some(State::Replaced);
        assert_eq!(ids(&mut tx, &Filter { state, ..Filter::default() })?, [1]);
        let owner = Some((OwnerKind::Member, "m2".to_owned()));
        assert_eq!(ids(&mut tx, &Filter { owner, ..Filter::default() })?, [2]);
        let months = Some((202_609, 202_612));
        assert_eq!(ids(&mut tx, &Filter { months, ..Filter::default() })?, [0; 0]);
        let (level, metric) = (Some(Level::Yellow), Some("revenue".to_owned()));
        assert_eq!(ids(&mut tx, &Filter { level, metric, ..Filter::default() })?, [1, 2]);
        let (found, of) = alerts::by_id(&mut tx, 3)?.unwrap();
        assert_eq!((found.level, of.unwrap().id), (Level::Red, 1));
        assert_eq!(alerts::of_plan(&mut tx, 1)?.len(), 2);
        tx.commit()?;
        let mut tx = store.write()?;
        let second = alert(4, "m1", 202_608, Level::Yellow, None);
        assert!(alerts::append(&mut tx, &[second]).is_err(), "a closed one still stands");
        Ok(())
    })
    .unwrap();
}

#[test]
fn numbers_are_reserved_in_one_run() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(counter::reserve(&mut tx, "alert", 3)?, 1);
        assert_eq!(counter::next(&mut tx, "alert")?, 4);
        assert_eq!(counter::reserve(&mut tx, "alert", 2)?, 5);
        assert_eq!(counter::last(&mut tx, "alert")?, 6);
        Ok(())
    })
    .unwrap();
}
