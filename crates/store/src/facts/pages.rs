//! Pages of the codes of orders and payments, for walks over many in constant memory. Codes come in order.

use dacheng_domain::facts::kind::Kind;

use super::{VISIBLE, View};
use crate::{Read, Result, bulk};

/// First and last day since 1970-01-01, both included.
type Days = (i32, i32);

/// The next orders after a code of which any version, return, receivable, complaint or payment is dated in `days`.
pub fn order_codes(tx: &mut Read, days: Days, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "select code from (
           select code from fact_order where day between $1 and $2 and code > $3
           union
           select order_code from fact_return where day between $1 and $2 and order_code > $3
           union
           select order_code from fact_receivable where day between $1 and $2 and order_code > $3
           union
           select order_code from fact_complaint where day between $1 and $2 and order_code > $3
           union
           select order_code from fact_payment where day between $1 and $2 and order_code > $3) s
         order by code limit $4",
        &[i64::from(days.0).into(), i64::from(days.1).into(), after.into(), limit.into()],
        |row| row.text(0),
    )
}

/// The next orders after a code of which any version names one of these customers. Walks the orders: there is no index by
/// customer, which every import would have to keep.
pub fn codes_of_customers(tx: &mut Read, customers: &[&str], after: &str, limit: i64) -> Result<Vec<String>> {
    let customers = bulk::list(customers.iter().copied());
    let statement = format!(
        "select distinct code from fact_order
         where customer in (select value from {}) and code > $2 order by code limit $3",
        bulk::first_keys(tx)
    );
    tx.all(&statement, &[customers.as_str().into(), after.into(), limit.into()], |row| row.text(0))
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

/// The next complaints about no order after a code that are dated in `days`.
pub fn complaint_codes(tx: &mut Read, days: Days, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "select distinct code from fact_complaint
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
        // A return, a payment and the like may have named another order before or since: every version's order is touched.
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
        Some("receivables") => {
            "select distinct f.order_code from fact_receivable f where f.order_code > $2
               and exists (select 1 from fact_receivable own where own.code = f.code and own.import_id = $1)
             order by f.order_code limit $3"
        }
        Some("complaints") => {
            "select distinct f.order_code from fact_complaint f where f.order_code > $2
               and exists (select 1 from fact_complaint own where own.code = f.code and own.import_id = $1)
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

/// The next complaints after a code that an import brought. Walks the table.
pub fn complaint_codes_of(tx: &mut Read, import: i64, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "select code from fact_complaint where import_id = $1 and code > $2 order by code limit $3",
        &[import.into(), after.into(), limit.into()],
        |row| row.text(0),
    )
}

/// The last day any order, or any payment, is dated: through which day a source's data reach.
pub fn last_day(tx: &mut Read, of_payments: bool) -> Result<Option<i32>> {
    last_day_of(tx, if of_payments { Kind::Payments } else { Kind::Orders })
}

/// The last day any order, or any payment, that an import of a view brought is dated. Walks back over what came later.
pub fn last_day_in(tx: &mut Read, of_payments: bool, view: View) -> Result<Option<i32>> {
    last_day_of_in(tx, if of_payments { Kind::Payments } else { Kind::Orders }, view)
}

/// Where a kind of fact says on which days something happened; nothing for what others refer to. Lines and shares happen
/// with their order.
const fn happens(kind: Kind) -> (&'static str, &'static [&'static str]) {
    match kind {
        Kind::Orders | Kind::OrderLines | Kind::OrderShares => ("fact_order", &["day"]),
        Kind::Returns => ("fact_return", &["day"]),
        Kind::Receivables => ("fact_receivable", &["day"]),
        Kind::Payments => ("fact_payment", &["day"]),
        Kind::Opportunities => ("fact_opportunity", &["opened", "closed", "active"]),
        Kind::Visits => ("fact_visit", &["day"]),
        Kind::Surveys => ("fact_survey", &["day"]),
        Kind::Complaints => ("fact_complaint", &["day"]),
        Kind::Leaves => ("fact_leave", &["starts"]),
        Kind::Trainings => ("fact_training", &["completed"]),
        Kind::Scores => ("fact_score", &["day"]),
        Kind::Summaries => ("fact_summary", &["day"]),
        Kind::Units | Kind::Members | Kind::Products | Kind::Customers | Kind::Employments => ("import", &[]),
    }
}

/// The last day on which anything of a kind happened: through which day a source's data reach.
pub fn last_day_of(tx: &mut Read, kind: Kind) -> Result<Option<i32>> {
    let (table, columns) = happens(kind);
    let mut last = None;
    for column in columns {
        let statement = format!("select max({column}) from {table}");
        let found = tx.first(&statement, &[], |row| row.maybe_int(0))?.flatten();
        last = last.max(found.and_then(|day| i32::try_from(day).ok()));
    }
    Ok(last)
}

/// The last day on which anything of a kind happened that an import of a view brought. Walks back over what came later.
pub fn last_day_of_in(tx: &mut Read, kind: Kind, view: View) -> Result<Option<i32>> {
    let (table, columns) = happens(kind);
    let mut last = None;
    for column in columns {
        let statement = format!(
            "select f.{column} from {table} f join import i on i.id = f.import_id
             where f.{column} is not null and {VISIBLE} order by f.{column} desc limit 1"
        );
        let found = tx.first(&statement, &view.values(), |row| row.int(0))?;
        last = last.max(found.and_then(|day| i32::try_from(day).ok()));
    }
    Ok(last)
}

/// The first day any order of a view is dated: from when on the history goes. Walks on over what no longer counts.
pub fn first_day(tx: &mut Read, view: View) -> Result<Option<i32>> {
    let statement = format!(
        "select f.day from fact_order f join import i on i.id = f.import_id
         where {VISIBLE} order by f.day limit 1"
    );
    let first = tx.first(&statement, &view.values(), |row| row.int(0))?;
    Ok(first.and_then(|day| i32::try_from(day).ok()))
}
