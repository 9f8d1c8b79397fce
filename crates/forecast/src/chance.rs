//! A chance in ten-thousandths.

use crate::number::{count, real, whole};

/// A probability from 0 to 1, in ten-thousandths. What months alone tell never reaches the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chance(u16);

/// The parts of a whole.
const WHOLE: u16 = 10_000;
/// Some dozens of months say nothing of what happens less often than this.
const LEAST: f64 = 0.005;

impl Chance {
    /// Certain.
    pub const CERTAIN: Self = Self(WHOLE);

    /// A chance that rests on past errors: from 0.5 % to 99.5 %.
    pub(crate) fn estimated(probability: f64) -> Self {
        let kept = probability.clamp(LEAST, 1.0 - LEAST);
        Self(u16::try_from(whole(kept * f64::from(WHOLE))).unwrap_or(WHOLE))
    }

    /// In ten-thousandths.
    pub const fn ten_thousandths(self) -> u16 {
        self.0
    }

    /// The share of a number of cases; nothing of none.
    pub(crate) fn share(part: usize, all: usize) -> Option<Self> {
        let share = (all > 0).then(|| count(part) / count(all))?;
        u16::try_from(whole(share * real(i64::from(WHOLE)))).ok().map(Self)
    }
}
