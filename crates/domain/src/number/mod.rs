//! Numbers as people write them: `1,120.00`, `１２３`, `12万`, `(5,000)`. What cannot be read is an error,
//! never a guess. How an amount is shown is not here.

mod written;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Fen;
use written::{Mark, Written};

/// The unit that a cell's heading promises for numbers written without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellUnit {
    /// 元.
    #[serde(rename = "元")]
    Yuan,
    /// 万元.
    #[serde(rename = "万元")]
    TenThousandYuan,
}

/// Why a text is not the number that its place wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// Not a number in any accepted form.
    #[error("not a number")]
    NotANumber,
    /// Separators that do not part groups of three digits: `1,12`.
    #[error("separators must part groups of three digits, as in 1,120.00")]
    Grouping,
    /// `50%` where an amount or a quantity is wanted.
    #[error("a percentage is not accepted here")]
    Percent,
    /// `¥5` or `5元` where a plain number is wanted.
    #[error("a currency is not accepted here")]
    Currency,
    /// An amount with a part smaller than a fen.
    #[error("an amount has at most two decimals of a yuan")]
    Decimals,
    /// A fraction where a whole number is wanted.
    #[error("a whole number is wanted")]
    NotWhole,
    /// More digits than an exact number holds.
    #[error("too large, or more than 28 digits")]
    TooLong,
}

/// Reads an amount of money; `None` where nothing is filled in (blank, `-` or `—`), which is not 0.
///
/// A suffix 千, 万, 百万, 千万 or 亿 counts in yuan, and so does 元: only a number without them takes the
/// cell's unit. A comma or a space between digits counts only where it parts groups of three. Zeros at the end
/// of a fraction are no decimals, so that `1200.5000` of a database is read. Sources: `ux.md` §4; `trust.md`,
/// "Hostile input".
///
/// ```
/// use dacheng_domain::{Fen, number::{CellUnit, Unreadable, money}};
/// assert_eq!(money("￥1，200.50", CellUnit::Yuan), Ok(Some(Fen(120_050))));
/// assert_eq!(money("0.01亿", CellUnit::TenThousandYuan), money("100", CellUnit::TenThousandYuan));
/// assert_eq!(money("—", CellUnit::Yuan), Ok(None));
/// assert_eq!(money("1,12", CellUnit::Yuan), Err(Unreadable::Grouping));
/// ```
pub fn money(text: &str, unit: CellUnit) -> Result<Option<Fen>, Unreadable> {
    Written::read(text)?.map(|written| written.fen(unit)).transpose()
}

/// Reads a plain exact number such as a quantity: suffixes are allowed, currency and percentage are not.
/// `None` where nothing is filled in.
pub fn decimal(text: &str) -> Result<Option<Decimal>, Unreadable> {
    let Some(written) = Written::read(text)? else { return Ok(None) };
    match written.mark {
        Mark::Percent => Err(Unreadable::Percent),
        Mark::YuanSign | Mark::Yuan => Err(Unreadable::Currency),
        Mark::None => written.decimal().map(Some),
    }
}

/// Reads a part of a whole, `60%` or `0.6`, both as 0.6. `None` where nothing is filled in.
pub fn fraction(text: &str) -> Result<Option<Decimal>, Unreadable> {
    let Some(written) = Written::read(text)? else { return Ok(None) };
    match written.mark {
        Mark::YuanSign | Mark::Yuan => Err(Unreadable::Currency),
        Mark::Percent | Mark::None => written.decimal().map(Some),
    }
}

/// Reads a whole number such as a count of customers. `None` where nothing is filled in.
pub fn count(text: &str) -> Result<Option<i64>, Unreadable> {
    let Some(number) = decimal(text)? else { return Ok(None) };
    if !number.is_integer() {
        return Err(Unreadable::NotWhole);
    }
    i64::try_from(number).map(Some).map_err(|_| Unreadable::TooLong)
}

/// Reads a number in any accepted form, for an expression that calculates with it: money counts in yuan,
/// `15%` is 0.15. `None` where nothing is filled in.
pub fn any(text: &str) -> Result<Option<Decimal>, Unreadable> {
    Written::read(text)?.map(Written::decimal).transpose()
}
