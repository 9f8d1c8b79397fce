//! How people want to be told: a row an account that chose; and everybody who may be told, in one query.

use dacheng_domain::access::AccountId;
use dacheng_domain::notification::{MailMode, QuietHours};
use jiff::civil::Date;

use crate::words::{day, json, of_json, of_word, word};
use crate::{Read, Result, Row, Write};

/// What somebody chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preference {
    /// Which mails they get.
    pub mode: MailMode,
    /// Their mail address.
    pub address: Option<String>,
    /// When they confirmed that it is theirs; no mail goes there before. UTC milliseconds.
    pub confirmed_at: Option<i64>,
    /// When they are left alone.
    pub quiet: QuietHours,
    /// The last morning whose digest was prepared.
    pub digested_on: Option<Date>,
    /// Counts its changes, 0 where they never chose.
    pub version: i64,
}

/// Somebody who may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The account.
    pub account: AccountId,
    /// Its log-in name.
    pub login: String,
    /// The code of the member this person is.
    pub member: Option<String>,
    /// BCP 47.
    pub language: String,
    /// What they chose.
    pub preference: Preference,
}

const COLUMNS: &str = "p.mode, p.address, p.confirmed_at, p.quiet, p.digested_on, p.version";

fn preference(row: &Row<'_>, first: usize) -> Result<Preference> {
    let Some(mode) = row.maybe_str(first)? else { return Ok(Preference::default()) };
    Ok(Preference {
        mode: of_word(mode)?,
        address: row.maybe_text(first + 1)?,
        confirmed_at: row.maybe_int(first + 2)?,
        quiet: of_json(row.str(first + 3)?)?,
        digested_on: row.maybe_str(first + 4)?.map(day).transpose()?,
        version: row.int(first + 5)?,
    })
}

/// What somebody chose; the usual where they never did.
pub fn of_account(tx: &mut Read, account: AccountId) -> Result<Preference> {
    let statement = format!("select {COLUMNS} from notification_preference p where p.account_id = $1");
    Ok(tx.first(&statement, &[account.into()], |row| preference(&row, 0))?.unwrap_or_default())
}

/// Saves what somebody chose over the version it carries; an address that is another than before is not confirmed,
/// whoever changed it. Answers `false` where the version is no longer the newest.
pub fn save(tx: &mut Write, account: AccountId, chosen: &Preference) -> Result<bool> {
    let (mode, quiet) = (word(&chosen.mode)?, json(&chosen.quiet)?);
    let values = [
        account.into(),
        (&mode).into(),
        chosen.address.as_ref().into(),
        (&quiet).into(),
        chosen.version.into(),
    ];
    let statement = if chosen.version == 0 {
        "insert into notification_preference (account_id, mode, address, quiet, version)
         values ($1, $2, $3, $4, $5 + 1) on conflict (account_id) do nothing"
    } else {
        "update notification_preference set mode = $2, quiet = $4, version = version + 1,
           confirmed_at = case when address = $3 then confirmed_at end, address = $3
         where account_id = $1 and version = $5"
    };
    Ok(tx.change(statement, &values)? == 1)
}

/// Notes that an address was confirmed. Answers `false` where somebody's address is another one, or confirmed already.
pub fn confirm(tx: &mut Write, account: AccountId, address: &str, at: i64) -> Result<bool> {
    let touched = tx.change(
        "update notification_preference set confirmed_at = $3, version = version + 1
         where account_id = $1 and address = $2 and confirmed_at is null",
        &[account.into(), address.into(), at.into()],
    )?;
    Ok(touched == 1)
}

/// Everybody whose account is active, by number.
pub fn recipients(tx: &mut Read) -> Result<Vec<Recipient>> {
    let statement = format!(
        "select a.id, a.login, a.member, a.language, {COLUMNS}
         from account a left join notification_preference p on p.account_id = a.id
         where a.state = 'active' order by a.id"
    );
    tx.all(&statement, &[], |row| {
        Ok(Recipient {
            account: AccountId(row.int(0)?),
            login: row.text(1)?,
            member: row.maybe_text(2)?,
            language: row.text(3)?,
            preference: preference(&row, 4)?,
        })
    })
}

/// The accounts that want a digest and whose digest of that morning was not prepared yet, by number.
pub fn undigested(tx: &mut Read, morning: Date) -> Result<Vec<AccountId>> {
    tx.all(
        "select p.account_id from notification_preference p join account a on a.id = p.account_id
         where p.mode = 'digest' and p.address is not null and p.confirmed_at is not null and a.state = 'active'
           and (p.digested_on is null or p.digested_on < $1)
         order by p.account_id",
        &[(&morning.to_string()).into()],
        |row| Ok(AccountId(row.int(0)?)),
    )
}

/// Notes that the digest of a morning was prepared. Answers `false` where somebody else has prepared it.
pub fn digest(tx: &mut Write, account: AccountId, morning: Date) -> Result<bool> {
    let touched = tx.change(
        "update notification_preference set digested_on = $2
         where account_id = $1 and (digested_on is null or digested_on < $2)",
        &[account.into(), (&morning.to_string()).into()],
    )?;
    Ok(touched == 1)
}
