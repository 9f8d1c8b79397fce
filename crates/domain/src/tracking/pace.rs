//! Pace (进度): attainment against time, and what is needed per day. Only additive metrics have one.

use serde::{Deserialize, Serialize};

use super::progress::AsOf;
use crate::Ratio;
use crate::calendar::Period;

/// Where the progress states begin (setting), as attainment ÷ time progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaceSettings {
    /// From here on: on pace. Default 97 %.
    pub on_pace_from: Ratio,
    /// From here on: slow; below: far behind. Default 85 %.
    pub slow_from: Ratio,
}

impl Default for PaceSettings {
    fn default() -> Self {
        Self { on_pace_from: Ratio::percent(97), slow_from: Ratio::percent(85) }
    }
}

/// 进度状态 of a running period. Not an alert: those judge closed months (`ux.md` §3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressState {
    /// 正常
    OnPace,
    /// 慢于进度
    Slow,
    /// 严重滞后
    FarBehind,
}

/// The state of an attainment at a time progress, compared exactly. `None` before any time has passed.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::tracking::pace::{PaceSettings, ProgressState, progress_state};
/// let state = progress_state(Ratio::percent(74), Ratio::percent(76), &PaceSettings::default());
/// assert_eq!(state, Some(ProgressState::OnPace)); // 97.4 % of the pace
/// ```
pub fn progress_state(attainment: Ratio, time: Ratio, settings: &PaceSettings) -> Option<ProgressState> {
    if time <= Ratio::whole(0) {
        return None;
    }
    Some(if attainment >= settings.on_pace_from.checked_mul(time)? {
        ProgressState::OnPace
    } else if attainment >= settings.slow_from.checked_mul(time)? {
        ProgressState::Slow
    } else {
        ProgressState::FarBehind
    })
}

/// 进度差: attainment − time progress, 1 being 100 个百分点; negative where behind.
pub fn pace_gap(attainment: Ratio, time: Ratio) -> Option<Ratio> {
    attainment.checked_sub(time)
}

/// What is still needed to reach the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// The target is reached.
    Nothing,
    /// That much on each of the days left, in minor units (日均需完成).
    PerDay {
        /// Gap ÷ days left.
        amount: Ratio,
        /// Days left that count, today among them.
        days_left: u32,
    },
    /// 周期已结束: no working day is left.
    PeriodOver,
}

/// What is needed per day from today through the end of the period (`domain.md` §2). `actual` and
/// `target` in minor units. Today counts as left: its facts are not complete.
pub fn needed(actual: i64, target: i64, period: Period, as_of: &AsOf<'_>) -> Needed {
    let days_left = as_of.days(as_of.today.max(period.first_day()), period.last_day());
    let gap = i128::from(target) - i128::from(actual);
    match Ratio::new(gap, days_left) {
        None => Needed::PeriodOver,
        Some(_) if gap <= 0 => Needed::Nothing,
        Some(amount) => Needed::PerDay { amount, days_left },
    }
}
