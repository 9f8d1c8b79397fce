//! What needs no figures: who one is, the policy, metrics, deadlines, the solver.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use dacheng_app::allocation::{Preview, preview as solve};
use dacheng_app::{Error, company};
use dacheng_domain::metrics::Metric;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;

use crate::http::{Failure, Reply, Visitor, Web};

/// `GET /api/v1/me`.
pub async fn me(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    let context = visitor.context(&web.app);
    let roles: Vec<_> = context.access.roles().map(|role| json!(role)).collect();
    let account = visitor.account.as_ref();
    Ok(Json(json!({
        "account": account.map(|account| &account.login), "name": account.map(|account| &account.name),
        "member": account.and_then(|account| account.member.as_ref()), "roles": roles, "today": context.today,
    }))
    .into_response())
}

/// `GET /api/v1/policy`: the permission table, as everything in the program reads it.
pub async fn policy() -> Response {
    Json(json!(dacheng_domain::access::policy())).into_response()
}

/// `GET /api/v1/metrics`.
pub async fn metrics() -> Response {
    let metric = |metric: &Metric| {
        let definition = metric.definition();
        json!({ "code": metric.code(), "better": definition.direction, "unit": definition.unit })
    };
    Json(json!({ "metrics": Metric::ALL.iter().map(metric).collect::<Vec<_>>() })).into_response()
}

/// A deadline asked for.
#[derive(Deserialize)]
pub struct DeadlineAsked {
    from: Date,
    working_days: u32,
}

/// `GET /api/v1/calendar/deadline?from=2025-09-30&working_days=3`.
pub async fn deadline(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<DeadlineAsked>,
) -> Reply {
    let day = web.work(&visitor, move |app| {
        let calendar = company::current(&mut app.store.read()?)?.0.calendar();
        calendar.deadline(asked.from, asked.working_days).map_err(|wrong| Error::refused(wrong.to_string()))
    });
    Ok(Json(json!({ "deadline": day.await? })).into_response())
}

/// `POST /api/v1/allocations:preview`: the solver alone (`interface.md`, `allocate`).
pub async fn preview(Extension(visitor): Extension<Visitor>, body: String) -> Reply {
    match solve(&body) {
        Preview::Solved(solved) => Ok(Json(json!(solved)).into_response()),
        Preview::Refused(refused) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!(refused))).into_response())
        }
        Preview::Malformed(malformed) => {
            Err(Failure::of(Error::Usage(malformed.sentence(visitor.lang)), &visitor))
        }
    }
}
