//! Signing in with a password. Everybody gets the same answer after the same work, whether the account exists or
//! not (`trust.md`).

use std::net::IpAddr;

use dacheng_domain::people::Organisation;
use dacheng_store::accounts::{self, Account, AccountId};
use dacheng_store::sessions::{self, Session};
use dacheng_store::{Write, confirmations, invitations};
use jiff::Timestamp;
use serde_json::json;

use super::accounts::object;
use super::callers::may_enter;
use super::login::Login;
use super::secrets::{csrf_of, hash_of};
use super::throttle::{self, Subject};
use super::{passwords, rules};
use crate::{Actor, App, Context, Error, Result, audit};

/// A browser that signs in.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a> {
    /// Its network address.
    pub address: IpAddr,
    /// What it calls itself.
    pub name: &'a str,
    /// The cookie it got when it signed in before.
    pub device: Option<&'a str>,
    /// The session it has, which is replaced.
    pub session: Option<&'a str>,
}

/// A session that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Whose.
    pub account: AccountId,
    /// The session cookie.
    pub session: String,
    /// What every form of the session carries.
    pub csrf: String,
    /// The cookie that makes the browser a known device, for [`KNOWN_FOR_DAYS`].
    pub device: String,
    /// The session ends then at the latest.
    pub expires_at: Timestamp,
}

/// A device stays known for so many days after an account last signed in from it.
pub const KNOWN_FOR_DAYS: i64 = 180;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// As much of a browser's name as is kept.
const NAME_KEPT: usize = 200;

/// Signs in. Answers [`Error::NotSignedIn`] alike for a wrong password and for an unknown, suspended or leaver's
/// account, and refuses with the time left after too many failures.
pub fn sign_in(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    (login, password): (&str, &str),
    browser: &Browser<'_>,
) -> Result<Begun> {
    let login = Login::typed(login);
    let device = browser.device.map(hash_of);
    let since = context.now.as_millisecond() - KNOWN_FOR_DAYS * DAY;
    let mut tx = app.store.read()?;
    let account = accounts::by_login(&mut tx, login.as_str())?;
    let mut subjects = vec![Subject::Login(login.as_str()), Subject::Address(browser.address)];
    let mut hash = None;
    if let Some(account) = &account {
        hash = accounts::password(&mut tx, account.id)?;
        if let Some(device) = &device
            && sessions::knows_device(&mut tx, device, account.id, since)?
        {
            subjects = vec![Subject::Device(device, account.id)];
        }
    }
    drop(tx);
    throttle::count(app, context, &subjects)?;
    let is_right = passwords::verify(context, password, hash.as_deref())?;
    let renewed = match &hash {
        Some(hash) if is_right && !passwords::is_current(hash) => {
            Some(passwords::hash(&app.random, context, password)?)
        }
        Some(_) | None => None,
    };

    let mut tx = app.store.write()?;
    let entering = match &account {
        Some(account) if is_right => unchanged(&mut tx, account.id, hash.as_deref())?,
        Some(_) | None => None,
    };
    let Some(entering) = entering.filter(|account| may_enter(account, organisation, context.today)) else {
        let object = account.map_or("account/unknown".to_owned(), |account| object(account.id));
        let detail = json!({ "address": browser.address.to_string() });
        audit::record(app, &mut tx, context, "account.sign_in_fail", &object, &detail)?;
        tx.commit()?;
        return Err(Error::NotSignedIn);
    };
    throttle::clear(&mut tx, &subjects)?;
    if let Some(previous) = browser.session {
        sessions::delete(&mut tx, entering.id, &hash_of(previous))?;
    }
    if let Some(renewed) = renewed {
        accounts::set_password(&mut tx, entering.id, &renewed)?;
    }
    let begun = begin(app, &mut tx, context, entering.id, browser)?;
    let actor = Actor::Account { id: entering.id, login: entering.login, member: entering.member };
    let context = Context { actor, ..context.clone() };
    let detail = json!({ "address": browser.address.to_string(), "device": kept_name(browser) });
    audit::record(app, &mut tx, &context, "account.sign_in", &object(entering.id), &detail)?;
    tx.commit()?;
    // What is not forgotten now is so at the next log-in; this one has succeeded.
    let _ = forget_expired(app, context.now.as_millisecond());
    Ok(begun)
}

/// Forgets what has expired; apart from other changes, for it touches the rows of everybody.
pub(crate) fn forget_expired(app: &App, now: i64) -> Result<()> {
    let mut tx = app.store.write()?;
    sessions::forget(&mut tx, now, now - KNOWN_FOR_DAYS * DAY)?;
    invitations::forget(&mut tx, now)?;
    confirmations::forget(&mut tx, now)?;
    throttle::forget(&mut tx, now)?;
    Ok(tx.commit()?)
}

/// The account, locked, where its password is still the one that was looked at: a change of password meanwhile
/// has ended the old one.
fn unchanged(tx: &mut Write, id: AccountId, hash: Option<&str>) -> Result<Option<Account>> {
    accounts::lock(tx, id)?;
    if accounts::password(tx, id)?.as_deref() != hash {
        return Ok(None);
    }
    Ok(accounts::by_id(tx, id)?)
}

/// Begins a session of an account and makes its browser a known device.
pub(super) fn begin(
    app: &App,
    tx: &mut Write,
    context: &Context,
    account: AccountId,
    browser: &Browser<'_>,
) -> Result<Begun> {
    let (rules, _) = rules::current(tx)?;
    let now = context.now.as_millisecond();
    let secret = app.random.text()?;
    let device = match browser.device {
        Some(device) if device.len() == secret.len() => device.to_owned(),
        Some(_) | None => app.random.text()?,
    };
    let expires_at = now + i64::from(rules.session_hours) * 60 * 60 * 1000;
    let session = Session {
        hash: hash_of(&secret),
        account,
        address: browser.address.to_string(),
        device: kept_name(browser),
        started_at: now,
        password_at: now,
        seen_at: now,
        idle_for: i64::from(rules.idle_minutes) * 60 * 1000,
        expires_at,
    };
    sessions::insert(tx, &session)?;
    sessions::know_device(tx, &hash_of(&device), account, now)?;
    let expires_at = Timestamp::from_millisecond(expires_at).unwrap_or(Timestamp::MAX);
    Ok(Begun { account, csrf: csrf_of(&secret), session: secret, device, expires_at })
}

fn kept_name(browser: &Browser<'_>) -> String {
    browser.name.chars().filter(|letter| !letter.is_control()).take(NAME_KEPT).collect()
}
