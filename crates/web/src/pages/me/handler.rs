//! `GET /me` and what a person changes of their own account.

use std::collections::HashMap;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use dacheng_app::people::sign_in::Browser;
use dacheng_app::people::{own_password, sessions};
use dacheng_app::{Error, Result, Session};
use dacheng_text::{role, trail as words};

use super::{HistoryRow, MePage, SessionRow, device, tokens, wishes};
use crate::components::{Export, Input, Tone};
use crate::http::{Desk, Older, Posted, Reply, Visitor, Web};
use crate::pages::session::handler::keep_session;
use crate::respond;
use crate::shell::Room;

/// What happened to the account, on one page.
const PAGE: i64 = 20;

/// `GET /me?before=`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(older): Query<Older>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, older.before)?))).await
}

/// The page as it is when nothing was typed; what happened, below the entry `before`.
pub(super) fn page(desk: &Desk<'_>, before: Option<i64>) -> Result<MePage> {
    let mut entries = sessions::history(desk.app, &desk.context, (before, PAGE + 1))?;
    let more = i64::try_from(entries.len()).is_ok_and(|found| found > PAGE);
    entries.truncate(usize::try_from(PAGE).unwrap_or_default());
    let older = entries.last().filter(|_| more).map(|entry| format!("/me?before={}", entry.leaf));
    let sessions = sessions::list(desk.app, &desk.context)?;
    let tokens = tokens::rows(desk)?;
    Ok(MePage {
        shell: desk.shell(Room::Me, Vec::new())?,
        facts: facts(desk),
        current: Input::default(),
        password: Input::default(),
        repeat: Input::default(),
        password_rule: desk.lang().failures().password_rule().to_owned(),
        wishes: wishes::form(desk)?,
        devices_file: Export::of("/me/devices"),
        sessions: sessions.iter().map(|session| session_row(desk, session)).collect(),
        history: entries.iter().map(|entry| history_row(desk, entry)).collect(),
        older,
        tokens_file: (!tokens.is_empty()).then(|| Export::of("/me/tokens")),
        tokens,
        token: tokens::blank(desk)?,
        secret: None,
        refused: None,
    })
}

fn facts(desk: &Desk<'_>) -> Vec<(String, String)> {
    let (lang, organisation) = (desk.lang(), desk.organisation());
    let say = lang.me();
    let account = desk.visitor.account.as_ref();
    let member = account.and_then(|account| account.member.as_deref());
    let member = member.and_then(|code| organisation.member_of_code(code));
    let unit = member.and_then(|member| organisation.home_unit(member.id, desk.context.today));
    let unit = unit.and_then(|unit| organisation.unit(unit)).map(|unit| unit.name.clone());
    let mut roles: Vec<&str> = desk.context.access.roles().map(|held| role::name(lang, held)).collect();
    roles.dedup();
    let value = |value: Option<String>| value.unwrap_or_else(|| "—".to_owned());
    let roles = (!roles.is_empty()).then(|| roles.join(lang.people().comma()));
    vec![
        (say.account().to_owned(), value(account.map(|account| account.login.clone()))),
        (say.staff_number().to_owned(), value(member.map(|member| member.code.to_string()))),
        (say.unit().to_owned(), value(unit)),
        (say.posts().to_owned(), value(roles)),
    ]
}

fn session_row(desk: &Desk<'_>, session: &Session) -> SessionRow {
    SessionRow {
        id: session.hash.clone(),
        device: device::name(desk.lang(), &session.device),
        from: session.address.clone(),
        last_used: desk.moment(session.seen_at),
        here: desk.visitor.session.as_deref().is_some_and(|own| sessions::is_of(session, own)),
    }
}

fn history_row(desk: &Desk<'_>, entry: &dacheng_app::trail::Entry) -> HistoryRow {
    let detail = entry.detail.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let said = |name: &str| detail.as_ref().and_then(|detail: &serde_json::Value| detail[name].as_str());
    let device = said("device").map(|words| device::name(desk.lang(), words));
    let by_other = Some(entry.actor.clone()).filter(|actor| {
        let own = desk.visitor.account.as_ref().map(|account| account.login.as_str());
        Some(actor.as_str()) != own && actor != "visitor"
    });
    let by_other = by_other.map(|actor| words::who(desk.lang(), &HashMap::new(), &actor));
    let parts = [by_other, device, said("address").map(str::to_owned), said("name").map(str::to_owned)];
    HistoryRow {
        at: desk.moment(entry.at),
        act: words::act(desk.lang(), &entry.act),
        detail: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

/// `POST /me/password`: other sessions end, this one begins anew.
pub async fn change_password(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    form: Posted,
) -> Reply {
    let site = web.clone();
    web.answer(&visitor, move |desk| {
        let visitor = desk.visitor;
        let browser = Browser {
            address: visitor.address,
            name: &visitor.browser,
            device: visitor.device.as_deref(),
            session: visitor.session.as_deref(),
        };
        let (current, new) = (form.exact("current"), form.exact("password"));
        if new != form.exact("repeat") {
            let differ = desk.lang().failures().passwords_differ();
            let page = MePage { repeat: Input::wrong("", differ), ..page(desk, None)? };
            return Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
        match own_password::change(desk.app, &desk.context, (current, new), &browser) {
            Ok(begun) => {
                let done = respond::done("/me", Tone::Ok, desk.lang().me().password_changed());
                Ok(keep_session(&site, &begun, done))
            }
            Err(Error::Refused(sentences)) => {
                let wrong = sentences.join(" ");
                let mut page = page(desk, None)?;
                if wrong == desk.lang().people().password_wrong() {
                    page.current = Input::wrong("", wrong);
                } else {
                    page.password = Input::wrong("", wrong);
                }
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// `POST /me/sessions/{session}/end`.
pub async fn end_session(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(session): Path<String>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        sessions::end(desk.app, &desk.context, &session)?;
        Ok(respond::done("/me", Tone::Ok, desk.lang().me().session_ended()))
    })
    .await
}

/// `POST /me/sessions/end`: here too.
pub async fn sign_out_everywhere(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    _: Posted,
) -> Reply {
    let gone = web.cookie(web.cookies().session, "", Some(0));
    web.answer(&visitor, move |desk| {
        sessions::sign_out_everywhere(desk.app, &desk.context)?;
        let mut response = Redirect::to("/login").into_response();
        if let Some(gone) = gone {
            response.headers_mut().append(header::SET_COOKIE, gone);
        }
        Ok(response)
    })
    .await
}
