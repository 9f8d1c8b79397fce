//! Targets that are set owner by owner, and the weights of a plan's metrics, for programs.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use dacheng_app::allocation::{Difference as Declares, Owner};
use dacheng_app::facts::problems::unreadable;
use dacheng_app::figures::attainment::rounded;
use dacheng_app::figures::read_period;
use dacheng_app::planning::weights::{self, Weight, version_of};
use dacheng_app::planning::{self, OwnerTargets as Found, SetOwnerTargets, Weighed, read_amount, written};
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::{Metric, Window};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::body::{Difference, metric, versioned};
use crate::http::{Body, Desk, Reply, Seen, Visitor, Web};
use crate::respond;

/// Whose targets, of which metric.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Any code of `/api/v1/metrics` but `rubric`.
    #[param(example = "conversion_rate")]
    metric: String,
    /// The code of the unit.
    #[param(example = "hd")]
    unit: String,
}

/// The targets of a unit and of those directly below it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnerTargets {
    metric: &'static str,
    unit: String,
    /// Months over which a ratio is judged; 0 is the period itself, `null` for what is judged by month.
    window_months: Option<u8>,
    /// The quarters of the year.
    quarters: Vec<String>,
    /// The unit, then those below it.
    rows: Vec<OwnerTarget>,
    /// By what those below are weighed in the mean: `denominators`, `alike`, or `adds_up` where there is no mean.
    weighed: &'static str,
    /// Quarter by quarter, whether the mean of those below reaches the unit's own target.
    checks: Vec<MeanCheck>,
    /// What a change has to name.
    version: i64,
}

/// The target of an owner.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnerTarget {
    /// `unit:CODE` or `member:CODE`.
    owner: String,
    name: String,
    /// In each quarter its total, or the mean of its months where they do not add up.
    quarters: Vec<Option<String>>,
    /// The monthly average that a quarter was set as and still is.
    averages: Vec<Option<String>>,
    /// What it weighs in the mean.
    weight: i64,
}

/// The mean of those below beside the unit's own target.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeanCheck {
    quarter: String,
    own: String,
    mean: String,
    reaches: bool,
}

/// Targets to be set for owners, each over one period; all or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwnerTargets {
    /// The metric.
    #[schema(example = "conversion_rate")]
    metric: String,
    /// The unit whose own target and those below it are set.
    #[schema(example = "hd")]
    unit: String,
    /// A year, a quarter or a month of the plan's year.
    #[schema(example = "2027-Q1")]
    period: String,
    /// Whose, and what.
    values: Vec<OwnerValue>,
    /// What becomes of a difference to the unit's total, where the targets add up.
    #[serde(default)]
    difference: Difference,
    /// The version the caller saw, where no `If-Match` says it.
    version: Option<i64>,
}

/// The value of an owner.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerValue {
    /// `unit:CODE` or `member:CODE`.
    #[schema(example = "member:1001")]
    owner: String,
    /// A level that holds in each month; of what adds up, its monthly average. A rate is `60%` or `0.6`.
    #[schema(example = "60%")]
    value: String,
}

/// The weights of a plan's metrics in the overall attainment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanWeights {
    weights: Vec<MetricWeight>,
    /// What a change has to name.
    version: i64,
}

/// The weight of a metric.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricWeight {
    metric: &'static str,
    /// From 0 to 100; 1 where nothing was set.
    weight: i64,
}

/// Weights to be set; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWeights {
    weights: Vec<NewWeight>,
    /// The version the caller saw, where no `If-Match` says it.
    version: Option<i64>,
}

/// A weight to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWeight {
    /// A metric with targets in the plan.
    #[schema(example = "revenue")]
    metric: String,
    /// From 0 to 100.
    #[schema(example = 50)]
    weight: i64,
}

/// The targets of a unit and of those directly below it; their version is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/plans/{code}/owners", tag = "planning", params(("code" = String, Path, description = "The plan's code"), Asked), responses((status = 200, body = OwnerTargets), (status = 404)))]
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let of = by_owner(metric(desk, &asked.metric)?)?;
        shown(desk, &code, of, &asked.unit)
    })
    .await
}

/// Sets targets of owners, all or none. What cannot be read is named by a pointer into the request.
#[utoipa::path(put, path = "/api/v1/plans/{code}/owners", tag = "planning", params(("code" = String, Path, description = "The plan's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewOwnerTargets, responses((status = 200, body = OwnerTargets), (status = 403), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn set(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(new): Body<NewOwnerTargets>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let of = by_owner(metric(desk, &new.metric)?)?;
        let seen = seen.or(new.version)?;
        let (values, mut wrong) = new.read(desk, of);
        let period = read_period(&new.period, desk.company.fiscal_start);
        if period.is_err() {
            wrong.push(("/period".to_owned(), desk.lang().owner_targets().wrong_period().to_owned()));
        }
        let (Ok(period), true) = (period, wrong.is_empty()) else { return Ok(pointed(&wrong)) };
        let request = SetOwnerTargets {
            plan: code.clone(),
            metric: of,
            unit: new.unit.clone(),
            period,
            values,
            difference: match new.difference {
                Difference::Refuse => Declares::Refuse,
                Difference::Declare => Declares::Declare,
            },
            seen,
        };
        planning::set_owner_targets(desk.app, &desk.context, &request)?;
        shown(desk, &code, of, &new.unit)
    })
    .await
}

