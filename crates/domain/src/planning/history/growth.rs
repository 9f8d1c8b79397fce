//! What growth is made of: the part of each region, line, type or unit in the growth of the whole.

use crate::Ratio;

/// What a part adds to the growth of the whole: (now − before) ÷ the whole before, 1 being 100 个百分点. The
/// contributions of all parts sum to the growth of the whole. `None` where the whole before is not above 0, as for every rate.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::planning::history::contribution;
/// assert_eq!(contribution(130, 100, 400), Ratio::new(30, 400));
/// assert_eq!(contribution(130, 100, 0), None);
/// ```
pub fn contribution(now: i64, before: i64, whole_before: i64) -> Option<Ratio> {
    if whole_before <= 0 {
        return None;
    }
    Ratio::new(i128::from(now) - i128::from(before), whole_before)
}

/// The place of the part, each given as (now, before), that rose most in its amount; `None` where none rose. By the amount
/// and not by the rate: a rate is largest where there was next to nothing. The first of equal ones.
pub fn strongest(parts: &[(i64, i64)]) -> Option<usize> {
    let rise = |&(now, before): &(i64, i64)| i128::from(now) - i128::from(before);
    furthest(parts, rise)
}

/// The place of the part that fell most in its amount; `None` where none fell.
pub fn weakest(parts: &[(i64, i64)]) -> Option<usize> {
    let fall = |&(now, before): &(i64, i64)| i128::from(before) - i128::from(now);
    furthest(parts, fall)
}

fn furthest(parts: &[(i64, i64)], by: impl Fn(&(i64, i64)) -> i128) -> Option<usize> {
    let moved = parts.iter().map(by).enumerate().filter(|(_, amount)| *amount > 0);
    moved.min_by_key(|(place, amount)| (std::cmp::Reverse(*amount), *place)).map(|(place, _)| place)
}
