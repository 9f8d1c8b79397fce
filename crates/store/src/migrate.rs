//! Migrations: numbered, forward only, never edited, the same text on both engines.

use crate::door::Connection;
use crate::{Error, Read, Result, Store, Value, Write};

const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_ground.sql"),
    include_str!("../migrations/0002_jobs.sql"),
    include_str!("../migrations/0003_idempotency.sql"),
    include_str!("../migrations/0004_delegation.sql"),
    include_str!("../migrations/0005_outbox.sql"),
    include_str!("../migrations/0006_search.sql"),
    include_str!("../migrations/0007_files.sql"),
    include_str!("../migrations/0008_step_up.sql"),
    include_str!("../migrations/0009_notifications.sql"),
    include_str!("../migrations/0010_receivables.sql"),
    include_str!("../migrations/0011_facts.sql"),
    include_str!("../migrations/0012_objectives.sql"),
    include_str!("../migrations/0013_market_notes.sql"),
    include_str!("../migrations/0014_proposal.sql"),
    include_str!("../migrations/0015_scenarios.sql"),
    include_str!("../migrations/0016_own_metrics.sql"),
    include_str!("../migrations/0017_people_forecast.sql"),
    include_str!("../migrations/0018_letters.sql"),
];

/// What this program knows.
pub fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Brings the database up to [`known`]; says how many migrations ran. A newer database is refused.
pub fn run(store: &Store) -> Result<i64> {
    up_to(store, known())
}

/// Brings the database up to a migration, as an older program did.
pub(crate) fn up_to(store: &Store, last: i64) -> Result<i64> {
    let mut tx = store.write()?;
    let ran = within(&mut tx, last)?;
    tx.commit()?;
    Ok(ran)
}

/// Brings the database up to a migration within a transaction: for a restore, which makes it as it was.
pub fn within(tx: &mut Write, last: i64) -> Result<i64> {
    lock(tx)?;
    tx.run("create table if not exists migration (number bigint primary key)")?;
    let found = found(tx)?;
    if found > known() {
        return Err(Error::Newer { found, known: known() });
    }
    let wanted = (1..=last).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(0));
    for (number, statements) in wanted {
        let statements = dialect(tx, statements);
        tx.run(&statements)?;
        tx.change("insert into migration (number) values ($1)", &[Value::Int(number)])?;
    }
    Ok((last - found).max(0))
}

/// The two places where the engines' own words make a difference in speed (`docs/decisions/0001`): keys of
/// facts are stored in key order on SQLite, and text is compared by its bytes on PostgreSQL, as everywhere else.
fn dialect(tx: &mut Write, statements: &str) -> String {
    match tx.connection() {
        Connection::Sqlite(_) => statements.replace("/* without rowid */", "without rowid"),
        Connection::Postgres(_) => statements
            .replace(" text,", " text collate \"C\",")
            .replace(" text\n", " text collate \"C\"\n")
            .replace(" text not null", " text collate \"C\" not null")
            .replace(" text primary key", " text collate \"C\" primary key")
            .replace(" text unique", " text collate \"C\" unique"),
    }
}

/// Two programs that start together migrate one after the other, until the commit. There may be no table yet
/// that could be locked, and `create table if not exists` fails where two do it at once.
fn lock(tx: &mut Write) -> Result<()> {
    match tx.connection() {
        Connection::Sqlite(_) => Ok(()),
        Connection::Postgres(_) => {
            tx.run("select pg_advisory_xact_lock(hashtext('dacheng migration ' || current_schema()))")
        }
    }
}

pub(crate) fn found(tx: &mut Read) -> Result<i64> {
    let newest = tx.first("select coalesce(max(number), 0) from migration", &[], |row| row.int(0))?;
    Ok(newest.unwrap_or(0))
}

/// Refuses a database that is not exactly at [`known`], for commands that only read. One without the table of
/// migrations holds nothing yet; one that does not answer is told as such.
pub fn check(store: &Store) -> Result<()> {
    let mut tx = store.read()?;
    let found = match found(&mut tx) {
        Err(error) if error.is_missing_table() => 0,
        found => found?,
    };
    match found.cmp(&known()) {
        std::cmp::Ordering::Less => Err(Error::Older { found, known: known() }),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(Error::Newer { found, known: known() }),
    }
}
