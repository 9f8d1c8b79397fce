//! `GET /settings/people` and what makes accounts: one by one, or for everybody who has none.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use dacheng_app::people::directory::{self, Person, Search, Standing};
use dacheng_app::people::member_accounts::{self, Passwords};
use dacheng_app::people::{accounts, one_time_links};
use dacheng_app::{Error, Result};
use dacheng_domain::access::Role;
use dacheng_text::{Lang, date, role};
use serde::Deserialize;

use super::super::{InvitePage, Made, PeoplePage, PersonRow, ProvidedPage};
use super::{one_time, shell, shell_of_people, site};
use crate::components::{AccountState, Badged as _, Empty, Input, Link, Pager, PickerEntry, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::respond;

/// People on one page.
const PAGE: usize = 50;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    from: usize,
}

impl Asked {
    /// Whom it looks for.
    pub(super) fn search(&self) -> Search {
        let standing = Standing::ALL.into_iter().find(|standing| code(*standing) == self.state);
        Search { text: self.q.clone(), standing }
    }
}

/// The code of a standing in the address.
const fn code(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::Invited => "invited",
        Standing::Without => "without",
        Standing::Suspended => "suspended",
    }
}

/// The badge of a standing.
pub(super) const fn state_of(standing: Standing) -> AccountState {
    match standing {
        Standing::Active => AccountState::Active,
        Standing::Invited => AccountState::Invited,
        Standing::Without => AccountState::None,
        Standing::Suspended => AccountState::Disabled,
    }
}

/// `GET /settings/people?q=&state=&from=`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<PeoplePage> {
    let say = desk.lang().settings();
    let search = asked.search();
    let standing = search.standing;
    let found = directory::list(desk.app, &desk.context, desk.organisation(), &search, (asked.from, PAGE))?;
    let count = |standing: Standing| found.counts.get(&standing).copied().unwrap_or(0);
    let all: usize = found.counts.values().sum();
    let may_invite = accounts::may_create(&desk.context, desk.organisation()).is_ok();
    let rows: Vec<PersonRow> = found.people.iter().map(|person| row(desk, person, may_invite)).collect();
    Ok(PeoplePage {
        shell: shell(desk)?.exporting(
            "/settings/people",
            address(asked, &asked.state, 0).split_once('?').map_or("", |(_, query)| query),
            found.found,
        ),
        summary: say.summary_people(all, all - count(Standing::Without)),
        query: asked.q.clone(),
        filters: filters(desk.lang(), asked, all, count),
        pager: (found.found > PAGE).then(|| pager(asked, rows.len(), found.found)),
        rows,
        empty: empty(desk.lang(), asked, standing),
        notes: Vec::new(),
        acts: acts(desk, may_invite, count(Standing::Without)),
        may_invite,
    })
}

fn address(asked: &Asked, state: &str, from: usize) -> String {
    let mut parts = Vec::new();
    if !asked.q.is_empty() {
        parts.push(format!("q={}", encoded(&asked.q)));
    }
    if !state.is_empty() {
        parts.push(format!("state={state}"));
    }
    if from > 0 {
        parts.push(format!("from={from}"));
    }
    if parts.is_empty() {
        "/settings/people".to_owned()
    } else {
        format!("/settings/people?{}", parts.join("&"))
    }
}

fn filters(lang: Lang, asked: &Asked, all: usize, count: impl Fn(Standing) -> usize) -> Vec<PickerEntry> {
    let say = lang.settings();
    let entry = |text: String, state: &str| PickerEntry {
        text,
        href: address(asked, state, 0),
        current: asked.state == state,
        depth: 0,
    };
    let first = entry(say.filter_all(all), "");
    let others = Standing::ALL.into_iter().map(|standing| {
        entry(say.filter_of(state_of(standing).badge(&lang).text, count(standing)), code(standing))
    });
    std::iter::once(first).chain(others).collect()
}

fn pager(asked: &Asked, shown: usize, all: usize) -> Pager {
    let last = asked.from + shown;
    Pager {
        first: asked.from as u64 + 1,
        last: last as u64,
        all: all as u64,
        earlier: (asked.from > 0).then(|| address(asked, &asked.state, asked.from.saturating_sub(PAGE))),
        later: (last < all).then(|| address(asked, &asked.state, last)),
    }
}

fn empty(lang: Lang, asked: &Asked, standing: Option<Standing>) -> Empty {
    let say = lang.settings();
    let text = (!asked.q.is_empty()).then(|| say.searched(&asked.q));
    let state = standing.map(|standing| say.filtered_by(state_of(standing).badge(&lang).text));
    let said: Vec<String> = [text, state].into_iter().flatten().collect();
    let clear = Link::new(say.clear_filter(), "/settings/people");
    Empty::filtered(say.nobody_found(), said.join(lang.people().comma()), clear)
}

