//! API tokens: a named, limited part of an account's rights for a program. Only hashes of secrets are kept.

use crate::accounts::{self, Account, AccountId};
use crate::{Read, Result, Row, Write, counter};

/// A token, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub i64);

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: TokenId,
    /// Whose rights it holds a part of.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// Which part, as `app` writes it.
    pub scopes: String,
    /// UTC milliseconds.
    pub created_at: i64,
    /// UTC milliseconds.
    pub expires_at: i64,
}

/// A token to be added.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// SHA-256 of its secret, hex.
    pub hash: &'a str,
    /// Whose rights it holds a part of.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: &'a str,
    /// Which part, as `app` writes it.
    pub scopes: &'a str,
    /// UTC milliseconds.
    pub created_at: i64,
    /// UTC milliseconds.
    pub expires_at: i64,
}

const COLUMNS: &str =
    "token.id, token.account_id, token.name, token.scopes, token.created_at, token.expires_at";

/// Reads [`COLUMNS`] from the column `first` on.
fn token(row: &Row<'_>, first: usize) -> Result<Token> {
    Ok(Token {
        id: TokenId(row.int(first)?),
        account: AccountId(row.int(first + 1)?),
        name: row.text(first + 2)?,
        scopes: row.text(first + 3)?,
        created_at: row.int(first + 4)?,
        expires_at: row.int(first + 5)?,
    })
}

/// Adds a token of an account.
pub fn insert(tx: &mut Write, new: &New<'_>) -> Result<TokenId> {
    let id = counter::next(tx, "token")?;
    tx.change(
        "insert into token (id, hash, account_id, name, scopes, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        &[
            id.into(),
            new.hash.into(),
            new.account.into(),
            new.name.into(),
            new.scopes.into(),
            new.created_at.into(),
            new.expires_at.into(),
        ],
    )?;
    Ok(TokenId(id))
}

/// The token of that secret's hash and its account, also where it has expired.
pub fn by_hash(tx: &mut Read, hash: &str) -> Result<Option<(Token, Account)>> {
    let statement = format!(
        "select {}, {COLUMNS} from token join account on account.id = token.account_id where token.hash = $1",
        accounts::COLUMNS
    );
    tx.first(&statement, &[hash.into()], |row| Ok((token(&row, 9)?, accounts::account(&row)?)))
}

/// The tokens of an account, the newest first.
pub fn of_account(tx: &mut Read, account: AccountId) -> Result<Vec<Token>> {
    let statement = format!("select {COLUMNS} from token where account_id = $1 order by id desc");
    tx.all(&statement, &[account.into()], |row| token(&row, 0))
}

/// Deletes a token of an account. Answers `false` where there is none.
pub fn delete(tx: &mut Write, account: AccountId, id: TokenId) -> Result<bool> {
    let values = [account.into(), id.0.into()];
    Ok(tx.change("delete from token where account_id = $1 and id = $2", &values)? == 1)
}
