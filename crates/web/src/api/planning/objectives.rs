//! Strategic objectives for programs: listed with what serves them, kept, linked.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::planning::objectives::{self, Said, Served, Serving};
use dacheng_app::planning::written;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{metric, versioned};
use crate::api::listing::{Listing, Paging};
use crate::http::{Body, Desk, Reply, Seen, Visitor, Web};
use crate::respond;

/// A strategic objective.
#[derive(Debug, Serialize, ToSchema)]
pub struct Objective {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// The fiscal year.
    pub year: i64,
    /// The code of the member who answers for it.
    pub owner: String,
    /// The targets that serve it.
    pub targets: Vec<ServingTarget>,
    /// What a change has to name.
    pub version: i64,
}

/// A target that serves an objective.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServingTarget {
    /// The plan's code.
    pub plan: String,
    /// The metric.
    pub metric: &'static str,
    /// The unit's code; `null` for the company.
    pub unit: Option<String>,
    /// The year; `null` where there is no such target any more.
    pub amount: Option<String>,
}

/// An objective to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObjective {
    /// Its code: letters, digits, `-`, `_` and `.`.
    #[schema(example = "S1")]
    pub code: String,
    /// Its name.
    #[schema(example = "拓展华东市场")]
    pub name: String,
    /// What it means.
    #[serde(default)]
    pub description: String,
    /// The fiscal year.
    #[schema(example = 2026)]
    pub year: i16,
    /// The code of the member who answers for it.
    pub owner: String,
}

/// What is to be said of an objective from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveChange {
    /// Its name.
    pub name: String,
    /// What it means.
    #[serde(default)]
    pub description: String,
    /// The fiscal year.
    pub year: i16,
    /// The code of the member who answers for it.
    pub owner: String,
    /// The version the caller saw, where no `If-Match` says it.
    pub version: Option<i64>,
}

/// A target to be linked, or no longer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveTarget {
    /// The plan's code.
    #[schema(example = "2026")]
    pub plan: String,
    /// The metric.
    #[schema(example = "revenue")]
    pub metric: String,
    /// The unit's code; the company where absent.
    pub unit: Option<String>,
    /// The version the caller saw, where no `If-Match` says it.
    pub version: Option<i64>,
}

impl Objective {
    fn of(served: Served) -> Self {
        let own = served.objective;
        let target = |target: Serving| ServingTarget {
            metric: target.metric.code(),
            amount: target.amount.map(|amount| written(target.metric, amount)),
            plan: target.plan,
            unit: Some(target.unit).filter(|unit| !unit.is_empty()),
        };
        Self {
            code: own.code,
            name: own.name,
            description: own.description,
            year: own.year,
            owner: own.owner,
            targets: served.targets.into_iter().map(target).collect(),
            version: own.version,
        }
    }
}

fn shown(desk: &Desk<'_>, code: &str) -> dacheng_app::Result<axum::response::Response> {
    let own = Objective::of(objectives::one(desk.app, &desk.context, code)?);
    Ok(versioned(&own, own.version))
}

/// Every objective with the targets that serve it, newest year first.
#[utoipa::path(get, path = "/api/v1/objectives", tag = "planning", params(Paging), responses((status = 200, body = Listing<Objective>)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = objectives::coverage(desk.app, &desk.context)?.objectives;
        let all = found.into_iter().map(Objective::of).collect();
        Ok(respond::json(&paging.part(all, |own: &Objective| own.code.clone())?))
    })
    .await
}

/// One objective; its version is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/objectives/{code}", tag = "planning", params(("code" = String, Path, description = "The objective's code")), responses((status = 200, body = Objective), (status = 404)))]
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| shown(desk, &code)).await
}

/// Keeps a new objective.
#[utoipa::path(post, path = "/api/v1/objectives", tag = "planning", request_body = NewObjective, responses((status = 201, body = Objective), (status = 422)))]
pub async fn create(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(new): Body<NewObjective>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let NewObjective { code, name, description, year, owner } = new;
        let said = Said { code, name, description, year, owner };
        let kept = objectives::create(desk.app, &desk.context, &said)?;
        let mut response = shown(desk, &kept.code)?;
        *response.status_mut() = StatusCode::CREATED;
        Ok(response)
    })
    .await
}

/// Changes what is said of an objective.
#[utoipa::path(put, path = "/api/v1/objectives/{code}", tag = "planning", params(("code" = String, Path, description = "The objective's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = ObjectiveChange, responses((status = 200, body = Objective), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn change(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(change): Body<ObjectiveChange>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let ObjectiveChange { name, description, year, owner, version } = change;
        let said = Said { code: code.clone(), name, description, year, owner };
        objectives::change(desk.app, &desk.context, &said, seen.or(version)?)?;
        shown(desk, &code)
    })
    .await
}

/// Says that a target serves an objective; those below it serve it too.
#[utoipa::path(post, path = "/api/v1/objectives/{code}/link", tag = "planning", params(("code" = String, Path, description = "The objective's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = ObjectiveTarget, responses((status = 200, body = Objective), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn link(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(target): Body<ObjectiveTarget>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let version = seen.or(target.version)?;
        objectives::link(desk.app, &desk.context, &code, &target.read(desk)?, version)?;
        shown(desk, &code)
    })
    .await
}

/// Takes that back.
#[utoipa::path(post, path = "/api/v1/objectives/{code}/unlink", tag = "planning", params(("code" = String, Path, description = "The objective's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = ObjectiveTarget, responses((status = 200, body = Objective), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn unlink(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(target): Body<ObjectiveTarget>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let version = seen.or(target.version)?;
        objectives::unlink(desk.app, &desk.context, &code, &target.read(desk)?, version)?;
        shown(desk, &code)
    })
    .await
}

impl ObjectiveTarget {
    fn read(&self, desk: &Desk<'_>) -> dacheng_app::Result<objectives::Target> {
        Ok(objectives::Target {
            plan: self.plan.clone(),
            metric: metric(desk, &self.metric)?,
            unit: self.unit.clone().unwrap_or_default(),
        })
    }
}
