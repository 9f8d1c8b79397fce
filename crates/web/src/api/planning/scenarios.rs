//! Scenarios for programs: compared, copied, merged, with their assumption about pay, and taken out of the archive.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use dacheng_app::allocation::Owner;
use dacheng_app::planning::scenarios::{
    Compare, CopyPlan, Merge, Merged, OpenBranches, assume, compare, copy, copy_preview, merge, merge_preview,
};
use dacheng_app::planning::{PlanView, restore};
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::Metric;
use dacheng_domain::number::{self, CellUnit};
use dacheng_domain::planning::scenario::{Growth, PayAssumption};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::body::{Plan, Step, metric, versioned};
use crate::http::{Body, Desk, Reply, Seen, Visitor, Web};
use crate::respond;

/// A copy to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCopy {
    /// The fiscal year of the copy: that of the plan, or a later one.
    #[schema(example = 2027)]
    pub year: i16,
    /// Its code; the year, or the year with a free letter where absent.
    pub code: Option<String>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Growth in per cent by metric, as text: `{"revenue": "8"}`.
    #[serde(default)]
    pub growth: BTreeMap<String, String>,
    /// What becomes of the part of who is no longer there: `reserve` (usual) or `siblings`.
    pub leavers: Option<String>,
    /// Whether locks come along: `kept`, or `left` (usual).
    pub locks: Option<String>,
}

/// A branch to be merged.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerge {
    /// The plan it is taken from.
    #[schema(example = "2027-B")]
    pub from: String,
    /// The metric.
    #[schema(example = "revenue")]
    pub metric: String,
    /// `unit:CODE` or `member:CODE`.
    #[schema(example = "unit:R0001")]
    pub owner: String,
    /// Who takes the difference: `parents` (usual), `siblings` or `declared`.
    pub settle: Option<String>,
    /// The token of the preview; needed to merge.
    pub token: Option<String>,
}

/// An assumption about pay; both rates absent for none.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewPay {
    /// The rate in per cent on what is attained up to the target, as text.
    #[schema(example = "1.5")]
    pub rate: Option<String>,
    /// The rate on what lies beyond; the same where absent.
    pub beyond: Option<String>,
    /// The version the caller saw (0 for none).
    pub version: Option<i64>,
}

fn usage(wrong: impl std::fmt::Display) -> Error {
    Error::Usage(wrong.to_string())
}

/// A percentage in hundredths.
fn percent(text: &str) -> Result<i64> {
    let wrong = || usage(format!("not a percentage: {text}"));
    let bare = text.trim().trim_end_matches('%');
    let found = number::money(bare, CellUnit::Yuan).map_err(|_| wrong())?;
    found.map(|fen| fen.0).ok_or_else(wrong)
}

impl NewCopy {
    fn request(self, desk: &Desk<'_>, plan: String) -> Result<CopyPlan> {
        let mut growth = BTreeMap::new();
        for (code, rate) in &self.growth {
            let own = Growth::new(percent(rate)?).ok_or_else(|| usage(format!("growth: {rate}")))?;
            growth.insert(metric(desk, code)?, own);
        }
        let leavers = self.leavers.as_deref().map(str::parse).transpose().map_err(usage)?;
        let locks = self.locks.as_deref().map(str::parse).transpose().map_err(usage)?;
        Ok(CopyPlan {
            plan,
            year: self.year,
            code: self.code,
            name: self.name,
            growth,
            leavers: leavers.unwrap_or_default(),
            locks: locks.unwrap_or_default(),
        })
    }
}

impl NewMerge {
    fn request(&self, desk: &Desk<'_>, into: String) -> Result<Merge> {
        let settle = self.settle.as_deref().map(str::parse).transpose().map_err(usage)?;
        Ok(Merge {
            from: self.from.clone(),
            into,
            metric: metric(desk, &self.metric)?,
            owner: self.owner.parse::<Owner>()?,
            settle: settle.unwrap_or_default(),
        })
    }
}

/// Two to four plans of a year side by side, in the order they are named: target, difference to the first, chance, capacity
/// load and pay under each plan's assumption.
#[utoipa::path(get, path = "/api/v1/plans:compare", tag = "planning", params(("plan" = Vec<String>, Query, description = "The codes, one parameter each"), ("metric" = Option<String>, Query, description = "A metric that adds up; revenue where absent"), ("open" = Option<String>, Query, description = "Units whose children are listed, with commas between; `*` for all, only the highest where absent")), responses((status = 200, body = serde_json::Value), (status = 404), (status = 422)))]
pub async fn compare_plans(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let asked = Compare {
            plans: pairs.iter().filter(|(name, _)| name == "plan").map(|(_, code)| code.clone()).collect(),
            metric: value("metric").map_or(Ok(Metric::Revenue), |code| metric(desk, code))?,
            open: match value("open") {
                None => OpenBranches::First,
                Some("*") => OpenBranches::All,
                Some(codes) => OpenBranches::These(codes.split(',').map(str::to_owned).collect()),
            },
        };
        Ok(respond::json(&compare(desk.app, &desk.context, &asked)?.json()))
    })
    .await
}

