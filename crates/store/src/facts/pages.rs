//! Pages of the codes of orders and payments, for walks over many in constant memory. Codes come in order.

use super::{VISIBLE, View};
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

/// How many orders, returns and payments are dated in `days`, every version of each, counted up to `most`.
pub fn volume(tx: &mut Read, days: Days, most: i64) -> Result<i64> {
    let found = tx.first(
        "select count(*) from (
           select 1 as one from fact_order where day between $1 and $2
           union all
           select 1 as one from fact_return where day between $1 and $2
           union all
           select 1 as one from fact_payment where day between $1 and $2
           limit $3) s",
        &[i64::from(days.0).into(), i64::from(days.1).into(), most.into()],
        |row| row.int(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// The next orders after a code that an import says anything about. An import brings one kind, so only its table is
/// walked, in the order of an index and no further than the page: a page costs as much as it holds, not as much as the
/// import does.
pub fn order_codes_of(tx: &mut Read, import: i64, after: &str, limit: i64) -> Result<Vec<String>> {
    let kind = tx.first("select kind from import where id = $1", &[import.into()], |row| row.text(0))?;
    let walk = match kind.as_deref() {
        Some("orders") => {
            "select code from fact_order where import_id = $1 and code > $2 order by code limit $3"
        }
        Some("order_lines") => {
            "select distinct order_code from fact_order_line where import_id = $1 and order_code > $2
             order by order_code limit $3"
        }
        Some("order_shares") => {
            "select distinct order_code from fact_order_share where import_id = $1 and order_code > $2
             order by order_code limit $3"
        }
        // A return or a payment may have named another order before or since: every version's order is touched.
        Some("returns") => {
            "select distinct f.order_code from fact_return f where f.order_code > $2
               and exists (select 1 from fact_return own where own.code = f.code and own.import_id = $1)
             order by f.order_code limit $3"
        }
        Some("payments") => {
            "select distinct f.order_code from fact_payment f where f.order_code > $2
               and exists (select 1 from fact_payment own where own.code = f.code and own.import_id = $1)
             order by f.order_code limit $3"
        }
        Some(_) | None => return Ok(Vec::new()),
    };
    tx.all(walk, &[import.into(), after.into(), limit.into()], |row| row.text(0))
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

/// The last day any order, or any payment, that an import of a view brought is dated. Walks back over what came later.
pub fn last_day_in(tx: &mut Read, of_payments: bool, view: View) -> Result<Option<i32>> {
    let table = if of_payments { "fact_payment" } else { "fact_order" };
    let last = tx.first(
        &format!(
            "select f.day from {table} f join import i on i.id = f.import_id where {VISIBLE}
             order by f.day desc limit 1"
        ),
        &view.values(),
        |row| row.int(0),
    )?;
    Ok(last.and_then(|day| i32::try_from(day).ok()))
}
