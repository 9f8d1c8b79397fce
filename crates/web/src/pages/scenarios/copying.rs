//! `GET` and `POST /plans/{code}/copy`: copying a plan, with a preview that changes nothing.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::planning::scenarios::{CopyPlan, copy as copy_it, copy_preview};
use dacheng_app::planning::{self, PlanView};
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::planning::State as PlanState;
use dacheng_domain::planning::scenario::Growth;

use super::copying_view::{Typed, page};
use crate::components::Tone;
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::pages::plans::proposal_form::percentage;
use crate::pages::plans::rounds::address;
use crate::respond;

/// `GET /plans/{code}/copy`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plan = planning::by_code(desk.app, &desk.context, &code)?;
        let metrics = additive(desk, &code)?;
        let typed = Typed::usual(&plan, &metrics);
        answer(desk, &plan, &metrics, &typed, StatusCode::OK)
    })
    .await
}

/// `POST /plans/{code}/copy` with `year`, `code`, `name`, `growth-METRIC`, `leavers`, `locks`; `act` = `check` shows only.
pub async fn copy(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plan = planning::by_code(desk.app, &desk.context, &code)?;
        let metrics = additive(desk, &code)?;
        let typed = Typed::of(&form, &metrics);
        if form.value("act") == "check" {
            return answer(desk, &plan, &metrics, &typed, StatusCode::OK);
        }
        let Ok(request) = request(&plan, &typed) else {
            return answer(desk, &plan, &metrics, &typed, StatusCode::UNPROCESSABLE_ENTITY);
        };
        match copy_it(desk.app, &desk.context, &request) {
            Ok((made, done)) => {
                let say = desk.lang().scenarios();
                let said = match done.not_taken.len() {
                    0 => say.copied(&made.name),
                    many => say.copied_without(&made.name, many),
                };
                Ok(respond::done(&address(&made.code), Tone::Ok, &said))
            }
            Err(Error::Refused(_)) => answer(desk, &plan, &metrics, &typed, StatusCode::UNPROCESSABLE_ENTITY),
            Err(other) => Err(other),
        }
    })
    .await
}

/// The metrics of a plan whose targets add up: those that can grow.
fn additive(desk: &Desk<'_>, code: &str) -> Result<Vec<Metric>> {
    let found = planning::overview(desk.app, &desk.context, code, Metric::Revenue)?.metrics;
    Ok(found.into_iter().filter(|own| own.definition().roll_up == RollUp::Sum).collect())
}

/// The page with what the copy comes to, or with why it cannot be made.
fn answer(
    desk: &Desk<'_>,
    plan: &PlanView,
    metrics: &[Metric],
    typed: &Typed,
    status: StatusCode,
) -> Result<Response> {
    let found = match request(plan, typed) {
        Ok(request) => match copy_preview(desk.app, &desk.context, &request) {
            Ok(found) => Ok(found),
            Err(Error::Refused(sentences)) => Err(sentences.into_iter().map(|said| (None, said)).collect()),
            Err(other) => return Err(other),
        },
        Err(fields) => {
            let said = desk.lang().proposal().not_a_rate();
            Err(fields.into_iter().map(|field| (Some(field), said.to_owned())).collect())
        }
    };
    let status = if found.is_err() { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    Ok(respond::page(status, &page(desk, plan, metrics, typed, found)?))
}

/// What is asked for, or the fields that hold no rate.
fn request(plan: &PlanView, typed: &Typed) -> std::result::Result<CopyPlan, Vec<String>> {
    let (mut growth, mut wrong) = (BTreeMap::new(), Vec::new());
    for (metric, text) in &typed.growth {
        match percentage(text).map(|rate| Growth::new(rate.unwrap_or(0))) {
            Ok(Some(rate)) => {
                growth.insert(*metric, rate);
            }
            Ok(None) | Err(()) => wrong.push(format!("growth-{}", metric.code())),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(CopyPlan {
        plan: plan.code.clone(),
        year: typed.year.parse().unwrap_or(0),
        code: Some(typed.code.clone()).filter(|code| !code.is_empty()),
        name: typed.name.clone(),
        growth,
        leavers: typed.leavers.parse().unwrap_or_default(),
        locks: typed.locks.parse().unwrap_or_default(),
    })
}

/// Which year is meant first: what is in force or over is carried forward, what is worked on gets a sibling.
pub(super) fn usual_year(plan: &PlanView) -> i16 {
    match plan.state {
        PlanState::InForce | PlanState::Archived => plan.year + 1,
        PlanState::Draft | PlanState::Review => plan.year,
    }
}
