//! Positions in a drawing, in hundredths of a per cent of its width or height. Whole numbers throughout.

use std::fmt;

use dacheng_domain::Ratio;
use dacheng_domain::ratio::round_half_away;

/// A position or length; `At(6142)` is written `61.42%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At(pub i128);

/// The whole width or height.
pub(super) const FULL: At = At(10_000);

impl At {
    /// `part` of `whole` (> 0), inside the drawing.
    pub fn of(part: i128, whole: i128) -> Self {
        Self(round_half_away(part.saturating_mul(FULL.0), whole.max(1)).clamp(0, FULL.0))
    }

    /// Where a rate lies on a scale that ends at 120 %; beyond it is at the end.
    pub fn on_bullet(rate: Ratio) -> Self {
        let rate = rate.scaled(10_000).clamp(0, 12_000);
        Self::of(rate, 12_000)
    }

    /// Seen from the other side.
    #[expect(clippy::wrong_self_convention, reason = "the distance from the end, not a conversion")]
    pub fn from_end(self) -> Self {
        Self(FULL.0 - self.0)
    }

    /// The distance to another position.
    pub fn to(self, other: Self) -> Self {
        Self((other.0 - self.0).abs())
    }

    /// The same without the per cent sign, for points in a view box of 100 × 100.
    pub fn bare(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }

    /// In pixels of a drawing that is `size` pixels high.
    pub fn pixels(self, size: i128) -> i128 {
        round_half_away(self.0 * size, FULL.0)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// Moves labels down until each is at least `gap` below the one before it; labels come and go in their own order.
///
/// The last ones are then moved up where they would leave a drawing of `height`.
pub(super) fn push_apart(wanted: &[i128], gap: i128, height: i128) -> Vec<i128> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&place| wanted[place]);
    let mut placed = wanted.to_vec();
    let mut lowest = i128::MIN;
    for &place in &order {
        placed[place] = placed[place].max(lowest.saturating_add(gap));
        lowest = placed[place];
    }
    let mut limit = height;
    for &place in order.iter().rev() {
        placed[place] = placed[place].min(limit);
        limit = placed[place] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_stay_inside_the_drawing() {
        assert_eq!(At::of(737, 1200).to_string(), "61.42%");
        assert_eq!(At::of(-5, 10).to_string(), "0.00%");
        assert_eq!(At::of(50, 10).to_string(), "100.00%");
        assert_eq!(At::of(1, 0).to_string(), "100.00%");
        assert_eq!(At::on_bullet(Ratio::percent(100)).to_string(), "83.33%");
    }

    #[test]
    fn labels_that_would_touch_are_pushed_apart() {
        assert_eq!(push_apart(&[100, 104], 14, 250), [100, 114]);
        assert_eq!(push_apart(&[104, 100], 14, 250), [114, 100]);
        assert_eq!(push_apart(&[100, 140], 14, 250), [100, 140]);
        assert_eq!(push_apart(&[248, 249], 14, 250), [236, 250]);
        assert_eq!(push_apart(&[], 14, 250), Vec::<i128>::new());
    }
}
