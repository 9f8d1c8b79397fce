//! What needs no figures: the policy, deadlines, the solver.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use dacheng_app::allocation::{Preview, preview as solve};
use dacheng_app::{Error, company};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, OpenApi};

use crate::http::{Failure, Need, Reply, Routes, Visitor, Web};

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(policy, deadline, preview))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/api/v1/policy", Need::SignedIn, policy)
        .get("/api/v1/calendar/deadline", Need::SignedIn, deadline)
        .post("/api/v1/allocations:preview", Need::SignedIn, preview)
}

/// The permission table, as everything in the program reads it.
#[utoipa::path(get, path = "/api/v1/policy", tag = "tools", responses((status = 200, body = serde_json::Value)))]
pub async fn policy() -> Response {
    Json(json!(dacheng_domain::access::policy())).into_response()
}

/// A deadline asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeadlineAsked {
    /// The day it is counted from, itself not counted.
    #[param(value_type = String, format = Date, example = "2025-09-30")]
    from: Date,
    /// How many working days.
    #[param(example = 3)]
    working_days: u32,
}

/// The deadline some working days after a day.
#[utoipa::path(get, path = "/api/v1/calendar/deadline", tag = "tools", params(DeadlineAsked), responses((status = 200, body = serde_json::Value)))]
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

/// The solver alone (`interface.md`, `allocate`).
#[utoipa::path(post, path = "/api/v1/allocations:preview", tag = "tools", request_body = serde_json::Value, responses((status = 200, body = serde_json::Value)))]
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
