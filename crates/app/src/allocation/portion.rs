//! A part of a target as somebody writes it in per cent of the whole.

use dacheng_domain::number::{self, Unreadable};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// Reads `5%` as that part of `whole`, rounded half away from zero; `None` where the text is no percentage.
pub fn read_portion(text: &str, whole: i64) -> Option<Result<i64, Unreadable>> {
    let text = text.trim();
    text.ends_with(['%', '％']).then(|| {
        let part = number::fraction(text)?.ok_or(Unreadable::NotANumber)?;
        if part.is_sign_negative() {
            return Err(Unreadable::NotANumber);
        }
        let exact = part.checked_mul(Decimal::from(whole)).ok_or(Unreadable::TooLong)?;
        let rounded = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        rounded.to_i64().ok_or(Unreadable::TooLong)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portion_is_a_part_of_the_whole() {
        let read = |text| read_portion(text, 10_001);
        assert_eq!(read("5%"), Some(Ok(500)));
        assert_eq!(read(" 12.5 %"), Some(Ok(1_250)));
        assert_eq!(read("100"), None);
        assert!(matches!(read("-1%"), Some(Err(_))) && matches!(read("x%"), Some(Err(_))));
    }
}
