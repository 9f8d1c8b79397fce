//! Plans and targets for programs.

mod body;
mod market;
mod objectives;
mod owners;
mod plans;
mod proposal;
mod rubrics;
mod scenarios;
mod smart;
mod targets;

pub(super) use body::amount;

use dacheng_domain::access::{Action, Right};
use utoipa::OpenApi;

use crate::http::{Need, Routes};

pub(super) use body::{maybe as maybe_amount, versioned};
pub(super) use smart::Check;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(
    plans::list,
    plans::create,
    plans::one,
    proposal::proposed,
    plans::submit,
    plans::put_in_force,
    scenarios::compare_plans,
    scenarios::preview_copy,
    scenarios::copy_plan,
    scenarios::preview_merge,
    scenarios::merge_branch,
    scenarios::assume_pay,
    scenarios::restore_plan,
    targets::list,
    targets::replace,
    targets::change,
    targets::preview,
    targets::break_down,
    owners::show,
    owners::set,
    owners::weights,
    owners::weigh,
    smart::check_sentence,
    objectives::list,
    objectives::create,
    objectives::one,
    objectives::change,
    objectives::link,
    objectives::unlink,
    rubrics::list,
    rubrics::set,
    rubrics::one,
    rubrics::rate,
    market::list,
    market::one,
    market::add,
    market::change,
    market::withdraw,
))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let make = Need::Right(Action::CompanyTargets, Right::Create);
    let set = Need::Right(Action::CompanyTargets, Right::Update);
    let approve = Need::Right(Action::CompanyTargets, Right::Approve);
    let break_down = Need::Right(Action::BreakDown, Right::Update);
    let note = Need::Right(Action::Facts, Right::Create);
    routes
        .get("/api/v1/plans", read, plans::list)
        .post("/api/v1/plans", make, plans::create)
        .get("/api/v1/plans/{code}", read, plans::one)
        .get("/api/v1/plans/{code}/proposal", read, proposal::proposed)
        .post("/api/v1/plans/{code}/submit", set, plans::submit)
        .post("/api/v1/plans/{code}/force", approve, plans::put_in_force)
        .get("/api/v1/plans:compare", read, scenarios::compare_plans)
        .post("/api/v1/plans/{code}/copy:preview", make, scenarios::preview_copy)
        .post("/api/v1/plans/{code}/copy", make, scenarios::copy_plan)
        .post("/api/v1/plans/{code}/merge:preview", break_down, scenarios::preview_merge)
        .post("/api/v1/plans/{code}/merge", break_down, scenarios::merge_branch)
        .put("/api/v1/plans/{code}/pay", set, scenarios::assume_pay)
        .post("/api/v1/plans/{code}/restore", set, scenarios::restore_plan)
        .get("/api/v1/targets", read, targets::list)
        .put("/api/v1/plans/{code}/targets", set, targets::replace)
        .patch("/api/v1/plans/{code}/targets", break_down, targets::change)
        .post("/api/v1/plans/{code}/breakdown:preview", break_down, targets::preview)
        .post("/api/v1/plans/{code}/breakdown", break_down, targets::break_down)
        .get("/api/v1/plans/{code}/owners", read, owners::show)
        .put("/api/v1/plans/{code}/owners", break_down, owners::set)
        .get("/api/v1/plans/{code}/weights", read, owners::weights)
        .put("/api/v1/plans/{code}/weights", set, owners::weigh)
        .post("/api/v1/targets:check", read, smart::check_sentence)
        .get("/api/v1/objectives", read, objectives::list)
        .post("/api/v1/objectives", make, objectives::create)
        .get("/api/v1/objectives/{code}", read, objectives::one)
        .put("/api/v1/objectives/{code}", set, objectives::change)
        .post("/api/v1/objectives/{code}/link", set, objectives::link)
        .post("/api/v1/objectives/{code}/unlink", set, objectives::unlink)
        .get("/api/v1/rubrics", Need::SignedIn, rubrics::list)
        .post("/api/v1/rubrics", break_down, rubrics::set)
        .get("/api/v1/rubrics/{id}", Need::SignedIn, rubrics::one)
        .post("/api/v1/rubrics/{id}/rate", Need::SignedIn, rubrics::rate)
        .get("/api/v1/market-notes", read, market::list)
        .post("/api/v1/market-notes", note, market::add)
        .get("/api/v1/market-notes/{note}", read, market::one)
        .put("/api/v1/market-notes/{note}", note, market::change)
        .post("/api/v1/market-notes/{note}/withdraw", note, market::withdraw)
}
