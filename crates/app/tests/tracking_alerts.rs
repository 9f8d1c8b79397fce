//! Alerts through the close of a month: the table of thresholds, runs over year ends, the go-live month,
//! corrections, and an independent re-implementation of the rule.
#![expect(clippy::unwrap_used, reason = "tests")]

mod tracking_support;

use dacheng_app::App;
use dacheng_app::testing::{load, on_both, operator};
use dacheng_app::tracking::Outcome;
use dacheng_app::tracking::alerts::{Filter, Page, State, alerts, case, ledger};
use dacheng_app::tracking::close::{Recorded, close, close_history, judge_again, propose, reopen};
use dacheng_domain::access::Role;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::close::CloseState;
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_store::targets::OwnerKind;
use jiff::civil::date;
use tracking_support::{
    company, customer, go_live, listed, member_targets, month, on, orders, person, plan, standing,
};

fn history(app: &App, from: &str, through: &str) -> Vec<Outcome> {
    let closed =
        close_history(app, &operator(app), (month(from), month(through)), Recorded::FirstOfNextMonth);
    closed.unwrap().into_iter().map(|closed| closed.outcome).collect()
}

const FIGURES: [&str; 4] = ["8000.00", "7996.00", "7000.00", "6999.00"];
const YELLOW: Option<Level> = Some(Level::Yellow);
const TABLE: [[Option<Level>; 4]; 4] = [
    [None, None, None, None],
    [YELLOW, YELLOW, YELLOW, YELLOW],
    [YELLOW, YELLOW, YELLOW, YELLOW],
    [YELLOW, YELLOW, YELLOW, Some(Level::Red)],
];

#[test]
fn the_threshold_table_holds_across_a_year_end_and_two_plans() {
    on_both(|app| {
        let codes: Vec<String> = (0..16).map(|at| format!("p{at:02}")).collect();
        load(app, Kind::Units, "unit,name,parent,leader\nall,公司,,\n");
        let members = tracking_support::specialists(&codes);
        load(app, Kind::Members, &format!("member,name,unit,position,hired,left\n{members}"));
        customer(app);
        let refs: Vec<&str> = codes.iter().map(String::as_str).collect();
        member_targets(app, 2025, &refs, &["2025-12"], 1_000_000);
        member_targets(app, 2026, &refs, &["2026-01"], 1_000_000);
        let rows: Vec<(String, &str, &str, &str)> = (0..16)
            .flat_map(|at: usize| {
                let code = refs[at];
                [
                    (format!("{code}-b"), code, "2025-12-31", FIGURES[at % 4]),
                    (format!("{code}-t"), code, "2026-01-01", FIGURES[at / 4]),
                ]
            })
            .collect();
        let rows: Vec<_> =
            rows.iter().map(|(order, code, day, sum)| (order.as_str(), *code, *day, *sum)).collect();
        orders(app, &rows);
        history(app, "2025-12", "2026-01");
        let found = standing(app);
        for (at, code) in refs.iter().enumerate() {
            let level = found
                .iter()
                .find(|(owner, of, _)| *owner == format!("member:{code}") && of == "2026-01")
                .map(|(_, _, level)| *level);
            assert_eq!(level, TABLE[at / 4][at % 4], "{} after {}", FIGURES[at / 4], FIGURES[at % 4]);
        }
        // Closing the same months again, and judging them again, changes nothing.
        let before = listed(app, None);
        assert_eq!(history(app, "2025-12", "2026-01"), []);
        for own in ["2025-12", "2026-01"] {
            assert_eq!(judge_again(app, &operator(app), month(own)).unwrap(), Outcome::default());
        }
        assert_eq!(listed(app, None), before);
    });
}

#[test]
fn a_case_shows_the_figures_of_both_months_and_json_as_interface_has_it() {
    on_both(|app| {
        company(app);
        member_targets(app, 2026, &["m1"], &["2026-08", "2026-09"], 1_000_000);
        orders(app, &[("o1", "m1", "2026-08-05", "5000"), ("o2", "m1", "2026-09-05", "6610.05")]);
        history(app, "2026-08", "2026-09");
        let rows = listed(app, Some(State::Open));
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].level, rows[0].figure.actual), (Level::Red, 661_005));
        let json = rows[0].json();
        assert_eq!(json["actual"], "6610.05");
        assert_eq!(json["attainment"], "0.6610");
        assert_eq!(json["before"]["month"], "2026-08");
        assert_eq!(json["before"]["attainment"], "0.5000");
        assert_eq!((&json["raised_on"], &json["rule_version"]), (&"2026-10-01".into(), &1.into()));
        // The alert of September joined the plan of August.
        let case = case(app, &operator(app), rows[0].id).unwrap();
        let plan = case.plan.unwrap();
        assert_eq!((plan.alerts.len(), plan.line.level), (2, Level::Red));
        assert_eq!(plan.line.checker.as_deref(), Some("总监"));
        let counts = ledger(app, &operator(app), Page::Open).unwrap().counts;
        assert_eq!((counts.red, counts.yellow), (1, 1));
    });
}