/// What a copy would come to, and who would not come along. It changes nothing.
#[utoipa::path(post, path = "/api/v1/plans/{code}/copy:preview", tag = "planning", params(("code" = String, Path, description = "The plan that is copied")), request_body = NewCopy, responses((status = 200, body = serde_json::Value), (status = 404), (status = 422)))]
pub async fn preview_copy(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Body(new): Body<NewCopy>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        Ok(respond::json(&copy_preview(desk.app, &desk.context, &new.request(desk, code)?)?.json()))
    })
    .await
}

/// Copies a plan into a new draft: another scenario of its year, or a whole year carried forward.
#[utoipa::path(post, path = "/api/v1/plans/{code}/copy", tag = "planning", params(("code" = String, Path, description = "The plan that is copied")), request_body = NewCopy, responses((status = 201, body = Plan), (status = 404), (status = 422)))]
pub async fn copy_plan(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Body(new): Body<NewCopy>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let (plan, _): (PlanView, _) = copy(desk.app, &desk.context, &new.request(desk, code)?)?;
        let plan = Plan::of(plan);
        let mut response = versioned(&plan, plan.version);
        *response.status_mut() = StatusCode::CREATED;
        Ok(response)
    })
    .await
}

/// What taking a branch from another plan into this draft would change, with the token that a merge has to name.
#[utoipa::path(post, path = "/api/v1/plans/{code}/merge:preview", tag = "planning", params(("code" = String, Path, description = "The plan it is taken into")), request_body = NewMerge, responses((status = 200, body = serde_json::Value), (status = 404), (status = 422)))]
pub async fn preview_merge(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Body(new): Body<NewMerge>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = new.request(desk, code)?;
        Ok(respond::json(&merge_preview(desk.app, &desk.context, &asked)?.json(asked.metric)))
    })
    .await
}

/// Takes a branch from another plan into this draft. Where either has changed since the preview nothing is done, and the
/// answer says what a merge would change now.
#[utoipa::path(post, path = "/api/v1/plans/{code}/merge", tag = "planning", params(("code" = String, Path, description = "The plan it is taken into")), request_body = NewMerge, responses((status = 200, body = serde_json::Value), (status = 404), (status = 409, body = serde_json::Value), (status = 422)))]
pub async fn merge_branch(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Body(new): Body<NewMerge>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = new.request(desk, code)?;
        let token = new.token.as_deref().ok_or_else(|| usage("token: that of the preview"))?;
        Ok(match merge(desk.app, &desk.context, &asked, token)? {
            Merged::Done(done) => respond::json(&done.json(asked.metric)),
            Merged::Changed(now) => {
                (StatusCode::CONFLICT, respond::json(&now.json(asked.metric))).into_response()
            }
        })
    })
    .await
}

/// Sets or takes back the assumption about a plan's pay; the answer names the next version.
#[utoipa::path(put, path = "/api/v1/plans/{code}/pay", tag = "planning", params(("code" = String, Path, description = "The plan's code")), request_body = NewPay, responses((status = 200, body = serde_json::Value), (status = 409), (status = 422)))]
pub async fn assume_pay(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Body(new): Body<NewPay>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let rate = new.rate.as_deref().map(percent).transpose()?;
        let beyond = new.beyond.as_deref().map(percent).transpose()?;
        let wrong = || usage("rate, beyond: from 0 to 100");
        let pay = match (rate, beyond) {
            (None, None) => None,
            (None, Some(_)) => return Err(wrong()),
            (Some(rate), beyond) => Some(PayAssumption::new(rate, beyond.unwrap_or(rate)).ok_or_else(wrong)?),
        };
        let version = assume(desk.app, &desk.context, &code, pay, new.version.unwrap_or(0))?;
        Ok(respond::json(&json!({ "version": version })))
    })
    .await
}

/// Makes an archived scenario a draft again; what was in force stays archived.
#[utoipa::path(post, path = "/api/v1/plans/{code}/restore", tag = "planning", params(("code" = String, Path, description = "The plan's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = Step, responses((status = 200, body = Plan), (status = 409), (status = 412), (status = 422)))]
pub async fn restore_plan(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(step): Body<Step>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plan = Plan::of(restore(desk.app, &desk.context, &code, seen.or(step.version)?)?);
        Ok(versioned(&plan, plan.version))
    })
    .await
}
