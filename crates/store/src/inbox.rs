//! What may wait for somebody beside improvement plans, in one statement: months that are not closed, plans of years.

use dacheng_domain::access::Role;
use dacheng_domain::tracking::close::CloseState;

use crate::words::of_word;
use crate::{Error, Read, Result, Row, Value};

/// Something that may wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open {
    /// The first month with a fact, year × 100 + month.
    FirstMonth(i64),
    /// The close of a month that somebody began.
    Close {
        /// Year × 100 + month.
        month: i64,
        /// Where it stands.
        state: CloseState,
        /// The role of the first of the two who reopen it.
        reopening: Option<Role>,
    },
    /// A plan that is not archived.
    Plan {
        /// The fiscal year.
        year: i64,
        /// The state's word.
        state: String,
        /// Its code.
        code: String,
        /// Its name.
        name: String,
    },
}

fn open(row: &Row<'_>) -> Result<Option<Open>> {
    let Some(number) = row.maybe_int(1)? else { return Ok(None) };
    Ok(Some(match row.str(0)? {
        "first" => Open::FirstMonth(number),
        "close" => Open::Close {
            month: number,
            state: of_word(row.str(2)?)?,
            reopening: row.maybe_str(3)?.map(of_word).transpose()?,
        },
        "plan" => Open::Plan { year: number, state: row.text(2)?, code: row.text(3)?, name: row.text(4)? },
        other => return Err(Error::Stored(format!("open matter {other}"))),
    }))
}

/// Closes from a month on (year × 100 + month), the first month with facts, and plans from a fiscal year on.
pub fn open_matters(tx: &mut Read, month: i64, year: i64) -> Result<Vec<Open>> {
    let found = tx.all(
        "select 'close' as kind, cast(month as bigint) as number, state, reopening_role as code, '' as name
           from month_close where month >= $1
         union all
         select 'first', cast(min(month) as bigint), '', null, '' from rollup_block
         union all
         select 'plan', cast(year as bigint), state, code, name from plan
           where state <> 'archived' and year >= $2
         order by 1, 2, 4",
        &[Value::Int(month), Value::Int(year)],
        |row| open(&row),
    )?;
    Ok(found.into_iter().flatten().collect())
}
