//! Figures for programs: attainment by any dimension, and the facts behind a figure.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::figures::attainment::table_in;
use dacheng_app::figures::explain::explain;
use dacheng_app::figures::{Ask, Dimension, read_owner, read_period};
use dacheng_app::{Error, Result};
use dacheng_domain::access::{Action, Object, Right};
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, OpenApi};

use crate::http::{Desk, Need, Reply, Routes, Visitor, Web};
use crate::respond;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(attainment, explanation))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    routes.get("/api/v1/attainment", read, attainment).get("/api/v1/explain", read, explanation)
}

/// A figure asked for; the names are those of the command line.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `revenue`, `collections`…
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
}

impl Asked {
    /// The question, where the caller may ask it: an owner that may not be seen is not there.
    fn ask(&self, desk: &Desk<'_>) -> Result<Ask> {
        let metric: Metric = self.metric.parse().map_err(|wrong| Error::Usage(format!("{wrong}")))?;
        let owner = self.owner.as_deref();
        let owner = owner.map_or(Ok(Owner::Company), |owner| read_owner(&desk.ground, owner))?;
        let period = read_period(&self.period, desk.company.fiscal_start)?;
        let object = Object::on(desk.whose(&owner)?, period.last_day());
        desk.context.may(desk.organisation(), Action::BreakDown, Right::Read, &object)?;
        let by = self.by.split(',').filter(|name| !name.is_empty()).map(str::parse);
        let by: Vec<Dimension> = by.collect::<Result<_>>()?;
        if by.len() > dacheng_rollup::MOST {
            return Err(Error::Usage(format!("at most {} dimensions", dacheng_rollup::MOST)));
        }
        Ok(Ask { metric, period, by, owner, as_of: None })
    }
}

/// Attainment by any dimension: `GET /api/v1/attainment?metric=revenue&period=2026&by=member,month&owner=unit:hd`.
#[utoipa::path(get, path = "/api/v1/attainment", tag = "figures", params(Asked), responses((status = 200, body = serde_json::Value)))]
pub async fn attainment(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let table = table_in(desk.app, &mut desk.read()?, &desk.company, &desk.ground, asked.ask(desk)?)?;
        Ok(respond::json(&table.json(&desk.context.now.to_string())))
    })
    .await
}

/// The facts behind a figure: `GET /api/v1/explain?metric=revenue&period=2026-11&owner=member:4`.
#[utoipa::path(get, path = "/api/v1/explain", tag = "figures", params(Asked), responses((status = 200, body = serde_json::Value)))]
pub async fn explanation(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = explain(desk.app, &desk.context, Ask { by: Vec::new(), ..asked.ask(desk)? })?;
        Ok(respond::json(&json!({
            "metric": found.ask.metric.code(), "period": found.ask.period.to_string(),
            "actual": found.figure.actual, "target": found.figure.target,
            "attainment": found.figure.attainment, "plan": found.plan,
            "counted": found.counted, "not_counted": found.not_counted,
        })))
    })
    .await
}
