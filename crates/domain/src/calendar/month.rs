//! The calendar month, the grain of targets, closes and alerts.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::{NotAPeriod, Week, days_through};

/// A calendar month of a year within the range of `jiff` dates.
///
/// ```
/// use dacheng_domain::calendar::Month;
/// let month: Month = "2026-11".parse()?;
/// assert_eq!(month.plus(2).to_string(), "2027-01");
/// assert_eq!(month.last_day(), jiff::civil::date(2026, 11, 30));
/// # Ok::<(), dacheng_domain::calendar::NotAPeriod>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i16,
    number: i8,
}

impl Month {
    /// Month 1 to 12 of a year, or `None`.
    pub fn new(year: i16, number: i8) -> Option<Self> {
        Date::new(year, number, 1).ok().map(Self::of)
    }

    /// The month a day lies in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), number: day.month() }
    }

    /// The calendar year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// 1 to 12.
    pub const fn number(self) -> i8 {
        self.number
    }

    /// The 1st.
    pub fn first_day(self) -> Date {
        date(self.year, self.number, 1)
    }

    /// The 28th to 31st.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// Its days in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        days_through(self.first_day(), self.last_day())
    }

    /// The weeks that have a day in it, in order; the first and the last may reach beyond it.
    pub fn weeks(self) -> impl Iterator<Item = Week> {
        let last = Week::of(self.last_day());
        std::iter::successors(Some(Week::of(self.first_day())), move |week| {
            (*week < last).then(|| week.next())
        })
    }

    /// The month `months` later, earlier where negative. Stops at the ends of the calendar.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let (first, last) = (Self::of(Date::MIN), Self::of(Date::MAX));
        let index = self.index().saturating_add(months).clamp(first.index(), last.index());
        let year = i16::try_from(index.div_euclid(12)).unwrap_or(last.year);
        let number = i8::try_from(index.rem_euclid(12) + 1).unwrap_or(last.number);
        Self { year, number }
    }

    /// How many months after `earlier` this one is; negative where it comes before.
    pub fn months_since(self, earlier: Self) -> i32 {
        self.index() - earlier.index()
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// The same month of the year before.
    #[must_use]
    pub fn same_last_year(self) -> Self {
        self.plus(-12)
    }

    fn index(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.number) - 1
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.number)
    }
}

impl FromStr for Month {
    type Err = NotAPeriod;

    /// Reads `2026-08`.
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let shape = || NotAPeriod::Shape(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(shape)?;
        let year = digits::<4>(year).ok_or_else(shape)?;
        let number = digits::<2>(month).ok_or_else(shape)?;
        i8::try_from(number)
            .ok()
            .and_then(|number| Self::new(year, number))
            .ok_or_else(|| NotAPeriod::NoSuchMonth(text.to_owned()))
    }
}

/// A number written with exactly `N` digits.
pub(super) fn digits<const N: usize>(text: &str) -> Option<i16> {
    let plain = text.len() == N && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl TryFrom<String> for Month {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}
