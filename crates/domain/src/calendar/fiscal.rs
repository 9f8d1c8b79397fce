//! Fiscal years and their quarters. Months and weeks do not depend on the fiscal start and live beside.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Month;

/// The month a company's fiscal year starts in (setting, default January).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "i8", into = "i8")]
pub struct FiscalStart(i8);

/// A fiscal start that is not a month from 1 to 12.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the fiscal year starts in a month from 1 to 12, not {0}")]
pub struct NoSuchStart(pub i8);

impl FiscalStart {
    /// 1 January: the fiscal year is the calendar year.
    pub const JANUARY: Self = Self(1);

    /// The month, 1 to 12.
    pub const fn month(self) -> i8 {
        self.0
    }
}

impl Default for FiscalStart {
    fn default() -> Self {
        Self::JANUARY
    }
}

impl TryFrom<i8> for FiscalStart {
    type Error = NoSuchStart;

    fn try_from(month: i8) -> Result<Self, NoSuchStart> {
        if (1..=12).contains(&month) { Ok(Self(month)) } else { Err(NoSuchStart(month)) }
    }
}

impl From<FiscalStart> for i8 {
    fn from(start: FiscalStart) -> Self {
        start.0
    }
}

/// A fiscal year, named by the calendar year it *ends* in.
///
/// Chinese companies with another start than January do so (2025 财年 of one that starts in April is
/// April 2024 to March 2025), and a start in January makes it the calendar year either way.
///
/// ```
/// use dacheng_domain::calendar::{FiscalStart, Year};
/// let april = FiscalStart::try_from(4)?;
/// let year = Year::of(jiff::civil::date(2025, 10, 1), april);
/// assert_eq!(year.to_string(), "2026");
/// assert_eq!(year.first_day(), jiff::civil::date(2025, 4, 1));
/// # Ok::<(), dacheng_domain::calendar::NoSuchStart>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year {
    first: Month,
}

impl Year {
    /// The fiscal year of that name, or `None` outside the calendar of `jiff`.
    pub fn new(name: i16, start: FiscalStart) -> Option<Self> {
        let starts_in = if start == FiscalStart::JANUARY { name } else { name.checked_sub(1)? };
        Month::new(starts_in, start.0).map(|first| Self { first })
    }

    /// The fiscal year a day lies in.
    pub fn of(day: Date, start: FiscalStart) -> Self {
        let month = Month::of(day);
        let since_start = (month.number() - start.0).rem_euclid(12);
        Self { first: month.plus(-i32::from(since_start)) }
    }

    /// The calendar year it ends in.
    pub fn name(self) -> i16 {
        self.last_month().year()
    }

    /// Its first month.
    pub const fn first_month(self) -> Month {
        self.first
    }

    /// Its last month.
    pub fn last_month(self) -> Month {
        self.first.plus(11)
    }

    /// The first day of its first month.
    pub fn first_day(self) -> Date {
        self.first.first_day()
    }

    /// The last day of its last month.
    pub fn last_day(self) -> Date {
        self.last_month().last_day()
    }

    /// Its four quarters in order.
    pub fn quarters(self) -> [Quarter; 4] {
        [1, 2, 3, 4].map(|number| Quarter { year: self, number })
    }

    /// Its twelve months in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (0..12).map(move |index| self.first.plus(index))
    }

    /// The fiscal year after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { first: self.first.plus(12) }
    }

    /// This and those after it, through another of the same beginning; none where that one is earlier. It ends also where
    /// the calendar does.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        let years = last.first.months_since(self.first).div_euclid(12);
        (0..=years).map(move |year| Self { first: self.first.plus(12 * year) })
    }

    /// The fiscal year before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { first: self.first.plus(-12) }
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.name())
    }
}

/// A quarter of a fiscal year: Q1 begins with the fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: Year,
    number: i8,
}

impl Quarter {
    /// Quarter 1 to 4 of a fiscal year, or `None`.
    pub fn new(year: Year, number: i8) -> Option<Self> {
        (1..=4).contains(&number).then_some(Self { year, number })
    }

    /// The quarter a day lies in.
    pub fn of(day: Date, start: FiscalStart) -> Self {
        let since_start = (day.month() - start.0).rem_euclid(12);
        Self { year: Year::of(day, start), number: since_start / 3 + 1 }
    }

    /// The fiscal year it belongs to.
    pub const fn year(self) -> Year {
        self.year
    }

    /// 1 to 4.
    pub const fn number(self) -> i8 {
        self.number
    }

    /// Its first month.
    pub fn first_month(self) -> Month {
        self.year.first.plus(i32::from(self.number - 1) * 3)
    }

    /// Its last month.
    pub fn last_month(self) -> Month {
        self.first_month().plus(2)
    }

    /// The first day of its first month.
    pub fn first_day(self) -> Date {
        self.first_month().first_day()
    }

    /// The last day of its last month.
    pub fn last_day(self) -> Date {
        self.last_month().last_day()
    }

    /// Its three months in order.
    pub fn months(self) -> [Month; 3] {
        [0, 1, 2].map(|index| self.first_month().plus(index))
    }

    /// The quarter after.
    #[must_use]
    pub fn next(self) -> Self {
        match self.number {
            4 => Self { year: self.year.next(), number: 1 },
            number => Self { number: number + 1, ..self },
        }
    }

    /// The quarter before.
    #[must_use]
    pub fn previous(self) -> Self {
        match self.number {
            1 => Self { year: self.year.previous(), number: 4 },
            number => Self { number: number - 1, ..self },
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}
