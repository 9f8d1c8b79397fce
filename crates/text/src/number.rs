//! Digits in groups of three with a real minus sign. Units live in [`crate::money`] and [`crate::rate`].

use dacheng_domain::Ratio;
use dacheng_domain::ratio::round_half_away;

/// U+2212, the minus sign of every page; "-" is only read, never written.
pub const MINUS: char = '\u{2212}';

/// A whole number of units of 10^−`decimals`, written out.
///
/// ```
/// use dacheng_text::number::grouped;
/// assert_eq!(grouped(12_684, 1), "1,268.4");
/// assert_eq!(grouped(-5, 2), "−0.05");
/// assert_eq!(grouped(1_000_000, 0), "1,000,000");
/// ```
pub fn grouped(scaled: i128, decimals: u32) -> String {
    let unit = 10_u128.pow(decimals);
    let (whole, rest) = (scaled.unsigned_abs() / unit, scaled.unsigned_abs() % unit);
    let digits = whole.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    if scaled < 0 {
        text.push(MINUS);
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match decimals {
        0 => text,
        places => format!("{text}.{rest:0width$}", width = places as usize),
    }
}

/// The same with a sign in front: `+6.2`, `−0.5`, and `0` without one.
pub fn signed(scaled: i128, decimals: u32) -> String {
    let text = grouped(scaled, decimals);
    if scaled > 0 { format!("+{text}") } else { text }
}

/// `num / den` (`den` > 0) with `decimals` places, half away from zero.
///
/// ```
/// use dacheng_text::number::quotient;
/// assert_eq!(quotient(2, 3, 2), "0.67");
/// assert_eq!(quotient(-5, 2, 0), "−3");
/// ```
pub fn quotient(num: i128, den: i128, decimals: u32) -> String {
    grouped(round_half_away(num * 10_i128.pow(decimals), den), decimals)
}

/// A plain figure with one decimal: days of a cycle, scores, orders per head.
pub fn decimal(value: Ratio) -> String {
    grouped(value.scaled(10), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_rounds_to_nothing_has_no_sign() {
        assert_eq!(quotient(-4, 10, 0), "0");
        assert_eq!(signed(0, 1), "0.0");
        assert_eq!(signed(62, 1), "+6.2");
        assert_eq!(signed(-62, 1), "−6.2");
    }

    #[test]
    fn the_largest_numbers_are_written_in_full() {
        assert_eq!(grouped(i128::from(i64::MIN), 2), "−92,233,720,368,547,758.08");
        assert_eq!(grouped(i128::from(i64::MAX), 2), "92,233,720,368,547,758.07");
    }

    #[test]
    fn groups_begin_at_four_digits() {
        assert_eq!(grouped(999, 0), "999");
        assert_eq!(grouped(1_000, 0), "1,000");
        assert_eq!(grouped(-123_456, 0), "−123,456");
    }
}
