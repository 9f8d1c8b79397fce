//! A period of any length, as commands, addresses and pages name it: `2026`, `2026-Q3`, `2026-08`, `2026-W31`.

use std::fmt;

use jiff::civil::Date;

use super::month::digits;
use super::{FiscalStart, Month, Quarter, Week, Year};

/// A fiscal year, a quarter of it, a month, an ISO week or a day. Periods of one kind tile the
/// calendar without gap or overlap (`domain.md` §1).
///
/// ```
/// use dacheng_domain::calendar::{FiscalStart, Period};
/// use jiff::civil::date;
/// let quarter = Period::parse("2026-Q3", FiscalStart::JANUARY)?;
/// assert_eq!(quarter.first_day(), date(2026, 7, 1));
/// assert_eq!(quarter.previous().to_string(), "2026-Q2");
/// assert!(Period::parse("2026-13", FiscalStart::JANUARY).is_err());
/// # Ok::<(), dacheng_domain::calendar::NotAPeriod>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A fiscal year.
    Year(Year),
    /// A quarter of a fiscal year.
    Quarter(Quarter),
    /// A calendar month.
    Month(Month),
    /// An ISO week.
    Week(Week),
    /// One day.
    Day(Date),
}

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPeriod {
    /// None of the known forms.
    #[error("not a period: {0}; write 2026, 2026-Q3, 2026-08, 2026-W31 or 2026-08-15")]
    Shape(String),
    /// A quarter other than Q1 to Q4.
    #[error("no such quarter: {0}; a year has Q1 to Q4")]
    NoSuchQuarter(String),
    /// A month other than 01 to 12.
    #[error("no such month: {0}; a year has 01 to 12")]
    NoSuchMonth(String),
    /// A week the ISO year does not have.
    #[error("no such week: {0}; an ISO year has W01 to W52, some have W53")]
    NoSuchWeek(String),
    /// A day the month does not have.
    #[error("no such day: {0}")]
    NoSuchDay(String),
}

impl Period {
    /// Reads the forms of `interface.md` and ISO dates. Years and quarters are fiscal.
    pub fn parse(text: &str, start: FiscalStart) -> Result<Self, NotAPeriod> {
        let shape = || NotAPeriod::Shape(text.to_owned());
        let Some((year, rest)) = text.split_once('-') else {
            return Ok(Self::Year(parse_year(text, start).ok_or_else(shape)?));
        };
        if let Some(number) = rest.strip_prefix('Q') {
            let year = parse_year(year, start).ok_or_else(shape)?;
            let number = digits::<1>(number).ok_or_else(shape)?;
            let quarter = year.quarters().into_iter().find(|quarter| i16::from(quarter.number()) == number);
            return quarter.map(Self::Quarter).ok_or_else(|| NotAPeriod::NoSuchQuarter(text.to_owned()));
        }
        if rest.starts_with('W') {
            return text.parse().map(Self::Week);
        }
        let Some((month, day)) = rest.split_once('-') else { return text.parse().map(Self::Month) };
        let plain = digits::<4>(year).and(digits::<2>(month)).and(digits::<2>(day));
        plain.ok_or_else(shape)?;
        text.parse().map(Self::Day).map_err(|_| NotAPeriod::NoSuchDay(text.to_owned()))
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(year) => year.first_day(),
            Self::Quarter(quarter) => quarter.first_day(),
            Self::Month(month) => month.first_day(),
            Self::Week(week) => week.first_day(),
            Self::Day(day) => day,
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        match self {
            Self::Year(year) => year.last_day(),
            Self::Quarter(quarter) => quarter.last_day(),
            Self::Month(month) => month.last_day(),
            Self::Week(week) => week.last_day(),
            Self::Day(day) => day,
        }
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        (self.first_day()..=self.last_day()).contains(&day)
    }

    /// The period of the same kind before it: what 环比 compares with.
    #[must_use]
    pub fn previous(self) -> Self {
        match self {
            Self::Year(year) => Self::Year(year.previous()),
            Self::Quarter(quarter) => Self::Quarter(quarter.previous()),
            Self::Month(month) => Self::Month(month.previous()),
            Self::Week(week) => Self::Week(week.previous()),
            Self::Day(day) => Self::Day(day.yesterday().unwrap_or(day)),
        }
    }

