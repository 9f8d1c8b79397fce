//! Amounts of a metric in files and for programs: money in yuan, pieces, per cent, points, days.

use dacheng_domain::Fen;
use dacheng_domain::metrics::{Metric, Unit};
use dacheng_domain::number::{self, CellUnit, Unreadable};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Reads an amount into the metric's smallest unit: yuan, pieces, `60%` or `0.6`, points, days.
pub fn read_amount(metric: Metric, text: &str) -> std::result::Result<Option<i64>, Unreadable> {
    let hundredths = |number: Decimal| {
        let scaled = number.checked_mul(Decimal::ONE_HUNDRED).ok_or(Unreadable::TooLong)?;
        if scaled.is_integer() {
            scaled.to_i64().ok_or(Unreadable::TooLong)
        } else {
            Err(Unreadable::Decimals)
        }
    };
    match metric.definition().unit {
        Unit::Money => Ok(number::money(text, CellUnit::Yuan)?.map(|fen| fen.0)),
        Unit::Count => number::count(text),
        Unit::Percent => {
            let part = number::fraction(text)?;
            part.map(|part| {
                part.checked_mul(Decimal::ONE_HUNDRED).ok_or(Unreadable::TooLong).and_then(hundredths)
            })
            .transpose()
        }
        Unit::Score | Unit::Days => number::decimal(text)?.map(hundredths).transpose(),
    }
}

/// An amount as [`read_amount`] reads it back: yuan with two decimals, a count, `60.00%`.
pub fn written(metric: Metric, minor: i64) -> String {
    match metric.definition().unit {
        Unit::Money | Unit::Score | Unit::Days => Fen(minor).to_string(),
        Unit::Percent => format!("{}%", Fen(minor)),
        Unit::Count => minor.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for metric in Metric::ALL {
            for minor in [0, 1, 99, 6_000, 123_456_789] {
                assert_eq!(
                    read_amount(metric, &written(metric, minor)),
                    Ok(Some(minor)),
                    "{metric:?} {minor}"
                );
            }
        }
    }
}
