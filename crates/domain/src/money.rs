//! Money in whole fen (分). Parsing of what people type lives in [`crate::number`].

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of money in fen, one hundredth of a yuan. Never a float (`domain.md` §1).
///
/// ```
/// use dacheng_domain::Fen;
/// let price: Fen = "1234.50".parse()?;
/// assert_eq!(price, Fen(123_450));
/// assert_eq!(price.to_string(), "1234.50");
/// # Ok::<(), dacheng_domain::money::NotMoney>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fen(pub i64);

/// A text that is not an amount in yuan with at most two decimals, or one too large to hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an amount in yuan with at most two decimals: {0}")]
pub struct NotMoney(pub String);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum, or `None` where it leaves `i64`.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl FromStr for Fen {
    type Err = NotMoney;

    /// Reads the exchange form: optional `-`, digits, optionally `.` and one or two digits.
    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let wrong = || NotMoney(text.to_owned());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (yuan, cents) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(yuan) || !all_digits(cents) || cents.len() > 2 {
            return Err(wrong());
        }
        let yuan: i64 = yuan.parse().map_err(|_| wrong())?;
        let tens = if cents.len() == 1 { 10 } else { 1 };
        let cents: i64 = cents.parse::<i64>().map_err(|_| wrong())? * tens;
        let fen = yuan.checked_mul(100).and_then(|fen| fen.checked_add(cents)).ok_or_else(wrong)?;
        Ok(Self(if negative { -fen } else { fen }))
    }
}

impl fmt::Display for Fen {
    /// Writes the exchange form of `interface.md`: yuan with two decimals, `-` for negative.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Fen {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Fen {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Fen {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exchange_form_reads_back_what_it_writes() {
        for fen in [0, 1, 9, 10, 99, 100, 123_450, -5, -100, i64::MAX] {
            assert_eq!(Fen(fen).to_string().parse(), Ok(Fen(fen)));
        }
    }

    #[test]
    fn anything_but_yuan_with_two_decimals_is_refused() {
        for text in ["", "-", ".5", "1.", "1.234", "1,000.00", "1e3", "+1", " 1", "92233720368547758.08"] {
            assert!(text.parse::<Fen>().is_err(), "{text}");
        }
    }
}