/// The weights of a plan's metrics; their version is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/plans/{code}/weights", tag = "planning", params(("code" = String, Path, description = "The plan's code")), responses((status = 200, body = PlanWeights), (status = 404)))]
pub async fn weights(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| shown_weights(desk, &code)).await
}

/// Sets weights of a draft, all or none.
#[utoipa::path(put, path = "/api/v1/plans/{code}/weights", tag = "planning", params(("code" = String, Path, description = "The plan's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewWeights, responses((status = 200, body = PlanWeights), (status = 403), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn weigh(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(new): Body<NewWeights>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = seen.or(new.version)?;
        let planned = weights::weights(desk.app, &desk.context, &code)?;
        let (mut set, mut wrong) = (Vec::new(), Vec::new());
        let say = desk.lang().owner_targets();
        for (place, own) in new.weights.iter().enumerate() {
            let known = planned.iter().find(|known| known.metric.code() == own.metric);
            match known {
                None => wrong.push((format!("/weights/{place}/metric"), say.not_planned(&own.metric))),
                Some(_) if !(0..=weights::MOST).contains(&own.weight) => {
                    wrong.push((format!("/weights/{place}/weight"), say.wrong_weight(weights::MOST)));
                }
                Some(known) => set.push((known.metric, own.weight)),
            }
        }
        if !wrong.is_empty() {
            return Ok(pointed(&wrong));
        }
        weights::set_weights_seen(desk.app, &desk.context, &code, &set, seen)?;
        shown_weights(desk, &code)
    })
    .await
}

fn shown_weights(desk: &Desk<'_>, code: &str) -> Result<Response> {
    let found = weights::weights(desk.app, &desk.context, code)?;
    let version = version_of(&found);
    let weight = |own: &Weight| MetricWeight { metric: own.metric.code(), weight: own.weight };
    Ok(versioned(&PlanWeights { weights: found.iter().map(weight).collect(), version }, version))
}

/// A metric with targets of owners: what a person scores has its own.
fn by_owner(of: Metric) -> Result<Metric> {
    if of == Metric::Rubric { Err(Error::missing("metric", of.code())) } else { Ok(of) }
}

fn shown(desk: &Desk<'_>, code: &str, of: Metric, unit: &str) -> Result<Response> {
    let found = planning::owner_targets(desk.app, &desk.context, code, of, unit)?;
    Ok(versioned(&OwnerTargets::of(&found, unit), found.version))
}

impl OwnerTargets {
    fn of(found: &Found, unit: &str) -> Self {
        let of = found.metric;
        let amounts =
            |all: &[Option<i64>; 4]| all.iter().map(|own| own.map(|own| written(of, own))).collect();
        let row = |row: &planning::OwnerRow| OwnerTarget {
            owner: row.owner.to_string(),
            name: row.name.clone(),
            quarters: amounts(&row.quarters),
            averages: amounts(&row.averages),
            weight: row.weight,
        };
        let check = |check: &planning::MeanCheck| MeanCheck {
            quarter: check.quarter.to_string(),
            own: written(of, check.own),
            mean: written(of, rounded(check.mean)),
            reaches: check.reaches,
        };
        Self {
            metric: of.code(),
            unit: unit.to_owned(),
            window_months: found.window.map(Window::months),
            quarters: found.quarters.iter().map(ToString::to_string).collect(),
            rows: found.rows.iter().map(row).collect(),
            weighed: match found.weighed {
                Weighed::Denominators => "denominators",
                Weighed::Alike => "alike",
                Weighed::AddsUp => "adds_up",
            },
            checks: found.checks.iter().map(check).collect(),
            version: found.version,
        }
    }
}

/// What is wrong with a request: where, and why.
type Wrong = Vec<(String, String)>;

impl NewOwnerTargets {
    fn read(&self, desk: &Desk<'_>, of: Metric) -> (Vec<(Owner, i64)>, Wrong) {
        let (lang, say) = (desk.lang(), desk.lang().owner_targets());
        let (mut values, mut wrong) = (Vec::new(), Wrong::new());
        for (place, own) in self.values.iter().enumerate() {
            let owner = own.owner.parse::<Owner>();
            if owner.is_err() {
                wrong.push((format!("/values/{place}/owner"), say.not_below(&own.owner)));
            }
            let value = match read_amount(of, &own.value) {
                Ok(Some(value)) if value >= 0 => Ok(value),
                Ok(Some(_)) => Err(lang.problems().negative().to_owned()),
                Ok(None) => Err(lang.plans().amount_missing().to_owned()),
                Err(unread) => Err(unreadable(unread, lang)),
            };
            match (owner, value) {
                (Ok(owner), Ok(value)) => values.push((owner, value)),
                (_, Err(reason)) => wrong.push((format!("/values/{place}/value"), reason)),
                (Err(_), Ok(_)) => {}
            }
        }
        (values, wrong)
    }
}

/// 422 with a pointer to everything that is wrong.
fn pointed(wrong: &Wrong) -> Response {
    let errors: Vec<_> =
        wrong.iter().map(|(pointer, reason)| json!({ "pointer": pointer, "reason": reason })).collect();
    let detail: Vec<&str> = wrong.iter().map(|(_, reason)| reason.as_str()).collect();
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let problem = json!({
        "type": "about:blank", "title": status.canonical_reason(), "status": status.as_u16(),
        "detail": detail.join(" "), "errors": errors,
    });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, respond::json(&problem).into_body()).into_response()
}
