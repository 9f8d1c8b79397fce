//! Accounts: making, changing, suspending and listing them. A new account has no role and no password; posts are
//! [`super::posts`], the password comes by a [`super::one_time_links`].

use dacheng_domain::access::{Action, Object, Owner, Right, When};
use dacheng_domain::notification::Event;
use dacheng_domain::people::{MemberCode, Organisation};
use dacheng_store::accounts::{self, Account, AccountId, State};
use dacheng_store::posts::Post;
use dacheng_store::search::Kind;
use dacheng_store::{Write, posts, sessions};
use dacheng_text::Lang;
use serde_json::{Value, json};

use super::login::{Login, shown_name};
use super::posts::keep_one_security_admin;
use crate::outbox::{News, announce};
use crate::search::index;
use crate::{App, Context, Error, Result, audit};

/// What an account is made of.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The name typed at log-in.
    pub login: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// The code of the member this person is.
    pub member: Option<&'a str>,
    /// The language of their pages.
    pub lang: Lang,
}

/// What an administrator changes of an account.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// The name shown.
    pub name: &'a str,
    /// The code of the member this person is.
    pub member: Option<&'a str>,
}

/// The colour scheme of somebody's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device has it.
    #[default]
    System,
    /// 浅色
    Light,
    /// 深色
    Dark,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The code kept with the account and in the cookie.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The scheme of a code, that of the device where it is none.
    pub fn of_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The account.
    pub account: Account,
    /// Its posts, held today or later.
    pub posts: Vec<Post>,
}

/// The conditions an account is seen and changed under.
const ACCOUNT: &[When] = &[When::Accounts];

/// What an audit entry about an account names. Its number, so that no name stays behind when it is erased.
pub(super) fn object(id: AccountId) -> String {
    format!("account/{id}")
}

/// Whether somebody may make accounts.
pub fn may_create(context: &Context, organisation: &Organisation) -> Result<()> {
    may(context, organisation, Right::Create, Owner::Company)
}

/// Whether somebody may change an account.
pub fn may_update(context: &Context, organisation: &Organisation, id: AccountId) -> Result<()> {
    may(context, organisation, Right::Update, Owner::Account(id))
}

fn may(context: &Context, organisation: &Organisation, right: Right, owner: Owner) -> Result<()> {
    context.refuse_token()?;
    let object = Object::on(owner, context.today).holding(ACCOUNT);
    context.may(organisation, Action::AccountsOrg, right, &object).map(|_| ())
}

/// Makes an account without roles. By a system administrator.
pub fn create(app: &App, context: &Context, organisation: &Organisation, new: &New<'_>) -> Result<AccountId> {
    may_create(context, organisation)?;
    let member = new.member.map(|code| member_code(context, organisation, code)).transpose()?;
    let new = New { member: member.as_ref().map(MemberCode::as_str), ..*new };
    let mut tx = app.store.write()?;
    let id = add(app, &mut tx, context, &new)?;
    announce(app, &mut tx, context, &[News::of(Event::Accounts { first: id.0, count: 1 })])?;
    tx.commit()?;
    Ok(id)
}

/// Adds an account and its audit entry, for every way one comes about. The member has been looked up.
pub(super) fn add(app: &App, tx: &mut Write, context: &Context, new: &New<'_>) -> Result<AccountId> {
    let login = Login::new(new.login, context.lang)?;
    let name = shown_name(new.name, context.lang)?;
    let row = accounts::New {
        login: login.as_str(),
        name: &name,
        member: new.member,
        language: new.lang.tag(),
        theme: Theme::System.code(),
        created_at: context.now.as_millisecond(),
    };
    let Some(id) = accounts::insert(tx, &row)? else {
        return Err(Error::refused(context.lang.people().login_taken(login.as_str())));
    };
    index::note(tx, Kind::Account, &id.to_string(), (login.as_str(), &name))?;
    let detail = json!({ "login": login.as_str(), "name": name, "member": new.member });
    audit::record(app, tx, context, "account.create", &object(id), &detail)?;
    Ok(id)
}

/// The code of a member there is.
fn member_code(context: &Context, organisation: &Organisation, code: &str) -> Result<MemberCode> {
    let listed = organisation.member_of_code(code.trim());
    let refused = || Error::refused(context.lang.people().member_unknown(code));
    listed.map(|member| member.code.clone()).ok_or_else(refused)
}

