//! A stretch of days. Periods of the calendar, which tile the year, live in [`crate::calendar`].

use jiff::civil::Date;
use serde::Serialize;

/// From a first day to the day after the last one; either end may be open. Never empty.
///
/// ```
/// use dacheng_domain::people::Span;
/// use jiff::civil::date;
/// let summer = Span::new(Some(date(2026, 6, 1)), Some(date(2026, 9, 1))).unwrap();
/// assert!(summer.contains(date(2026, 8, 31)) && !summer.contains(date(2026, 9, 1)));
/// assert_eq!(Span::new(Some(date(2026, 6, 1)), Some(date(2026, 6, 1))), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    from: Option<Date>,
    to: Option<Date>,
}

impl Span {
    /// Every day.
    pub const ALWAYS: Self = Self { from: None, to: None };

    /// `from` is the first day, `to` the day after the last; `None` where no day is left.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Option<Self> {
        match (from, to) {
            (Some(from), Some(to)) if from >= to => None,
            _ => Some(Self { from, to }),
        }
    }

    /// That day and all after it.
    pub const fn since(from: Date) -> Self {
        Self { from: Some(from), to: None }
    }

    /// All days before that one.
    pub const fn before(to: Date) -> Self {
        Self { from: None, to: Some(to) }
    }

    /// That day alone.
    pub fn day(day: Date) -> Self {
        Self { from: Some(day), to: day.tomorrow().ok() }
    }

    /// The first day, or `None` for "ever since".
    pub const fn from(self) -> Option<Date> {
        self.from
    }

    /// The day after the last one, or `None` for "until further notice".
    pub const fn to(self) -> Option<Date> {
        self.to
    }

    /// The first day, where "ever since" is the first day of the calendar.
    pub(super) fn first(self) -> Date {
        self.from.unwrap_or(Date::MIN)
    }

    /// Whether the day is one of its days.
    pub fn contains(self, day: Date) -> bool {
        self.first() <= day && self.to.is_none_or(|to| day < to)
    }

    /// The days of both, or `None` where there are none.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let to = match (self.to, other.to) {
            (Some(to), Some(other)) => Some(to.min(other)),
            (to, None) | (None, to) => to,
        };
        Self::new(self.from.max(other.from), to)
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.intersect(other).is_some()
    }

    /// The first of its days that none of `others` holds; `others` are disjoint and sorted.
    pub(super) fn first_day_outside(self, others: impl IntoIterator<Item = Self>) -> Option<Date> {
        let mut day = self.first();
        for other in others {
            if other.contains(day) {
                day = other.to?;
            }
        }
        self.contains(day).then_some(day)
    }
}
