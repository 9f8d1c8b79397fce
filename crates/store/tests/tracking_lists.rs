//! What lists of alerts and plans ask for is answered alike on both engines.

use dacheng_domain::calendar::Calendar;
use dacheng_domain::tracking::alert::{Level, Remedy, Window};
use dacheng_domain::tracking::close::{CloseState, MonthStanding};
use dacheng_domain::tracking::improvement::{Plan as Course, PlanSettings, PlanTerms};
use dacheng_store::accounts;
use dacheng_store::alerts::{self, Alert, Evidence, State};
use dacheng_store::closes::{self, Close, Figure};
use dacheng_store::improvement::{self, Plan};
use dacheng_store::targets::OwnerKind;
use dacheng_store::testing::on_both;
use jiff::civil::{Date, date};

fn raised(id: i64, month: i64, level: Level) -> Alert {
    Alert {
        id,
        owner_kind: OwnerKind::Member,
        owner: "m".into(),
        metric: "revenue".into(),
        month,
        level,
        remedy: Remedy::Coaching,
        state: State::Open,
        judged: Window::Month,
        rule_version: 1,
        evidence: Evidence { actual: 1, target: 2, previous_actual: None, previous_target: None },
        raised_on: date(2026, 9, 1),
        ended_on: None,
        plan: None,
    }
}

#[test]
fn names_are_those_of_the_log_in_names_asked_for() {
    on_both(|store| {
        let mut tx = store.write()?;
        for (login, name) in [("b", "杨喆"), ("喆", "镕"), ("B", "堃")] {
            let (language, theme) = ("zh-CN", "system");
            let new = accounts::New { login, name, member: None, language, theme, created_at: 1 };
            accounts::insert(&mut tx, &new)?.unwrap();
        }
        let pair = |login: &str, name: &str| (login.to_owned(), name.to_owned());
        let found = accounts::names(&mut tx, &["喆", "b", "nobody", "b", "\"%"])?;
        assert_eq!(found, [pair("b", "杨喆"), pair("喆", "镕")]);
        assert_eq!(accounts::names(&mut tx, &[])?, []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_first_month_of_alerts_is_the_oldest_whatever_became_of_it() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(alerts::first_month(&mut tx)?, None);
        let alert = |id, month| raised(id, month, Level::Red);
        alerts::append(&mut tx, &[alert(1, 202_609), alert(2, 202_512), alert(3, 202_601)])?;
        alerts::end(&mut tx, "revenue", &[2], State::Withdrawn, date(2026, 9, 2))?;
        assert_eq!(alerts::first_month(&mut tx)?, Some(202_512));
        Ok(())
    })
    .unwrap();
}

#[test]
fn booked_figures_are_those_of_months_that_stand_closed() {
    on_both(|store| {
        let mut tx = store.write()?;
        for (month, standing) in [
            (202_603, MonthStanding::Closed),
            (202_601, MonthStanding::Closed),
            (202_602, MonthStanding::Open),
        ] {
            let close = Close {
                month,
                state: CloseState::Open,
                standing,
                proposed_by: None,
                closed_by: None,
                recorded_on: None,
                sequence: None,
                reopening: None,
                controls: Vec::new(),
                version: 0,
            };
            assert!(closes::save(&mut tx, &close)?);
            let figure = |owner_kind, owner: &str, actual| Figure {
                owner_kind,
                owner: owner.into(),
                month,
                actual,
                target: None,
            };
            let figures = [
                figure(OwnerKind::Unit, "S", 1),
                figure(OwnerKind::Member, "S", month * -1_000_000_000),
                figure(OwnerKind::Member, "喆", 2),
            ];
            closes::book(&mut tx, "revenue", month, &figures)?;
        }
        let found = closes::booked(&mut tx, "revenue", OwnerKind::Member, "S")?;
        assert_eq!(found, [(202_601, -202_601_000_000_000), (202_603, -202_603_000_000_000)]);
        assert_eq!(closes::booked(&mut tx, "visits", OwnerKind::Member, "S")?, []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn open_plans_come_in_the_order_of_their_next_deadline() {
    on_both(|store| {
        let mut tx = store.write()?;
        let calendar = Calendar::shipped();
        let terms = PlanTerms { calendar: &calendar, settings: PlanSettings::default() };
        let plan = |id, metric: &str, on: Date| Plan {
            id,
            owner_kind: OwnerKind::Member,
            owner: "喆".into(),
            metric: metric.into(),
            remedy: Remedy::ImprovementPlan,
            course: Course::open("2026-08".parse().unwrap(), Level::Yellow, on, &terms),
            written: None,
            note: None,
            submitted_by: None,
            checked_by: None,
            version: 1,
        };
        // The second one waits for the calendar of a year to come: it has no day yet.
        let plans = [
            plan(1, "a", date(2026, 11, 2)),
            plan(2, "b", date(2026, 12, 30)),
            plan(3, "c", date(2026, 9, 1)),
            plan(4, "d", date(2026, 9, 1)),
            plan(5, "e", date(2026, 9, 1)),
        ];
        improvement::append(&mut tx, &plans)?;
        let mut ended = plans[4].clone();
        ended.course.withdraw("2026-08".parse().unwrap(), date(2026, 9, 2));
        assert!(improvement::save(&mut tx, &ended)?);
        let ids: Vec<i64> = improvement::all_open(&mut tx)?.iter().map(|(plan, _)| plan.id).collect();
        assert_eq!(ids, [3, 4, 1, 2]);
        assert_eq!(
            improvement::all_open(&mut tx)?[0],
            (plans[2].clone(), None),
            "no alert was raised for it"
        );
        // Red before yellow, then the newest month; what has ended leads nowhere.
        let alert = |id, month, level| Alert { plan: Some(3), ..raised(id, month, level) };
        let raised_for_it = [
            alert(1, 202_607, Level::Red),
            alert(2, 202_608, Level::Red),
            alert(3, 202_609, Level::Yellow),
            alert(4, 202_610, Level::Red),
        ];
        alerts::append(&mut tx, &raised_for_it)?;
        alerts::end(&mut tx, "revenue", &[4], State::Withdrawn, date(2026, 9, 2))?;
        assert_eq!(improvement::all_open(&mut tx)?[0].1, Some(2));
        Ok(())
    })
    .unwrap();
}
