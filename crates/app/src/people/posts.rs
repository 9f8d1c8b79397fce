//! Posts: granting roles and ending them. Only by a security administrator, and never one's own (`trust.md`).

use dacheng_domain::access::{
    self as table, Action, Object, Owner, Right, Role, When, is_last_security_admin,
};
use dacheng_domain::people::{Organisation, Span};
use dacheng_store::accounts::{self, Account, AccountId, State};
use dacheng_store::posts::{self, Post, PostId};
use dacheng_store::{Read, Write, sessions};
use dacheng_text::role;
use jiff::civil::Date;
use serde_json::json;

use super::access::placed;
use super::{accounts::object, rules};
use crate::{App, Context, Error, Result, audit};

/// A post to be granted.
pub type New<'a> = posts::New<'a>;

/// Grants a post. The account's sessions end, so that the new rights begin with a log-in.
pub fn grant(app: &App, context: &Context, organisation: &Organisation, new: &New<'_>) -> Result<PostId> {
    let mut tx = app.store.write()?;
    posts::lock(&mut tx)?;
    let account = account_of(&mut tx, new.account)?;
    may(context, organisation, Right::Create, &account)?;
    check(&mut tx, context, organisation, (&account, new))?;
    let id = add(&mut tx, new)?;
    record(app, &mut tx, context, (id, new))?;
    tx.commit()?;
    Ok(id)
}

/// Adds a post that was checked; [`posts::lock`] is held, and [`record`] follows.
pub(super) fn add(tx: &mut Write, new: &New<'_>) -> Result<PostId> {
    sessions::delete_all(tx, new.account)?;
    Ok(posts::insert(tx, new)?)
}

/// The audit entry of a post granted. It comes after every other change, for the trail is everybody's lock.
pub(super) fn record(
    app: &App,
    tx: &mut Write,
    context: &Context,
    (id, new): (PostId, &New<'_>),
) -> Result<()> {
    let New { role, unit, starts, ends, .. } = new;
    let detail = json!({ "post": id.0, "role": role, "unit": unit, "starts": starts, "ends": ends });
    audit::record(app, tx, context, "post.grant", &object(new.account), &detail)
}

/// Ends a post, the day after its last; a day before today ends it today. The account's sessions end at once.
pub fn end(app: &App, context: &Context, organisation: &Organisation, id: PostId, ends: Date) -> Result<()> {
    let mut tx = app.store.write()?;
    posts::lock(&mut tx)?;
    let post = posts::by_id(&mut tx, id)?.ok_or_else(|| Error::missing("post", id.0))?;
    let account = account_of(&mut tx, post.account)?;
    may(context, organisation, Right::Update, &account)?;
    let ends = ends.max(context.today);
    if post.role == Role::SecurityAdmin {
        keep_one_security_admin(&mut tx, context, organisation, (account.id, ends))?;
    }
    if !posts::end(&mut tx, id, ends)? {
        return Err(Error::refused(context.lang.people().post_ended()));
    }
    sessions::delete_all(&mut tx, account.id)?;
    let detail =
        json!({ "post": id.0, "role": post.role, "unit": post.unit, "before": post.ends, "after": ends });
    audit::record(app, &mut tx, context, "post.end", &object(account.id), &detail)?;
    Ok(tx.commit()?)
}

fn account_of(tx: &mut Read, id: AccountId) -> Result<Account> {
    accounts::by_id(tx, id)?.ok_or_else(|| Error::missing("account", id))
}

/// Whether somebody may grant or end posts of an account, which must not be theirs nor that of the member they are.
pub fn may(context: &Context, organisation: &Organisation, right: Right, account: &Account) -> Result<()> {
    context.refuse_token()?;
    let member = account.member.as_deref().and_then(|code| organisation.member_of_code(code));
    let own = table::Person::new(account.id, member.map(|member| member.id));
    if context.access.person(organisation).is_some_and(|person| person.is(own)) {
        return Err(Error::Forbidden(context.lang.people().own_posts().into()));
    }
    // Whoever may see accounts learns whom to ask instead.
    let object = Object::on(Owner::Account(account.id), context.today);
    context.may(
        organisation,
        Action::AccountsOrg,
        Right::Read,
        &object.holding(&[When::Roles, When::Accounts]),
    )?;
    let reach = context.scope(organisation, Action::AccountsOrg, right)?;
    reach.view(&object.holding(&[When::Roles])).map(|_| ()).ok_or_else(|| {
        let security_admin = role::name(context.lang, Role::SecurityAdmin);
        Error::Forbidden(context.lang.people().forbidden(security_admin))
    })
}

/// Whether somebody may do something about roles at all: for what is done for many at once, and for the rules.
pub(super) fn may_at_all(context: &Context, organisation: &Organisation, right: Right) -> Result<()> {
    context.refuse_token()?;
    let company = Object::on(Owner::Company, context.today);
    let reach = context.scope(organisation, Action::AccountsOrg, right)?;
    reach.view(&company.holding(&[When::Roles])).map(|_| ()).ok_or_else(|| {
        let security_admin = role::name(context.lang, Role::SecurityAdmin);
        Error::Forbidden(context.lang.people().forbidden(security_admin))
    })
}

/// Whether a post makes sense and may be held beside the others of its account. Accounts of one member are one
/// person to the profile.
fn check(
    tx: &mut Read,
    context: &Context,
    organisation: &Organisation,
    (account, new): (&Account, &New<'_>),
) -> Result<()> {
    let texts = context.lang.people();
    if let Some(unit) = new.unit
        && organisation.unit_of_code(unit).is_none()
    {
        return Err(Error::refused(texts.unit_unknown(unit)));
    }
    let Some(span) = Span::new(Some(new.starts), new.ends) else {
        return Err(Error::refused(texts.post_days()));
    };
    let mut beside = posts::of_account(tx, account.id)?;
    if let Some(member) = &account.member {
        for other in accounts::of_member(tx, member)?.iter().filter(|other| other.id != account.id) {
            beside.extend(posts::of_account(tx, other.id)?);
        }
    }
    beside.retain(|post| post.span().is_some_and(|days| days.overlaps(span)));
    let is_same =
        |post: &Post| (post.account, post.role, post.unit.as_deref()) == (account.id, new.role, new.unit);
    if beside.iter().any(is_same) {
        return Err(Error::refused(texts.post_held()));
    }
    let (rules, _) = rules::current(tx)?;
    let together: Vec<Role> = [new.role].into_iter().chain(beside.iter().map(|post| post.role)).collect();
    if let Some((one, other)) = rules.profile.conflict(&together) {
        let name = |role| role::name(context.lang, role);
        return Err(Error::refused(texts.post_conflict(name(one), name(other))));
    }
    Ok(())
}

/// Refuses to take an account from the security administrators who may sign in, where nobody else would be one on
/// that day, or none without an end.
pub(super) fn keep_one_security_admin(
    tx: &mut Read,
    context: &Context,
    organisation: &Organisation,
    (account, day): (AccountId, Date),
) -> Result<()> {
    let mut admins = Vec::new();
    for post in posts::held_since(tx, context.today)? {
        if post.role == Role::SecurityAdmin && account_of(tx, post.account)?.state == State::Active {
            admins.extend(placed(&post, organisation));
        }
    }
    if [day, Date::MAX].into_iter().any(|day| is_last_security_admin(&admins, account, day)) {
        return Err(Error::refused(context.lang.people().last_security_admin()));
    }
    Ok(())
}
