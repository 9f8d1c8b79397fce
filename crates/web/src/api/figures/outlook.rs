//! What a period comes to, for programs: band, chance, how it was reckoned, and the same of everybody below.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::Result;
use dacheng_app::figures::forecast::outlooks;
use dacheng_app::figures::read_period;
use dacheng_domain::number::{self, CellUnit};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{metric, owner};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;

/// A forecast asked for; the names are those of the command line.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `revenue` or `collections`.
    #[param(example = "revenue")]
    metric: String,
    /// `2026`, `2026-Q4` or `2026-11`.
    #[param(example = "2026-11")]
    period: String,
    /// `unit:CODE` or `member:CODE`; the company where absent.
    owner: Option<String>,
    /// An amount in yuan whose chance is asked for as well.
    #[param(example = "5000000.00")]
    attain: Option<String>,
}

impl Asked {
    fn attain(&self) -> Result<Option<i64>> {
        let Some(text) = self.attain.as_deref().filter(|text| !text.is_empty()) else { return Ok(None) };
        let wrong = || dacheng_app::Error::Usage(format!("attain: not an amount in yuan: {text}"));
        let found = number::money(text, CellUnit::Yuan).map_err(|_| wrong())?;
        found.map(|fen| Some(fen.0)).ok_or_else(wrong)
    }

    fn answer(&self, desk: &Desk<'_>) -> Result<serde_json::Value> {
        let period = read_period(&self.period, desk.company.fiscal_start)?;
        let owner = owner(desk, self.owner.as_deref())?;
        let found = outlooks(desk.app, &desk.context, &owner, (metric(desk, &self.metric)?, period))?;
        Ok(found.json(self.attain()?))
    }
}

/// A forecast: `GET /api/v1/forecast?metric=revenue&period=2026-11&owner=unit:hd&attain=5000000`.
#[utoipa::path(get, path = "/api/v1/forecast", tag = "figures", params(Asked), responses((status = 200, body = serde_json::Value), (status = 403), (status = 404)))]
pub async fn forecast(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::json(&asked.answer(desk)?))).await
}
