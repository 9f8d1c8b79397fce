//! The target of a week (周目标) and of any stretch of days, cut from month targets. Plans know months only.

use jiff::civil::Date;

use crate::calendar::{Calendar, Month, Week, day_count};
use crate::ratio::round_half_away;

/// How much of a month's target is planned through `day`, in whole minor units: target × working
/// days through `day` ÷ working days of the month, rounded. 0 before the month, all of it after.
///
/// Rounding the running sum rather than each part makes the days and weeks of a month sum to its
/// target exactly, and the sum so far the nearest whole number to its share (`domain.md` §5).
pub fn planned_through(month: Month, target: i64, day: Date, calendar: &Calendar) -> i64 {
    let (first, last) = (month.first_day(), month.last_day().min(day));
    let working = (calendar.working_days(first, last), calendar.working_days(first, month.last_day()));
    let (passed, total) = match working {
        // A month without a working day is spread over all its days.
        (_, 0) => (day_count(first, last), day_count(first, month.last_day())),
        working => working,
    };
    let planned = round_half_away(i128::from(target) * i128::from(passed), total.into());
    // A share of an `i64` fits into one.
    i64::try_from(planned).unwrap_or(target)
}

/// 周目标 = Σ over its months (month target × working days of the week in it ÷ working days of the
/// month), in whole minor units; a month missing from `targets` has none (`domain.md` §5).
///
/// ```
/// use dacheng_domain::calendar::{Calendar, Month, Week};
/// use dacheng_domain::tracking::weekly::week_target;
/// let november = Month::new(2026, 11).unwrap(); // 21 working days
/// let week = Week::new(2026, 48).unwrap();
/// assert_eq!(week_target(week, &[(november, 21_000)], &Calendar::shipped()), 5_000);
/// ```
pub fn week_target(week: Week, targets: &[(Month, i64)], calendar: &Calendar) -> i64 {
    let before = week.previous().last_day();
    let part = |(month, target): &(Month, i64)| {
        let through = |day| planned_through(*month, *target, day, calendar);
        through(week.last_day()) - through(before)
    };
    targets.iter().map(part).sum()
}
