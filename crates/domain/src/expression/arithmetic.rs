//! Exact decimal steps. A step that would lose digits that matter fails instead.

use rust_decimal::{Decimal, RoundingStrategy};

use super::fault::Failure;
use crate::Fen;

/// Decimals to which a quotient is rounded, and which no other step may lose. Source: `interface.md`.
const DECIMALS: u32 = 12;

/// Yuan as fen, rounded half away from zero; `None` where the amount leaves `i64`.
///
/// ```
/// use dacheng_domain::{Fen, expression::rounded_fen};
/// assert_eq!(rounded_fen("2.345".parse()?), Some(Fen(235)));
/// assert_eq!(rounded_fen("-2.345".parse()?), Some(Fen(-235)));
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn rounded_fen(yuan: Decimal) -> Option<Fen> {
    let rounded = yuan.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let fen = rounded.checked_mul(Decimal::ONE_HUNDRED)?;
    i64::try_from(fen).ok().map(Fen)
}

pub(super) fn add(left: Decimal, right: Decimal) -> Result<Decimal, Failure> {
    let step =
        |left: Decimal, right: Decimal| kept(left.checked_add(right)?, left.scale().max(right.scale()));
    step(left, right).or_else(|| step(left.normalize(), right.normalize())).ok_or(Failure::TooLarge)
}

pub(super) fn subtract(left: Decimal, right: Decimal) -> Result<Decimal, Failure> {
    add(left, -right)
}

pub(super) fn multiply(left: Decimal, right: Decimal) -> Result<Decimal, Failure> {
    let step = |left: Decimal, right: Decimal| kept(left.checked_mul(right)?, left.scale() + right.scale());
    step(left, right).or_else(|| step(left.normalize(), right.normalize())).ok_or(Failure::TooLarge)
}

/// `Decimal` drops decimals that do not fit; beyond the twelfth they may go.
fn kept(result: Decimal, exact_scale: u32) -> Option<Decimal> {
    (result.is_zero() || result.scale() >= exact_scale.min(DECIMALS)).then_some(result)
}

/// The quotient rounded once, half away from zero, at twelve decimals.
pub(super) fn divide(left: Decimal, right: Decimal) -> Result<Decimal, Failure> {
    if right.is_zero() {
        return Err(Failure::DivisionByZero);
    }
    let (left, right) = (left.normalize(), right.normalize());
    let (dividend, divisor) = (left.mantissa().unsigned_abs(), right.mantissa().unsigned_abs());
    let shift = DECIMALS + right.scale();
    let quotient = if let Some(places) = shift.checked_sub(left.scale()) {
        long_division(dividend, divisor, places).ok_or(Failure::TooLarge)?
    } else {
        let unit = 10_u128.pow(left.scale() - shift);
        (dividend / divisor + unit / 2) / unit
    };
    let (mut quotient, mut scale) = (quotient.cast_signed(), DECIMALS);
    while scale > 0 && quotient % 10 == 0 {
        (quotient, scale) = (quotient / 10, scale - 1);
    }
    let negative = left.is_sign_negative() != right.is_sign_negative();
    let signed = if negative { -quotient } else { quotient };
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| Failure::TooLarge)
}

/// `dividend × 10^places ÷ divisor`, rounded half up. Both are below 2^96, the power need not fit.
fn long_division(dividend: u128, divisor: u128, places: u32) -> Option<u128> {
    let mut quotient = dividend / divisor;
    let mut rest = dividend % divisor;
    for _ in 0..places {
        rest *= 10;
        quotient = quotient.checked_mul(10)? + rest / divisor;
        rest %= divisor;
    }
    Some(quotient + u128::from(rest * 2 >= divisor))
}
