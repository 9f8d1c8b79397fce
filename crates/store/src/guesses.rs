//! How often somebody failed to sign in, by whatever is counted. How long that makes them wait lives in `app`.

use crate::{Result, Value, Write};

/// The failures of one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// How many in a row.
    pub count: i64,
    /// The last one, UTC milliseconds.
    pub last_at: i64,
}

/// The failures of a subject; nobody else counts for it until the commit.
pub fn lock(tx: &mut Write, subject: &str) -> Result<Failures> {
    let found = tx.first(
        "insert into sign_in_failure (subject, failures, last_at) values ($1, 0, 0)
         on conflict (subject) do update set failures = sign_in_failure.failures returning failures, last_at",
        &[subject.into()],
        |row| Ok(Failures { count: row.int(0)?, last_at: row.int(1)? }),
    )?;
    Ok(found.unwrap_or(Failures { count: 0, last_at: 0 }))
}

/// Sets the failures of a subject that is locked.
pub fn set(tx: &mut Write, subject: &str, failures: Failures) -> Result<()> {
    tx.change(
        "update sign_in_failure set failures = $2, last_at = $3 where subject = $1",
        &[subject.into(), failures.count.into(), failures.last_at.into()],
    )?;
    Ok(())
}

/// Takes one failure back: the attempt was none.
pub fn take_back(tx: &mut Write, subject: &str) -> Result<()> {
    tx.change(
        "update sign_in_failure set failures = failures - 1 where subject = $1 and failures > 0",
        &[subject.into()],
    )?;
    Ok(())
}

/// Forgets the failures of a subject.
pub fn clear(tx: &mut Write, subject: &str) -> Result<()> {
    tx.change("delete from sign_in_failure where subject = $1", &[subject.into()])?;
    Ok(())
}

/// Forgets the failures before then.
pub fn forget(tx: &mut Write, before: i64) -> Result<()> {
    tx.change("delete from sign_in_failure where last_at < $1", &[Value::Int(before)])?;
    Ok(())
}
