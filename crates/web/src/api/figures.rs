//! Figures for programs: attainment by any dimension, the facts behind a figure, rankings.

mod coverage;
mod explanation;
mod history;
mod outlook;
mod ranking;
mod statements;

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::figures::attainment::table;
use dacheng_app::figures::{Ask, Dimension, read_as_of, read_owner, read_period};
use dacheng_app::{Error, Result};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};

use crate::http::{Desk, Need, Reply, Routes, Visitor, Web};
use crate::respond;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(
    attainment,
    coverage::coverage,
    explanation::explanation,
    history::history,
    outlook::forecast,
    ranking::ranking,
    statements::list,
    statements::person,
    statements::state,
    statements::judge
))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let own = Need::Right(Action::BreakDown, Right::Commit);
    let beside = Need::Right(Action::BreakDown, Right::Update);
    routes
        .get("/api/v1/attainment", read, attainment)
        .get("/api/v1/forecast", read, outlook::forecast)
        .get("/api/v1/forecast/coverage", read, coverage::coverage)
        .get("/api/v1/forecast/people", read, statements::list)
        .get("/api/v1/forecast/people/{member}", Need::SignedIn, statements::person)
        .post("/api/v1/forecast/people/{member}/statements", own, statements::state)
        .post("/api/v1/forecast/people/{member}/judgements", beside, statements::judge)
        .get("/api/v1/explain", Need::SignedIn, explanation::explanation)
        .get("/api/v1/analysis/history", read, history::history)
        .get("/api/v1/ranking", read, ranking::ranking)
}

/// A figure asked for; the names are those of the command line.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Any code of `/api/v1/metrics`: `revenue`, `conversion_rate`…
    #[param(example = "revenue")]
    metric: String,
    /// `2026`, `2026-Q3`, `2026-08` or `2026-W31`.
    #[param(example = "2026-08")]
    period: String,
    /// Dimensions, by commas: `unit`, `member`, `product`, `region`, `customer_type`, `month`…
    #[serde(default)]
    #[param(example = "member,month")]
    by: String,
    /// `unit:CODE` or `member:CODE`; the company where absent.
    owner: Option<String>,
    /// What was known then: a date, which is its end, or RFC 3339; now where absent.
    #[param(example = "2026-08-20")]
    as_of: Option<String>,
}

impl Asked {
    /// The question; how much of it the caller sees is the use case's. An unknown owner is not there.
    fn ask(&self, desk: &Desk<'_>) -> Result<Ask> {
        let by = self.by.split(',').filter(|name| !name.is_empty()).map(str::parse);
        let by: Vec<Dimension> = by.collect::<Result<_>>()?;
        if by.len() > dacheng_rollup::MOST {
            return Err(Error::Usage(format!("at most {} dimensions", dacheng_rollup::MOST)));
        }
        Ok(Ask {
            metric: metric(desk, &self.metric)?,
            period: read_period(&self.period, desk.company.fiscal_start)?,
            by,
            owner: owner(desk, self.owner.as_deref())?,
            as_of: self.as_of.as_deref().map(|text| read_as_of(desk.app, text)).transpose()?,
        })
    }

    /// The moment of the answer.
    fn moment(&self, desk: &Desk<'_>) -> String {
        self.as_of.clone().unwrap_or_else(|| desk.context.now.to_string())
    }
}

fn metric(desk: &Desk<'_>, text: &str) -> Result<Metric> {
    desk.catalogue.read(text).map_err(|wrong| Error::Usage(format!("{wrong}")))
}

fn owner(desk: &Desk<'_>, text: Option<&str>) -> Result<Owner> {
    text.map_or(Ok(Owner::Company), |text| {
        let read = read_owner(&desk.ground, text)?;
        desk.whose(&read).map(|_| read)
    })
}

/// Attainment by any dimension, in the unit of the metric (`/api/v1/metrics`); a figure that does not exist is `null`, and
/// `missing` says why: `GET /api/v1/attainment?metric=revenue&period=2026&by=member,month&owner=unit:hd`.
#[utoipa::path(get, path = "/api/v1/attainment", tag = "figures", params(Asked), responses((status = 200, body = serde_json::Value), (status = 403), (status = 404)))]
pub async fn attainment(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let table = table(desk.app, &desk.context, asked.ask(desk)?)?;
        Ok(respond::json(&table.json(&asked.moment(desk))))
    })
    .await
}
