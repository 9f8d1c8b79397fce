//! `GET /settings/people/{account}`: one account, and what a system administrator does with it.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use dacheng_app::people::directory::{self, Detail};
use dacheng_app::people::{accounts, one_time_links, posts};
use dacheng_app::{AccountId, AccountState, Error, Post, Result, trail};
use dacheng_domain::access::{Action, Object, Owner, Right, Role};
use dacheng_text::role;

use super::super::{AccountPage, EditForm, PostForm, PostRow};
use super::people::state_of;
use super::{one_time, shell_of_people, site, unit_choices};
use crate::components::{Choice, Conflict, ConflictRow, Input, Link, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// `GET /settings/people/{account}`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(account): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, AccountId(account))?)))
        .await
}

pub(super) fn path(id: AccountId) -> String {
    format!("/settings/people/{id}")
}

/// The page as it is when nothing was typed.
pub(super) fn page(desk: &Desk<'_>, id: AccountId) -> Result<AccountPage> {
    let (context, organisation) = (&desk.context, desk.organisation());
    let detail = directory::detail(desk.app, context, organisation, id)?;
    let may_end = posts::may(context, organisation, Right::Update, &detail.account).is_ok();
    let may_grant = posts::may(context, organisation, Right::Create, &detail.account).is_ok();
    let may_update = accounts::may_update(context, organisation, id).is_ok();
    let edit = EditForm {
        name: Input::of(&detail.account.name),
        member: Input::of(detail.account.member.clone().unwrap_or_default()),
        conflict: None,
    };
    Ok(AccountPage {
        shell: shell_of_people(desk)?,
        path: path(id),
        name: detail.account.name.clone(),
        about: about(desk, &detail),
        state: state_of(detail.person.standing),
        notes: notes(desk, &detail),
        link: None,
        posts: rows(desk, &detail, may_end),
        grant: may_grant.then(|| blank_grant(desk)),
        edit: may_update.then_some(edit),
        acts: if may_update { acts(desk, &detail) } else { Vec::new() },
        trail: trail_of(desk, id),
        version: detail.account.version,
        refused: None,
    })
}

