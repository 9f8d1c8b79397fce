//! Ratios pooled over any division of facts, lower-is-better, headcount and retention, against hand-computed vectors.
#![expect(clippy::unwrap_used, reason = "tests")]

mod people_sample;

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::facts::silence::Silence;
use dacheng_domain::metrics::{
    AttainmentSettings, Direction, Leaves, Measured, Metric, MetricSettings, MetricVersion, NoLeaves,
    NotAdded, Recipe, Step, Window, attainment, head_scale, heads, marks, missing, moved, ratio_of,
    six_month_mark,
};
use dacheng_domain::people::{MemberId, Organisation, Position, Span};
use jiff::civil::date;
use people_sample::{
    ANN, BO, CAI, EAST, EAST_MANAGER, LEADER1, SOUTH, TEAM1, TEAM3, build, day, rows, seat, span,
};
use proptest::prelude::*;

fn ratio(over: i64, under: i64) -> Measured {
    Measured::Ratio { over, under, against: 0, scale: 10_000 }
}

fn pooled(parts: &[(i64, i64)]) -> Measured {
    parts.iter().fold(ratio(0, 0), |sum, (over, under)| sum.pooled(ratio(*over, *under)).unwrap())
}

proptest! {
    /// Facts are won or lost, of a team, of a region: whatever the division, Σ ÷ Σ is the ratio over all facts.
    #[test]
    fn a_ratio_of_sums_is_the_ratio_over_the_pooled_facts_at_every_level(
        facts in prop::collection::vec((0_usize..6, any::<bool>()), 0..200),
    ) {
        let of = |keep: &dyn Fn(usize) -> bool| {
            let own = facts.iter().filter(|(team, _)| keep(*team));
            let (won, all) = own.fold((0, 0), |(won, all), (_, is_won)| (won + i64::from(*is_won), all + 1));
            (won, all)
        };
        let teams: Vec<(i64, i64)> = (0..6).map(|team| of(&|own| own == team)).collect();
        for region in 0..2 {
            let own = &teams[region * 3..region * 3 + 3];
            let (won, all) = of(&|team| team / 3 == region);
            prop_assert_eq!(pooled(own).figure(), ratio_of(won, all, 10_000));
        }
        let (won, all) = of(&|_| true);
        prop_assert_eq!(pooled(&teams).figure(), ratio_of(won, all, 10_000));
    }

    /// The mean of ratios is another number as soon as the denominators differ and the ratios do.
    #[test]
    fn a_ratio_of_sums_is_not_the_mean(a in 1_i64..50, b in 51_i64..200, won in 1_i64..50) {
        let (first, second) = ((a.min(won), a), (0, b));
        let mean = Ratio::new(first.0 * 10_000, 2 * first.1).unwrap();
        prop_assert!(pooled(&[first, second]).figure().unwrap() < mean);
    }

    #[test]
    fn lower_is_better_falls_with_the_actual_and_stays_within_its_bounds(
        target in 1_i64..1_000_000, less in 0_i64..2_000_000, more in 0_i64..2_000_000, under in 1_i64..1_000,
    ) {
        let of = |over: i64| {
            let actual = ratio(over, under).figure().unwrap();
            attainment(actual, target, Direction::Lower, &AttainmentSettings::default()).unwrap()
        };
        let (low, high) = (less.min(more), less.max(more));
        prop_assert!(of(low) >= of(high));
        for found in [of(low), of(high)] {
            prop_assert!(found >= Ratio::whole(0) && found <= Ratio::percent(120));
        }
    }

    #[test]
    fn what_is_missing_is_missing_one_way_only(over in 0_i64..10_000, under in 1_i64..100, target in 0_i64..20_000) {
        let actual = ratio(over, under).figure().unwrap();
        let short = missing(actual, target, Direction::Higher).unwrap();
        let much = missing(actual, target, Direction::Lower).unwrap();
        prop_assert!(short >= Ratio::whole(0) && much >= Ratio::whole(0));
        prop_assert!(short == Ratio::whole(0) || much == Ratio::whole(0));
    }
}

