//! When the facts of the company came in: what happened before it began at once, then each month on the first working
//! day after it, and from October on sales week by week. Whoever asks *as of* an earlier day sees what was known then.

use dacheng_domain::calendar::{Calendar, Month};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::{FIRST, LAST, TODAY};

/// The day on which the company began with the program.
pub const BEGUN: Date = date(2025, 12, 8);
/// From this day on they come in every week.
const WEEKLY: Date = date(2026, 10, 1);
/// The last day of the past that came in then.
const PAST: Date = date(2025, 11, 30);

/// Facts that come in together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// The first day of which it has facts.
    pub from: Date,
    /// The last one.
    pub through: Date,
    /// The day it comes in.
    pub on: Date,
}

impl Stage {
    /// The name of its folder.
    pub fn folder(&self) -> String {
        self.through.to_string()
    }

    /// The month that is complete with it.
    pub fn ends(&self) -> Option<Month> {
        let month = Month::of(self.through);
        (month.last_day() == self.through).then_some(month)
    }
}

/// The stages, which tile the days from the first fact to the last.
pub fn stages() -> Vec<Stage> {
    let calendar = Calendar::shipped();
    let mut stages = vec![Stage { from: FIRST, through: PAST, on: BEGUN }];
    let mut from = PAST.saturating_add(1.day());
    while from <= LAST {
        let week = if from < WEEKLY { Date::MAX } else { sunday(from) };
        let through = from.last_of_month().min(week).min(LAST);
        let next = through.saturating_add(1.day());
        stages.push(Stage { from, through, on: working_day_from(next, &calendar).min(TODAY) });
        from = next;
    }
    stages
}

/// The end of the week of a day.
fn sunday(day: Date) -> Date {
    day.saturating_add((7 - i64::from(day.weekday().to_monday_one_offset())).days())
}

/// A day, or the first working day after it.
fn working_day_from(day: Date, calendar: &Calendar) -> Date {
    day.series(1.day()).find(|day| calendar.is_working_day(*day)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_tile_the_days_and_come_in_after_them() {
        let stages = stages();
        assert_eq!((stages[0].from, stages.last().unwrap().through), (FIRST, LAST));
        for (one, next) in stages.iter().zip(&stages[1..]) {
            assert_eq!(one.through.tomorrow().unwrap(), next.from);
            assert!(one.on <= next.on, "{next:?}");
        }
        assert!(stages.iter().all(|stage| stage.through < stage.on && stage.on <= TODAY));
        assert_eq!(
            stages.iter().filter_map(Stage::ends).count(),
            12,
            "each month from November 2025 to October"
        );
    }
}
