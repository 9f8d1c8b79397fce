//! `POST /plans/{code}/submit`, `/return`, `/force`, `/archive`, `/restore`: the life of a plan.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::planning::{self, PlanView, PutInForce};
use dacheng_app::{Error, Result};
use dacheng_domain::planning::Reason;
use dacheng_text::Lang;

use super::attempt::{Attempt, Form};
use super::seen::{Asked, seen};
use super::view::again;
use crate::components::{Badged as _, Conflict, ConflictRow, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// A step of a plan's life.
#[derive(Debug, Clone, Copy)]
enum Step {
    Submit,
    SendBack,
    PutInForce,
    Archive,
    Restore,
}

impl Step {
    /// The last part of its address.
    const fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::SendBack => "return",
            Self::PutInForce => "force",
            Self::Archive => "archive",
            Self::Restore => "restore",
        }
    }

    /// Its button, and what is said once it is taken.
    fn said(self, lang: Lang) -> (&'static str, &'static str) {
        let say = lang.plans();
        match self {
            Self::Submit => (say.submit(), say.submitted()),
            Self::SendBack => (say.send_back(), say.returned()),
            Self::PutInForce => (say.put_in_force(), say.in_force()),
            Self::Archive => (say.archive(), say.archived()),
            Self::Restore => (lang.scenarios().restore(), lang.scenarios().restored()),
        }
    }
}

/// `POST /plans/{code}/submit` with `version`.
pub async fn submit(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        go(desk, &code, &form, Step::Submit, |seen| planning::submit(desk.app, &desk.context, &code, seen))
    })
    .await
}

/// `POST /plans/{code}/return` with `version` and `reason`.
pub async fn send_back(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        go(desk, &code, &form, Step::SendBack, |seen| {
            planning::send_back(desk.app, &desk.context, &code, seen, &reason(desk, &form)?)
        })
    })
    .await
}

/// `POST /plans/{code}/force` with `version`, `archives` as the page told, and `reason` where members carry no target.
pub async fn put_in_force(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        go(desk, &code, &form, Step::PutInForce, |seen| {
            let reason = form.value("reason").parse::<Reason>().ok();
            let told = form.value("archives").split('/').filter(|code| !code.is_empty());
            let told = Some(told.map(str::to_owned).collect());
            let request = PutInForce { plan: code.clone(), seen, reason, told };
            planning::put_in_force(desk.app, &desk.context, &request)
        })
    })
    .await
}

/// `POST /plans/{code}/archive` with `version` and `reason`.
pub async fn archive(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        go(desk, &code, &form, Step::Archive, |seen| {
            planning::archive(desk.app, &desk.context, &code, seen, &reason(desk, &form)?)
        })
    })
    .await
}

/// `POST /plans/{code}/restore` with `version`.
pub async fn restore(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        go(desk, &code, &form, Step::Restore, |seen| planning::restore(desk.app, &desk.context, &code, seen))
    })
    .await
}

fn reason(desk: &Desk<'_>, form: &Posted) -> Result<Reason> {
    form.value("reason").parse().map_err(|_| Error::refused(desk.lang().plans().reason_missing()))
}

fn go(
    desk: &Desk<'_>,
    code: &str,
    form: &Posted,
    step: Step,
    act: impl FnOnce(i64) -> Result<PlanView>,
) -> Result<Response> {
    let (asked, say) = (Asked::of(form), desk.lang().plans());
    let mut attempt = Attempt::new(Form::Act(step.word()), form);
    match act(form.number("version").unwrap_or(0)) {
        Ok(plan) => {
            let (_, said) = step.said(desk.lang());
            let to = match seen(desk, &plan.code, &asked) {
                Ok(seen) => seen.here(),
                Err(_) => "/plans".to_owned(),
            };
            Ok(respond::done(&to, Tone::Ok, said))
        }
        Err(Error::Refused(sentences)) => {
            if form.value("reason").is_empty() {
                attempt.fields.push(("reason".to_owned(), sentences.join(" ")));
            } else {
                attempt.problems = sentences;
            }
            again(desk, code, &asked, StatusCode::UNPROCESSABLE_ENTITY, &attempt)
        }
        Err(Error::Stale { found, .. }) => {
            let stored = seen(desk, code, &asked)?;
            let (button, _) = step.said(desk.lang());
            let row = ConflictRow {
                field: say.state_is().to_owned(),
                mine: button.to_owned(),
                theirs: stored.plan.state.badge(&desk.lang()).text,
            };
            attempt.conflict = Some(Conflict {
                saved_by: say.somebody().to_owned(),
                rows: vec![row],
                version: found.to_string(),
                discard: stored.here(),
            });
            again(desk, code, &asked, StatusCode::CONFLICT, &attempt)
        }
        Err(other) => Err(other),
    }
}
