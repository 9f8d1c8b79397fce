//! Alerts (预警) on closed months: which rule, which figure, which level. Sending them is not here.
//!
//! [`AlertRule`] holds the thresholds as data, [`MonthFigures`] what is known of a month, [`judge`] is
//! the rule itself and [`Evaluation`] says what changes against the alerts that stand.

mod evaluation;
mod figures;
mod rule;
mod run;

pub use evaluation::{Before, Change, Evaluation, Finding, Judged, Remedy, Verdict};
pub use figures::{AlertTarget, Leave, MonthFigures, alert_target};
pub use rule::{
    AlertRule, Allowances, Measure, OwnerKind, RedAboveYellow, Thresholds, default_rules, rule_in_force,
};
pub use run::Window;

use serde::{Deserialize, Serialize};

use crate::Ratio;

/// The light a month gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 黄灯
    Yellow,
    /// 红灯
    Red,
}

/// Judges a closed month (`domain.md` §5): yellow below the one threshold; red instead where this
/// month and the month before both lie below the other. `before` is `None` where the month before
/// is not closed or has no figure, which breaks the run.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::tracking::alert::{Level, Thresholds, judge};
/// let thresholds = Thresholds::default(); // 80 % and 70 %
/// let (low, exactly) = (Ratio::new(6_999, 10_000), Ratio::percent(70));
/// assert_eq!(judge(low.unwrap(), low, thresholds), Some(Level::Red));
/// assert_eq!(judge(low.unwrap(), Some(exactly), thresholds), Some(Level::Yellow));
/// assert_eq!(judge(Ratio::percent(80), low, thresholds), None);
/// ```
pub fn judge(figure: Ratio, before: Option<Ratio>, thresholds: Thresholds) -> Option<Level> {
    let is_red = |figure: Ratio| figure < thresholds.red_below();
    if is_red(figure) && before.is_some_and(is_red) {
        Some(Level::Red)
    } else if figure < thresholds.yellow_below() {
        Some(Level::Yellow)
    } else {
        None
    }
}
