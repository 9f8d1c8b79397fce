//! Who asks: the account behind a session cookie or a bearer token, with its posts of today. What they may is
//! [`super::access`].

use dacheng_domain::people::Organisation;
use dacheng_store::accounts::{self, Account, AccountId, State};
use dacheng_store::{Read, posts, sessions, tokens};
use jiff::Timestamp;
use jiff::civil::Date;

use super::access::{Access, Holder};
use super::delegations::{Lent, lent_to};
use super::secrets::{csrf_of, hash_of};
use super::tokens::rights;
use crate::{Actor, App, Context, Result};

/// Somebody who was let in, by a session or a token.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The account.
    pub account: Account,
    /// The rights.
    pub access: Access,
}

/// A caller with a session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub caller: Caller,
    /// Which session, for the list of devices.
    pub session: String,
    /// When its password was last given.
    pub password_at: Timestamp,
    /// Whom they stand in for today.
    pub lent: Vec<Lent>,
    /// What every form of the session carries.
    pub csrf: String,
}

/// Being seen is noted once in so many milliseconds, so that reading a page writes nothing.
const SEEN_AGAIN: i64 = 60_000;

/// The caller of a session cookie; `None` where the session has ended, or the account or the member has.
/// Three queries.
pub fn of_session(app: &App, secret: &str, organisation: &Organisation) -> Result<Option<SignedIn>> {
    let now = app.clock.now().as_millisecond();
    let mut tx = app.store.read()?;
    let Some((session, account)) = sessions::by_hash(&mut tx, &hash_of(secret))? else {
        return Ok(None);
    };
    if now >= session.expires_at || now - session.seen_at >= session.idle_for {
        return Ok(None);
    }
    let Some(holder) = holder(app, &mut tx, &account, organisation)? else { return Ok(None) };
    let lent = lent_to(&mut tx, account.id, holder.on)?;
    drop(tx);
    if now - session.seen_at >= SEEN_AGAIN {
        let mut tx = app.store.write()?;
        sessions::touch(&mut tx, &session.hash, now)?;
        tx.commit()?;
    }
    let caller = Caller { account, access: Access::Session(holder) };
    let password_at = Timestamp::from_millisecond(session.password_at).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(Some(SignedIn { caller, lent, session: session.hash, password_at, csrf: csrf_of(secret) }))
}

/// The caller of a bearer token; `None` where the token has ended, or the account or the member has. Two queries.
pub fn of_token(app: &App, secret: &str, organisation: &Organisation) -> Result<Option<Caller>> {
    let mut tx = app.store.read()?;
    let Some((token, account)) = tokens::by_hash(&mut tx, &hash_of(secret))? else {
        return Ok(None);
    };
    if app.clock.now().as_millisecond() >= token.expires_at {
        return Ok(None);
    }
    let Some(holder) = holder(app, &mut tx, &account, organisation)? else { return Ok(None) };
    let access = Access::Token { holder, rights: rights(&token.scopes)?, name: token.name };
    Ok(Some(Caller { account, access }))
}

/// The person of an account, for what they asked to be done beside their requests; `None` where the account or the
/// member has ended.
pub(crate) fn of_account(app: &App, id: AccountId, organisation: &Organisation) -> Result<Option<Caller>> {
    let mut tx = app.store.read()?;
    let Some(account) = accounts::by_id(&mut tx, id)? else { return Ok(None) };
    let holder = holder(app, &mut tx, &account, organisation)?;
    Ok(holder.map(|holder| Caller { account, access: Access::Session(holder) }))
}

/// An account as it holds its posts today; `None` where it lets nobody in.
fn holder(
    app: &App,
    tx: &mut Read,
    account: &Account,
    organisation: &Organisation,
) -> Result<Option<Holder>> {
    let on = app.clock.today(&app.zone);
    if !may_enter(account, organisation, on) {
        return Ok(None);
    }
    let mut posts = posts::of_account(tx, account.id)?;
    posts.retain(|post| post.is_held(on));
    Ok(Some(Holder { account: account.id, member: account.member.clone(), posts, on }))
}

/// Whether an account lets anybody in: a suspended one does not, nor does that of a member who has left.
pub(super) fn may_enter(account: &Account, organisation: &Organisation, today: Date) -> bool {
    let member = account.member.as_deref().and_then(|code| organisation.member_of_code(code));
    let has_left = member.and_then(|member| member.employed.to()).is_some_and(|left| left <= today);
    account.state == State::Active && !has_left
}

impl SignedIn {
    /// One request by this person, now, for themselves and whom they stand in for.
    pub fn context(&self, app: &App) -> Context {
        Context { lent: self.lent.clone(), ..self.caller.context(app) }
    }
}

impl Caller {
    /// Who it is.
    pub fn actor(&self) -> Actor {
        let Account { id, login, member, .. } = &self.account;
        Actor::Account { id: *id, login: login.clone(), member: member.clone() }
    }

    /// One request by this caller, now, in the account's language.
    pub fn context(&self, app: &App) -> Context {
        let lang = self.account.language.parse().unwrap_or_default();
        Context { access: self.access.clone(), ..app.context(self.actor(), lang) }
    }
}
