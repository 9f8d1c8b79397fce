//! The proposal for a plan's total, for programs: every factor with what it changed, three totals with their chances.

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::planning::proposal;
use dacheng_domain::metrics::Metric;
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::metric;
use crate::http::{Reply, Visitor, Web};
use crate::respond;

/// Of which metric.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `revenue` or `collections`; revenue where absent.
    metric: Option<String>,
}

/// What a year may come to, factor by factor: `GET /api/v1/plans/2027/proposal?metric=revenue`.
#[utoipa::path(get, path = "/api/v1/plans/{code}/proposal", tag = "planning", params(("code" = String, Path, description = "Its code"), Asked), responses((status = 200, body = serde_json::Value), (status = 403), (status = 404)))]
pub async fn proposed(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let of = asked.metric.as_deref().map_or(Ok(Metric::Revenue), |code| metric(desk, code))?;
        let found = proposal(desk.app, &desk.context, &code, of)?;
        Ok(respond::json(&found.json()))
    })
    .await
}