#[test]
fn without_a_denominator_there_is_no_ratio_and_zero_of_something_is_zero() {
    assert_eq!(ratio(0, 0).figure(), None);
    assert_eq!(ratio(5, 0).figure(), None);
    assert_eq!(ratio(0, 5).figure(), Some(Ratio::whole(0)));
    assert!(ratio(0, 0).is_nothing() && !ratio(0, 5).is_nothing());
    assert_eq!(Measured::Sum(1).pooled(ratio(1, 1)), None);
    assert_eq!(Measured::Sum(i64::MAX).pooled(Measured::Sum(1)), None);
}

/// 复购率: 60 % is met by 45 of 75 (`domain.md` §9); 1 of 3 is exact, never 33.33 %.
#[test]
fn a_measured_rate_keeps_its_fraction() {
    let figure = ratio(45, 75).figure().unwrap();
    let settings = AttainmentSettings::default();
    assert_eq!(attainment(figure, 6_000, Direction::Higher, &settings), Some(Ratio::percent(100)));
    assert_eq!(ratio(1, 3).figure(), Ratio::new(10_000, 3));
}

#[test]
fn rates_change_in_points_and_everything_else_by_a_rate() {
    let by = |metric, current, base| moved(metric, Ratio::whole(current), Some(Ratio::whole(base))).step;
    assert_eq!(by(Metric::RepurchaseRate, 6_000, 5_000), Some(Step::Points(Ratio::percent(10))));
    assert_eq!(by(Metric::ComplaintRate, 0, 250), Some(Step::Points(Ratio::new(-25, 1_000).unwrap())));
    assert_eq!(by(Metric::RepurchaseRate, 500, 0), Some(Step::Points(Ratio::percent(5))));
    assert_eq!(by(Metric::AverageOrder, 120, 100), Some(Step::Rate(Ratio::percent(20))));
    assert_eq!(by(Metric::Visits, 5, 0), None);
    assert_eq!(moved(Metric::Visits, Ratio::whole(5), None).step, None);
}

#[test]
fn every_ratio_has_a_window_and_no_sum_has_one() {
    for metric in Metric::ALL {
        let is_ratio = !matches!(metric.recipe(), Recipe::Sum(_) | Recipe::Rated);
        assert_eq!(Window::usual(metric).is_some(), is_ratio, "{metric}");
    }
}

#[test]
fn a_setting_holds_from_its_month_and_reaches_no_closed_one() {
    let month = |month| Month::new(2026, month).unwrap();
    let mut settings = MetricSettings::default();
    let version = |metric, from, window, at_most| MetricVersion {
        metric,
        version: 9,
        valid_from: month(from),
        window,
        lower_at_most: Ratio::percent(at_most),
        silent_days: None,
    };
    let metric = Metric::ComplaintRate;
    let rolling = |months| Some(Window::RollingMonths(months));
    let add = |settings: &mut MetricSettings, version| settings.add(version, Some(month(10)));
    assert_eq!(
        add(&mut settings, version(metric, 10, rolling(6), 130)),
        Err(NotAdded::ClosedMonth(month(10)))
    );
    assert_eq!(add(&mut settings, version(metric, 11, rolling(6), 130)).unwrap().version, 1);
    assert_eq!(
        add(&mut settings, version(metric, 11, rolling(1), 120)),
        Err(NotAdded::BeforeAnother(month(11)))
    );
    assert_eq!(add(&mut settings, version(metric, 12, None, 120)), Err(NotAdded::WindowOfAnother));
    assert_eq!(add(&mut settings, version(metric, 12, rolling(1), 99)), Err(NotAdded::OutOfBounds));
    assert_eq!(
        add(&mut settings, version(Metric::Visits, 12, rolling(3), 120)),
        Err(NotAdded::WindowOfAnother)
    );
    // What was closed, and what another metric has, stays as it was.
    assert_eq!(settings.at(metric, month(10)).window, Some(Window::ROLLING_QUARTER));
    assert_eq!(settings.at(metric, month(11)).window, rolling(6));
    assert_eq!(settings.at(metric, month(12)).lower_at_most, Ratio::percent(130));
    assert_eq!(settings.at(Metric::SalesCycleDays, month(12)).version, 0);
    let period = Period::Month(month(11));
    let settled = settings.attainment(metric, period);
    assert_eq!(attainment(Ratio::whole(0), 100, Direction::Lower, &settled), Some(Ratio::percent(130)));
    let before = settings.attainment(metric, Period::Month(month(10)));
    assert_eq!(attainment(Ratio::whole(0), 100, Direction::Lower, &before), Some(Ratio::percent(120)));
}

