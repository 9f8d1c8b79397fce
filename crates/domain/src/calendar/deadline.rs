//! Deadlines in working days: a date, or a wait for a calendar year (`domain.md` §1). The time of day is 24:00.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, Month, YearNotLoaded};

/// Until when something is due. A year that is not loaded never blocks work: the deadline then waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// 24:00 of this day.
    Due(Date),
    /// 待定(2027 年日历未导入): gets its date when the year is loaded.
    Pending(Pending),
}

/// A deadline that cannot be dated yet, with all that is needed to date it later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The day the count starts after.
    pub from: Date,
    /// How many working days it counts.
    pub working_days: u32,
    /// The calendar year that is missing.
    pub year: i16,
}

/// How far away a deadline is, as pages lead with it: 剩 1 个工作日, 已逾期 2 个工作日.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeLeft {
    /// Working days after today through the deadline; 0 means that it ends today or before the next working day.
    Left(u32),
    /// Working days after the deadline through today; 0 where only days off have passed since.
    Overdue(u32),
}

impl Deadline {
    /// The date, where there is one.
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::Due(date) => Some(date),
            Self::Pending(_) => None,
        }
    }

    /// The same deadline after a calendar year was loaded. A date once given never moves.
    #[must_use]
    pub fn dated_by(self, calendar: &Calendar) -> Self {
        match self {
            Self::Due(_) => self,
            Self::Pending(Pending { from, working_days, .. }) => calendar.due(from, working_days),
        }
    }

    /// How far away it is on `today`, or `None` while it is pending.
    pub fn time_left(self, calendar: &Calendar, today: Date) -> Option<TimeLeft> {
        let due = self.date()?;
        let after = |day: Date, through| calendar.working_days(day.saturating_add(1.day()), through);
        Some(if today <= due {
            TimeLeft::Left(after(today, due))
        } else {
            TimeLeft::Overdue(after(due, today))
        })
    }
}

impl Calendar {
    /// The deadline `working_days` after `from`, pending where a year on the way is not loaded.
    ///
    /// ```
    /// use dacheng_domain::calendar::{Calendar, Deadline};
    /// use jiff::civil::date;
    /// let due = Calendar::shipped().due(date(2026, 2, 13), 3);
    /// assert_eq!(due, Deadline::Due(date(2026, 2, 25)));
    /// ```
    pub fn due(&self, from: Date, working_days: u32) -> Deadline {
        match self.deadline(from, working_days) {
            Ok(date) => Deadline::Due(date),
            Err(YearNotLoaded { year }) => Deadline::Pending(Pending { from, working_days, year }),
        }
    }

    /// A periodic deadline: `day` itself, or the next working day where it is a day off (`domain.md` §1).
    pub fn due_on(&self, day: Date) -> Deadline {
        self.due(day.yesterday().unwrap_or(day), 1)
    }

    /// The `n`th working day of the month.
    pub fn due_in(&self, month: Month, n: u32) -> Deadline {
        self.due(month.previous().last_day(), n)
    }
}
