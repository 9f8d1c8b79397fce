//! Exact ratios: attainment, time progress, shares. Compared unrounded, rounded only to be shown.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use num_integer::gcd;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A ratio of two integers, `den > 0`. Thresholds compare it exactly, never its rounded display:
/// 79.96 % shows as 80.0 % and is below 80 % (`domain.md` §1).
///
/// ```
/// use dacheng_domain::Ratio;
/// let attainment = Ratio::new(7996, 10_000).unwrap();
/// assert!(attainment < Ratio::percent(80));
/// assert_eq!(attainment.to_string(), "0.7996");
/// assert_eq!(attainment.tenths_of_percent(), 800);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    num: i128,
    den: i128,
}

impl Ratio {
    /// `num / den`, or `None` where there is no denominator.
    pub fn new(num: impl Into<i128>, den: impl Into<i128>) -> Option<Self> {
        let (num, den) = (num.into(), den.into());
        match den.cmp(&0) {
            Ordering::Equal => None,
            Ordering::Greater => Some(Self { num, den }),
            Ordering::Less => Some(Self { num: -num, den: -den }),
        }
    }

    /// Whole per cent: `percent(80)` is 80 %.
    pub const fn percent(whole: i64) -> Self {
        Self { num: whole as i128, den: 100 }
    }

    /// A whole number as a ratio.
    pub const fn whole(number: i64) -> Self {
        Self { num: number as i128, den: 1 }
    }

    /// The sum in lowest terms, or `None` where it grows past what [`Ratio::scaled`] can show.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let (a, b) = (self.reduced(), other.reduced());
        let shared = gcd(a.den, b.den);
        let left = a.num.checked_mul(b.den / shared)?;
        let right = b.num.checked_mul(a.den / shared)?;
        Self { num: left.checked_add(right)?, den: a.den.checked_mul(b.den / shared)? }.within_bounds()
    }

    /// The difference, as [`Ratio::checked_add`].
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self { num: other.num.checked_neg()?, den: other.den })
    }

    /// The product in lowest terms, or `None` where it grows past what [`Ratio::scaled`] can show.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let a = Self { num: self.num, den: other.den }.reduced();
        let b = Self { num: other.num, den: self.den }.reduced();
        Self { num: a.num.checked_mul(b.num)?, den: a.den.checked_mul(b.den)? }.within_bounds()
    }

    fn reduced(self) -> Self {
        let divisor = gcd(self.num, self.den);
        Self { num: self.num / divisor, den: self.den / divisor }
    }

    /// Below 2^110 a ratio times 10 000 still fits into `i128`.
    fn within_bounds(self) -> Option<Self> {
        let reduced = self.reduced();
        let fits = reduced.num.unsigned_abs() < 1 << 110 && reduced.den < 1 << 110;
        fits.then_some(reduced)
    }

    /// The numerator, with the sign.
    pub const fn num(self) -> i128 {
        self.num
    }

    /// The denominator, above 0.
    pub const fn den(self) -> i128 {
        self.den
    }

    /// The ratio times `scale`, rounded half away from zero to a whole number.
    pub fn scaled(self, scale: i128) -> i128 {
        round_half_away(self.num * scale, self.den)
    }

    /// In tenths of a per cent, as pages show it: 79.96 % is 800.
    pub fn tenths_of_percent(self) -> i128 {
        self.scaled(1000)
    }
}

/// `num / den` (`den > 0`) rounded half away from zero.
///
/// ```
/// use dacheng_domain::ratio::round_half_away;
/// assert_eq!([round_half_away(5, 2), round_half_away(-5, 2), round_half_away(4, 3)], [3, -3, 1]);
/// ```
pub fn round_half_away(num: i128, den: i128) -> i128 {
    let half_up = (num.abs() * 2 + den) / (den * 2);
    if num < 0 { -half_up } else { half_up }
}

