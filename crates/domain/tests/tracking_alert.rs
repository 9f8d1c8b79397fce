//! Alerts on closed months against the hand-written threshold table and an independent oracle.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{FiscalStart, Month};
use dacheng_domain::metrics::{AttainmentSettings, Metric};
use dacheng_domain::tracking::alert::{
    AlertRule, Before, Change, Evaluation, Finding, Leave, Level, Measure, MonthFigures, OwnerKind, Remedy,
    Thresholds, Verdict, Window, default_rules, judge, rule_in_force,
};
use dacheng_domain::tracking::close::MonthStanding;
use proptest::prelude::*;

type Months = BTreeMap<Month, MonthFigures>;
type Alerts = BTreeMap<Month, Level>;

const YELLOW: Option<Level> = Some(Level::Yellow);
const RED: Option<Level> = Some(Level::Red);

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A closed month of a whole member who is no newcomer.
fn closed(actual: i64, target: i64) -> MonthFigures {
    MonthFigures {
        standing: MonthStanding::Closed,
        actual: Some(Ratio::whole(actual)),
        target: Some(target),
        leave: None,
        service_month: Some(20),
    }
}

fn in_state(standing: MonthStanding, figures: MonthFigures) -> MonthFigures {
    MonthFigures { standing, ..figures }
}

/// Consecutive months from `first` on.
fn months(first: &str, figures: &[MonthFigures]) -> Months {
    (0..).zip(figures).map(|(index, figures)| (month(first).plus(index), *figures)).collect()
}

fn rules() -> Vec<AlertRule> {
    default_rules(month("2020-01")).to_vec()
}

fn count_rule() -> AlertRule {
    AlertRule { metric: Metric::NewCustomers, ..rules().remove(0) }
}

fn evaluation(metric: Metric, rules: &[AlertRule]) -> Evaluation<'_> {
    Evaluation {
        metric,
        owner: OwnerKind::Person,
        rules,
        since: month("2020-01"),
        fiscal_start: FiscalStart::JANUARY,
        attainment: AttainmentSettings::default(),
    }
}

fn verdict_with(rule: &AlertRule, months: &Months, of: &str) -> Verdict {
    evaluation(rule.metric, std::slice::from_ref(rule)).verdict(months, month(of))
}

fn level(verdict: Verdict) -> Option<Level> {
    match verdict {
        Verdict::Alert(Finding { level, .. }) => Some(level),
        Verdict::Fine(_) | Verdict::NoFigure | Verdict::NotClosed => None,
    }
}

/// The level of the last of these months of revenue.
fn revenue(first: &str, figures: &[MonthFigures]) -> Option<Level> {
    let months = months(first, figures);
    level(verdict_with(&rules()[0], &months, &months.keys().last().unwrap().to_string()))
}

/// This month down, the month before across: 80.00, 79.96, 70.00, 69.99.
const TABLE: [[Option<Level>; 4]; 4] = [
    [None, None, None, None],
    [YELLOW, YELLOW, YELLOW, YELLOW],
    [YELLOW, YELLOW, YELLOW, YELLOW],
    [YELLOW, YELLOW, YELLOW, RED],
];
const FIGURES: [i64; 4] = [8_000, 7_996, 7_000, 6_999];

#[test]
fn the_threshold_table_holds() {
    let percent = |value: i64| Ratio::new(value, 10_000).unwrap();
    for (row, this) in TABLE.iter().zip(FIGURES) {
        for (expected, before) in row.iter().zip(FIGURES) {
            let found = judge(percent(this), Some(percent(before)), Thresholds::default());
            assert_eq!(found, *expected, "{this} after {before}");
            let booked = [closed(before, 10_000), closed(this, 10_000)];
            assert_eq!(revenue("2026-05", &booked), *expected, "{this} after {before}");
            // Across a year end, with another target and another plan.
            let across = [closed(before * 3, 30_000), closed(this, 10_000)];
            assert_eq!(revenue("2025-12", &across), *expected, "{this} after {before}");
        }
    }
}