    /// The period of the same kind after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Year(year) => Self::Year(year.next()),
            Self::Quarter(quarter) => Self::Quarter(quarter.next()),
            Self::Month(month) => Self::Month(month.next()),
            Self::Week(week) => Self::Week(week.next()),
            Self::Day(day) => Self::Day(day.tomorrow().unwrap_or(day)),
        }
    }

    /// The same period of the year before: what 同比 compares with. None for a week 53 or a
    /// 29 February that year does not have.
    pub fn same_last_year(self) -> Option<Self> {
        match self {
            Self::Year(year) => Some(Self::Year(year.previous())),
            Self::Quarter(quarter) => {
                Quarter::new(quarter.year().previous(), quarter.number()).map(Self::Quarter)
            }
            Self::Month(month) => Some(Self::Month(month.same_last_year())),
            Self::Week(week) => week.same_last_year().map(Self::Week),
            Self::Day(day) => Date::new(day.year() - 1, day.month(), day.day()).ok().map(Self::Day),
        }
    }

    /// The days of the year before that this period is compared with while its data reach through a day: 同比 sets
    /// the same dates side by side, never a part of a period beside a whole one (`domain.md` §2). The last day
    /// of a month stands for the last day of that month; a week is cut after the same weekday. `None` before the
    /// period, and where the year before has no such period.
    ///
    /// ```
    /// use dacheng_domain::calendar::{FiscalStart, Period};
    /// use jiff::civil::date;
    /// let november = Period::parse("2026-11", FiscalStart::JANUARY)?;
    /// let days = november.days_last_year(date(2026, 11, 20));
    /// assert_eq!(days, Some((date(2025, 11, 1), date(2025, 11, 20))));
    /// # Ok::<(), dacheng_domain::calendar::NotAPeriod>(())
    /// ```
    pub fn days_last_year(self, through: Date) -> Option<(Date, Date)> {
        if through < self.first_day() {
            return None;
        }
        let before = self.same_last_year()?;
        if through >= self.last_day() {
            return Some((before.first_day(), before.last_day()));
        }
        let first = before.first_day();
        let last = match self {
            Self::Week(_) => first.saturating_add(self.first_day().duration_until(through)),
            Self::Year(_) | Self::Quarter(_) | Self::Month(_) | Self::Day(_) => same_date_last_year(through),
        };
        Some((first, last))
    }

    /// The months that have a day in it, in order. Years, quarters and months consist of them.
    pub fn months(self) -> impl Iterator<Item = Month> {
        let first = Month::of(self.first_day());
        (0..=Month::of(self.last_day()).months_since(first)).map(move |index| first.plus(index))
    }

    /// What it divides into: a year into quarters, a quarter into months, a month or week into days.
    pub fn parts(self) -> Vec<Self> {
        match self {
            Self::Year(year) => year.quarters().map(Self::Quarter).to_vec(),
            Self::Quarter(quarter) => quarter.months().map(Self::Month).to_vec(),
            Self::Month(month) => month.days().map(Self::Day).collect(),
            Self::Week(week) => week.days().map(Self::Day).collect(),
            Self::Day(_) => Vec::new(),
        }
    }
}

/// The same date of the year before; the last day of a month stands for the last day of that month.
pub fn same_date_last_year(day: Date) -> Date {
    let (month, before) = (Month::of(day), Month::of(day).same_last_year());
    let same = Date::new(before.year(), before.number(), day.day());
    if day == month.last_day() { before.last_day() } else { same.unwrap_or(before.last_day()) }
}

fn parse_year(text: &str, start: FiscalStart) -> Option<Year> {
    Year::new(digits::<4>(text)?, start)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => year.fmt(f),
            Self::Quarter(quarter) => quarter.fmt(f),
            Self::Month(month) => month.fmt(f),
            Self::Week(week) => week.fmt(f),
            Self::Day(day) => day.fmt(f),
        }
    }
}