/// Parts of the heads of a unit over the days of a window, as the average headcount.
fn average(
    organisation: &Organisation,
    unit: dacheng_domain::people::UnitId,
    days: (jiff::civil::Date, jiff::civil::Date),
    leaves: &impl Leaves,
    carries: impl Fn(MemberId) -> Vec<Span>,
) -> Ratio {
    let own = heads(organisation, days, leaves, carries).into_iter();
    let own = own.filter(|found| organisation.paths().units(found.path).contains(&unit));
    Ratio::new(own.map(|found| found.parts()).sum::<i64>(), head_scale(days.0, days.1)).unwrap()
}

/// Ann sits in team 1, Bo in team 3, both all of June (30 days). Cai moves from team 1 to team 3 on the 16th.
#[test]
fn headcount_counts_share_by_calendar_day() {
    let mut rows = rows();
    rows.seats.retain(|seat| ![ANN, BO, CAI].contains(&seat.member));
    rows.seats.push(seat(ANN, TEAM1, 100, Span::ALWAYS));
    rows.seats.push(seat(BO, TEAM3, 50, Span::ALWAYS));
    rows.seats.push(seat(CAI, TEAM1, 100, Span::before(day(6, 16))));
    rows.seats.push(seat(CAI, TEAM3, 100, Span::since(day(6, 16))));
    let organisation = build(rows);
    let june = (day(6, 1), day(6, 30));
    let nobody = |_| Vec::new();
    let of = |unit| average(&organisation, unit, june, &NoLeaves, nobody);
    // Ann 30 + Cai 15 of 30 days; Bo half a post, Cai the other 15 days; together 1 + 0.5 + 1.
    assert_eq!(of(TEAM1), Ratio::new(3, 2).unwrap());
    assert_eq!(of(TEAM3), Ratio::percent(100));
    assert_eq!(of(SOUTH).checked_add(of(EAST)), Some(Ratio::new(5, 2).unwrap()));
}

#[test]
fn a_leader_counts_in_the_months_of_a_target_of_their_own_and_nobody_while_on_leave() {
    struct Away;
    impl Leaves for Away {
        fn of(&self, member: MemberId) -> &[Span] {
            static DAYS: std::sync::LazyLock<Span> =
                std::sync::LazyLock::new(|| span(Some(day(6, 11)), Some(day(6, 21))));
            if member == ANN { std::slice::from_ref(&DAYS) } else { &[] }
        }
    }
    let mut rows = rows();
    rows.seats.retain(|seat| [ANN, LEADER1, EAST_MANAGER].contains(&seat.member));
    let organisation = build(rows);
    let days = (day(6, 1), day(7, 30));
    let june = || span(Some(day(6, 1)), Some(day(7, 1)));
    let carries = |member| if member == LEADER1 { vec![june()] } else { Vec::new() };
    // 60 days: Ann 60 less 10 of leave, the leader June's 30, the manager none.
    let found = average(&organisation, dacheng_domain::people::UnitId(1), days, &Away, carries);
    assert_eq!(found, Ratio::new(50 + 30, 60).unwrap());
}