#[test]
fn a_first_month_below_70_is_yellow_and_75_twice_are_two_yellows() {
    assert_eq!(revenue("2026-05", &[closed(10, 100)]), YELLOW);
    assert_eq!(revenue("2026-05", &[closed(75, 100), closed(75, 100)]), YELLOW);
    assert_eq!(revenue("2026-05", &[closed(10, 100); 5]), RED);
}

#[test]
fn a_month_without_judgement_breaks_the_run() {
    let low = closed(10, 100);
    let no_target = MonthFigures { target: None, ..low };
    let no_figure = MonthFigures { actual: None, ..low };
    let open = in_state(MonthStanding::Open, low);
    for gap in [no_target, no_figure, open, closed(10, 0)] {
        assert_eq!(revenue("2026-05", &[low, gap, low]), YELLOW, "{gap:?}");
        assert_eq!(revenue("2026-05", &[low, gap]), None, "{gap:?}");
    }
    let missing: Months =
        [("2026-05", low), ("2026-07", low)].map(|(of, figures)| (month(of), figures)).into();
    assert_eq!(level(verdict_with(&rules()[0], &missing, "2026-07")), YELLOW);
}

fn on_leave(absent: u32, protected: u32, actual: i64) -> MonthFigures {
    MonthFigures { leave: Some(Leave { working_days: 20, absent, protected }), ..closed(actual, 1_000) }
}

#[test]
fn long_leave_lowers_the_alert_target() {
    // 15 of 20 days: 750; 80 % of it is 600.
    assert_eq!(revenue("2026-05", &[on_leave(5, 0, 600)]), None);
    assert_eq!(revenue("2026-05", &[on_leave(5, 0, 599)]), YELLOW);
    // 4 days are too few to change anything.
    assert_eq!(revenue("2026-05", &[on_leave(4, 0, 799)]), YELLOW);
    // The lowered target counts towards red, too: 525 is exactly 70 %.
    assert_eq!(revenue("2026-05", &[on_leave(5, 0, 525), closed(1, 100)]), YELLOW);
    assert_eq!(revenue("2026-05", &[on_leave(5, 0, 524), closed(1, 100)]), RED);
}

#[test]
fn maternity_and_injury_leave_never_count() {
    // Two protected days: 900; 80 % of it is 720. The two others are too few.
    assert_eq!(revenue("2026-05", &[on_leave(4, 2, 720)]), None);
    assert_eq!(revenue("2026-05", &[on_leave(4, 2, 719)]), YELLOW);
    assert_eq!(revenue("2026-05", &[on_leave(20, 20, 0)]), None);
}

#[test]
fn less_than_half_the_month_present_is_excused_and_breaks_the_run() {
    let low = closed(1, 1_000);
    assert_eq!(revenue("2026-05", &[low, on_leave(10, 0, 1)]), RED);
    assert_eq!(revenue("2026-05", &[low, on_leave(11, 0, 1)]), None);
    assert_eq!(revenue("2026-05", &[low, on_leave(11, 0, 1), low]), YELLOW);
}

#[test]
fn newcomers_get_coaching_and_no_red() {
    let in_service = |of| MonthFigures { service_month: Some(of), ..closed(1, 100) };
    let of_last = |figures: &[MonthFigures]| {
        let months = months("2026-05", figures);
        match verdict_with(&rules()[0], &months, &months.keys().last().unwrap().to_string()) {
            Verdict::Alert(finding) => (finding.level, finding.remedy),
            verdict => panic!("{verdict:?}"),
        }
    };
    for month_of_service in 0..=3 {
        let found = of_last(&[in_service(month_of_service), in_service(month_of_service)]);
        assert_eq!(found, (Level::Yellow, Remedy::Coaching));
    }
    let fourth = of_last(&[in_service(3), in_service(4)]);
    assert_eq!(fourth, (Level::Red, Remedy::ImprovementPlan));
}