#[test]
fn months_before_the_go_live_month_open_nothing_and_count_as_the_month_before() {
    on_both(|app| {
        company(app);
        member_targets(app, 2026, &["m1"], &["2026-08", "2026-09"], 1_000_000);
        orders(app, &[("o1", "m1", "2026-08-05", "5000"), ("o2", "m1", "2026-09-05", "5000")]);
        go_live(app, "2026-09");
        let context = |login, role| person(app, login, None, role, None);
        propose(app, &context("ops", Role::SalesOperations), month("2026-09"), 0, &[]).unwrap();
        close(app, &context("fin", Role::Finance), month("2026-09"), 1).unwrap();
        assert_eq!(standing(app), [("member:m1".to_owned(), "2026-09".to_owned(), Level::Red)]);
    });
}

#[test]
fn a_month_that_is_not_closed_breaks_nothing_before_it_is_closed() {
    on_both(|app| {
        company(app);
        member_targets(app, 2026, &["m1"], &["2026-08", "2026-09", "2026-10"], 1_000_000);
        orders(app, &[("o1", "m1", "2026-08-05", "5000"), ("o2", "m1", "2026-09-05", "5000")]);
        assert!(
            close_history(app, &operator(app), (month("2026-09"), month("2026-09")), Recorded::Today)
                .is_err()
        );
        history(app, "2026-08", "2026-08");
        assert_eq!(standing(app).len(), 1);
    });
}

#[test]
fn a_correction_counts_only_after_the_month_is_reopened_and_closed_again() {
    on_both(|app| {
        company(app);
        let context = |login, role| person(app, login, None, role, None);
        let (ops, finance, director) = (
            context("ops", Role::SalesOperations),
            context("fin", Role::Finance),
            context("dir", Role::Director),
        );
        member_targets(app, 2026, &["m1"], &["2026-08", "2026-09"], 1_000_000);
        orders(app, &[("o1", "m1", "2026-08-05", "5000"), ("o2", "m1", "2026-09-05", "5000")]);
        history(app, "2026-08", "2026-09");
        let red = vec![
            ("member:m1".to_owned(), "2026-08".to_owned(), Level::Yellow),
            ("member:m1".to_owned(), "2026-09".to_owned(), Level::Red),
        ];
        assert_eq!(standing(app), red);
        orders(app, &[("o3", "m1", "2026-08-06", "4000")]);
        assert_eq!(judge_again(app, &operator(app), month("2026-08")).unwrap(), Outcome::default());

        assert_eq!(reopen(app, &director, month("2026-08"), 1, "漏单").unwrap(), (CloseState::Closed, 2));
        assert_eq!(reopen(app, &finance, month("2026-08"), 2, "漏单").unwrap(), (CloseState::Reopened, 3));
        // Until it is closed again nothing of it is judged, and the red of September waits.
        assert_eq!(judge_again(app, &operator(app), month("2026-08")).unwrap(), Outcome::default());
        assert_eq!(judge_again(app, &operator(app), month("2026-09")).unwrap(), Outcome::default());
        assert_eq!(standing(app), red);

        propose(app, &ops, month("2026-08"), 3, &[]).unwrap();
        let outcome = close(app, &finance, month("2026-08"), 4).unwrap().outcome;
        assert_eq!((outcome.withdrawn, outcome.replaced, outcome.yellow), (1, 1, 1));
        assert_eq!(standing(app), [("member:m1".to_owned(), "2026-09".to_owned(), Level::Yellow)]);
        // What was withdrawn and replaced stays in the history; the plan goes on for September.
        let states: Vec<State> = listed(app, None).iter().map(|row| row.state).collect();
        assert_eq!(states.len(), 3);
        assert!(states.contains(&State::Withdrawn) && states.contains(&State::Replaced));
        let open = listed(app, Some(State::Open));
        let line = open[0].plan.as_ref().unwrap();
        assert_eq!((line.state, line.level), (PlanState::Open, Level::Yellow));
        assert_eq!(open[0].before.unwrap().actual, 900_000);
    });
}

#[test]
fn units_are_judged_and_the_company_is_not() {
    on_both(|app| {
        company(app);
        let unit = |code| ("revenue", OwnerKind::Unit, code, month("2026-09"), 1_000_000);
        plan(app, 2026, &[unit("all"), unit("N"), unit("N1")]);
        orders(app, &[("o1", "m1", "2026-09-05", "100")]);
        history(app, "2026-09", "2026-09");
        let owners: Vec<String> = standing(app).into_iter().map(|(owner, ..)| owner).collect();
        assert_eq!(owners, ["unit:N", "unit:N1"]);
        let mine = Filter::default();
        let leader = person(app, "leader", Some("l"), Role::TeamLeader, Some("N1"));
        assert_eq!(alerts(app, &leader, &mine).unwrap().len(), 1);
        let specialist = person(app, "m1", Some("m1"), Role::Specialist, None);
        assert_eq!(alerts(app, &specialist, &mine).unwrap().len(), 0);
        let region = alerts(app, &operator(app), &mine)
            .unwrap()
            .into_iter()
            .find(|row| row.owner.code == "N")
            .unwrap();
        assert!(case(app, &leader, region.id).is_err());
    });
}

