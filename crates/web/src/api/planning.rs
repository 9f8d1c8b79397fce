//! Plans and targets for programs.

mod body;
mod plans;
mod targets;

use dacheng_domain::access::{Action, Right};
use utoipa::OpenApi;

use crate::http::{Need, Routes};

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(
    plans::list,
    plans::create,
    plans::one,
    plans::submit,
    plans::put_in_force,
    targets::list,
    targets::replace,
    targets::change,
    targets::preview,
    targets::break_down,
))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let make = Need::Right(Action::CompanyTargets, Right::Create);
    let set = Need::Right(Action::CompanyTargets, Right::Update);
    let approve = Need::Right(Action::CompanyTargets, Right::Approve);
    let break_down = Need::Right(Action::BreakDown, Right::Update);
    routes
        .get("/api/v1/plans", read, plans::list)
        .post("/api/v1/plans", make, plans::create)
        .get("/api/v1/plans/{code}", read, plans::one)
        .post("/api/v1/plans/{code}/submit", set, plans::submit)
        .post("/api/v1/plans/{code}/force", approve, plans::put_in_force)
        .get("/api/v1/targets", read, targets::list)
        .put("/api/v1/plans/{code}/targets", set, targets::replace)
        .patch("/api/v1/plans/{code}/targets", break_down, targets::change)
        .post("/api/v1/plans/{code}/breakdown:preview", break_down, targets::preview)
        .post("/api/v1/plans/{code}/breakdown", break_down, targets::break_down)
}
