//! Values that somebody enters by hand: `/api/v1/metrics/{code}/values`, for whoever the metric names.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use dacheng_app::Result;
use dacheng_app::metrics::{self, Entry};
use dacheng_app::planning::written;
use dacheng_domain::calendar::{Deadline, Month};
use dacheng_domain::metrics::Metric;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::own::month;
use crate::api::planning::maybe_amount;
use crate::http::{Body, Desk, Reply, Visitor, Web};
use crate::respond;

/// A month asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MonthAsked {
    /// The running month where absent.
    #[param(example = "2026-10")]
    month: Option<String>,
}

/// The values of a metric in a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricValues {
    metric: &'static str,
    month: String,
    /// By when they are due.
    due: Option<String>,
    /// Whether values can be entered; what was entered stays once its month was closed.
    open: bool,
    values: Vec<MetricValueBody>,
}

/// The value of an owner.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricValueBody {
    /// `unit:CODE` or `member:CODE`.
    owner: String,
    name: String,
    /// In the unit of the metric; `null` where it is missing.
    value: Option<String>,
    note: String,
    /// 0 where none was ever entered.
    version: i64,
    /// Who entered it.
    actor: Option<String>,
}

/// Values to be entered, all of them or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewValues {
    /// The month.
    #[schema(example = "2026-10")]
    month: String,
    /// Owners that are not named stay as they are.
    values: Vec<NewValue>,
}

/// A value to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewValue {
    /// `unit:CODE` or `member:CODE`.
    #[schema(example = "member:E000013")]
    owner: String,
    /// In the unit of the metric; absent or `null` takes a value back.
    #[schema(example = "3")]
    value: Option<String>,
    /// What is said to it; as before where absent.
    note: Option<String>,
    /// The version that was seen; checked where it is given.
    version: Option<i64>,
}

fn shown(desk: &Desk<'_>, code: &str, month: Month) -> Result<Response> {
    let sheet = metrics::sheet(desk.app, &desk.context, code, month)?;
    let of = Metric::Own(sheet.metric);
    let value = |row: &metrics::SheetRow| MetricValueBody {
        owner: row.owner.to_string(),
        name: row.name.clone(),
        value: row.amount.map(|amount| written(of, amount)),
        note: row.note.clone(),
        version: row.version,
        actor: row.by.as_ref().map(|(actor, _)| actor.clone()),
    };
    Ok(respond::json(&MetricValues {
        metric: sheet.metric.code(),
        month: month.to_string(),
        due: sheet.due.and_then(Deadline::date).map(|day| day.to_string()),
        open: sheet.refused.is_none(),
        values: sheet.rows.iter().map(value).collect(),
    }))
}

/// The values of a month, for whoever enters them.
#[utoipa::path(get, path = "/api/v1/metrics/{code}/values", tag = "metrics", params(("code" = String, Path, description = "The metric's code"), MonthAsked), responses((status = 200, body = MetricValues), (status = 404)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<MonthAsked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let running = Month::of(desk.context.today);
        shown(desk, &code, asked.month.as_deref().map_or(Ok(running), month)?)
    })
    .await
}

/// Enters values of a month: the reporter that the metric names, or sales operations.
#[utoipa::path(post, path = "/api/v1/metrics/{code}/values", tag = "metrics", params(("code" = String, Path, description = "The metric's code")), request_body = NewValues, responses((status = 200, body = MetricValues), (status = 404), (status = 409), (status = 422)))]
pub async fn enter(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Body(new): Body<NewValues>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let month = month(&new.month)?;
        let of = Metric::Own(metrics::sheet(desk.app, &desk.context, &code, month)?.metric);
        let entry = |value: &NewValue| {
            Ok(Entry {
                owner: value.owner.parse()?,
                amount: maybe_amount(of, value.value.as_deref(), "value", desk.lang())?,
                note: value.note.clone(),
                seen: value.version,
            })
        };
        let entries = new.values.iter().map(entry).collect::<Result<Vec<_>>>()?;
        metrics::enter(desk.app, &desk.context, &code, month, &entries)?;
        shown(desk, &code, month)
    })
    .await
}
