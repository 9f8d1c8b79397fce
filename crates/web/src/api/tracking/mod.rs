//! Alerts, improvement plans and closes for programs. A token reads and hands in; it never checks, closes or reopens.

mod alerts;
mod closes;
mod plans;

use dacheng_app::{App, Context, Result};
use dacheng_domain::Fen;
use dacheng_domain::access::{Action, Right};
use dacheng_domain::metrics::{Metric, Unit};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::http::files::MOST_SENT;
use crate::http::{Need, Reply, Routes, Seen, Visitor, Web};
use crate::respond;

/// What this room adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(
    alerts::list,
    alerts::one,
    plans::list,
    plans::one,
    plans::submit,
    plans::accept,
    plans::send_back,
    plans::start,
    plans::progress,
    plans::add_file,
    plans::pdf,
    closes::list,
    closes::pdf,
    closes::propose,
    closes::close,
    closes::send_back,
    closes::reopen
))]
pub struct Doc;

/// The addresses of this room and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::Alerts, Right::Read);
    let write = Need::Right(Action::Alerts, Right::Update);
    let check = Need::Right(Action::Alerts, Right::Check);
    let close = |right| Need::Right(Action::MonthClose, right);
    routes
        .get("/api/v1/alerts", read, alerts::list)
        .get("/api/v1/alerts/{id}", read, alerts::one)
        .get("/api/v1/improvement-plans", read, plans::list)
        .get("/api/v1/improvement-plans/{id}", read, plans::one)
        .get("/api/v1/improvement-plans/{id}/pdf", read, plans::pdf)
        .post("/api/v1/improvement-plans/{id}/submit", write, plans::submit)
        .post("/api/v1/improvement-plans/{id}/accept", check, plans::accept)
        .post("/api/v1/improvement-plans/{id}/return", check, plans::send_back)
        .post("/api/v1/improvement-plans/{id}/start", write, plans::start)
        .post("/api/v1/improvement-plans/{id}/progress", read, plans::progress)
        .upload("/api/v1/improvement-plans/{id}/files", write, MOST_SENT, plans::add_file)
        .get("/api/v1/closes", close(Right::Read), closes::list)
        .get("/api/v1/closes/{month}/pdf", close(Right::Read), closes::pdf)
        .post("/api/v1/closes/{month}/propose", close(Right::Propose), closes::propose)
        .post("/api/v1/closes/{month}/return", close(Right::Close), closes::send_back)
        .post("/api/v1/closes/{month}/close", close(Right::Close), closes::close)
        .post("/api/v1/closes/{month}/reopen", close(Right::Reopen), closes::reopen)
}

/// Why something is sent back or reopened.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReasonBody {
    /// In a sentence.
    reason: String,
    /// The version seen, where `If-Match` does not say it.
    version: Option<i64>,
}

/// A step that needs nothing but the version seen.
#[derive(Debug, Deserialize, ToSchema)]
pub struct VersionBody {
    /// The version seen, where `If-Match` does not say it.
    version: Option<i64>,
}

/// Takes a step on what the caller saw, by `If-Match` or by the body, and answers what it makes of it.
async fn step<T: Serialize>(
    web: &Web,
    visitor: &Visitor,
    seen: (Seen, Option<i64>),
    act: impl FnOnce(&App, &Context, i64) -> Result<T> + Send + 'static,
) -> Reply {
    web.answer(visitor, move |desk| Ok(respond::json(&act(desk.app, &desk.context, seen.0.or(seen.1)?)?)))
        .await
}

/// A number of a metric's smallest unit in whole units.
fn amount(metric: Metric, minor: i64) -> String {
    match metric.definition().unit {
        Unit::Count => minor.to_string(),
        Unit::Money | Unit::Percent | Unit::Score | Unit::Days => Fen(minor).to_string(),
    }
}

/// The word of a state or level, as JSON has it.
fn word(value: &impl serde::Serialize) -> String {
    let word = serde_json::to_value(value).ok();
    word.as_ref().and_then(|word| word.as_str()).unwrap_or_default().to_owned()
}
