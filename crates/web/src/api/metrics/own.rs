//! A company's own metrics: `/api/v1/metrics/{code}`, defined, changed and retired.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::{Error, Result, metrics};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::own::{MadeOf, OwnKind, OwnSpec, OwnVersion};
use dacheng_domain::metrics::{Direction, Unit, Window};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::planning::versioned;
use crate::http::{Body, Desk, Reply, Seen, Visitor, Web};

/// An own metric with all its versions, the oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnMetric {
    code: String,
    /// `sum`, `count`, `ratio`, `entered_sum`, `entered_mean`.
    #[schema(value_type = String)]
    kind: OwnKind,
    /// `money`, `count`, `percent`, `score`, `days`.
    #[schema(value_type = String)]
    unit: Unit,
    /// `higher` or `lower`.
    #[schema(value_type = String)]
    better: Direction,
    versions: Vec<MetricVersionBody>,
    /// What a change of any own metric has to name.
    version: i64,
}

/// What holds of an own metric from a month on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MetricVersionBody {
    /// From 1; given by the program.
    #[serde(default)]
    number: u32,
    /// The first month it holds for. The first version holds for everything before as well.
    #[schema(example = "2026-12")]
    from: String,
    /// 中文名
    #[schema(example = "软件销售额")]
    zh: String,
    /// Its English name.
    #[schema(example = "Software revenue")]
    en: String,
    /// The word for one of what it counts, in Chinese and English.
    #[serde(default)]
    word: [String; 2],
    /// What it is made of: `{"facts": {"measure": "revenue", "filter": {"product_lines": ["软件"]}}}`,
    /// `{"ratio": {"over": "collections", "under": "revenue"}}` or
    /// `{"entered": {"carried_by": "members", "reporter": {"post": "marketing"}, "due_day": 3}}`.
    #[schema(value_type = serde_json::Value)]
    made_of: MadeOf,
    /// Months over which a ratio is judged; 0 is the period itself; absent for others.
    window_months: Option<u8>,
    /// Whether it is retired.
    #[serde(default)]
    retired: bool,
}

/// An own metric to be defined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwnMetric {
    /// 2 to 32 small letters, digits and `_`, beginning with a letter.
    #[schema(example = "software_revenue")]
    code: String,
    /// `sum`, `count`, `ratio`, `entered_sum`, `entered_mean`.
    #[schema(value_type = String, example = "sum")]
    kind: OwnKind,
    /// `money`, `count`, `percent`, `score`, `days`.
    #[schema(value_type = String, example = "money")]
    unit: Unit,
    /// `higher` or `lower`.
    #[schema(value_type = String, example = "higher")]
    better: Direction,
    /// What holds first.
    first: MetricVersionBody,
    /// The version of all own metrics that was seen, where no `If-Match` says it.
    version: Option<i64>,
}

/// A change of an own metric.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricChange {
    /// What holds from its month on.
    change: MetricVersionBody,
    /// The version of all own metrics that was seen, where no `If-Match` says it.
    version: Option<i64>,
}

/// Retiring an own metric.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Retirement {
    /// The first month in which it is no longer offered.
    #[schema(example = "2027-01")]
    from: String,
    /// The version of all own metrics that was seen, where no `If-Match` says it.
    version: Option<i64>,
}

impl MetricVersionBody {
    fn of(own: &OwnVersion) -> Self {
        Self {
            number: own.version,
            from: own.valid_from.to_string(),
            zh: own.zh.clone(),
            en: own.en.clone(),
            word: own.word.clone(),
            made_of: own.made_of.clone(),
            window_months: own.window.map(|window| match window {
                Window::Period => 0,
                Window::RollingMonths(months) => months,
            }),
            retired: own.retired,
        }
    }

    fn read(self) -> Result<OwnVersion> {
        Ok(OwnVersion {
            version: 0,
            valid_from: month(&self.from)?,
            zh: self.zh.trim().to_owned(),
            en: self.en.trim().to_owned(),
            word: self.word.map(|word| word.trim().to_owned()),
            made_of: self.made_of,
            window: self.window_months.map(|months| match months {
                0 => Window::Period,
                months => Window::RollingMonths(months),
            }),
            retired: self.retired,
        })
    }
}

pub(super) fn month(text: &str) -> Result<Month> {
    text.parse().map_err(|_| Error::Usage(format!("month: {text}")))
}

fn shown(desk: &Desk<'_>, code: &str, status: StatusCode) -> Result<Response> {
    let (specs, version) = metrics::specs(&mut desk.read()?)?;
    let own = specs.of_code(code).ok_or_else(|| Error::missing("metric", code))?;
    let body = OwnMetric {
        code: own.code.clone(),
        kind: own.kind,
        unit: own.unit,
        better: own.direction,
        versions: own.versions.iter().map(MetricVersionBody::of).collect(),
        version,
    };
    let mut response = versioned(&body, version);
    *response.status_mut() = status;
    Ok(response)
}

/// An own metric with its versions. The version of all own metrics is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/metrics/{code}", tag = "metrics", params(("code" = String, Path, description = "Its code")), responses((status = 200, body = OwnMetric), (status = 404)))]
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| shown(desk, &code, StatusCode::OK)).await
}

/// Defines an own metric.
#[utoipa::path(post, path = "/api/v1/metrics", tag = "metrics", params(("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewOwnMetric, responses((status = 201, body = OwnMetric), (status = 403), (status = 409), (status = 412), (status = 422)))]
pub async fn define(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    seen: Seen,
    Body(new): Body<NewOwnMetric>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = seen.or(new.version)?;
        let spec = OwnSpec {
            code: new.code,
            kind: new.kind,
            unit: new.unit,
            direction: new.better,
            versions: vec![new.first.read()?],
        };
        metrics::define(desk.app, &desk.context, &spec, seen)?;
        shown(desk, &spec.code, StatusCode::CREATED)
    })
    .await
}

/// Changes an own metric from a month on; no closed month changes.
#[utoipa::path(post, path = "/api/v1/metrics/{code}/versions", tag = "metrics", params(("code" = String, Path, description = "Its code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = MetricChange, responses((status = 200, body = OwnMetric), (status = 403), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn change(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(new): Body<MetricChange>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = seen.or(new.version)?;
        metrics::change(desk.app, &desk.context, &code, &new.change.read()?, seen)?;
        shown(desk, &code, StatusCode::OK)
    })
    .await
}

/// Retires an own metric: its history stays, and it is offered for nothing new.
#[utoipa::path(post, path = "/api/v1/metrics/{code}/retire", tag = "metrics", params(("code" = String, Path, description = "Its code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = Retirement, responses((status = 200, body = OwnMetric), (status = 403), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn retire(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(new): Body<Retirement>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = seen.or(new.version)?;
        metrics::retire(desk.app, &desk.context, &code, month(&new.from)?, seen)?;
        shown(desk, &code, StatusCode::OK)
    })
    .await
}
