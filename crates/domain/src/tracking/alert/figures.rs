//! What is known of an owner's month when it is judged, and its alert target under leave.

use serde::{Deserialize, Serialize};

use super::Allowances;
use crate::Ratio;
use crate::tracking::close::MonthStanding;

/// One month of one owner and metric, as booked at its close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthFigures {
    /// Whether the month is closed.
    pub standing: MonthStanding,
    /// The figure in minor units, where there is one.
    pub actual: Option<Ratio>,
    /// The target in force, in minor units, where there is one.
    pub target: Option<i64>,
    /// A member's leave; `None` for units and for whoever was there all month.
    pub leave: Option<Leave>,
    /// A member's month of service, 1 being the first (0 for one hired after the 15th); `None` for units.
    pub service_month: Option<u32>,
}

/// A member's working days of leave in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Working days of the month.
    pub working_days: u32,
    /// Of them on leave, whatever the kind.
    pub absent: u32,
    /// Of those absent, on maternity or injury leave, which never counts against anybody.
    pub protected: u32,
}

/// The target a month is judged on; pages show the original beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertTarget {
    /// The target itself.
    Original,
    /// target × this share, which is days present ÷ days.
    Reduced(Ratio),
    /// Too little presence: no judgement, and the run breaks.
    Excused,
}

/// How leave changes the target of a month (`domain.md` §5): from 5 working days on it is target ×
/// days present ÷ days; below half the month present there is none. Shorter leave changes nothing,
/// except that protected days are always taken off.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::tracking::alert::{AlertTarget, Allowances, Leave, alert_target};
/// let leave = |absent| Some(Leave { working_days: 20, absent, protected: 0 });
/// let target = |absent| alert_target(leave(absent), &Allowances::default());
/// assert_eq!(target(4), AlertTarget::Original);
/// assert_eq!(target(5), AlertTarget::Reduced(Ratio::percent(75)));
/// assert_eq!(target(11), AlertTarget::Excused);
/// ```
pub fn alert_target(leave: Option<Leave>, allowances: &Allowances) -> AlertTarget {
    let Some(Leave { working_days, absent, protected }) = leave else { return AlertTarget::Original };
    let present_without = |days: u32| Ratio::new(working_days.saturating_sub(days), working_days);
    let Some(presence) = present_without(absent) else { return AlertTarget::Excused };
    if presence < allowances.least_presence {
        return AlertTarget::Excused;
    }
    let taken_off = if absent >= allowances.leave_from_days { absent } else { protected };
    match present_without(taken_off) {
        Some(share) if taken_off > 0 => AlertTarget::Reduced(share),
        Some(_) | None => AlertTarget::Original,
    }
}