#[test]
fn a_small_count_is_judged_by_quarter() {
    let rule = count_rule();
    let quarters = |figures: &[(i64, i64)]| {
        let figures: Vec<_> = figures.iter().map(|(actual, target)| closed(*actual, *target)).collect();
        months("2026-01", &figures)
    };
    let of = |months: &Months, of| level(verdict_with(&rule, months, of));
    // 0 of 4 says nothing in January; 9 of 12 is 75 % in March.
    let first = quarters(&[(0, 4), (4, 4), (5, 4)]);
    assert_eq!(["2026-01", "2026-02", "2026-03"].map(|month| of(&first, month)), [None, None, YELLOW]);
    assert!(matches!(verdict_with(&rule, &first, "2026-03"),
        Verdict::Alert(Finding { judged, .. }) if judged.window == Window::Quarter));
    // Two quarters below 70 % in a row are red; the first of them alone is not.
    let second = quarters(&[(2, 4), (2, 4), (2, 4), (0, 4), (0, 4), (8, 4)]);
    assert_eq!((of(&second, "2026-03"), of(&second, "2026-06")), (YELLOW, RED));
    // From 5 on each month is judged.
    let monthly = quarters(&[(3, 5), (3, 5), (5, 5)]);
    assert_eq!(["2026-01", "2026-02", "2026-03"].map(|month| of(&monthly, month)), [YELLOW, RED, None]);
    // One small month takes the quarter's last month with it; a quarter and a month make no run.
    let mixed = quarters(&[(3, 5), (3, 4), (0, 5), (0, 5)]);
    assert_eq!(
        ["2026-01", "2026-02", "2026-03", "2026-04"].map(|month| of(&mixed, month)),
        [YELLOW, None, YELLOW, YELLOW]
    );
}

#[test]
fn a_quarter_with_an_open_month_is_not_judged_and_excused_months_do_not_count() {
    let rule = count_rule();
    let small = closed(0, 4);
    let open = months("2026-01", &[small, in_state(MonthStanding::Open, small), small]);
    assert_eq!(verdict_with(&rule, &open, "2026-03"), Verdict::NotClosed);
    let away = MonthFigures { leave: Some(Leave { working_days: 20, absent: 15, protected: 0 }), ..small };
    let excused = months("2026-01", &[away, closed(4, 4), closed(4, 4)]);
    assert!(matches!(verdict_with(&rule, &excused, "2026-03"), Verdict::Fine(_)));
    let all_away = months("2026-01", &[away; 3]);
    assert_eq!(verdict_with(&rule, &all_away, "2026-03"), Verdict::NoFigure);
}

#[test]
fn a_rate_has_no_rule_until_one_is_given_in_points() {
    let rate = |hundredths| MonthFigures { actual: Ratio::new(hundredths, 1), ..closed(0, 6_000) };
    let months = months("2026-05", &[rate(5_499), rate(4_999), rate(5_500)]);
    let standard = rules();
    let unjudged = evaluation(Metric::RepurchaseRate, &standard);
    assert_eq!(unjudged.verdict(&months, month("2026-05")), Verdict::NoFigure);
    // Yellow from more than 5 points below 60 %, red from more than 10.
    let rule = AlertRule {
        metric: Metric::RepurchaseRate,
        measure: Measure::Points,
        thresholds: Thresholds::new(Ratio::whole(-500), Ratio::whole(-500)).unwrap(),
        ..standard[0].clone()
    };
    assert_eq!(
        ["2026-05", "2026-06", "2026-07"].map(|of| level(verdict_with(&rule, &months, of))),
        [YELLOW, RED, None]
    );
    let complaints = AlertRule { metric: Metric::ComplaintRate, ..rule };
    assert_eq!(level(verdict_with(&complaints, &months, "2026-05")), None);
}

