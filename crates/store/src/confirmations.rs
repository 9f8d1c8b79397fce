//! One-time links by which somebody confirms that a mail address is theirs. Only hashes are kept.

use dacheng_domain::access::AccountId;

use crate::{Read, Result, Write};

/// A link that was mailed to an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// SHA-256 of its secret, hex.
    pub hash: String,
    /// The account that gets mail there.
    pub account: AccountId,
    /// The address it was mailed to.
    pub address: String,
    /// UTC milliseconds.
    pub expires_at: i64,
}

/// Adds a link. Those before it work as well: a mail that seemed lost may still arrive.
pub fn insert(tx: &mut Write, new: &Confirmation) -> Result<()> {
    tx.change(
        "insert into mail_confirmation (hash, account_id, address, expires_at) values ($1, $2, $3, $4)",
        &[(&new.hash).into(), new.account.into(), (&new.address).into(), new.expires_at.into()],
    )?;
    Ok(())
}

/// The link of that secret's hash, where it can still be used.
pub fn by_hash(tx: &mut Read, hash: &str, now: i64) -> Result<Option<Confirmation>> {
    tx.first(
        "select hash, account_id, address, expires_at from mail_confirmation where hash = $1 and expires_at > $2",
        &[hash.into(), now.into()],
        |row| {
            Ok(Confirmation {
                hash: row.text(0)?,
                account: AccountId(row.int(1)?),
                address: row.text(2)?,
                expires_at: row.int(3)?,
            })
        },
    )
}

/// Makes every link of an account unusable.
pub fn withdraw(tx: &mut Write, account: AccountId) -> Result<()> {
    tx.change("delete from mail_confirmation where account_id = $1", &[account.into()])?;
    Ok(())
}

/// Forgets the links that expired before `now`.
pub fn forget(tx: &mut Write, now: i64) -> Result<()> {
    tx.change("delete from mail_confirmation where expires_at <= $1", &[now.into()])?;
    Ok(())
}
