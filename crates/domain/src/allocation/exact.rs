//! Exact non-negative decimals of any length: weights and buffer rates. How they divide an amount lives beside.

use std::cmp::Ordering;
use std::ops::{Add, Mul};
use std::str::FromStr;

use num_bigint::BigUint;

use crate::Fen;

/// Digits and exponent beyond this are refused: nobody weighs people that finely, and `1e999999999`
/// would fill the memory.
const LONGEST: usize = 200;

/// An exact non-negative decimal, `digits × 10^exponent`. Read from the text of a JSON number or from a
/// decimal string, never through a float (`domain.md` §4).
///
/// ```
/// use dacheng_domain::allocation::{Exact, NotExact};
/// let weight: Exact = "0.1".parse()?;
/// assert_eq!(&weight + &weight, "2e-1".parse()?);
/// assert_eq!("-3".parse::<Exact>(), Err(NotExact::Negative));
/// # Ok::<(), NotExact>(())
/// ```
#[derive(Debug, Clone)]
pub struct Exact {
    digits: BigUint,
    exponent: i32,
}

/// Why a text is not an exact non-negative decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotExact {
    /// Below zero.
    #[error("below zero")]
    Negative,
    /// Not digits with an optional decimal point and exponent.
    #[error("not a decimal number")]
    Unreadable,
    /// More than 200 digits, or an exponent beyond ±200.
    #[error("more than 200 digits")]
    TooLong,
}

impl Exact {
    /// Nothing: as a weight, a child that receives its minimum only.
    pub const ZERO: Self = Self { digits: BigUint::ZERO, exponent: 0 };

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.digits == BigUint::ZERO
    }

    /// A tenth of it.
    pub(super) fn tenth(self) -> Self {
        Self { digits: self.digits, exponent: self.exponent - 1 }
    }

    /// `amount` times this, rounded half away from zero to the fen; `None` where `i64` cannot hold it.
    /// `amount` is not negative.
    pub(super) fn of(&self, amount: Fen) -> Option<Fen> {
        let product = &self.digits * BigUint::from(amount.0.unsigned_abs());
        let power = BigUint::from(10_u32).pow(self.exponent.unsigned_abs());
        let fen =
            if self.exponent < 0 { (product * 2_u32 + &power) / (power * 2_u32) } else { product * power };
        i64::try_from(fen).ok().map(Fen)
    }

    /// As [`Exact::scaled`], where it fits a machine word.
    fn word(&self, common: i32) -> Option<u64> {
        let power = 10_u64.checked_pow((self.exponent - common).unsigned_abs())?;
        u64::try_from(&self.digits).ok()?.checked_mul(power)
    }

    /// The digits when written with the smaller exponent `common`.
    fn scaled(&self, common: i32) -> BigUint {
        let zeros = (self.exponent - common).unsigned_abs();
        if zeros == 0 { self.digits.clone() } else { &self.digits * BigUint::from(10_u32).pow(zeros) }
    }
}

/// Proportions as whole numbers.
pub(super) enum Proportions {
    /// Each fits a machine word: the usual case.
    Words(Vec<u64>),
    /// At least one does not.
    Long(Vec<BigUint>),
}

/// The weights multiplied by one power of ten, so that all of them are whole.
pub(super) fn proportions<'a>(weights: impl ExactSizeIterator<Item = &'a Exact> + Clone) -> Proportions {
    let common = weights.clone().map(|weight| weight.exponent).min().unwrap_or(0);
    let mut words = Vec::with_capacity(weights.len());
    for weight in weights.clone() {
        let Some(word) = weight.word(common) else {
            return Proportions::Long(weights.map(|weight| weight.scaled(common)).collect());
        };
        words.push(word);
    }
    Proportions::Words(words)
}

impl FromStr for Exact {
    type Err = NotExact;

    /// Reads `12`, `0.5`, `1e3`, `2.5E-4`; also `-0`, which JSON allows.
    fn from_str(text: &str) -> Result<Self, NotExact> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if !is_number(whole) || !is_number(decimals) || !is_number(power) {
            return Err(NotExact::Unreadable);
        }
        let decimals = decimals.trim_end_matches('0');
        let digits = format!("{whole}{decimals}");
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Ok(Self::ZERO);
        }
        let exponent: i32 = exponent.parse().map_err(|_| NotExact::TooLong)?;
        if digits.len() > LONGEST || exponent.unsigned_abs() as usize > LONGEST || decimals.len() > LONGEST {
            return Err(NotExact::TooLong);
        }
        if negative {
            return Err(NotExact::Negative);
        }
        let places = i32::try_from(decimals.len()).map_err(|_| NotExact::TooLong)?;
        let digits = digits.parse().map_err(|_| NotExact::Unreadable)?;
        Ok(Self { digits, exponent: exponent - places })
    }
}

impl From<u64> for Exact {
    fn from(whole: u64) -> Self {
        Self { digits: whole.into(), exponent: 0 }
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: Self) -> Exact {
        let exponent = self.exponent.min(other.exponent);
        Exact { digits: self.scaled(exponent) + other.scaled(exponent), exponent }
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: Self) -> Exact {
        Exact { digits: &self.digits * &other.digits, exponent: self.exponent + other.exponent }
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let exponent = self.exponent.min(other.exponent);
        self.scaled(exponent).cmp(&other.scaled(exponent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_are_equal_however_they_are_written() {
        for (left, right) in [("5", "5.00"), ("0.5", "5e-1"), ("1E+3", "1000"), ("-0.0", "0"), ("007", "7")] {
            assert_eq!(left.parse::<Exact>(), right.parse::<Exact>(), "{left}");
        }
        assert_ne!("0.1".parse::<Exact>(), "0.10000000000000000000000000000000000001".parse::<Exact>());
    }

    #[test]
    fn what_is_not_an_exact_number_is_refused_with_its_reason() {
        for text in ["", "-", ".5", "5.", "1e", "e3", "1e+", "1,000", " 1", "NaN", "0x1", "1_000", "+1"] {
            assert_eq!(text.parse::<Exact>(), Err(NotExact::Unreadable), "{text}");
        }
        for text in ["1e999999999999", "1e201", "1e-201", &"9".repeat(201)] {
            assert_eq!(text.parse::<Exact>(), Err(NotExact::TooLong), "{text}");
        }
        for text in ["-1", "-0.0001"] {
            assert_eq!(text.parse::<Exact>(), Err(NotExact::Negative), "{text}");
        }
    }

    #[test]
    fn a_rate_times_an_amount_rounds_half_away_from_zero() {
        let rate = |text: &str| text.parse::<Exact>().unwrap();
        assert_eq!(rate("1.05").of(Fen(10)), Some(Fen(11)));
        assert_eq!(rate("1.04").of(Fen(10)), Some(Fen(10)));
        assert_eq!(rate("1e2").of(Fen(3)), Some(Fen(300)));
        assert_eq!(rate("1.0000000000000000000000000000000000000001").of(Fen(i64::MAX)), Some(Fen(i64::MAX)));
        assert_eq!(rate("2").of(Fen(i64::MAX)), None);
    }
}