fn about(desk: &Desk<'_>, detail: &Detail) -> String {
    let say = desk.lang().settings();
    let seat = detail.person.member.map(|member| super::org::seat(desk, member));
    let seen = detail.signed_in_at.map(|at| say.signed_in_at(desk.moment(at)));
    let parts = [
        detail.account.member.clone(),
        seat,
        Some(say.about_account(&detail.account.login)),
        Some(seen.unwrap_or_else(|| say.never_signed_in().to_owned())),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn notes(desk: &Desk<'_>, detail: &Detail) -> Vec<Note> {
    let say = desk.lang().settings();
    let is_own = desk.context.in_person().is_ok_and(|own| own == detail.account.id);
    let is_security = desk.context.access.roles().any(|held| held == Role::SecurityAdmin);
    let lines = [
        (detail.is_last_security_admin, Tone::Warn, say.last_admin_note()),
        (is_own && is_security, Tone::Info, say.own_account_note()),
        (detail.person.posts.is_empty() && !is_security, Tone::Info, say.no_post_note()),
        (is_security && !is_own, Tone::None, say.posts_effect()),
    ];
    lines.into_iter().filter(|(holds, ..)| *holds).map(|(_, tone, text)| Note::new(tone, text)).collect()
}

fn rows(desk: &Desk<'_>, detail: &Detail, may_end: bool) -> Vec<PostRow> {
    let (lang, organisation, today) = (desk.lang(), desk.organisation(), desk.context.today);
    let say = lang.settings();
    let mut rows: Vec<_> = detail.posts.iter().collect();
    rows.sort_by_key(|post| (!post.is_held(today), post.starts, post.id));
    let row = |post: &Post| {
        let unit = post.unit.as_deref().map(|code| match organisation.unit_of_code(code) {
            Some(unit) => unit.name.clone(),
            None => code.to_owned(),
        });
        let last = post.ends.and_then(|ends| ends.yesterday().ok());
        let is_over = post.ends.is_some_and(|ends| ends <= today);
        PostRow {
            id: post.id.0.to_string(),
            role: role::name(lang, post.role).to_owned(),
            unit: unit.unwrap_or_else(|| say.whole_company().to_owned()),
            dates: match last {
                None => say.dates_since(post.starts),
                Some(last) => say.dates_through(post.starts, last),
            },
            end: (may_end && !is_over).then(|| Input::of(today.to_string())),
        }
    };
    rows.into_iter().map(row).collect()
}

/// The form of a new post, from today on.
pub(super) fn blank_grant(desk: &Desk<'_>) -> PostForm {
    let lang = desk.lang();
    let choice = |of: Role| {
        let code = serde_json::to_value(of).ok().and_then(|code| code.as_str().map(str::to_owned));
        Choice::new(code.unwrap_or_default(), role::name(lang, of))
    };
    let first = Choice::new("", lang.settings().choose());
    PostForm {
        roles: std::iter::once(first).chain(Role::ALL.into_iter().map(choice)).collect(),
        units: unit_choices(desk),
        role: Input::default(),
        unit: Input::default(),
        from: Input::of(desk.context.today.to_string()),
        to: Input::default(),
    }
}

fn acts(desk: &Desk<'_>, detail: &Detail) -> Vec<(String, String)> {
    let (say, path) = (desk.lang().settings(), path(detail.account.id));
    let link = (format!("{path}/link"), say.new_link().to_owned());
    match detail.account.state {
        AccountState::Active if detail.is_last_security_admin => vec![link],
        AccountState::Active => vec![link, (format!("{path}/suspend"), say.suspend().to_owned())],
        AccountState::Suspended => vec![(format!("{path}/activate"), say.activate().to_owned())],
    }
}

fn trail_of(desk: &Desk<'_>, id: AccountId) -> Option<Link> {
    let scope = desk.context.scope(desk.organisation(), Action::AuditTrail, Right::Read).ok()?;
    scope.view(&Object::on(Owner::Company, desk.context.today))?;
    Some(Link::new(desk.lang().settings().account_trail(), format!("/audit?object=account/{id}")))
}

/// `POST /settings/people/{account}/change`.
pub async fn change(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(account): Path<i64>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let id = AccountId(account);
        let seen = form.number("version").unwrap_or_default();
        let member = Some(form.value("member")).filter(|code| !code.is_empty());
        let new = accounts::Change { name: form.value("name"), member };
        match accounts::change(desk.app, &desk.context, desk.organisation(), (id, seen), &new) {
            Ok(()) => Ok(respond::done(&path(id), Tone::Ok, desk.lang().settings().saved())),
            Err(Error::Refused(sentences)) => {
                let mut page = typed(page(desk, id)?, &form);
                page.refused = Some(sentences.join(" "));
                page.version = seen;
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(Error::Stale { .. }) => stale(desk, id, &form),
            Err(other) => Err(other),
        }
    })
    .await
}

fn typed(page: AccountPage, form: &Posted) -> AccountPage {
    let (name, member) = (Input::of(form.value("name")), Input::of(form.value("member")));
    AccountPage { edit: Some(EditForm { name, member, conflict: None }), ..page }
}

/// Somebody else saved first: mine beside theirs.
fn stale(desk: &Desk<'_>, id: AccountId, form: &Posted) -> Result<Response> {
    let (say, current) = (desk.lang().settings(), page(desk, id)?);
    let Some(theirs) = current.edit.clone() else { return Err(Error::missing("account", id)) };
    let row = |field: &str, name: &str, theirs: Input| ConflictRow {
        field: field.to_owned(),
        mine: form.value(name).to_owned(),
        theirs: theirs.value,
    };
    let rows = [row(say.name(), "name", theirs.name), row(say.member_code(), "member", theirs.member)];
    let saved_by = trail::last_change(desk.app, &format!("account/{id}"))?;
    let conflict = Conflict {
        saved_by: saved_by
            .map_or_else(String::new, |entry| format!("{} {}", entry.actor, desk.moment(entry.at))),
        rows: rows.into_iter().filter(|row| row.mine != row.theirs).collect(),
        version: current.version.to_string(),
        discard: path(id),
    };
    let mut page = typed(current, form);
    page.edit = page.edit.map(|edit| EditForm { conflict: Some(conflict), ..edit });
    Ok(respond::page(StatusCode::CONFLICT, &page))
}

/// `POST /settings/people/{account}/suspend`.
pub async fn suspend(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(account): Path<i64>,
    form: Posted,
) -> Reply {
    set_state(&web, &visitor, AccountId(account), &form, AccountState::Suspended).await
}

/// `POST /settings/people/{account}/activate`.
pub async fn activate(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(account): Path<i64>,
    form: Posted,
) -> Reply {
    set_state(&web, &visitor, AccountId(account), &form, AccountState::Active).await
}

async fn set_state(web: &Web, visitor: &Visitor, id: AccountId, form: &Posted, state: AccountState) -> Reply {
    let seen = form.number("version").unwrap_or_default();
    web.answer(visitor, move |desk| {
        let say = desk.lang().settings();
        accounts::set_state(desk.app, &desk.context, desk.organisation(), (id, seen), state)?;
        let name = directory::detail(desk.app, &desk.context, desk.organisation(), id)?.account.name;
        let said = match state {
            AccountState::Active => say.activated(name),
            AccountState::Suspended => say.suspended(name),
        };
        Ok(respond::done(&path(id), Tone::Ok, &said))
    })
    .await
}

/// `POST /settings/people/{account}/link`: a new one-time link, shown only now.
pub async fn link(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(account): Path<i64>,
    headers: HeaderMap,
    _: Posted,
) -> Reply {
    let (id, site) = (AccountId(account), site(&web, &headers));
    web.answer(&visitor, move |desk| {
        let link = one_time_links::invite(desk.app, &desk.context, desk.organisation(), id)?;
        let page = AccountPage { link: Some(one_time(desk, &site, &link)), ..page(desk, id)? };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}
