//! Who stands in for whom, and when. What is lent by it lives in `domain::access`.

use dacheng_domain::people::Span;
use jiff::civil::Date;

use crate::accounts::AccountId;
use crate::words::day;
use crate::{Read, Result, Row, Write, counter};

/// One of the two of a delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The account.
    pub account: AccountId,
    /// Its log-in name.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The code of the member this person is.
    pub member: Option<String>,
}

/// A delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Its number.
    pub id: i64,
    /// Whose posts are lent.
    pub giver: Party,
    /// Who acts.
    pub taker: Party,
    /// The first day.
    pub starts: Date,
    /// The day after the last.
    pub ends: Date,
}

impl Delegation {
    /// Its days; `None` where it ended before it began.
    pub fn span(&self) -> Option<Span> {
        Span::new(Some(self.starts), Some(self.ends))
    }
}

const SELECT: &str =
    "select d.id, g.id, g.login, g.name, g.member, t.id, t.login, t.name, t.member, d.starts, d.ends
    from delegation d join account g on g.id = d.giver_id join account t on t.id = d.taker_id";

fn party(row: &Row<'_>, first: usize) -> Result<Party> {
    Ok(Party {
        account: AccountId(row.int(first)?),
        login: row.text(first + 1)?,
        name: row.text(first + 2)?,
        member: row.maybe_text(first + 3)?,
    })
}

fn delegation(row: &Row<'_>) -> Result<Delegation> {
    Ok(Delegation {
        id: row.int(0)?,
        giver: party(row, 1)?,
        taker: party(row, 5)?,
        starts: day(row.str(9)?)?,
        ends: day(row.str(10)?)?,
    })
}

/// Delegations go one after another from here to the commit, so that nobody lends the same day twice.
pub fn lock(tx: &mut Write) -> Result<()> {
    counter::next(tx, "delegation_change")?;
    Ok(())
}

/// Adds a delegation; answers its number.
pub fn insert(
    tx: &mut Write,
    (giver, taker): (AccountId, AccountId),
    (starts, ends): (Date, Date),
    now: i64,
) -> Result<i64> {
    let id = counter::next(tx, "delegation")?;
    tx.change(
        "insert into delegation (id, giver_id, taker_id, starts, ends, created_at) values ($1, $2, $3, $4, $5, $6)",
        &[
            id.into(),
            giver.into(),
            taker.into(),
            (&starts.to_string()).into(),
            (&ends.to_string()).into(),
            now.into(),
        ],
    )?;
    Ok(id)
}

/// Ends a delegation of a giver the day before. Answers `false` where they have none that lasts until then.
pub fn end(tx: &mut Write, id: i64, giver: AccountId, ends: Date) -> Result<bool> {
    let touched = tx.change(
        "update delegation set ends = $3 where id = $1 and giver_id = $2 and ends > $3",
        &[id.into(), giver.into(), (&ends.to_string()).into()],
    )?;
    Ok(touched == 1)
}

/// What somebody is lent on a day by accounts that may sign in.
pub fn lent_to(tx: &mut Read, taker: AccountId, on: Date) -> Result<Vec<Delegation>> {
    tx.all(
        &format!(
            "{SELECT} where d.taker_id = $1 and d.starts <= $2 and d.ends > $2 and g.state = 'active' order by d.id"
        ),
        &[taker.into(), (&on.to_string()).into()],
        |row| delegation(&row),
    )
}

/// The delegations of somebody, given or taken, that last until a day or longer, in the order of their first days.
pub fn of_account(tx: &mut Read, account: AccountId, since: Date) -> Result<Vec<Delegation>> {
    tx.all(
        &format!(
            "{SELECT} where (d.giver_id = $1 or d.taker_id = $1) and d.ends > $2 and d.ends > d.starts
             order by d.starts, d.id"
        ),
        &[account.into(), (&since.to_string()).into()],
        |row| delegation(&row),
    )
}
