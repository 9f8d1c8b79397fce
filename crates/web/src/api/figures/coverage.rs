//! How far open opportunities cover what a period lacks, for programs.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::Result;
use dacheng_app::figures::pipeline::{Rows, pipeline};
use dacheng_app::figures::read_period;
use serde::Deserialize;
use utoipa::IntoParams;

use super::owner;
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;

/// Coverage asked for; the names are those of the command line.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `2026`, `2026-Q4` or `2026-11`.
    #[param(example = "2026-11")]
    period: String,
    /// `unit:CODE` or `member:CODE`; the company where absent.
    owner: Option<String>,
    /// `members`: everybody who sells, instead of those directly below.
    #[param(example = "members")]
    by: Option<String>,
}

impl Asked {
    fn answer(&self, desk: &Desk<'_>) -> Result<serde_json::Value> {
        let period = read_period(&self.period, desk.company.fiscal_start)?;
        let owner = owner(desk, self.owner.as_deref())?;
        let is_members = self.by.as_deref() == Some(Rows::Members.code());
        let rows = if is_members { Rows::Members } else { Rows::Below };
        Ok(pipeline(desk.app, &desk.context, &owner, (period, rows))?.json())
    }
}

/// Weighted open opportunities ÷ remaining gap, with the opportunities that count and those that do not:
/// `GET /api/v1/forecast/coverage?period=2026-11&owner=unit:hd&by=members`.
#[utoipa::path(get, path = "/api/v1/forecast/coverage", tag = "figures", params(Asked), responses((status = 200, body = serde_json::Value), (status = 403), (status = 404)))]
pub async fn coverage(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::json(&asked.answer(desk)?))).await
}