fn acts(desk: &Desk<'_>, may_invite: bool, without: usize) -> Vec<(String, String)> {
    let say = desk.lang().settings();
    let provide = may_invite && without > 0;
    let is_security = desk.context.access.roles().any(|held| held == Role::SecurityAdmin);
    [
        provide.then(|| ("/settings/people/provide".to_owned(), say.provide().to_owned())),
        is_security.then(|| ("/settings/people/grant".to_owned(), say.grant_usual().to_owned())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The roles somebody holds today, each once.
pub(super) fn roles(desk: &Desk<'_>, person: &Person) -> Vec<&'static str> {
    let mut roles: Vec<&str> = Vec::new();
    for post in person.posts.iter().filter(|post| post.is_held(desk.context.today)) {
        let name = role::name(desk.lang(), post.role);
        if !roles.contains(&name) {
            roles.push(name);
        }
    }
    roles
}

/// Somebody as the list shows them.
pub(super) fn row(desk: &Desk<'_>, person: &Person, may_invite: bool) -> PersonRow {
    let (lang, organisation) = (desk.lang(), desk.organisation());
    let say = lang.settings();
    let member = person.member.and_then(|member| organisation.member(member));
    let name = person.account.as_ref().map(|account| account.name.clone());
    let name = member.map(|member| member.name.clone()).or(name).unwrap_or_default();
    let href = match (&person.account, member) {
        (Some(account), _) => format!("/settings/people/{}", account.id),
        (None, Some(member)) if may_invite => {
            format!("/settings/people/invite?member={}", encoded(member.code.as_str()))
        }
        (None, _) => String::new(),
    };
    let roles = roles(desk, person);
    let roles = if roles.is_empty() { say.never().to_owned() } else { roles.join(lang.people().comma()) };
    PersonRow {
        person: Link::new(name, href),
        code: member.map_or_else(String::new, |member| member.code.to_string()),
        seat: person.member.map_or_else(String::new, |member| super::org::seat(desk, member)),
        roles,
        state: state_of(person.standing),
        last_seen: person.last_seen.map_or_else(|| say.never().to_owned(), |at| desk.moment(at)),
    }
}

/// What the address of the form fills in.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Prefilled {
    #[serde(default)]
    member: String,
}

/// `GET /settings/people/invite?member=`.
pub async fn invite(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(filled): Query<Prefilled>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        accounts::may_create(&desk.context, desk.organisation())?;
        let page = InvitePage { member: Input::of(filled.member), ..blank(desk)? };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}

fn blank(desk: &Desk<'_>) -> Result<InvitePage> {
    Ok(InvitePage {
        shell: shell_of_people(desk)?,
        member: Input::default(),
        name: Input::default(),
        account: Input::default(),
        refused: None,
        made: None,
    })
}

/// `POST /settings/people/invite`: makes the account and answers its one-time link, which is shown only now.
pub async fn make(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    form: Posted,
) -> Reply {
    let site = site(&web, &headers);
    web.answer(&visitor, move |desk| {
        let page = match made(desk, &form, &site) {
            Ok(made) => {
                return Ok(respond::page(StatusCode::OK, &InvitePage { made: Some(made), ..blank(desk)? }));
            }
            Err(Error::Refused(sentences)) => InvitePage {
                member: Input::of(form.value("member")),
                name: Input::of(form.value("name")),
                account: Input::of(form.value("account")),
                refused: Some(sentences.join(" ")),
                ..blank(desk)?
            },
            Err(other) => return Err(other),
        };
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
    })
    .await
}

fn made(desk: &Desk<'_>, form: &Posted, site: &str) -> Result<Made> {
    let organisation = desk.organisation();
    let code = Some(form.value("member")).filter(|code| !code.is_empty());
    let member = code.and_then(|code| organisation.member_of_code(code));
    let name = match (form.value("name"), member) {
        ("", Some(member)) => member.name.as_str(),
        (name, _) => name,
    };
    let login = match (form.value("account"), code) {
        ("", Some(code)) => code,
        (login, _) => login,
    };
    let new = accounts::New { login, name, member: code, lang: desk.lang() };
    let id = accounts::create(desk.app, &desk.context, organisation, &new)?;
    let link = one_time_links::invite(desk.app, &desk.context, organisation, id)?;
    let account = Link::new(name, format!("/settings/people/{id}"));
    Ok(Made { account, link: one_time(desk, site, &link) })
}

/// `POST /settings/people/provide`: an account for every employed member who has none.
pub async fn provide(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    _: Posted,
) -> Reply {
    let site = site(&web, &headers);
    web.answer(&visitor, move |desk| {
        let (say, organisation) = (desk.lang().settings(), desk.organisation());
        let how = (Passwords::Links, desk.lang());
        let made = member_accounts::create(desk.app, &desk.context, organisation, how)?;
        let Some(until) = made.iter().find_map(|made| made.link.as_ref()).map(|link| link.expires_at) else {
            return Ok(respond::done("/settings/people", Tone::Info, say.provided_none()));
        };
        let row = |made: &member_accounts::Made| {
            let link = made.link.as_ref()?;
            let name = organisation.member_of_code(&made.member).map(|member| member.name.clone());
            Some((name.unwrap_or_default(), made.login.clone(), one_time(desk, &site, link).address))
        };
        let until = date::stamp(desk.app.zone.to_datetime(until));
        let page = ProvidedPage {
            shell: shell_of_people(desk)?,
            summary: say.provided_summary(made.len(), until),
            rows: made.iter().filter_map(row).collect(),
        };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}

/// `POST /settings/people/grant`: the usual posts for every member who has an account and none.
pub async fn grant(State(web): State<Web>, Extension(visitor): Extension<Visitor>, _: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let granted = member_accounts::grant(desk.app, &desk.context, desk.organisation())?;
        let said = desk.lang().settings().granted(granted);
        Ok(respond::done("/settings/people", Tone::Ok, &said))
    })
    .await
}
