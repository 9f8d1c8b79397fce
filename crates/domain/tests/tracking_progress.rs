//! Time progress, pace and week targets against hand-counted days of the official calendar.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Calendar, DayKind, DayRow, FiscalStart, Month, Period, days_through};
use dacheng_domain::tracking::pace::{Needed, PaceSettings, ProgressState, needed, pace_gap, progress_state};
use dacheng_domain::tracking::progress::{AsOf, Basis, DayCount, PassedDays, time_progress};
use dacheng_domain::tracking::weekly::{planned_through, week_target};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn as_of(calendar: &Calendar, today: Date, watermark: Option<Date>) -> AsOf<'_> {
    AsOf { calendar, day_count: DayCount::WorkingDays, today, watermark }
}

fn period(text: &str) -> Period {
    Period::parse(text, FiscalStart::JANUARY).unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn days(passed: u32, total: u32) -> PassedDays {
    PassedDays { passed, total }
}

fn ratio(num: i64, den: i64) -> Ratio {
    Ratio::new(num, den).unwrap()
}

#[test]
fn a_month_counts_working_days_through_the_data() {
    let calendar = Calendar::shipped();
    let november = |today, watermark| {
        let progress = time_progress(period("2026-11"), &[], &as_of(&calendar, today, watermark));
        (progress.share, progress.basis, progress.provisional)
    };
    let monday = date(2026, 11, 23);
    // 15 working days from the 2nd through the 20th, of 21.
    let fifteen = (ratio(15, 21), Basis::Days(days(15, 21)), None);
    assert_eq!(november(monday, Some(date(2026, 11, 22))), fifteen);
    // Data of today, or dated later, do not move it past yesterday.
    assert_eq!(november(monday, Some(monday)), fifteen);
    assert_eq!(november(monday, Some(date(2027, 1, 1))), fifteen);
    // Data that stop earlier hold it back.
    assert_eq!(november(monday, Some(date(2026, 11, 18))).1, Basis::Days(days(13, 21)));
    assert_eq!(november(monday, None).0, Ratio::whole(0));
    assert_eq!(november(date(2026, 12, 5), Some(date(2026, 12, 4))).0, Ratio::whole(1));
}

#[test]
fn moved_working_days_count_and_holidays_do_not() {
    let calendar = Calendar::shipped();
    let view = as_of(&calendar, date(2026, 10, 11), Some(date(2026, 10, 10)));
    // The 8th, 9th and Saturday the 10th, of 18.
    assert_eq!(time_progress(period("2026-10"), &[], &view).basis, Basis::Days(days(3, 18)));
    let natural = AsOf { day_count: DayCount::CalendarDays, ..view };
    assert_eq!(time_progress(period("2026-10"), &[], &natural).basis, Basis::Days(days(10, 31)));
}

#[test]
fn a_quarter_follows_the_planned_share() {
    let calendar = Calendar::shipped();
    let view = as_of(&calendar, date(2026, 11, 23), Some(date(2026, 11, 22)));
    let targets = [(month("2026-10"), 100), (month("2026-11"), 200), (month("2026-12"), 300)];
    let progress = time_progress(period("2026-Q4"), &targets, &view);
    // (100 + 200 × 15 ÷ 21) ÷ 600
    assert_eq!(progress.share, ratio(100 * 21 + 200 * 15, 600 * 21));
    let running = Some((month("2026-11"), days(15, 21)));
    assert_eq!(progress.basis, Basis::PlannedShare { finished: 1, running });
    let year = time_progress(period("2026"), &targets, &view);
    assert_eq!(year.share, progress.share);
    assert_eq!(year.basis, Basis::PlannedShare { finished: 10, running });
}

#[test]
fn the_planned_share_runs_from_nothing_to_everything() {
    let calendar = Calendar::shipped();
    let targets = [(month("2026-10"), 100), (month("2026-11"), 200), (month("2026-12"), 300)];
    let on = |today: Date| {
        let view = as_of(&calendar, today, Some(today));
        let progress = time_progress(period("2026-Q4"), &targets, &view);
        (progress.share, progress.basis)
    };
    let nothing_yet = Basis::PlannedShare { finished: 0, running: None };
    assert_eq!(on(date(2026, 10, 8)), (Ratio::whole(0), nothing_yet));
    let first_finished = Basis::PlannedShare { finished: 1, running: None };
    assert_eq!(on(date(2026, 11, 1)), (ratio(1, 6), first_finished));
    assert_eq!(on(date(2027, 1, 1)).0, Ratio::whole(1));
}

#[test]
fn a_quarter_without_targets_counts_days() {
    let calendar = Calendar::shipped();
    let view = as_of(&calendar, date(2026, 11, 23), Some(date(2026, 11, 22)));
    assert_eq!(time_progress(period("2026-Q4"), &[], &view).basis, Basis::Days(days(18 + 15, 18 + 21 + 23)));
}

#[test]
fn a_year_not_loaded_makes_the_share_provisional() {
    let calendar = Calendar::shipped();
    let view = as_of(&calendar, date(2027, 1, 12), Some(date(2027, 1, 11)));
    let progress = time_progress(period("2027-01"), &[], &view);
    assert_eq!((progress.basis, progress.provisional), (Basis::Days(days(7, 21)), Some(2027)));
}

#[test]
fn a_week_of_days_off_passes_as_a_whole() {
    let calendar = Calendar::shipped();
    let week = period("2026-W08"); // Spring Festival, 02-16 to 02-22
    let share = |today| time_progress(week, &[], &as_of(&calendar, today, Some(today))).share;
    assert_eq!((share(date(2026, 2, 22)), share(date(2026, 2, 23))), (Ratio::whole(0), Ratio::whole(1)));
}

#[test]
fn the_state_compares_exactly() {
    let settings = PaceSettings::default();
    let state = |attainment: Ratio, time: Ratio| progress_state(attainment, time, &settings);
    let half = ratio(1, 2);
    assert_eq!(state(ratio(4_850, 10_000), half), Some(ProgressState::OnPace));
    assert_eq!(state(ratio(4_849, 10_000), half), Some(ProgressState::Slow));
    assert_eq!(state(ratio(4_250, 10_000), half), Some(ProgressState::Slow));
    assert_eq!(state(ratio(4_249, 10_000), half), Some(ProgressState::FarBehind));
    assert_eq!(state(half, Ratio::whole(0)), None);
    assert_eq!(pace_gap(ratio(737, 1_000), ratio(762, 1_000)), Some(ratio(-25, 1_000)));
}

#[test]
fn what_is_needed_per_day_ends_with_the_period() {
    let calendar = Calendar::shipped();
    let on = |today, actual| needed(actual, 600, period("2026-11"), &as_of(&calendar, today, None));
    // 23rd to 30th: 6 working days.
    let per_day = Needed::PerDay { amount: ratio(500, 6), days_left: 6 };
    assert_eq!(on(date(2026, 11, 23), 100), per_day);
    assert_eq!(on(date(2026, 11, 30), 100), Needed::PerDay { amount: Ratio::whole(500), days_left: 1 });
    assert_eq!(on(date(2026, 11, 23), 600), Needed::Nothing);
    assert_eq!(on(date(2026, 12, 1), 100), Needed::PeriodOver);
    assert_eq!(on(date(2026, 10, 1), 0), Needed::PerDay { amount: ratio(600, 21), days_left: 21 });
}

#[test]
fn a_week_over_a_month_end_takes_its_days_from_both() {
    let calendar = Calendar::shipped();
    // August has 21 working days; September 22: the 20th is moved in, the 25th is off.
    let targets = [(month("2026-08"), 21_000), (month("2026-09"), 44_000)];
    let week = |text: &str| week_target(text.parse().unwrap(), &targets, &calendar);
    assert_eq!(week("2026-W31"), 0); // 07-27 to 08-02: five working days, all in July
    assert_eq!(week("2026-W32"), 5_000);
    assert_eq!(week("2026-W36"), 1_000 + 8_000); // 08-31, then four days of September
    assert_eq!(week("2026-W38"), 12_000); // with Sunday the 20th
    assert_eq!(week("2026-W39"), 8_000); // without Friday the 25th
    assert_eq!(week("2026-W40"), 6_000); // 09-28 to 09-30
}

#[test]
fn a_small_count_is_spread_in_whole_numbers() {
    let calendar = Calendar::shipped();
    let november = month("2026-11"); // 21 working days in weeks of 5, 5, 5, 5 and 1, after a week of none
    let weeks = |target| -> Vec<i64> {
        november.weeks().map(|week| week_target(week, &[(november, target)], &calendar)).collect()
    };
    assert_eq!(weeks(8), [0, 2, 2, 2, 2, 0]);
    assert_eq!(weeks(1), [0, 0, 0, 1, 0, 0]);
}

#[test]
fn a_month_without_working_days_is_spread_over_all_its_days() {
    let off = days_through(date(2026, 11, 1), date(2026, 11, 30));
    let company: Vec<DayRow> =
        off.map(|date| DayRow { date, kind: DayKind::Holiday, name: "closed".into() }).collect();
    let calendar = Calendar::new(BTreeMap::new(), &[], &company);
    assert_eq!(planned_through(month("2026-11"), 300, date(2026, 11, 10), &calendar), 100);
    assert_eq!(week_target("2026-W48".parse().unwrap(), &[(month("2026-11"), 300)], &calendar), 70);
}

proptest! {
    #[test]
    fn the_weeks_of_a_month_sum_to_its_target(index in 0_i32..48, target in -5_000_i64..5_000_000) {
        let calendar = Calendar::shipped();
        let month = month("2024-01").plus(index);
        let weeks = month.weeks().map(|week| week_target(week, &[(month, target)], &calendar));
        prop_assert_eq!(weeks.sum::<i64>(), target);
        // And each lies within one unit of its exact share.
        let total = i64::from(calendar.working_days(month.first_day(), month.last_day()));
        for week in month.weeks() {
            let in_month = days_through(week.first_day(), week.last_day()).filter(|day| Month::of(*day) == month);
            let own = i64::try_from(in_month.filter(|day| calendar.is_working_day(*day)).count()).unwrap();
            let found = week_target(week, &[(month, target)], &calendar);
            prop_assert!((found * total - target * own).abs() <= total);
        }
    }

    #[test]
    fn what_is_planned_never_falls_and_ends_at_the_target(index in 0_i32..48, target in 0_i64..50) {
        let calendar = Calendar::shipped();
        let month = month("2024-01").plus(index);
        let mut before = 0;
        for day in month.days() {
            let planned = planned_through(month, target, day, &calendar);
            prop_assert!(planned >= before);
            before = planned;
        }
        prop_assert_eq!(before, target);
        prop_assert_eq!(planned_through(month, target, month.previous().last_day(), &calendar), 0);
        prop_assert_eq!(planned_through(month, target, month.next().last_day(), &calendar), target);
    }
}
