//! One-time links: the first administrator's, printed by the command line, and those by which the others set their
//! password. Each works once, for a day; only its hash is kept.

use dacheng_domain::access::Role;
use dacheng_domain::people::Organisation;
use dacheng_store::accounts::{self, Account, AccountId};
use dacheng_store::invitations::{self, Invitation};
use dacheng_store::{Write, posts};
use jiff::Timestamp;
use serde_json::json;

use super::accounts::{New, add, may_update, object};
use super::login::Login;
use super::passwords;
use super::secrets::hash_of;
use crate::{Actor, App, Context, Error, Result, audit};

/// How long a link works, in milliseconds.
const WORKS_FOR: i64 = 24 * 60 * 60 * 1000;

/// A new link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The secret; nobody can read it again.
    pub secret: String,
    /// It works until then.
    pub expires_at: Timestamp,
}

/// What a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Making the account of an administrator.
    Administrator,
    /// Setting the password of this account.
    Password(Account),
}

/// Invites an administrator: the first, or another where nobody can sign in any more. By the operator only. An
/// earlier link for an administrator no longer works.
pub fn invite_administrator(app: &App, context: &Context) -> Result<Link> {
    match context.actor {
        Actor::Operator => {}
        Actor::System | Actor::Visitor | Actor::Account { .. } => {
            return Err(Error::Forbidden(context.lang.people().only_by_command_line().into()));
        }
    }
    let mut tx = app.store.write()?;
    let link = issue(app, &mut tx, context, None)?;
    tx.commit()?;
    Ok(link)
}

/// Makes a link by which an account's password is set. By a system administrator; for an account that administers
/// or audits only by the operator, else a system administrator could become any of them. Earlier links for the
/// account no longer work.
pub fn invite(app: &App, context: &Context, organisation: &Organisation, id: AccountId) -> Result<Link> {
    may_update(context, organisation, id)?;
    let mut tx = app.store.write()?;
    accounts::by_id(&mut tx, id)?.ok_or_else(|| Error::missing("account", id))?;
    let guarded = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];
    let posts = posts::of_account(&mut tx, id)?;
    let is_guarded = posts.iter().any(|post| guarded.contains(&post.role) && post.is_held(context.today));
    if is_guarded && context.actor != Actor::Operator {
        return Err(Error::Forbidden(context.lang.people().only_by_command_line().into()));
    }
    let link = issue(app, &mut tx, context, Some(id))?;
    tx.commit()?;
    Ok(link)
}

/// Adds a link and its audit entry.
pub(super) fn issue(
    app: &App,
    tx: &mut Write,
    context: &Context,
    account: Option<AccountId>,
) -> Result<Link> {
    let secret = app.random.text()?;
    let created_at = context.now.as_millisecond();
    let expires_at = created_at + WORKS_FOR;
    invitations::insert(tx, &Invitation { hash: hash_of(&secret), account, created_at, expires_at })?;
    let object = account.map_or("account/new".to_owned(), object);
    audit::record(app, tx, context, "account.invite", &object, &json!({ "expires_at": expires_at }))?;
    Ok(Link { secret, expires_at: Timestamp::from_millisecond(expires_at).unwrap_or(Timestamp::MAX) })
}

/// What a link is for, for the page it opens. Refused where it does not work, or no longer.
pub fn look(app: &App, context: &Context, secret: &str) -> Result<Purpose> {
    let mut tx = app.store.read()?;
    let found = invitations::by_hash(&mut tx, &hash_of(secret), context.now.as_millisecond())?;
    let found = found.ok_or_else(|| spent(context))?;
    let Some(id) = found.account else { return Ok(Purpose::Administrator) };
    Ok(Purpose::Password(accounts::by_id(&mut tx, id)?.ok_or_else(|| spent(context))?))
}

/// Uses an administrator's link: makes the account, with its password and the posts of a system and a security
/// administrator for the company. Holding both is the one exception from the profile: somebody must be able to
/// grant the first post. The next step is to grant one of them to somebody else, who ends it here.
pub fn become_administrator(
    app: &App,
    context: &Context,
    secret: &str,
    (login, name, password): (&str, &str, &str),
) -> Result<AccountId> {
    if look(app, context, secret)? != Purpose::Administrator {
        return Err(spent(context));
    }
    let hash = passwords::choose(app, context, Login::new(login, context.lang)?.as_str(), password)?;
    let mut tx = app.store.write()?;
    posts::lock(&mut tx)?;
    take(&mut tx, context, secret)?;
    let new = New { login, name, member: None, lang: context.lang };
    let id = add(app, &mut tx, context, &new)?;
    for role in [Role::SystemAdmin, Role::SecurityAdmin] {
        let post = posts::New { account: id, role, unit: None, starts: context.today, ends: None };
        let granted = super::posts::add(&mut tx, &post)?;
        super::posts::record(app, &mut tx, context, (granted, &post))?;
    }
    passwords::set(app, &mut tx, context, id, &hash)?;
    tx.commit()?;
    Ok(id)
}

/// Uses an account's link: sets its password and ends its sessions.
pub fn set_password(app: &App, context: &Context, secret: &str, password: &str) -> Result<AccountId> {
    let Purpose::Password(account) = look(app, context, secret)? else { return Err(spent(context)) };
    let hash = passwords::choose(app, context, &account.login, password)?;
    let mut tx = app.store.write()?;
    accounts::lock(&mut tx, account.id)?;
    take(&mut tx, context, secret)?;
    passwords::set(app, &mut tx, context, account.id, &hash)?;
    tx.commit()?;
    Ok(account.id)
}

fn take(tx: &mut Write, context: &Context, secret: &str) -> Result<()> {
    let taken = invitations::take(tx, &hash_of(secret), context.now.as_millisecond())?;
    if taken { Ok(()) } else { Err(spent(context)) }
}

fn spent(context: &Context) -> Error {
    Error::refused(context.lang.people().link_spent())
}
