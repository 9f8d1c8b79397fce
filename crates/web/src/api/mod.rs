//! `/api/v1`: the same use cases for programs, in JSON (`interface.md`).

mod audit;
mod description;
mod facts;
mod figures;
mod files;
mod jobs;
mod letters;
pub mod listing;
mod metrics;
mod notifications;
mod people;
mod planning;
mod search;
mod tools;
mod tracking;

pub use description::description;

/// What a sentence was read as, in the form of `POST /api/v1/targets:check`: for the command line too.
pub fn checked(
    lang: dacheng_text::Lang,
    found: &dacheng_app::planning::smart::Checked,
) -> impl serde::Serialize {
    planning::Check::of(lang, found)
}

use crate::http::{Need, Routes};

/// Every address of the API and what it needs.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes.get("/api/openapi.json", Need::Open, async || {
        ([(axum::http::header::CONTENT_TYPE, "application/json")], description())
    });
    let rooms = [
        figures::routes,
        tools::routes,
        metrics::routes,
        people::routes,
        facts::routes,
        planning::routes,
        letters::routes,
    ];
    let routes = rooms.into_iter().fold(routes, |routes, add| add(routes));
    [tracking::routes, files::routes, audit::routes, jobs::routes, notifications::routes, search::routes]
        .into_iter()
        .fold(routes, |routes, add| add(routes))
}
