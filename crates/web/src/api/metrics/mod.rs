//! Metrics for programs: what each is, a company's own defined and changed, the settings of the built-in ones, and values that
//! are entered by hand.

mod definitions;
mod own;
mod settings;
mod values;

use dacheng_domain::access::{Action, Right};
use utoipa::OpenApi;

use crate::http::{Need, Routes};

/// What this room adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(
    definitions::list,
    own::one,
    own::define,
    own::change,
    own::retire,
    settings::list,
    settings::settle,
    values::list,
    values::enter,
))]
pub struct Doc;

/// The addresses of this room and what each needs. Who enters values is named by the metric, whatever their post.
pub fn routes(routes: Routes) -> Routes {
    let rules = Need::Right(Action::MetricsRules, Right::Update);
    let read = Need::Right(Action::MetricsRules, Right::Read);
    routes
        .get("/api/v1/metrics", Need::SignedIn, definitions::list)
        .post("/api/v1/metrics", rules, own::define)
        .get("/api/v1/metrics/{code}", Need::SignedIn, own::one)
        .post("/api/v1/metrics/{code}/versions", rules, own::change)
        .post("/api/v1/metrics/{code}/retire", rules, own::retire)
        .get("/api/v1/metric-settings", read, settings::list)
        .post("/api/v1/metric-settings", rules, settings::settle)
        .get("/api/v1/metrics/{code}/values", Need::SignedIn, values::list)
        .post("/api/v1/metrics/{code}/values", Need::SignedIn, values::enter)
}
