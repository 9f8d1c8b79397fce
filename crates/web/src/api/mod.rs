//! `/api/v1`: the same use cases for programs, in JSON (`interface.md`).

mod audit;
mod facts;
mod figures;
mod jobs;
pub mod listing;
mod people;
mod planning;
mod tools;
mod tracking;

use utoipa::OpenApi;

use crate::http::{Need, Routes};

/// The description of the API: OpenAPI 3.1.
#[derive(OpenApi)]
#[openapi(info(
    title = "达成 Dacheng",
    description = "Sales targets: set, broken down, tracked, adjusted, settled. Money is text in yuan with two \
                       decimals, rates are text of exact decimals, dates are ISO 8601."
))]
struct Doc;

/// The description of the API as the file in git holds it.
pub fn description() -> String {
    let parts = [
        figures::Doc::openapi(),
        tools::Doc::openapi(),
        people::Doc::openapi(),
        facts::Doc::openapi(),
        planning::Doc::openapi(),
        tracking::Doc::openapi(),
        audit::Doc::openapi(),
        jobs::Doc::openapi(),
    ];
    let whole = parts.into_iter().fold(Doc::openapi(), utoipa::openapi::OpenApi::merge_from);
    whole.to_pretty_json().unwrap_or_default() + "\n"
}

/// Every address of the API and what it needs.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes.get("/api/openapi.json", Need::Open, async || {
        ([(axum::http::header::CONTENT_TYPE, "application/json")], description())
    });
    let rooms = [figures::routes, tools::routes, people::routes, facts::routes, planning::routes];
    let routes = rooms.into_iter().fold(routes, |routes, add| add(routes));
    [tracking::routes, audit::routes, jobs::routes].into_iter().fold(routes, |routes, add| add(routes))
}
