//! One-time links: to become the first administrator, or to set the password of an account. Only hashes are kept.

use crate::accounts::AccountId;
use crate::{Read, Result, Row, Write};

/// A one-time link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// SHA-256 of its secret, hex.
    pub hash: String,
    /// The account whose password it sets; `None` makes an administrator.
    pub account: Option<AccountId>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// UTC milliseconds.
    pub expires_at: i64,
}

fn invitation(row: &Row<'_>) -> Result<Invitation> {
    Ok(Invitation {
        hash: row.text(0)?,
        account: row.maybe_int(1)?.map(AccountId),
        created_at: row.int(2)?,
        expires_at: row.int(3)?,
    })
}

/// Adds a link; earlier links for the same account, or to become an administrator, no longer work.
pub fn insert(tx: &mut Write, new: &Invitation) -> Result<()> {
    withdraw(tx, new.account)?;
    tx.change(
        "insert into invitation (hash, account_id, created_at, expires_at) values ($1, $2, $3, $4)",
        &[
            (&new.hash).into(),
            new.account.map(|account| account.0).into(),
            new.created_at.into(),
            new.expires_at.into(),
        ],
    )?;
    Ok(())
}

/// The link of that secret's hash, where it can still be used.
pub fn by_hash(tx: &mut Read, hash: &str, now: i64) -> Result<Option<Invitation>> {
    tx.first(
        "select hash, account_id, created_at, expires_at from invitation where hash = $1 and expires_at > $2",
        &[hash.into(), now.into()],
        |row| invitation(&row),
    )
}

/// Uses a link up. However many try at once, `true` is answered once.
pub fn take(tx: &mut Write, hash: &str, now: i64) -> Result<bool> {
    let values = [hash.into(), now.into()];
    Ok(tx.change("delete from invitation where hash = $1 and expires_at > $2", &values)? == 1)
}

/// Makes the links for an account, or to become an administrator, unusable.
pub fn withdraw(tx: &mut Write, account: Option<AccountId>) -> Result<()> {
    match account {
        Some(account) => tx.change("delete from invitation where account_id = $1", &[account.into()]),
        None => tx.change("delete from invitation where account_id is null", &[]),
    }?;
    Ok(())
}

/// Forgets the links that expired before `now`.
pub fn forget(tx: &mut Write, now: i64) -> Result<()> {
    tx.change("delete from invitation where expires_at <= $1", &[now.into()])?;
    Ok(())
}
