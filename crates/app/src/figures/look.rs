//! What a page of figures looks at: a metric over a period, as it stands now or as it was known on a day.

use dacheng_domain::calendar::Period;
use dacheng_domain::metrics::Metric;
use jiff::Timestamp;
use jiff::civil::Date;

use super::ask::end_of;
use crate::{App, Result};

/// A metric over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Which metric.
    pub metric: Metric,
    /// Over which period.
    pub period: Period,
    /// What was known at the end of that day; now where `None`.
    pub as_of: Option<Date>,
}

impl Look {
    /// A metric over a period as it stands now.
    pub const fn now(metric: Metric, period: Period) -> Self {
        Self { metric, period, as_of: None }
    }

    /// The same over another period.
    #[must_use]
    pub const fn over(self, period: Period) -> Self {
        Self { period, ..self }
    }

    /// The same of another metric.
    #[must_use]
    pub const fn of(self, metric: Metric) -> Self {
        Self { metric, ..self }
    }

    /// The day on which the people of the period are looked at: its last, or the day of the look while it runs.
    pub fn day(&self, today: Date) -> Date {
        let today = self.as_of.unwrap_or(today);
        self.period.last_day().min(today).max(self.period.first_day())
    }

    /// The moment that is looked at, where it is not now.
    pub fn moment(&self, app: &App) -> Result<Option<Timestamp>> {
        self.as_of.map(|day| end_of(app, day)).transpose()
    }
}
