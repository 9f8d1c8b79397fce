//! What was paid: two fifths within the month of the order, the rest in the next, and before this year now and
//! then a month late.

use std::io::Result;

use dacheng_domain::Fen;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use jiff::ToSpan;
use jiff::civil::Date;

use super::files::Files;
use super::{LAST, YEAR};

/// Of so many orders of earlier years one is paid a month late.
const LATE: u32 = 41;

/// An order that is paid.
pub struct Paid<'o> {
    pub number: u32,
    pub order: &'o str,
    pub customer: &'o str,
    pub day: Date,
    pub fen: i64,
}

/// Writes the payments that have come by the last day.
pub fn write(files: &mut Files, paid: &Paid<'_>) -> Result<()> {
    let Paid { number, order, customer, day, fen } = paid;
    let first = fen * 2 / 5;
    let late = i32::from(day.year() < YEAR && number.is_multiple_of(LATE));
    let soon = day.saturating_add(8.days()).min(day.last_of_month());
    let later = day
        .first_of_month()
        .saturating_add((1 + late).months())
        .saturating_add(i64::from(number % 22).days());
    for (part, on, fen) in [("A", soon, first), ("B", later, fen - first)] {
        if on <= LAST && fen > 0 {
            let cells = format_args!("PM{number:06}{part},{order},{customer},,{on},{}", Fen(fen));
            files.on(on).row(Kind::Payments, cells)?;
            files.add(Metric::Collections, on, fen);
        }
    }
    Ok(())
}
