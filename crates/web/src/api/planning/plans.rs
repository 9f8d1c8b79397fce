//! Plans for programs: listed, made, submitted, put in force.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::planning::{self, PutInForce};
use dacheng_domain::planning::RevenueBasis;

use super::body::{NewPlan, Plan, Step, versioned};
use crate::api::listing::{Listing, Paging};
use crate::http::{Body, Reply, Seen, Visitor, Web};
use crate::respond;

/// The plans the caller may see, newest year first.
#[utoipa::path(get, path = "/api/v1/plans", tag = "planning", params(Paging), responses((status = 200, body = Listing<Plan>)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plans = planning::list(desk.app, &desk.context)?.into_iter().map(Plan::of).collect();
        Ok(respond::json(&paging.part(plans, |plan: &Plan| plan.code.clone())?))
    })
    .await
}

/// One plan; its version is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/plans/{code}", tag = "planning", params(("code" = String, Path, description = "The plan's code")), responses((status = 200, body = Plan), (status = 404)))]
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plan = Plan::of(planning::by_code(desk.app, &desk.context, &code)?);
        Ok(versioned(&plan, plan.version))
    })
    .await
}

/// Makes a plan, a draft without targets.
#[utoipa::path(post, path = "/api/v1/plans", tag = "planning", request_body = NewPlan, responses((status = 201, body = Plan), (status = 422)))]
pub async fn create(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(new): Body<NewPlan>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let basis = RevenueBasis { recognised_at: new.recognised_at, tax: new.tax };
        let new = planning::NewPlan { year: new.year, code: new.code, name: new.name, basis };
        let plan = Plan::of(planning::create(desk.app, &desk.context, &new)?);
        let mut response = versioned(&plan, plan.version);
        *response.status_mut() = StatusCode::CREATED;
        Ok(response)
    })
    .await
}

/// Submits a draft for review.
#[utoipa::path(post, path = "/api/v1/plans/{code}/submit", tag = "planning", params(("code" = String, Path, description = "The plan's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = Step, responses((status = 200, body = Plan), (status = 409), (status = 412), (status = 422)))]
pub async fn submit(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(step): Body<Step>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plan = planning::submit(desk.app, &desk.context, &code, seen.or(step.version)?)?;
        let plan = Plan::of(plan);
        Ok(versioned(&plan, plan.version))
    })
    .await
}

/// Puts a plan in force; the other drafts and plans in review of its year are archived with it. Members without a target are
/// accepted only with a reason, which is recorded. A token never does it.
#[utoipa::path(post, path = "/api/v1/plans/{code}/force", tag = "planning", params(("code" = String, Path, description = "The plan's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = Step, responses((status = 200, body = Plan), (status = 403, description = "Not allowed, or the password is asked for again"), (status = 409), (status = 412), (status = 422)))]
pub async fn put_in_force(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(step): Body<Step>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let reason = step.reason.as_deref().and_then(|reason| reason.parse().ok());
        let request = PutInForce { plan: code, seen: seen.or(step.version)?, reason, told: None };
        let plan = Plan::of(planning::put_in_force(desk.app, &desk.context, &request)?);
        Ok(versioned(&plan, plan.version))
    })
    .await
}
