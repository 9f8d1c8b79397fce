//! `GET /plans/{code}/smart`, the fragment asked for while somebody types, and taking a target into the plan.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::planning::smart::{CheckAsked, TakeAsked, check, own, take as take_it};
use dacheng_app::planning::{PlanView, by_code};
use dacheng_app::{Error, Result};
use serde::Deserialize;

use super::{Found, SmartPage, view};
use crate::components::{ErrorSummary, Input, Link, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::respond;
use crate::shell::Room;

/// What an address of this room asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The sentence.
    q: String,
}

/// `GET /plans/{code}/smart?q=`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let page = page(desk, &code, asked.q.trim(), Vec::new())?;
        let status = if page.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok(respond::page(status, &page))
    })
    .await
}

/// `GET /plans/{code}/smart/found?q=`.
pub async fn found(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plan = by_code(desk.app, &desk.context, &code)?;
        let (found, wrong) = read(desk, &plan, asked.q.trim())?;
        let found = Found { said: wrong.unwrap_or(found.said), ..found };
        Ok(respond::page(StatusCode::OK, &found))
    })
    .await
}

/// `POST /plans/{code}/smart/take` with `q`, `place`, `version`.
pub async fn take(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let sentence = form.value("q").to_owned();
        let asked = TakeAsked {
            plan: code.clone(),
            sentence: sentence.clone(),
            place: form.value("place").parse().unwrap_or(usize::MAX),
            seen: form.number("version").unwrap_or(-1),
        };
        match take_it(desk.app, &desk.context, &asked) {
            Ok(taken) => {
                let to = format!("{}?metric={}", address(&code), taken.metric.code());
                Ok(respond::done(&to, Tone::Ok, &desk.lang().smart().taken(taken.said)))
            }
            Err(Error::Refused(sentences)) => {
                let page = page(desk, &code, &sentence, sentences)?;
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(Error::Stale { .. }) => {
                let wrong = vec![desk.lang().smart().changed().to_owned()];
                Ok(respond::page(StatusCode::CONFLICT, &page(desk, &code, &sentence, wrong)?))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn address(code: &str) -> String {
    format!("/plans/{}", encoded(code))
}

fn page(desk: &Desk<'_>, code: &str, sentence: &str, wrong: Vec<String>) -> Result<SmartPage> {
    let plan = by_code(desk.app, &desk.context, code)?;
    let (found, error) = read(desk, &plan, sentence)?;
    let own = match own(desk.app, &desk.context, code) {
        Ok(own) => Some(view::own(desk.lang(), &own)),
        Err(Error::Forbidden(_) | Error::Missing { .. }) => None,
        Err(other) => return Err(other),
    };
    Ok(SmartPage {
        shell: desk.shell(Room::Plans, crumbs(desk, &plan))?,
        plan: address(code),
        name: plan.name,
        sentence: Input { value: sentence.to_owned(), error },
        found,
        own,
        wrong: ErrorSummary { errors: wrong.into_iter().map(|wrong| (None, wrong)).collect() },
    })
}

fn crumbs(desk: &Desk<'_>, plan: &PlanView) -> Vec<Link> {
    vec![Link::new(desk.lang().shell().plans(), "/plans"), Link::new(&plan.name, address(&plan.code))]
}

/// What a sentence is read as; and why it cannot be read. An empty one is nothing yet.
fn read(desk: &Desk<'_>, plan: &PlanView, sentence: &str) -> Result<(Found, Option<String>)> {
    let (lang, say) = (desk.lang(), desk.lang().smart());
    let nothing = |said: &str| Found {
        lang,
        csrf: desk.visitor.csrf.clone(),
        plan: address(&plan.code),
        sentence: sentence.to_owned(),
        said: said.to_owned(),
        targets: Vec::new(),
    };
    if sentence.is_empty() {
        return Ok((nothing(say.nothing_yet()), None));
    }
    match check(desk.app, &desk.context, &CheckAsked { sentence, plan: Some(&plan.code) }) {
        Ok(checked) => {
            let targets = view::targets(lang, &checked);
            Ok((Found { targets, ..nothing(&say.read_as(checked.targets.len())) }, None))
        }
        Err(Error::Refused(sentences)) => Ok((nothing(say.nothing_yet()), Some(sentences.join(" ")))),
        Err(other) => Err(other),
    }
}
