//! The ISO week: Monday to Sunday, numbered in the year that holds its Thursday.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::{Deserialize, Serialize};

use super::month::digits;
use super::{NotAPeriod, days_through};

/// An ISO week.
///
/// ```
/// use dacheng_domain::calendar::Week;
/// let week = Week::of(jiff::civil::date(2026, 11, 23));
/// assert_eq!(week.to_string(), "2026-W48");
/// assert_eq!(week.last_day(), jiff::civil::date(2026, 11, 29));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Week {
    monday: Date,
}

impl Week {
    /// Week 1 to 52 or 53 of an ISO year, or `None` where the year has no such week.
    pub fn new(year: i16, number: i8) -> Option<Self> {
        ISOWeekDate::new(year, number, Weekday::Monday).ok().map(|day| Self { monday: day.date() })
    }

    /// The week a day lies in.
    pub fn of(day: Date) -> Self {
        let since_monday = day.weekday().to_monday_zero_offset();
        Self { monday: day.saturating_sub(i64::from(since_monday).days()) }
    }

    /// The ISO year, which differs from the calendar year around New Year.
    pub fn year(self) -> i16 {
        self.monday.iso_week_date().year()
    }

    /// 1 to 53.
    pub fn number(self) -> i8 {
        self.monday.iso_week_date().week()
    }

    /// Monday.
    pub const fn first_day(self) -> Date {
        self.monday
    }

    /// Sunday.
    pub fn last_day(self) -> Date {
        self.monday.saturating_add(6.days())
    }

    /// Monday to Sunday.
    pub fn days(self) -> impl Iterator<Item = Date> {
        days_through(self.monday, self.last_day())
    }

    /// The week after.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.monday.saturating_add(7.days()))
    }

    /// The week before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.monday.saturating_sub(7.days()))
    }

    /// The week of the same number in the year before; none for a week 53 that year does not have.
    pub fn same_last_year(self) -> Option<Self> {
        Self::new(self.year() - 1, self.number())
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year(), self.number())
    }
}

impl FromStr for Week {
    type Err = NotAPeriod;

    /// Reads `2026-W31`.
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let shape = || NotAPeriod::Shape(text.to_owned());
        let (year, number) = text.split_once("-W").ok_or_else(shape)?;
        let year = digits::<4>(year).ok_or_else(shape)?;
        let number = digits::<2>(number).ok_or_else(shape)?;
        i8::try_from(number)
            .ok()
            .and_then(|number| Self::new(year, number))
            .ok_or_else(|| NotAPeriod::NoSuchWeek(text.to_owned()))
    }
}

impl TryFrom<String> for Week {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}

impl From<Week> for String {
    fn from(week: Week) -> Self {
        week.to_string()
    }
}
