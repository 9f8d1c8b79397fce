//! What is due by the clock and the calendar. Each rule has one occasion a period; an occasion has a name, so that
//! whoever asks again finds it and does it once.

use jiff::civil::{Date, Time, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::calendar::{Calendar, Month};

/// Something that is to be done again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Improvement plans that became overdue are told to the next above, in the morning after their last day.
    Escalation,
    /// What has expired is let go of, at night.
    Housekeeping,
    /// The audit trail is verified, at night.
    Verification,
}

/// How often, and when, in the company's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Every day at a time.
    Daily(Time),
    /// On the first working day of the month at a time. In a year without a calendar that is the first weekday.
    MonthStart(Time),
}

/// A rule on one of its periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// What is due.
    pub rule: Rule,
    /// For which period: `2026-11-26`, `2026-11`. With the rule it names the occasion.
    pub period: String,
    /// Since when.
    pub at: Timestamp,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Escalation, Self::Housekeeping, Self::Verification];

    /// When it is due.
    pub const fn cadence(self) -> Cadence {
        match self {
            Self::Escalation => Cadence::Daily(time(8, 0, 0, 0)),
            Self::Housekeeping => Cadence::Daily(time(3, 30, 0, 0)),
            Self::Verification => Cadence::Daily(time(4, 30, 0, 0)),
        }
    }
}

impl Cadence {
    /// The newest period that has begun to be due, and since when; `None` before the first in the calendar of days.
    ///
    /// What was missed while nobody asked is not made up for: the newest occasion does the work of those before it.
    ///
    /// ```
    /// use dacheng_domain::calendar::Calendar;
    /// use dacheng_domain::jobs::Cadence;
    /// use jiff::civil::{date, time};
    /// use jiff::tz::TimeZone;
    /// let calendar = Calendar::shipped();
    /// let daily = Cadence::Daily(time(8, 0, 0, 0));
    /// let now = TimeZone::UTC.to_timestamp(date(2026, 11, 26).at(7, 59, 0, 0))?;
    /// assert_eq!(daily.newest(now, &calendar, &TimeZone::UTC).map(|(period, _)| period), Some("2026-11-25".into()));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn newest(self, now: Timestamp, calendar: &Calendar, zone: &TimeZone) -> Option<(String, Timestamp)> {
        let today = zone.to_datetime(now).date();
        match self {
            Self::Daily(time) => {
                let days = [Some(today), today.yesterday().ok()].into_iter().flatten();
                let mut days =
                    days.map(|day| (day.to_string(), zone.to_timestamp(day.to_datetime(time)).ok()));
                days.find_map(|(period, at)| at.filter(|at| *at <= now).map(|at| (period, at)))
            }
            Self::MonthStart(time) => {
                let running = Month::of(today);
                let months = [running, running.previous()].into_iter();
                let mut months = months.map(|month| {
                    let day = first_working_day(month, calendar);
                    (month.to_string(), zone.to_timestamp(day.to_datetime(time)).ok())
                });
                months.find_map(|(period, at)| at.filter(|at| *at <= now).map(|at| (period, at)))
            }
        }
    }
}

fn first_working_day(month: Month, calendar: &Calendar) -> Date {
    let first = month.first_day();
    let days = (0..31).map(|n| first.saturating_add(n.days()));
    days.into_iter().find(|day| calendar.is_working_day(*day)).unwrap_or(first)
}

/// The newest occasion of each rule. One that was done is told again; whoever does it looks at its name.
pub fn due(now: Timestamp, calendar: &Calendar, zone: &TimeZone) -> Vec<Occasion> {
    let newest = |rule: Rule| {
        let (period, at) = rule.cadence().newest(now, calendar, zone)?;
        Some(Occasion { rule, period, at })
    };
    Rule::ALL.into_iter().filter_map(newest).collect()
}
