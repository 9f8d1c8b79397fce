//! A person's own API tokens: a named part of their rights for a program, until a day.

use std::sync::OnceLock;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::people::tokens as own;
use dacheng_app::{Error, Result, TokenId};
use dacheng_domain::access::{Action, Right, TABLE};
use dacheng_text::{Lang, policy};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::MePage;
use super::handler::page;
use crate::components::{Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web, routes};
use crate::respond;

/// Rights that a token can hold: none that decides.
const RIGHTS: [Right; 7] =
    [Right::Read, Right::Create, Right::Update, Right::Enter, Right::Propose, Right::Comment, Right::Issue];

/// Days a new token works where nothing else is chosen.
const USUAL_DAYS: i32 = 90;

/// A token. Revoked by `POST /me/tokens/{id}/revoke` with `csrf`.
#[derive(Debug, Clone)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may.
    pub rights: String,
    /// When it was made.
    pub made: String,
    /// The last day it works.
    pub until: String,
}

/// `POST /me/tokens` with `token`, `until`, a field a right, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct TokenForm {
    /// What its owner calls it.
    pub name: Input,
    /// The last day it works.
    pub until: Input,
    /// The owner's rights, a line of the table each.
    pub rights: Vec<RightRow>,
}

impl TokenForm {
    /// Whether the rights are in sight: where some are chosen.
    pub(super) fn open(&self) -> bool {
        self.rights.iter().flat_map(|row| &row.rights).any(|(.., chosen)| *chosen)
    }
}

/// The rights of a person on one line of the table.
#[derive(Debug, Clone)]
pub struct RightRow {
    /// What the line is about.
    pub action: &'static str,
    /// Name of the field, the right in words, whether it is chosen.
    pub rights: Vec<(String, &'static str, bool)>,
}

/// The name of the field of a right.
fn field(action: Action, right: Right) -> String {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    format!("{}.{}", word(serde_json::json!(action)), word(serde_json::json!(right)))
}

/// The rights that some address needs; others open nothing yet.
fn needed(desk: &Desk<'_>) -> &'static [(Action, Right)] {
    static NEEDED: OnceLock<Vec<(Action, Right)>> = OnceLock::new();
    NEEDED.get_or_init(|| routes(desk.web).table().iter().flat_map(|route| route.need.rights()).collect())
}

/// The rights a token of this person can hold.
fn holdable(desk: &Desk<'_>) -> Result<Vec<(Action, Vec<Right>)>> {
    let mut lines = Vec::new();
    let needed = needed(desk);
    for line in &TABLE {
        let mut rights = Vec::new();
        for right in RIGHTS.into_iter().filter(|right| needed.contains(&(line.action, *right))) {
            if !desk.context.scope(desk.organisation(), line.action, right)?.is_empty() {
                rights.push(right);
            }
        }
        // What guards the owner is never left to a token.
        if !rights.is_empty() && line.action != Action::OwnProfile {
            lines.push((line.action, rights));
        }
    }
    Ok(lines)
}

pub(super) fn blank(desk: &Desk<'_>) -> Result<TokenForm> {
    let until = desk.context.today.saturating_add(USUAL_DAYS.days());
    form(desk, |_| false).map(|form| TokenForm { until: Input::of(until.to_string()), ..form })
}

fn form(desk: &Desk<'_>, chosen: impl Fn(&str) -> bool) -> Result<TokenForm> {
    let row = |(action, rights): (Action, Vec<Right>)| RightRow {
        action: policy::action(desk.lang(), action),
        rights: rights
            .into_iter()
            .map(|right| {
                let name = field(action, right);
                let chosen = chosen(&name);
                (name, policy::right(desk.lang(), right), chosen)
            })
            .collect(),
    };
    let rights = holdable(desk)?.into_iter().map(row).collect();
    Ok(TokenForm { name: Input::default(), until: Input::default(), rights })
}

pub(super) fn rows(desk: &Desk<'_>) -> Result<Vec<TokenRow>> {
    let zone = &desk.app.zone;
    let mut rows = Vec::new();
    for token in own::list(desk.app, &desk.context)? {
        let day =
            |at: i64| zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX)).date();
        let last = day(token.expires_at - 1);
        let is_over = token.expires_at <= desk.context.now.as_millisecond();
        rows.push(TokenRow {
            id: token.id.0.to_string(),
            name: token.name,
            rights: said(desk.lang(), &own::rights(&token.scopes)?),
            made: day(token.created_at).to_string(),
            until: if is_over { desk.lang().me().token_over(last) } else { last.to_string() },
        });
    }
    Ok(rows)
}

/// Rights in words, a line of the table after the other.
pub(crate) fn said(lang: Lang, rights: &[(Action, Right)]) -> String {
    let mut lines: Vec<(Action, Vec<&str>)> = Vec::new();
    for (action, right) in rights {
        let word = policy::right(lang, *right);
        match lines.iter_mut().find(|(own, _)| own == action) {
            Some((_, words)) => words.push(word),
            None => lines.push((*action, vec![word])),
        }
    }
    let line = |(action, words): (Action, Vec<&str>)| {
        lang.me().rights_on(policy::action(lang, action), words.join(lang.people().comma()))
    };
    lines.into_iter().map(line).collect::<Vec<_>>().join(lang.me().semicolon())
}

/// `POST /me/tokens`: makes a token and shows its secret, once.
pub async fn make(State(web): State<Web>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        desk.context.in_person()?;
        let until: Option<Date> = posted.value("until").parse().ok();
        let made = until.map(|until| made(desk, &posted, until));
        let (status, page) = match made {
            Some(Ok(secret)) => (StatusCode::OK, MePage { secret: Some(secret), ..page(desk, None)? }),
            Some(Err(Error::Refused(sentences))) => {
                let token = typed(desk, &posted)?;
                let refused = Some(sentences.join(" "));
                (StatusCode::UNPROCESSABLE_ENTITY, MePage { token, refused, ..page(desk, None)? })
            }
            Some(Err(other)) => return Err(other),
            None => {
                let mut token = typed(desk, &posted)?;
                token.until.error = Some(desk.lang().settings().choose_day().to_owned());
                (StatusCode::UNPROCESSABLE_ENTITY, MePage { token, ..page(desk, None)? })
            }
        };
        Ok(respond::page(status, &page))
    })
    .await
}

fn made(desk: &Desk<'_>, posted: &Posted, until: Date) -> Result<String> {
    let lines = holdable(desk)?;
    let all = lines.iter().flat_map(|(action, rights)| rights.iter().map(|right| (*action, *right)));
    let rights: Vec<(Action, Right)> =
        all.filter(|(action, right)| !posted.value(&field(*action, *right)).is_empty()).collect();
    let new = own::New { name: posted.value("token"), rights: &rights, until };
    Ok(own::create(desk.app, &desk.context, desk.organisation(), &new)?.1)
}

fn typed(desk: &Desk<'_>, posted: &Posted) -> Result<TokenForm> {
    let form = form(desk, |name| !posted.value(name).is_empty())?;
    Ok(TokenForm { name: Input::of(posted.value("token")), until: Input::of(posted.value("until")), ..form })
}

/// `POST /me/tokens/{token}/revoke`.
pub async fn revoke(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(token): Path<i64>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        own::revoke(desk.app, &desk.context, TokenId(token))?;
        Ok(respond::done("/me", Tone::Ok, desk.lang().me().token_revoked()))
    })
    .await
}
