//! How the types of `domain` stand in columns: days as numbers, shares in hundred-millionths, codes as text.

use dacheng_domain::Fen;
use dacheng_domain::facts::value::Code;
use dacheng_domain::people::{Position, Share};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::{Error, Result, Row, Value};

const EPOCH: Date = date(1970, 1, 1);
const HOURS: i64 = 24;

/// The number of the day from which what always held holds: 0001-01-01.
pub(super) const BEGINNING: i64 = -719_162;

/// Days since 1970-01-01.
pub(super) fn day_number(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / HOURS
}

pub(super) fn number<'v>(day: Date) -> Value<'v> {
    day_number(day).into()
}

pub(super) fn maybe_number<'v>(day: Option<Date>) -> Value<'v> {
    day.map(day_number).into()
}

/// The day from which a change holds; none is "ever since".
pub(super) fn since<'v>(day: Option<Date>) -> Value<'v> {
    day.map_or(BEGINNING, day_number).into()
}

pub(super) fn code(code: &Code) -> Value<'_> {
    code.as_str().into()
}

pub(super) fn maybe_code(code: Option<&Code>) -> Value<'_> {
    code.map(Code::as_str).into()
}

pub(super) fn fen<'v>(amount: Fen) -> Value<'v> {
    amount.0.into()
}

pub(super) fn quantity<'v>(quantity: Option<&Decimal>) -> Value<'v> {
    quantity.map_or(Value::Null, |quantity| Value::Decimal(quantity.normalize()))
}

pub(super) fn unreadable(what: &str, found: impl std::fmt::Display) -> Error {
    Error::Stored(format!("{what} {found}"))
}

fn day_of(number: i64) -> Result<Date> {
    EPOCH.checked_add(SignedDuration::from_hours(number * HOURS)).map_err(|_| unreadable("day", number))
}

pub(super) fn read_day(row: &Row<'_>, column: usize) -> Result<Date> {
    day_of(row.int(column)?)
}

pub(super) fn read_maybe_day(row: &Row<'_>, column: usize) -> Result<Option<Date>> {
    row.maybe_int(column)?.map(day_of).transpose()
}

pub(super) fn read_since(row: &Row<'_>, column: usize) -> Result<Option<Date>> {
    let number = row.int(column)?;
    if number == BEGINNING { Ok(None) } else { day_of(number).map(Some) }
}

pub(super) fn read_code(row: &Row<'_>, column: usize) -> Result<Code> {
    let text = row.str(column)?;
    Code::read(text).map_err(|reason| unreadable("code", reason))
}

pub(super) fn read_maybe_code(row: &Row<'_>, column: usize) -> Result<Option<Code>> {
    let text = row.maybe_str(column)?;
    text.map(|text| Code::read(text).map_err(|reason| unreadable("code", reason))).transpose()
}

pub(super) fn read_quantity(row: &Row<'_>, column: usize) -> Result<Option<Decimal>> {
    let text = row.maybe_str(column)?;
    text.map(|text| text.parse().map_err(|_| unreadable("quantity", text))).transpose()
}

pub(super) fn read_share(row: &Row<'_>, column: usize) -> Result<Share> {
    let parts = row.int(column)?;
    Share::new(parts).ok_or_else(|| unreadable("share", parts))
}

pub(super) fn read_position(row: &Row<'_>, column: usize) -> Result<Option<Position>> {
    let text = row.maybe_str(column)?;
    text.map(|text| text.parse().map_err(|reason| unreadable("position", reason))).transpose()
}
