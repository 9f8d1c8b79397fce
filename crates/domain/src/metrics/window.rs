//! Over which days a ratio is judged (`domain.md` §2): a fixed evaluation window, printed beside its target.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Metric, RollUp};
use crate::calendar::{Month, Period};

/// The evaluation window of a ratio metric (setting). Default: a rolling quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// The period itself.
    Period,
    /// The period's last month and those before it, so many in all; a longer period is its own window.
    RollingMonths(u8),
}

impl Window {
    /// Three months that move with the period.
    pub const ROLLING_QUARTER: Self = Self::RollingMonths(3);

    /// The window a metric starts with; `None` for sums and for what a person rates, which need none.
    pub const fn usual(metric: Metric) -> Option<Self> {
        match metric.definition().roll_up {
            RollUp::RatioOfSums | RollUp::EachLevel => Some(Self::ROLLING_QUARTER),
            RollUp::Sum | RollUp::Owner => None,
        }
    }

    /// A window of so many months; 0 is the period itself.
    pub const fn of_months(months: u8) -> Self {
        if months == 0 { Self::Period } else { Self::RollingMonths(months) }
    }

    /// Its months; 0 for the period itself.
    pub const fn months(self) -> u8 {
        match self {
            Self::Period => 0,
            Self::RollingMonths(months) => months,
        }
    }

    /// First and last day over which a period is judged.
    ///
    /// ```
    /// use dacheng_domain::calendar::{FiscalStart, Period};
    /// use dacheng_domain::metrics::Window;
    /// let november = Period::parse("2026-11", FiscalStart::JANUARY).unwrap();
    /// let (first, last) = Window::ROLLING_QUARTER.days(november);
    /// assert_eq!((first.to_string(), last.to_string()), ("2026-09-01".into(), "2026-11-30".into()));
    /// let year = Period::parse("2026", FiscalStart::JANUARY).unwrap();
    /// assert_eq!(Window::ROLLING_QUARTER.days(year), (year.first_day(), year.last_day()));
    /// ```
    pub fn days(self, period: Period) -> (Date, Date) {
        let (first, last) = (period.first_day(), period.last_day());
        match self {
            Self::Period => (first, last),
            Self::RollingMonths(months) => {
                let back = i32::from(months.max(1)) - 1;
                let begin = (0..back).fold(Month::of(last), |month, _| month.previous());
                (begin.first_day().min(first), last)
            }
        }
    }
}