#[test]
fn newcomers_get_coaching_and_no_red() {
    on_both(|app| {
        company(app);
        load(app, Kind::Members, "member,name,unit,position,hired,left\nm3,新人,N1,specialist,2026-07-01,\n");
        member_targets(app, 2026, &["m3"], &["2026-08", "2026-09", "2026-10"], 1_000_000);
        orders(app, &[("o1", "m3", "2026-08-05", "1")]);
        history(app, "2026-08", "2026-10");
        let levels: Vec<Level> = standing(app).into_iter().map(|(_, _, level)| level).collect();
        assert_eq!(levels, [Level::Yellow, Level::Yellow, Level::Red]);
        let coaching = dacheng_domain::tracking::alert::Remedy::Coaching;
        let remedies: Vec<bool> = listed(app, None).iter().map(|row| row.remedy == coaching).collect();
        assert_eq!(remedies, [false, true, true], "red first, then the newest");
    });
}

/// A small generator of its own: the same numbers on every machine.
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

#[test]
fn alerts_of_a_random_year_are_those_of_the_plain_rule() {
    on_both(|app| {
        let codes: Vec<String> = (0..25).map(|at| format!("p{at:02}")).collect();
        load(app, Kind::Units, "unit,name,parent,leader\nall,公司,,\n");
        let members = tracking_support::specialists(&codes);
        load(app, Kind::Members, &format!("member,name,unit,position,hired,left\n{members}"));
        customer(app);
        let months: Vec<Month> = (0..14).map(|at| month("2025-09").plus(at)).collect();
        let mut seed = 7;
        // Member × month: actual and, where there is one, the target; in fen.
        let mut figures = vec![vec![(0_i64, None::<i64>); months.len()]; codes.len()];
        let (mut lines, mut targets) = (Vec::new(), Vec::new());
        for (own, code) in codes.iter().enumerate() {
            for (at, of) in months.iter().enumerate() {
                let target = [None, Some(0), Some(1_000_000), Some(999_999), Some(3)]
                    [usize::try_from(random(&mut seed) % 8).unwrap().min(4)];
                let base = target.unwrap_or(1_000_000);
                let actual = match random(&mut seed) % 6 {
                    0 => base * 4 / 5,
                    1 => base * 4 / 5 - 1,
                    2 => base * 7 / 10,
                    3 => base * 7 / 10 - 1,
                    4 => 0,
                    _ => i64::try_from(random(&mut seed) % 1_200_000).unwrap(),
                }
                .max(0);
                figures[own][at] = (actual, target);
                if actual > 0 {
                    lines.push(format!(
                        "{code}-{of},c1,{code},{of}-15,{}.{:02},\n",
                        actual / 100,
                        actual % 100
                    ));
                }
                if let Some(target) = target {
                    targets.push(("revenue", OwnerKind::Member, code.as_str(), *of, target));
                }
            }
        }
        for year in [2025, 2026] {
            let own: Vec<_> =
                targets.iter().filter(|cell| i64::from(cell.3.year()) == year).copied().collect();
            plan(app, year, &own);
        }
        load(app, Kind::Orders, &format!("order,customer,member,date,amount,status\n{}", lines.concat()));
        history(app, "2025-09", "2026-10");
        let below = |(actual, target): (i64, Option<i64>), percent: i64| {
            target.is_some_and(|target| target > 0 && actual * 100 < target * percent)
        };
        let mut expected = Vec::new();
        for (own, code) in codes.iter().enumerate() {
            for (at, of) in months.iter().enumerate() {
                let now = figures[own][at];
                let red_before = at > 0 && below(figures[own][at - 1], 70);
                if below(now, 70) && red_before {
                    expected.push((format!("member:{code}"), of.to_string(), Level::Red));
                } else if below(now, 80) {
                    expected.push((format!("member:{code}"), of.to_string(), Level::Yellow));
                }
            }
        }
        expected.sort();
        assert!(expected.iter().any(|(_, _, level)| *level == Level::Red));
        assert_eq!(standing(app), expected);
        for of in &months {
            assert_eq!(judge_again(app, &operator(app), *of).unwrap(), Outcome::default(), "{of}");
        }
        assert_eq!(standing(app), expected);
    });
}

#[test]
fn alerts_of_history_are_dated_by_the_day_that_is_stated() {
    on_both(|app| {
        company(app);
        member_targets(app, 2026, &["m1"], &["2026-08"], 1_000_000);
        orders(app, &[("o1", "m1", "2026-08-05", "5000")]);
        let later = on(app, date(2026, 9, 1));
        history(&later, "2026-08", "2026-08");
        assert_eq!(listed(app, None)[0].raised_on, date(2026, 9, 1));
        let early = on(app, date(2026, 9, 30));
        let refused =
            close_history(&early, &operator(&early), (month("2026-09"), month("2026-09")), Recorded::Today);
        assert!(refused.is_err(), "September is not over");
    });
}