#[test]
fn the_newest_version_in_force_judges_the_owners_it_names() {
    let first = rules().remove(0);
    let stricter = AlertRule { version: 2, valid_from: month("2026-06"), ..first.clone() };
    let nobody = AlertRule { version: 3, valid_from: month("2026-09"), owners: [].into(), ..first.clone() };
    let rules = [nobody, first, stricter];
    let version =
        |owner, of: &str| rule_in_force(&rules, Metric::Revenue, owner, month(of)).map(|rule| rule.version);
    assert_eq!(version(OwnerKind::Person, "2026-05"), Some(1));
    assert_eq!(version(OwnerKind::Region, "2026-06"), Some(2));
    assert_eq!(version(OwnerKind::Company, "2026-06"), None);
    assert_eq!(version(OwnerKind::Person, "2026-09"), None);
    assert_eq!(version(OwnerKind::Person, "2019-12"), None);
}

#[test]
fn a_red_threshold_above_the_yellow_one_is_refused() {
    assert!(Thresholds::new(Ratio::percent(70), Ratio::percent(80)).is_err());
    let stored = serde_json::to_string(&rules()).unwrap();
    assert_eq!(serde_json::from_str::<Vec<AlertRule>>(&stored).unwrap(), rules());
    let swapped = r#"{"yellow_below":"0.7","red_below":"0.8"}"#;
    assert!(serde_json::from_str::<Thresholds>(swapped).is_err());
}

#[test]
fn months_before_going_live_open_nothing_but_count_as_the_month_before() {
    let rules = rules();
    let live = Evaluation { since: month("2026-06"), ..evaluation(Metric::Revenue, &rules) };
    let months = months("2026-04", &[closed(1, 100); 3]);
    let changes = live.changes(&months, &Alerts::new());
    assert_eq!(changes.keys().collect::<Vec<_>>(), [&month("2026-06")]);
    assert_eq!(raised(&changes, "2026-06"), RED);
    assert_eq!(level(live.verdict(&months, month("2026-05"))), RED);
}

fn raised(changes: &BTreeMap<Month, Change>, of: &str) -> Option<Level> {
    match changes.get(&month(of))? {
        Change::Raise(finding) | Change::Replace(finding) => Some(finding.level),
        Change::Withdraw => None,
    }
}

#[test]
fn a_re_evaluation_replaces_and_withdraws() {
    let rules = rules();
    let revenue = evaluation(Metric::Revenue, &rules);
    let alerts: Alerts = [(month("2026-05"), Level::Yellow), (month("2026-06"), Level::Yellow)].into();
    let worse = revenue.changes(&months("2026-05", &[closed(69, 100), closed(69, 100)]), &alerts);
    assert!(matches!(worse[&month("2026-06")], Change::Replace(Finding { level: Level::Red, judged, .. })
        if judged.before == Before::Known(Ratio::percent(69)) && judged.rule_version == 1));
    assert_eq!(worse.len(), 1);
    let better = revenue.changes(&months("2026-05", &[closed(80, 100), closed(69, 100)]), &alerts);
    assert_eq!(better, [(month("2026-05"), Change::Withdraw)].into());
}

#[test]
fn a_reopened_month_keeps_its_alert_and_the_red_that_hangs_on_it() {
    let rules = rules();
    let revenue = evaluation(Metric::Revenue, &rules);
    let low = closed(69, 100);
    let reopened = months("2026-05", &[in_state(MonthStanding::Reopened, low), low]);
    let alerts: Alerts = [(month("2026-05"), Level::Yellow), (month("2026-06"), Level::Red)].into();
    assert_eq!(revenue.changes(&reopened, &alerts), BTreeMap::new());
    assert_eq!(revenue.verdict(&reopened, month("2026-05")), Verdict::NotClosed);
    // Closed again at 80 %, the red one becomes yellow.
    let closed_again = months("2026-05", &[closed(80, 100), low]);
    let changes = revenue.changes(&closed_again, &alerts);
    assert_eq!(changes[&month("2026-05")], Change::Withdraw);
    assert_eq!(raised(&changes, "2026-06"), YELLOW);
}

