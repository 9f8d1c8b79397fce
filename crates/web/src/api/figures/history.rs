//! Three years of a unit or the company, with everything that its page says.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::Result;
use dacheng_app::figures::history::{HistoryAsk, history as find};
use dacheng_domain::calendar::Year;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{metric, owner};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;

/// A history asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `revenue` or `collections`; revenue where absent.
    #[param(example = "revenue")]
    metric: Option<String>,
    /// The last of the three fiscal years: `2026`; the one that the data reach into where absent.
    #[param(example = "2026")]
    year: Option<String>,
    /// `unit:CODE`; the company where absent.
    owner: Option<String>,
}

impl Asked {
    fn ask(&self, desk: &Desk<'_>) -> Result<HistoryAsk> {
        let start = desk.company.fiscal_start;
        let year =
            self.year.as_deref().map(|text| dacheng_app::figures::read_period(text, start)).transpose()?;
        Ok(HistoryAsk {
            metric: metric(desk, self.metric.as_deref().unwrap_or("revenue"))?,
            year: year.map(|period| Year::of(period.first_day(), start)),
            owner: owner(desk, self.owner.as_deref())?,
        })
    }
}

/// Three fiscal years side by side by year, quarter and month, with seasonality, parts, concentration and team:
/// `GET /api/v1/analysis/history?metric=revenue&year=2026&owner=unit:hd`.
#[utoipa::path(get, path = "/api/v1/analysis/history", tag = "figures", params(Asked), responses((status = 200, body = serde_json::Value), (status = 400), (status = 403), (status = 404)))]
pub async fn history(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = find(desk.app, &desk.context, &asked.ask(desk)?)?;
        Ok(respond::json(&found.json()))
    })
    .await
}
