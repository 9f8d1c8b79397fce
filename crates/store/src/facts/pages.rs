//! Pages of the codes of orders and payments, for walks over many in constant memory. Codes come in order.

use crate::{Read, Result};

/// First and last day since 1970-01-01, both included.
type Days = (i32, i32);

/// The next orders after a code of which any version, return or payment is dated in `days`.
pub fn order_codes(tx: &mut Read, days: Days, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "select code from (
           select code from fact_order where day between $1 and $2 and code > $3
           union
           select order_code from fact_return where day between $1 and $2 and order_code > $3
           union
           select order_code from fact_payment where day between $1 and $2 and order_code > $3) s
         order by code limit $4",
        &[i64::from(days.0).into(), i64::from(days.1).into(), after.into(), limit.into()],
        |row| row.text(0),
    )
}

/// The next payments on no order after a code that are dated in `days`.
pub fn payment_codes(tx: &mut Read, days: Days, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "select distinct code from fact_payment
         where order_code is null and day between $1 and $2 and code > $3 order by code limit $4",
        &[i64::from(days.0).into(), i64::from(days.1).into(), after.into(), limit.into()],
        |row| row.text(0),
    )
}

/// The next orders after a code that an import says anything about. Walks the tables: imports have no index.
pub fn order_codes_of(tx: &mut Read, import: i64, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "select code from (
           select code from fact_order where import_id = $1 and code > $2
           union select order_code from fact_order_line where import_id = $1 and order_code > $2
           union select order_code from fact_order_share where import_id = $1 and order_code > $2
           union select order_code from fact_return where import_id = $1 and order_code > $2
           union select order_code from fact_return where order_code > $2
             and code in (select code from fact_return where import_id = $1)
           union select order_code from fact_payment where import_id = $1 and order_code > $2
           union select order_code from fact_payment where order_code > $2
             and code in (select code from fact_payment where import_id = $1)) s
         order by code limit $3",
        &[import.into(), after.into(), limit.into()],
        |row| row.text(0),
    )
}

/// The next payments after a code that an import brought. Walks the table.
pub fn payment_codes_of(tx: &mut Read, import: i64, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "select code from fact_payment where import_id = $1 and code > $2 order by code limit $3",
        &[import.into(), after.into(), limit.into()],
        |row| row.text(0),
    )
}

/// The last day any order, or any payment, is dated: through which day a source's data reach.
pub fn last_day(tx: &mut Read, of_payments: bool) -> Result<Option<i32>> {
    let table = if of_payments { "fact_payment" } else { "fact_order" };
    let last = tx.first(&format!("select max(day) from {table}"), &[], |row| row.maybe_int(0))?;
    Ok(last.flatten().and_then(|day| i32::try_from(day).ok()))
}
