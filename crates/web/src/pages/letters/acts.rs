//! What is posted to letters: making, issuing, signing, returning, refusing.

use axum::Extension;
use axum::extract::{Path, State as From};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::allocation::letters::{self, Generated, Issued, Said, letter};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::allocation::letter::State;
use dacheng_text::Lang;

use super::address;
use super::board::{self, Asked};
use super::one::page;
use crate::components::{ErrorSummary, Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::respond;

/// `POST /letters/generate` with `plan`, `unit`, `lang`.
pub async fn generate(From(web): From<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let (plan, unit) = (form.value("plan"), form.value("unit"));
        let lang: Lang = form.value("lang").parse().unwrap_or_default();
        let came = letters::generate(desk.app, &desk.context, plan, unit, lang);
        made(desk, plan, came, |own| generated(desk.lang(), own))
    })
    .await
}

/// `POST /letters/issue` with `plan`, `unit`.
pub async fn issue(From(web): From<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let (plan, unit) = (form.value("plan"), form.value("unit"));
        let came = letters::issue(desk.app, &desk.context, plan, unit, None);
        made(desk, plan, came, |own| issued(desk.lang(), own))
    })
    .await
}

/// The board again with what was done, or with what was refused.
fn made<T>(
    desk: &Desk<'_>,
    plan: &str,
    came: Result<T>,
    said: impl FnOnce(&T) -> (Tone, String),
) -> Result<Response> {
    match came {
        Ok(came) => {
            let (tone, told) = said(&came);
            Ok(respond::done(&format!("/letters?plan={}", encoded(plan)), tone, &told))
        }
        Err(Error::Refused(sentences)) => {
            let asked = Asked { plan: Some(plan.to_owned()), state: None };
            let page = board::page(desk, &asked, refused(sentences))?;
            Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other),
    }
}

pub(super) fn refused(sentences: Vec<String>) -> ErrorSummary {
    ErrorSummary { errors: sentences.into_iter().map(|sentence| (None, sentence)).collect() }
}

fn generated(lang: Lang, came: &Generated) -> (Tone, String) {
    let say = lang.responsibility();
    let mut told =
        vec![say.generated(came.made.to_string(), came.renewed.to_string(), came.unchanged.to_string())];
    let comma = lang.people().comma();
    if !came.waiting.is_empty() {
        told.push(say.generated_waiting(came.waiting.join(comma)));
    }
    if !came.without.is_empty() {
        told.push(say.generated_without(came.without.join(comma)));
    }
    let tone = if told.len() == 1 { Tone::Ok } else { Tone::Warn };
    (tone, told.join(" "))
}

fn issued(lang: Lang, came: &Issued) -> (Tone, String) {
    let say = lang.responsibility();
    let mut told = Vec::new();
    if came.letters.is_empty() && came.faulty.is_empty() {
        return (Tone::Warn, say.issued_none().to_owned());
    }
    if !came.letters.is_empty() {
        told.push(say.issued_n(came.letters.len()));
    }
    told.extend(came.faulty.iter().map(|(name, why)| say.issued_faulty(name, why)));
    let tone = if came.faulty.is_empty() { Tone::Ok } else { Tone::Warn };
    (tone, told.join(" "))
}

/// `POST /letters/{number}/issue`.
pub async fn issue_one(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    _form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let view = letter(desk.app, &desk.context, &number, None)?;
        let own = &view.shown.content;
        let came = letters::issue(desk.app, &desk.context, &own.plan, "", Some(&own.member.code))?;
        if came.faulty.is_empty() {
            let (tone, told) = issued(desk.lang(), &came);
            return Ok(respond::done(&address(&number), tone, &told));
        }
        let wrong = refused(came.faulty.into_iter().map(|(_, why)| why).collect());
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, &view, Input::default(), wrong)?))
    })
    .await
}

/// `POST /letters/{number}/sign` and `/countersign` with `version`, `digest`, `read`, `agree`: the use case knows as whom.
pub async fn sign(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        if form.value("read").is_empty() || form.value("agree").is_empty() {
            let ticks = desk.lang().responsibility().tick_both().to_owned();
            return again(desk, &number, &form, vec![ticks]);
        }
        let told = desk.lang().responsibility().signed();
        step(desk, &number, &form, told, letters::sign)
    })
    .await
}

/// `POST /letters/{number}/return` with `version`, `digest`, `reason`.
pub async fn send_back(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let told = desk.lang().responsibility().sent_back();
        step(desk, &number, &form, told, |app, context, number, said| {
            letters::send_back(app, context, number, said, form.value("reason"))
        })
    })
    .await
}

/// `POST /letters/{number}/refuse` with `version`, `digest`, `reason`.
pub async fn refuse(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let told = desk.lang().responsibility().refused();
        step(desk, &number, &form, told, |app, context, number, said| {
            letters::refuse(app, context, number, said, form.value("reason"))
        })
    })
    .await
}

fn step(
    desk: &Desk<'_>,
    number: &str,
    form: &Posted,
    told: &str,
    act: impl FnOnce(&App, &Context, &str, &Said<'_>) -> Result<State>,
) -> Result<Response> {
    let address_of = desk.visitor.address.to_string();
    let version = form.number("version").unwrap_or(0);
    let said = Said { version, digest: form.value("digest"), address: &address_of };
    match act(desk.app, &desk.context, number, &said) {
        Ok(_) => Ok(respond::done(&address(number), Tone::Ok, told)),
        Err(Error::Refused(sentences)) => again(desk, number, form, sentences),
        Err(other) => Err(other),
    }
}

/// The letter again, with what was refused and the reason typed.
fn again(desk: &Desk<'_>, number: &str, form: &Posted, sentences: Vec<String>) -> Result<Response> {
    let view = letter(desk.app, &desk.context, number, None)?;
    let page = page(desk, &view, Input::of(form.value("reason")), refused(sentences))?;
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
