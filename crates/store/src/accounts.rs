//! Who can sign in: accounts and their password hashes. What an account may do is a post's matter ([`crate::posts`]).

use std::str::FromStr;

pub use dacheng_domain::access::AccountId;

use crate::{Error, Read, Result, Row, Value, Write, bulk, counter};

impl From<AccountId> for Value<'_> {
    fn from(id: AccountId) -> Self {
        Value::Int(id.0)
    }
}

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It may.
    Active,
    /// It may not, until somebody says otherwise.
    Suspended,
}

impl State {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }
}

impl FromStr for State {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self> {
        match code {
            "active" => Ok(Self::Active),
            "suspended" => Ok(Self::Suspended),
            _ => Err(Error::Stored(format!("account state {code}"))),
        }
    }
}

/// An account without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// The name typed at log-in, unique.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The code of the member this person is.
    pub member: Option<String>,
    /// Whether it may sign in.
    pub state: State,
    /// BCP 47.
    pub language: String,
    /// The colour scheme's code.
    pub theme: String,
    /// UTC milliseconds.
    pub created_at: i64,
    /// From 1, one more with every change.
    pub version: i64,
}

/// An account to be added; it is active and has no password yet.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The name typed at log-in.
    pub login: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// The code of the member this person is.
    pub member: Option<&'a str>,
    /// BCP 47.
    pub language: &'a str,
    /// The colour scheme's code.
    pub theme: &'a str,
    /// UTC milliseconds.
    pub created_at: i64,
}

pub(crate) const COLUMNS: &str = "account.id, account.login, account.name, account.member, account.state, account.language, account.theme, \
     account.created_at, account.version";

/// Reads [`COLUMNS`] from the first column on.
pub(crate) fn account(row: &Row<'_>) -> Result<Account> {
    Ok(Account {
        id: AccountId(row.int(0)?),
        login: row.text(1)?,
        name: row.text(2)?,
        member: row.maybe_text(3)?,
        state: row.str(4)?.parse()?,
        language: row.text(5)?,
        theme: row.text(6)?,
        created_at: row.int(7)?,
        version: row.int(8)?,
    })
}

/// The names of some log-in names; unknown ones are left out.
pub fn names(tx: &mut Read, logins: &[&str]) -> Result<Vec<(String, String)>> {
    if logins.is_empty() {
        return Ok(Vec::new());
    }
    let logins = bulk::list(logins.iter().copied());
    let statement = format!(
        "select login, name from account where login in (select k.value from {} k) order by login",
        bulk::first_keys(tx)
    );
    tx.all(&statement, &[(&logins).into()], |row| Ok((row.text(0)?, row.text(1)?)))
}

/// Adds an account; `None` where the log-in name is taken.
pub fn insert(tx: &mut Write, new: &New<'_>) -> Result<Option<AccountId>> {
    let id = AccountId(counter::next(tx, "account")?);
    let added = tx.change(
        "insert into account (id, login, name, member, state, language, theme, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1) on conflict (login) do nothing",
        &[
            id.into(),
            new.login.into(),
            new.name.into(),
            new.member.into(),
            State::Active.code().into(),
            new.language.into(),
            new.theme.into(),
            new.created_at.into(),
        ],
    )?;
    Ok((added == 1).then_some(id))
}

/// Saves the changed account over the version it was read at. Answers `false` where that is no longer the newest.
pub fn update(tx: &mut Write, changed: &Account) -> Result<bool> {
    let touched = tx.change(
        "update account set name = $3, member = $4, state = $5, language = $6, theme = $7, version = version + 1
         where id = $1 and version = $2",
        &[
            changed.id.into(),
            changed.version.into(),
            (&changed.name).into(),
            changed.member.as_deref().into(),
            changed.state.code().into(),
            (&changed.language).into(),
            (&changed.theme).into(),
        ],
    )?;
    Ok(touched == 1)
}

/// The account of that number.
pub fn by_id(tx: &mut Read, id: AccountId) -> Result<Option<Account>> {
    tx.first(&format!("select {COLUMNS} from account where id = $1"), &[id.into()], |row| account(&row))
}

/// The accounts of some numbers, by number.
pub fn of_ids(tx: &mut Read, ids: &[AccountId]) -> Result<Vec<Account>> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let ids = bulk::list(ids.iter().map(String::as_str));
    let statement = format!(
        "select {COLUMNS} from account where id in (select cast(k.value as bigint) from {} k) order by id",
        bulk::first_keys(tx)
    );
    tx.all(&statement, &[(&ids).into()], |row| account(&row))
}

/// The account of that log-in name.
pub fn by_login(tx: &mut Read, login: &str) -> Result<Option<Account>> {
    tx.first(&format!("select {COLUMNS} from account where login = $1"), &[login.into()], |row| account(&row))
}

/// The accounts of the member of that code, the oldest first.
pub fn of_member(tx: &mut Read, member: &str) -> Result<Vec<Account>> {
    let statement = format!("select {COLUMNS} from account where member = $1 order by id");
    tx.all(&statement, &[member.into()], |row| account(&row))
}

/// The accounts whose log-in name comes after `after`, in that order, for a page of the list.
pub fn page(tx: &mut Read, after: &str, limit: i64) -> Result<Vec<Account>> {
    let statement = format!("select {COLUMNS} from account where login > $1 order by login limit $2");
    tx.all(&statement, &[after.into(), limit.into()], |row| account(&row))
}

/// An account, and whether it has a password to sign in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The account.
    pub account: Account,
    /// Whether it has a password.
    pub has_password: bool,
}

/// Every account in the order of log-in names, for the list of people.
pub fn all(tx: &mut Read) -> Result<Vec<Known>> {
    let statement = format!(
        "select {COLUMNS}, cast(case when account.password is null then 0 else 1 end as bigint) from account
         order by login"
    );
    tx.all(&statement, &[], |row| Ok(Known { account: account(&row)?, has_password: row.int(9)? == 1 }))
}

/// The log-in names of whoever is meant by a log-in name or a shown name, at most `limit`.
pub fn logins_of(tx: &mut Read, text: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        "select login from account where login = $1 or name = $1 order by login limit $2",
        &[text.into(), limit.into()],
        |row| row.text(0),
    )
}

/// Keeps an account as it is until the commit: a log-in and a change of password go one after the other.
pub fn lock(tx: &mut Write, id: AccountId) -> Result<()> {
    tx.change("update account set version = version where id = $1", &[id.into()])?;
    Ok(())
}

/// The password's hash, where the account has one.
pub fn password(tx: &mut Read, id: AccountId) -> Result<Option<String>> {
    let found =
        tx.first("select password from account where id = $1", &[id.into()], |row| row.maybe_text(0))?;
    Ok(found.flatten())
}

/// Sets the password's hash.
pub fn set_password(tx: &mut Write, id: AccountId, hash: &str) -> Result<()> {
    tx.change("update account set password = $2 where id = $1", &[id.into(), hash.into()])?;
    Ok(())
}
