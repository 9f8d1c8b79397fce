//! How a target for a longer period is worded: as its total, or as a monthly average (月均).

use serde::{Deserialize, Serialize};

/// The number in a target and what it stands for, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetForm {
    /// The whole of the period.
    Total(i64),
    /// 月均 n: each month is judged on n, the item at its deadline on the total.
    MonthlyAverage(i64),
}

impl TargetForm {
    /// The total over a period of that many months; `None` beyond `i64`.
    ///
    /// ```
    /// use dacheng_domain::metrics::TargetForm;
    /// assert_eq!(TargetForm::MonthlyAverage(8).total(3), Some(24)); // 月均 8 家 in Q3
    /// ```
    pub fn total(self, months: u32) -> Option<i64> {
        match self {
            Self::Total(total) => Some(total),
            Self::MonthlyAverage(each) => each.checked_mul(months.into()),
        }
    }
}
