//! Shares of a seat, and the split of an amount by seats. Shares of an order live in [`crate::facts`].

use serde::Serialize;

use crate::facts::credit::{self, WHOLE};
use crate::{Fen, Ratio};

/// The share of a seat: above 0, at most 100 %, exact to a hundred-millionth.
///
/// ```
/// use dacheng_domain::{Ratio, people::Share};
/// assert_eq!(Share::new(50_000_000).unwrap().ratio(), Ratio::percent(50));
/// assert_eq!(Share::new(100_000_001), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Share(i64);

impl Share {
    /// 100 %.
    pub const FULL: Self = Self(WHOLE);

    /// In hundred-millionths; `None` for 0 and below, and for more than the whole.
    pub const fn new(parts: i64) -> Option<Self> {
        if 0 < parts && parts <= WHOLE { Some(Self(parts)) } else { None }
    }

    /// The share in hundred-millionths.
    pub const fn parts(self) -> i64 {
        self.0
    }

    /// The share as an exact ratio.
    pub fn ratio(self) -> Ratio {
        Ratio::new(self.0, WHOLE).unwrap_or(Ratio::percent(100))
    }
}

/// Splits an amount by shares: largest remainder in fen, ties to the earlier (`domain.md` §1). The parts sum to
/// the amount exactly, also where the shares do not sum to 100 %; a negative amount splits as its mirror image,
/// so that a return takes back what its order gave. Without shares there are no parts.
///
/// ```
/// use dacheng_domain::{Fen, people::{Share, split}};
/// let third = Share::new(33_333_333).unwrap();
/// assert_eq!(split(Fen(100), &[third, third, third]), [Fen(34), Fen(33), Fen(33)]);
/// assert_eq!(split(Fen(-100), &[third, third, third]), [Fen(-34), Fen(-33), Fen(-33)]);
/// ```
pub fn split(amount: Fen, shares: &[Share]) -> Vec<Fen> {
    let weights: Vec<i64> = shares.iter().map(|share| share.0).collect();
    credit::split(amount.0, &weights).into_iter().map(Fen).collect()
}

/// The shares scaled up so that they sum to 100 %; none of them becomes 0.
pub(super) fn fill(shares: &[Share]) -> Vec<Share> {
    split(Fen(WHOLE), shares).into_iter().map(|part| Share(part.0)).collect()
}
