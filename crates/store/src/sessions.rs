//! Who is signed in where: sessions, and the devices an account has signed in from before. Only hashes of
//! secrets are kept.

use crate::accounts::{self, Account, AccountId};
use crate::{Read, Result, Row, Value, Write};

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of its token, hex.
    pub hash: String,
    /// Whose.
    pub account: AccountId,
    /// From which network address.
    pub address: String,
    /// The browser, as it calls itself.
    pub device: String,
    /// UTC milliseconds.
    pub started_at: i64,
    /// When its password was last given, UTC milliseconds.
    pub password_at: i64,
    /// UTC milliseconds, to about a minute.
    pub seen_at: i64,
    /// It ends when unseen for so many milliseconds.
    pub idle_for: i64,
    /// It ends then at the latest, UTC milliseconds.
    pub expires_at: i64,
}

const COLUMNS: &str = "session.hash, session.account_id, session.address, session.device, session.started_at, \
                       session.password_at, session.seen_at, session.idle_for, session.expires_at";

/// Reads [`COLUMNS`] from the column `first` on.
fn session(row: &Row<'_>, first: usize) -> Result<Session> {
    Ok(Session {
        hash: row.text(first)?,
        account: AccountId(row.int(first + 1)?),
        address: row.text(first + 2)?,
        device: row.text(first + 3)?,
        started_at: row.int(first + 4)?,
        password_at: row.int(first + 5)?,
        seen_at: row.int(first + 6)?,
        idle_for: row.int(first + 7)?,
        expires_at: row.int(first + 8)?,
    })
}

/// Adds a session.
pub fn insert(tx: &mut Write, session: &Session) -> Result<()> {
    tx.change(
        "insert into session (hash, account_id, address, device, started_at, password_at, seen_at, idle_for, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            (&session.hash).into(),
            session.account.into(),
            (&session.address).into(),
            (&session.device).into(),
            session.started_at.into(),
            session.password_at.into(),
            session.seen_at.into(),
            session.idle_for.into(),
            session.expires_at.into(),
        ],
    )?;
    Ok(())
}

/// The session of that token's hash and its account, also where it has expired.
pub fn by_hash(tx: &mut Read, hash: &str) -> Result<Option<(Session, Account)>> {
    let statement = format!(
        "select {}, {COLUMNS} from session join account on account.id = session.account_id
         where session.hash = $1",
        accounts::COLUMNS
    );
    tx.first(&statement, &[hash.into()], |row| Ok((session(&row, 9)?, accounts::account(&row)?)))
}

/// The sessions of an account, the newest first.
pub fn of_account(tx: &mut Read, account: AccountId) -> Result<Vec<Session>> {
    let statement =
        format!("select {COLUMNS} from session where account_id = $1 order by started_at desc, hash");
    tx.all(&statement, &[account.into()], |row| session(&row, 0))
}

/// When each account was last seen, of those that have a session; UTC milliseconds.
pub fn last_seen(tx: &mut Read) -> Result<Vec<(AccountId, i64)>> {
    tx.all(
        "select account_id, max(seen_at) from session group by account_id order by account_id",
        &[],
        |row| Ok((AccountId(row.int(0)?), row.int(1)?)),
    )
}

/// Notes that a session was used.
pub fn touch(tx: &mut Write, hash: &str, now: i64) -> Result<()> {
    tx.change(
        "update session set seen_at = $2 where hash = $1 and seen_at < $2",
        &[hash.into(), now.into()],
    )?;
    Ok(())
}

/// Notes that the password of a session was given again. Answers `false` where the account has no such session.
pub fn give_password(tx: &mut Write, account: AccountId, hash: &str, now: i64) -> Result<bool> {
    let values = [account.into(), hash.into(), now.into()];
    let statement = "update session set password_at = $3 where account_id = $1 and hash = $2";
    Ok(tx.change(statement, &values)? == 1)
}

/// Ends one session of an account. Answers `false` where there is none.
pub fn delete(tx: &mut Write, account: AccountId, hash: &str) -> Result<bool> {
    let values = [account.into(), hash.into()];
    Ok(tx.change("delete from session where account_id = $1 and hash = $2", &values)? == 1)
}

/// Ends every session of an account; says how many.
pub fn delete_all(tx: &mut Write, account: AccountId) -> Result<u64> {
    tx.change("delete from session where account_id = $1", &[account.into()])
}

/// Forgets the sessions that expired before `now` and the devices last seen before `unseen_since`.
pub fn forget(tx: &mut Write, now: i64, unseen_since: i64) -> Result<()> {
    tx.change("delete from session where expires_at <= $1", &[now.into()])?;
    tx.change("delete from known_device where seen_at < $1", &[unseen_since.into()])?;
    Ok(())
}

/// Notes that an account signed in from a device.
pub fn know_device(tx: &mut Write, hash: &str, account: AccountId, now: i64) -> Result<()> {
    tx.change(
        "insert into known_device (hash, account_id, seen_at) values ($1, $2, $3)
         on conflict (hash, account_id) do update set seen_at = excluded.seen_at",
        &[hash.into(), account.into(), now.into()],
    )?;
    Ok(())
}

/// Whether an account has signed in from a device since then.
pub fn knows_device(tx: &mut Read, hash: &str, account: AccountId, since: i64) -> Result<bool> {
    let values: [Value<'_>; 3] = [hash.into(), account.into(), since.into()];
    let found = tx.first(
        "select 1 from known_device where hash = $1 and account_id = $2 and seen_at >= $3",
        &values,
        |row| row.int(0),
    )?;
    Ok(found.is_some())
}

/// Forgets the devices of an account.
pub fn forget_devices(tx: &mut Write, account: AccountId) -> Result<()> {
    tx.change("delete from known_device where account_id = $1", &[account.into()])?;
    Ok(())
}
