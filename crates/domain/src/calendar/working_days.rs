//! Which days are working days, and how many lie in a range. What a deadline becomes is in `deadline`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day_row::is_weekend;
use super::{DayRow, day_count, days_through, official_days, years_given};

/// What is known of a calendar year. A year without an entry is *not loaded*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearBasis {
    /// The official list of the year is loaded.
    Official,
    /// The company chose Monday to Friday, as for years before it used the product.
    WeekendsOnly,
}

/// A deadline falls into a calendar year that is not loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calendar of {year} is not loaded")]
pub struct YearNotLoaded {
    /// The missing year.
    pub year: i16,
}

/// The working days of a company: the official list with moved working days (调休), then the
/// company's own days (`domain.md` §1).
///
/// Days of years that are not loaded follow Monday to Friday; [`Calendar::provisional_year`] says
/// when a count leans on that (暂定). Only deadlines refuse.
///
/// ```
/// use dacheng_domain::calendar::Calendar;
/// use jiff::civil::date;
/// let calendar = Calendar::shipped();
/// assert!(calendar.is_working_day(date(2026, 10, 10))); // a Saturday, moved
/// assert_eq!(calendar.working_days(date(2026, 10, 1), date(2026, 10, 31)), 18);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, YearBasis>,
    /// Days that differ from Monday to Friday, in order, with the sum of the differences so far.
    exceptions: Vec<(Date, i32)>,
}

impl Calendar {
    /// A calendar of official rows and the company's own, which win on the same day.
    pub fn new(years: BTreeMap<i16, YearBasis>, official: &[DayRow], company: &[DayRow]) -> Self {
        let by_date: BTreeMap<Date, bool> =
            official.iter().chain(company).map(|row| (row.date, row.is_working())).collect();
        let mut sum = 0;
        let differing = by_date.into_iter().filter(|(date, working)| *working == is_weekend(*date));
        let exceptions = differing.map(|(date, working)| {
            sum += if working { 1 } else { -1 };
            (date, sum)
        });
        Self { years, exceptions: exceptions.collect() }
    }

    /// The official years that ship, without a company layer.
    pub fn shipped() -> Self {
        let days = official_days();
        let years = years_given(&days).into_iter().map(|year| (year, YearBasis::Official));
        Self::new(years.collect(), &days, &[])
    }

    /// Whether the day is a working day. In a year that is not loaded: Monday to Friday.
    pub fn is_working_day(&self, date: Date) -> bool {
        let is_exception = self.exceptions.binary_search_by_key(&date, |(day, _)| *day).is_ok();
        is_weekend(date) == is_exception
    }

    /// Number of working days from `first` through `last`; 0 where `last` lies before `first`.
    /// Takes no longer for a decade than for a week.
    pub fn working_days(&self, first: Date, last: Date) -> u32 {
        if last < first {
            return 0;
        }
        let before = self.exceptions.partition_point(|(day, _)| *day < first);
        let through = self.exceptions.partition_point(|(day, _)| *day <= last);
        let moved = self.moved_in_first(through) - self.moved_in_first(before);
        weekdays(first, last).saturating_add_signed(moved)
    }

    /// Sum of the differences from Monday to Friday over the first `count` exceptions.
    fn moved_in_first(&self, count: usize) -> i32 {
        count.checked_sub(1).map_or(0, |index| self.exceptions[index].1)
    }

    /// What is known of the year, or `None` where it is not loaded.
    pub fn year_basis(&self, year: i16) -> Option<YearBasis> {
        self.years.get(&year).copied()
    }

    /// The first year of the range that is not loaded: a figure counted over it is provisional (暂定).
    pub fn provisional_year(&self, first: Date, last: Date) -> Option<i16> {
        (first.year()..=last.year()).find(|year| !self.years.contains_key(year))
    }

    /// The `n`th working day after `from`, which itself does not count; the deadline is 24:00 of
    /// the day returned. `n` = 0 is `from` itself. Fails where a year on the way is not loaded
    /// (`domain.md` §1).
    ///
    /// ```
    /// use dacheng_domain::calendar::{Calendar, YearNotLoaded};
    /// use jiff::civil::date;
    /// let calendar = Calendar::shipped();
    /// assert_eq!(calendar.deadline(date(2025, 9, 30), 3), Ok(date(2025, 10, 11)));
    /// assert_eq!(calendar.deadline(date(2026, 12, 29), 3), Err(YearNotLoaded { year: 2027 }));
    /// ```
    pub fn deadline(&self, from: Date, n: u32) -> Result<Date, YearNotLoaded> {
        (0..n).try_fold(from, |day, _| self.next_working_day(day))
    }

    /// The first working day after `day`.
    pub fn next_working_day(&self, day: Date) -> Result<Date, YearNotLoaded> {
        for next in days_through(day, Date::MAX).skip(1) {
            if !self.years.contains_key(&next.year()) {
                return Err(YearNotLoaded { year: next.year() });
            }
            if self.is_working_day(next) {
                return Ok(next);
            }
        }
        Err(YearNotLoaded { year: Date::MAX.year() })
    }
}

/// Mondays to Fridays from `first` through `last`.
fn weekdays(first: Date, last: Date) -> u32 {
    let days = day_count(first, last);
    let start = first.weekday().to_monday_zero_offset().unsigned_abs();
    let rest = (0..days % 7).filter(|day| (u32::from(start) + day) % 7 < 5);
    days / 7 * 5 + u32::try_from(rest.count()).unwrap_or(0)
}