/// Changes name and member of an account; `seen` is the version it was read at. By a system administrator. The
/// member stays as it is while the account holds posts: else whoever links accounts would hand out rights.
pub fn change(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    (id, seen): (AccountId, i64),
    change: &Change<'_>,
) -> Result<()> {
    may_update(context, organisation, id)?;
    let name = shown_name(change.name, context.lang)?;
    let mut tx = app.store.write()?;
    posts::lock(&mut tx)?;
    let before = seen_account(&mut tx, id, seen)?;
    let mut member = change.member.map(str::to_owned);
    if member != before.member {
        let posts = posts::of_account(&mut tx, id)?;
        if posts.iter().any(|post| post.ends.is_none_or(|ends| ends > context.today)) {
            return Err(Error::refused(context.lang.people().member_of_posts()));
        }
        let code = member.map(|code| member_code(context, organisation, &code)).transpose()?;
        member = code.map(|code| code.as_str().to_owned());
        sessions::delete_all(&mut tx, id)?;
    }
    let after = Account { name, member, ..before.clone() };
    save(app, &mut tx, context, "account.change", (&before, &after))?;
    Ok(tx.commit()?)
}

/// Suspends an account or lets it in again; `seen` is the version it was read at. By a system administrator. A
/// suspended account's sessions end at once; the last security administrator is not suspended.
pub fn set_state(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    (id, seen): (AccountId, i64),
    state: State,
) -> Result<()> {
    may_update(context, organisation, id)?;
    let mut tx = app.store.write()?;
    posts::lock(&mut tx)?;
    let before = seen_account(&mut tx, id, seen)?;
    let act = match state {
        State::Active => "account.activate",
        State::Suspended => {
            keep_one_security_admin(&mut tx, context, organisation, (id, context.today))?;
            "account.suspend"
        }
    };
    sessions::delete_all(&mut tx, id)?;
    let after = Account { state, ..before.clone() };
    save(app, &mut tx, context, act, (&before, &after))?;
    Ok(tx.commit()?)
}

/// Chooses the language and colours of one's own pages.
pub fn choose_look(app: &App, context: &Context, lang: Lang, theme: Theme) -> Result<()> {
    let id = context.in_person()?;
    let mut tx = app.store.write()?;
    accounts::lock(&mut tx, id)?;
    let before = accounts::by_id(&mut tx, id)?.ok_or_else(|| Error::missing("account", id))?;
    let after = Account { language: lang.tag().into(), theme: theme.code().into(), ..before.clone() };
    save(app, &mut tx, context, "account.change", (&before, &after))?;
    Ok(tx.commit()?)
}

fn seen_account(tx: &mut Write, id: AccountId, seen: i64) -> Result<Account> {
    accounts::lock(tx, id)?;
    let account = accounts::by_id(tx, id)?.ok_or_else(|| Error::missing("account", id))?;
    if account.version != seen {
        return Err(Error::Stale { seen, found: account.version });
    }
    Ok(account)
}

/// Saves an account that is locked, and its audit entry: the last step, for the trail is everybody's lock.
fn save(
    app: &App,
    tx: &mut Write,
    context: &Context,
    act: &str,
    (before, after): (&Account, &Account),
) -> Result<()> {
    if !accounts::update(tx, after)? {
        return Err(Error::Internal(format!("account {} changed while it was locked", after.id)));
    }
    index::note(tx, Kind::Account, &after.id.to_string(), (&after.login, &after.name))?;
    let detail = json!({ "before": changeable(before), "after": changeable(after) });
    audit::record(app, tx, context, act, &object(after.id), &detail)
}

fn changeable(account: &Account) -> Value {
    let Account { name, member, state, language, theme, .. } = account;
    json!({ "name": name, "member": member, "state": state.code(), "language": language, "theme": theme })
}

/// The accounts after that log-in name, in their order, at most `limit`. By those who may see accounts.
pub fn list(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    (after, limit): (&str, i64),
) -> Result<Vec<Listed>> {
    let object = Object::on(Owner::Company, context.today).holding(ACCOUNT);
    context.may(organisation, Action::AccountsOrg, Right::Read, &object)?;
    let mut tx = app.store.read()?;
    let accounts = accounts::page(&mut tx, after, limit)?;
    let posts = posts::held_since(&mut tx, context.today)?;
    let of = |account: &Account| posts.iter().filter(|post| post.account == account.id).cloned().collect();
    Ok(accounts.into_iter().map(|account| Listed { posts: of(&account), account }).collect())
}
