//! Time progress (时间进度): how much of a period has passed, as far as the data reach. What was achieved is not here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Ratio;
use crate::calendar::{Calendar, Month, Period, day_count};

/// Which days count as time (setting, per metric).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCount {
    /// Working days; the default.
    #[default]
    WorkingDays,
    /// All days (自然日).
    CalendarDays,
}

/// From where a running period is looked at.
#[derive(Debug, Clone, Copy)]
pub struct AsOf<'a> {
    /// The company's calendar.
    pub calendar: &'a Calendar,
    /// Which days count.
    pub day_count: DayCount,
    /// Today in the company's zone.
    pub today: Date,
    /// The day through which the source's data are complete, for the whole company; none before
    /// the first import.
    pub watermark: Option<Date>,
}

impl AsOf<'_> {
    /// The last day that counts as passed: the watermark, but never after yesterday (`domain.md` §2).
    pub fn complete_through(&self) -> Option<Date> {
        let yesterday = self.today.yesterday().ok()?;
        self.watermark.map(|watermark| watermark.min(yesterday))
    }

    /// Days that count from `first` through `last`.
    pub fn days(&self, first: Date, last: Date) -> u32 {
        match self.day_count {
            DayCount::WorkingDays => self.calendar.working_days(first, last),
            DayCount::CalendarDays => day_count(first, last),
        }
    }

    fn passed(&self, first: Date, last: Date) -> PassedDays {
        let through = self.complete_through();
        let passed = through.map_or(0, |through| self.days(first, last.min(through)));
        PassedDays { passed, total: self.days(first, last) }
    }

    fn has_finished(&self, last: Date) -> bool {
        self.complete_through().is_some_and(|through| last <= through)
    }
}

/// Days passed and days in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassedDays {
    /// Days through the data-complete date.
    pub passed: u32,
    /// Days of the whole period.
    pub total: u32,
}

/// What the share of time was taken from; the page says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// 已过 16 / 21 个工作日.
    Days(PassedDays),
    /// The planned share: targets of the finished months, and of the running one pro rata.
    PlannedShare {
        /// How many months are finished.
        finished: u32,
        /// The month under way and its days, once one of them has passed.
        running: Option<(Month, PassedDays)>,
    },
}

/// How much of a period has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeProgress {
    /// From 0 to 1.
    pub share: Ratio,
    /// What it was taken from.
    pub basis: Basis,
    /// The first calendar year that is not loaded: the share is provisional (暂定).
    pub provisional: Option<i16>,
}

/// Time progress of a period (`domain.md` §2): days passed ÷ days; for a quarter or year the planned
/// share of its months, where `targets` (minor units; a month without one counts 0) give one.
pub fn time_progress(period: Period, targets: &[(Month, i64)], as_of: &AsOf<'_>) -> TimeProgress {
    let planned = match period {
        Period::Year(_) | Period::Quarter(_) => planned_share(period, targets, as_of),
        Period::Month(_) | Period::Week(_) | Period::Day(_) => None,
    };
    let (share, basis) = planned.unwrap_or_else(|| share_of_days(period, as_of));
    let provisional = match as_of.day_count {
        DayCount::WorkingDays => as_of.calendar.provisional_year(period.first_day(), period.last_day()),
        DayCount::CalendarDays => None,
    };
    TimeProgress { share, basis, provisional }
}

fn share_of_days(period: Period, as_of: &AsOf<'_>) -> (Ratio, Basis) {
    let days = as_of.passed(period.first_day(), period.last_day());
    // A period without a working day, such as a holiday week, passes as a whole.
    let whole = Ratio::whole(i64::from(as_of.has_finished(period.last_day())));
    (Ratio::new(days.passed, days.total).unwrap_or(whole), Basis::Days(days))
}

fn planned_share(period: Period, targets: &[(Month, i64)], as_of: &AsOf<'_>) -> Option<(Ratio, Basis)> {
    let target =
        |month| targets.iter().find(|(of, _)| *of == month).map_or(0, |(_, target)| i128::from(*target));
    let total: i128 = period.months().map(target).sum();
    if total <= 0 {
        return None;
    }
    let finished: Vec<Month> =
        period.months().take_while(|month| as_of.has_finished(month.last_day())).collect();
    let done: i128 = finished.iter().copied().map(target).sum();
    let next = period.months().nth(finished.len());
    let running = next.map(|month| (month, as_of.passed(month.first_day(), month.last_day())));
    let (num, den) = match running {
        Some((month, PassedDays { passed, total: days @ 1.. })) => {
            (done * i128::from(days) + target(month) * i128::from(passed), total * i128::from(days))
        }
        Some(_) | None => (done, total),
    };
    let running = running.filter(|(_, days)| days.passed > 0);
    let finished = u32::try_from(finished.len()).ok()?;
    Some((Ratio::new(num, den)?, Basis::PlannedShare { finished, running }))
}