fn apply(alerts: &mut Alerts, changes: &BTreeMap<Month, Change>) {
    for (month, change) in changes {
        match change {
            Change::Raise(finding) => assert_eq!(alerts.insert(*month, finding.level), None),
            Change::Replace(finding) => assert!(alerts.insert(*month, finding.level).is_some()),
            Change::Withdraw => assert!(alerts.remove(month).is_some()),
        }
    }
}

fn any_month() -> impl Strategy<Value = MonthFigures> {
    let standing = prop_oneof![
        6 => Just(MonthStanding::Closed),
        1 => Just(MonthStanding::Open),
        1 => Just(MonthStanding::Reopened),
    ];
    let leave = proptest::option::weighted(0.2, (0_u32..=20, 0_u32..=3)).prop_map(|leave| {
        leave.map(|(absent, protected)| Leave { working_days: 20, absent, protected: protected.min(absent) })
    });
    (
        standing,
        proptest::option::weighted(0.9, 60_i64..90),
        prop_oneof![Just(None), Just(Some(0)), Just(Some(100)), Just(Some(100)), (1_i64..8).prop_map(Some)],
        leave,
        1_u32..8,
    )
        .prop_map(|(standing, actual, target, leave, service_month)| MonthFigures {
            standing,
            // Small targets get actuals of their size.
            actual: actual.map(|actual| Ratio::new(actual * target.unwrap_or(1), 100).unwrap()),
            target,
            leave,
            service_month: Some(service_month),
        })
}

fn any_alerts() -> impl Strategy<Value = Vec<Option<Level>>> {
    let level = prop_oneof![Just(None), Just(Some(Level::Yellow)), Just(Some(Level::Red))];
    proptest::collection::vec(level, 14)
}

/// The contract once more for plain months without leave, in whole hundredths.
fn expected(this: (bool, Option<i64>), before: Option<(bool, Option<i64>)>) -> Option<Level> {
    let figure = this.1.filter(|_| this.0)?;
    let before = before.and_then(|(closed, figure)| figure.filter(|_| closed));
    match figure {
        ..7_000 if before.is_some_and(|before| before < 7_000) => RED,
        ..8_000 => YELLOW,
        _ => None,
    }
}

proptest! {
    #[test]
    fn evaluating_twice_changes_nothing(
        figures in proptest::collection::vec(any_month(), 14),
        standing in any_alerts(),
        counts in any::<bool>(),
    ) {
        let rule = if counts { count_rule() } else { rules().remove(0) };
        let evaluation = evaluation(rule.metric, std::slice::from_ref(&rule));
        let months = months("2025-06", &figures);
        let mut alerts: Alerts =
            months.keys().zip(standing).filter_map(|(month, level)| Some((*month, level?))).collect();
        let changes = evaluation.changes(&months, &alerts);
        apply(&mut alerts, &changes);
        prop_assert_eq!(evaluation.changes(&months, &alerts), BTreeMap::new());
    }

    #[test]
    fn plain_months_are_judged_as_the_contract_says(
        plain in proptest::collection::vec((any::<bool>(), proptest::option::weighted(0.9, 6_990_i64..8_010)), 14),
    ) {
        let figures: Vec<MonthFigures> = plain.iter().map(|(is_closed, figure)| {
            let standing = if *is_closed { MonthStanding::Closed } else { MonthStanding::Open };
            let figures = in_state(standing, closed(figure.unwrap_or(0) * 3, 30_000));
            MonthFigures { target: figure.and(figures.target), ..figures }
        }).collect();
        let rule = rules().remove(0);
        let months = months("2025-06", &figures);
        let mut alerts = Alerts::new();
        apply(&mut alerts, &evaluation(rule.metric, &[rule]).changes(&months, &Alerts::new()));
        for (index, month) in months.keys().enumerate() {
            let before = index.checked_sub(1).map(|before| plain[before]);
            prop_assert_eq!(alerts.get(month).copied(), expected(plain[index], before), "{}", month);
        }
    }
}
