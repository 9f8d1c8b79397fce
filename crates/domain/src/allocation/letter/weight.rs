//! How much an item of a letter counts: hundredths of a per cent, together exactly one hundred per cent.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Fen;
use crate::allocation::{Child, Exact, Request, Unit, allocate};

/// A weight in hundredths of a per cent, from 0.01 % to 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Weight(u32);

/// A text or number that is no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a weight is a per cent above 0 up to 100, with two decimals at most")]
pub struct NotAWeight;

impl Weight {
    /// All of it.
    pub const WHOLE: Self = Self(10_000);

    /// Hundredths of a per cent.
    pub const fn hundredths(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Weight {
    type Error = NotAWeight;

    fn try_from(hundredths: u32) -> Result<Self, NotAWeight> {
        let weight = Self(hundredths);
        if weight > Self(0) && weight <= Self::WHOLE { Ok(weight) } else { Err(NotAWeight) }
    }
}

impl From<Weight> for u32 {
    fn from(weight: Weight) -> Self {
        weight.0
    }
}

impl FromStr for Weight {
    type Err = NotAWeight;

    /// Reads `50`, `12.5` and `12.5%`.
    fn from_str(text: &str) -> Result<Self, NotAWeight> {
        let text = text.trim().trim_end_matches(['%', '％']).trim_end();
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(part) || whole.len() > 3 || part.len() > 2 {
            return Err(NotAWeight);
        }
        let whole: u32 = whole.parse().map_err(|_| NotAWeight)?;
        let part: u32 = format!("{part:0<2}").parse().map_err(|_| NotAWeight)?;
        Self::try_from(whole * 100 + part)
    }
}

impl fmt::Display for Weight {
    /// `50`, `12.5`: a per cent without its sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}"),
            part if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            part => write!(f, "{whole}.{part:02}"),
        }
    }
}

/// Weights in whole per cent that stand to each other as `parts` do and sum to 100, each at least 1; by largest remainder, the
/// earlier of equal ones first. Empty where there are no parts or more than a hundred.
///
/// ```
/// use dacheng_domain::allocation::letter::shared_weights;
/// let said = |parts: &[u32]| shared_weights(parts).iter().map(ToString::to_string).collect::<Vec<_>>();
/// assert_eq!(said(&[1, 1, 1]), ["34", "33", "33"]);
/// assert_eq!(said(&[50, 30, 20]), ["50", "30", "20"]);
/// assert_eq!(said(&[1000, 1, 0]), ["98", "1", "1"]);
/// ```
pub fn shared_weights(parts: &[u32]) -> Vec<Weight> {
    let child = |part: &u32| Child { minimum: Fen(1), ..Child::weighing(u64::from(*part)) };
    let children = parts.iter().map(child).collect();
    let request = Request { total: Fen(100), buffer: Exact::from(1), unit: Unit::FEN, children };
    let shares = allocate(&request).map(|found| found.values).unwrap_or_default();
    shares.iter().filter_map(|share| Weight::try_from(u32::try_from(share.0).ok()? * 100).ok()).collect()
}