#[test]
fn newcomers_are_looked_at_after_six_calendar_months_at_the_unit_that_hired_them() {
    assert_eq!(six_month_mark(date(2025, 8, 31)), Some(date(2026, 2, 28)));
    assert_eq!(six_month_mark(date(2026, 1, 15)), Some(date(2026, 7, 15)));
    let mut rows = rows();
    let employ = |rows: &mut dacheng_domain::people::Rows, who, days| {
        rows.members.iter_mut().filter(|member| member.id == who).for_each(|member| member.employed = days);
    };
    // Ann is still there on 15 July; Bo left on the day itself, so that the 14th was his last; Cai came in February.
    employ(&mut rows, ANN, Span::since(day(1, 15)));
    employ(&mut rows, BO, span(Some(day(1, 15)), Some(day(7, 15))));
    employ(&mut rows, CAI, Span::since(day(2, 1)));
    rows.seats.retain(|seat| seat.member != ANN);
    rows.seats.push(seat(ANN, TEAM1, 100, Span::before(day(4, 1))));
    rows.seats.push(seat(ANN, TEAM3, 100, Span::since(day(4, 1))));
    let organisation = build(rows);
    let found = marks(&organisation, (day(7, 1), day(7, 31)));
    let seen: Vec<_> = found.iter().map(|mark| (mark.member, mark.on, mark.retained)).collect();
    assert_eq!(seen, [(ANN, day(7, 15), true), (BO, day(7, 15), false)]);
    assert_eq!(organisation.paths().units(found[0].path).first(), Some(&TEAM1));
    assert_eq!(marks(&organisation, (day(8, 1), day(8, 1))).len(), 1);
    assert!(matches!(organisation.member(ANN).unwrap().position, Position::Specialist));
}

#[test]
fn silence_is_settled_of_the_conversion_rate_alone_and_within_bounds() {
    let month = |month| Month::new(2026, month).unwrap();
    let version = |metric, from, silent_days| MetricVersion {
        metric,
        version: 0,
        valid_from: month(from),
        window: Some(Window::ROLLING_QUARTER),
        lower_at_most: Ratio::percent(120),
        silent_days,
    };
    let mut settings = MetricSettings::default();
    let conversion = Metric::ConversionRate;
    let mut add = |metric, from, days| settings.add(version(metric, from, days), Some(month(2)));
    assert_eq!(add(Metric::ComplaintRate, 3, Some(60)), Err(NotAdded::SilenceOfAnother));
    assert_eq!(add(conversion, 3, Some(6)), Err(NotAdded::SilenceOutOfBounds));
    assert_eq!(add(conversion, 3, Some(366)), Err(NotAdded::SilenceOutOfBounds));
    assert_eq!(add(conversion, 2, Some(60)), Err(NotAdded::ClosedMonth(month(2))));
    assert_eq!(add(conversion, 3, Some(60)).unwrap().silent_days, Some(60));
    // A version that is about something else leaves it as it was.
    assert_eq!(add(conversion, 5, None).unwrap().silent_days, Some(60));
    assert_eq!(settings.at(conversion, month(2)).silent_days, Some(90));
    assert_eq!(settings.at(conversion, month(6)).silent_days, Some(60));
    assert_eq!(settings.at(Metric::ComplaintRate, month(6)).silent_days, None);
    // What an older program kept is read.
    let kept = r#"[{"metric":"conversion_rate","version":1,"valid_from":"2026-03","window":"period","lower_at_most":"1.2"}]"#;
    let kept: Result<MetricSettings, _> = serde_json::from_str(kept);
    assert!(kept.is_ok_and(|kept| kept.silence().days(month(4)) == 90));
}

proptest! {
    /// No version moves a loss out of a closed month, into one, or within one.
    #[test]
    fn no_version_of_silence_reaches_a_closed_month(
        versions in proptest::collection::vec((1_i32..24, 7_u16..365), 0..5),
        heard in 0_i64..900,
        (closed, days) in (1_i32..24, 7_u16..365),
    ) {
        let begin = Month::new(2025, 1).unwrap();
        let mut before: Vec<(Month, u16)> =
            versions.into_iter().map(|(from, days)| (begin.plus(from), days)).collect();
        before.sort();
        before.dedup_by_key(|(from, _)| *from);
        let last = before.last().map_or(begin, |(from, _)| *from);
        let closed = begin.plus(closed);
        let from = closed.next().max(last.next());
        let after = Silence::of(before.iter().copied().chain([(from, days)]));
        let before = Silence::of(before);
        let heard = begin.first_day().saturating_add(jiff::Span::new().days(heard));
        let (then, now) = (before.lost_on(heard), after.lost_on(heard));
        let over = |day| Month::of(day) <= closed;
        prop_assert_eq!(over(then), over(now));
        if over(then) || Month::of(heard) < from {
            prop_assert_eq!(then, now);
        }
    }
}
