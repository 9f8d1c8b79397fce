//! Attainment (达成率), 综合达成率, 差异 and 缺口. How fast it should grow is not here but in `tracking`.

use num_bigint::BigInt;
use num_integer::Integer as _;
use serde::{Deserialize, Serialize};

use super::Direction;
use crate::Ratio;

/// How far an attainment may count (setting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttainmentSettings {
    /// The most an attainment can reach where lower is better. Default 120 %.
    pub lower_at_most: Ratio,
    /// The most one item counts in 综合达成率. Default 120 %.
    pub item_at_most: Ratio,
}

impl Default for AttainmentSettings {
    fn default() -> Self {
        Self { lower_at_most: Ratio::percent(120), item_at_most: Ratio::percent(120) }
    }
}

/// Attainment of a target, both in minor units (`domain.md` §2).
///
/// Higher is better: actual ÷ target. Lower is better: 2 − actual ÷ target, from 0 to the setting;
/// at target 0 an actual of 0 is 100 %, anything else 0 %. `None` (—) where the target is 0 otherwise
/// or negative: never ∞, never an alert.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::metrics::{AttainmentSettings, Direction, attainment};
/// let settings = AttainmentSettings::default();
/// let of_45_in_75 = Ratio::new(45 * 10_000, 75).unwrap();
/// assert_eq!(attainment(of_45_in_75, 6_000, Direction::Higher, &settings), Some(Ratio::percent(100)));
/// assert_eq!(attainment(Ratio::whole(150), 200, Direction::Lower, &settings), Some(Ratio::percent(120)));
/// assert_eq!(attainment(Ratio::whole(150), 0, Direction::Higher, &settings), None);
/// ```
pub fn attainment(
    actual: Ratio,
    target: i64,
    direction: Direction,
    settings: &AttainmentSettings,
) -> Option<Ratio> {
    match direction {
        Direction::Higher if target > 0 => share_of(actual, target),
        Direction::Lower if target > 0 => {
            let share = share_of(actual, target)?;
            let kept = Ratio::new(share.den().checked_mul(2)?.checked_sub(share.num())?, share.den())?;
            Some(kept.clamp(Ratio::whole(0), settings.lower_at_most))
        }
        Direction::Lower if target == 0 => {
            Some(if actual > Ratio::whole(0) { Ratio::whole(0) } else { Ratio::whole(1) })
        }
        Direction::Higher | Direction::Lower => None,
    }
}

fn share_of(actual: Ratio, target: i64) -> Option<Ratio> {
    Ratio::new(actual.num(), actual.den().checked_mul(target.into())?)
}

/// Attainment over several periods or owners of an additive metric: Σ actual ÷ Σ target, never a
/// mean (`domain.md` §2). Takes pairs of actual and target in minor units.
pub fn attainment_over(
    figures: impl IntoIterator<Item = (i64, i64)>,
    direction: Direction,
    settings: &AttainmentSettings,
) -> Option<Ratio> {
    let (actual, target) = figures.into_iter().try_fold((0_i64, 0_i64), |sums, figure| {
        Some((sums.0.checked_add(figure.0)?, sums.1.checked_add(figure.1)?))
    })?;
    attainment(Ratio::whole(actual), target, direction, settings)
}

/// One line of a responsibility letter, or of any other weighted set of targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightedItem {
    /// Its weight; a letter's weights sum to 100.
    pub weight: u32,
    /// Its attainment, where it has one.
    pub attainment: Option<Ratio>,
}

/// 综合达成率 = Σ weight × min(attainment, 120 %) ÷ Σ weight, over the items that have an attainment
/// (`domain.md` §2). `None` where none has.
///
/// The sum is exact. Where many odd targets make it too long for a [`Ratio`], it is rounded *down*
/// to 15 decimals, which no comparison "at least x %" can notice.
pub fn composite(items: &[WeightedItem], settings: &AttainmentSettings) -> Option<Ratio> {
    let mut weight = 0_u64;
    let (mut num, mut den) = (BigInt::ZERO, BigInt::from(1));
    for item in items {
        let Some(attainment) = item.attainment else { continue };
        let counted = attainment.min(settings.item_at_most);
        weight += u64::from(item.weight);
        num = num * counted.den() + BigInt::from(counted.num()) * item.weight * &den;
        den *= counted.den();
    }
    if weight == 0 {
        return None;
    }
    den *= weight;
    short(&num, &den).or_else(|| {
        let decimals = 10_i64.pow(15);
        let rounded_down = (num * decimals).div_floor(&den);
        Ratio::new(i128::try_from(rounded_down).ok()?, decimals)
    })
}

/// The ratio in lowest terms, where it is short enough for [`Ratio::scaled`].
fn short(num: &BigInt, den: &BigInt) -> Option<Ratio> {
    let divisor = num.gcd(den);
    let lowest = |side: &BigInt| i128::try_from(side / &divisor).ok().filter(|side| side.abs() < 1 << 110);
    Ratio::new(lowest(num)?, lowest(den)?)
}

/// 差异: actual − target, in minor units.
pub const fn difference(actual: i64, target: i64) -> i64 {
    actual.saturating_sub(target)
}

/// 缺口: what is missing to the target, in minor units, never negative. Where lower is better, what
/// is too much.
pub fn gap(actual: i64, target: i64, direction: Direction) -> i64 {
    match direction {
        Direction::Higher => target.saturating_sub(actual).max(0),
        Direction::Lower => actual.saturating_sub(target).max(0),
    }
}