/// Compares whole parts, then the reciprocals of what is left: exact where the products overflow.
fn compare_by_parts(mut a: Ratio, mut b: Ratio) -> Ordering {
    loop {
        let wholes = a.num.div_euclid(a.den).cmp(&b.num.div_euclid(b.den));
        let rests = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
        match (wholes, rests) {
            (Ordering::Equal, (0, _) | (_, 0)) => return rests.0.cmp(&rests.1),
            (Ordering::Equal, (left, right)) => {
                (a, b) = (Ratio { num: b.den, den: right }, Ratio { num: a.den, den: left });
            }
            (Ordering::Less | Ordering::Greater, _) => return wholes,
        }
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.num.checked_mul(other.den), other.num.checked_mul(self.den)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => compare_by_parts(*self, *other),
        }
    }
}

impl fmt::Display for Ratio {
    /// Four decimals, half away from zero: the form of `interface.md`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scaled = self.scaled(10_000);
        let sign = if scaled < 0 { "-" } else { "" };
        let scaled = scaled.unsigned_abs();
        write!(f, "{sign}{}.{:04}", scaled / 10_000, scaled % 10_000)
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text that is not a decimal number with at most 12 decimals, such as `0.8`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number with at most 12 decimals: {0}")]
pub struct NotRatio(pub String);

impl FromStr for Ratio {
    type Err = NotRatio;

    /// Reads a decimal exactly: optional `-`, digits, optionally `.` and digits.
    fn from_str(text: &str) -> Result<Self, NotRatio> {
        let wrong = || NotRatio(text.to_owned());
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(digits) || !all_digits(decimals) || decimals.len() > 12 || digits.len() > 18 {
            return Err(wrong());
        }
        let num: i128 = format!("{whole}{decimals}").parse().map_err(|_| wrong())?;
        Ok(Self { num, den: decimals.bytes().fold(1, |den, _| den * 10) })
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ratios_are_equal_whatever_their_denominators() {
        assert_eq!(Ratio::new(4, 5), Ratio::new(80, 100));
        assert_eq!(Ratio::new(-1, -2), Ratio::new(1, 2));
        assert!(Ratio::new(1, 0).is_none());
    }

    #[test]
    fn sums_and_products_are_exact_and_in_lowest_terms() {
        let (third, sixth) = (Ratio::new(1, 3).unwrap(), Ratio::new(1, 6).unwrap());
        let half = third.checked_add(sixth).unwrap();
        assert_eq!((half.num(), half.den()), (1, 2));
        assert_eq!(third.checked_sub(half), Some(Ratio::new(-1, 6).unwrap()));
        assert_eq!(third.checked_mul(Ratio::whole(3)), Some(Ratio::whole(1)));
        assert_eq!(Ratio::new(1, i128::MAX).unwrap().checked_add(sixth), None);
    }

    #[test]
    fn ratios_too_large_to_multiply_are_still_compared_exactly() {
        let (big, next) = (i128::MAX, i128::MAX - 1);
        assert!(Ratio::new(next, big).unwrap() < Ratio::percent(100));
        assert!(Ratio::new(big, next).unwrap() < Ratio::new(next, next - 1).unwrap());
        assert!(Ratio::new(next, big).unwrap() > Ratio::new(next - 1, next).unwrap());
        assert!(Ratio::new(-next, big).unwrap() < Ratio::new(1 - next, next).unwrap());
        assert_eq!(Ratio::new(next, big), Ratio::new(next, big));
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!("0.8".parse(), Ok(Ratio::percent(80)));
        assert_eq!("-0.05".parse(), Ok(Ratio::percent(-5)));
        assert_eq!("1".parse(), Ok(Ratio::whole(1)));
        for text in ["", "-", ".8", "1.", "80%", "1e2", "+1", "0.1234567890123"] {
            assert!(text.parse::<Ratio>().is_err(), "{text}");
        }
    }

    #[test]
    fn display_rounds_half_away_from_zero() {
        assert_eq!(Ratio::new(1, 20_000).unwrap().to_string(), "0.0001");
        assert_eq!(Ratio::new(-1, 20_000).unwrap().to_string(), "-0.0001");
        assert_eq!(Ratio::new(2, 3).unwrap().to_string(), "0.6667");
    }
}
