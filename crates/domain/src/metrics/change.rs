//! How a figure changed: 同比 and 环比. Which period to compare with is `Period::same_last_year` and `previous`.

use crate::Ratio;
use crate::calendar::Month;

/// An amount beside the one it is compared with, both in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The amount now.
    pub current: i64,
    /// The amount then, where there is one.
    pub base: Option<i64>,
    /// (current − base) ÷ base; `None` where the base is 0, negative or missing.
    pub rate: Option<Ratio>,
}

/// Compares an amount with its base: a base ≤ 0 or none gives no rate but both amounts (`domain.md` §2).
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::metrics::change;
/// assert_eq!(change(120, Some(100)).rate, Some(Ratio::percent(20)));
/// assert_eq!(change(120, Some(0)).rate, None);
/// ```
pub fn change(current: i64, base: Option<i64>) -> Change {
    let rate = base.filter(|base| *base > 0).and_then(|base| {
        let grown = i128::from(current) - i128::from(base);
        Ratio::new(grown, base)
    });
    Change { current, base, rate }
}

/// The change of a rate in points, 1 being 100 个百分点: 50 % → 60 % is 10 个百分点.
pub fn points(current: Ratio, base: Ratio) -> Option<Ratio> {
    current.checked_sub(base)
}

/// January and February are also compared together (1–2 月合计), because the Spring Festival moves
/// between them; sentences use the sum. `None` for the other months.
pub fn spring_festival_months(month: Month) -> Option<[Month; 2]> {
    match month.number() {
        1 => Some([month, month.next()]),
        2 => Some([month.previous(), month]),
        _ => None,
    }
}
