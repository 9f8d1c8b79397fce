//! `GET /first-steps`: what comes next in a new company, with ways only to what the viewer may open.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use dacheng_app::Result;
use dacheng_app::first_steps::{Part, Standing, State as StepState, Step, first_steps};
use dacheng_domain::access::Role;
use dacheng_text::Lang;

use super::{FirstStepsPage, StepRow};
use crate::components::{Badge, Link, Tone};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// Where the page is, while there is one for the viewer.
pub fn address(desk: &Desk<'_>) -> Result<Option<&'static str>> {
    Ok(steps(desk)?.map(|_| "/first-steps"))
}

/// Whether the page is where the viewer begins: those who set a company up, while one of its steps waits for them.
pub fn is_awaited(desk: &Desk<'_>) -> Result<bool> {
    let sets_up = |role| matches!(role, Role::SystemAdmin | Role::SecurityAdmin | Role::SalesOperations);
    if !desk.context.access.roles().any(sets_up) {
        return Ok(false);
    }
    let waits = |own: &Standing| own.state == StepState::Open && own.part == Part::Own;
    Ok(steps(desk)?.is_some_and(|steps| steps.iter().any(waits)))
}

/// `GET /first-steps`; once everything is done, on to the first room.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        let Some(steps) = steps(desk)? else { return Ok(Redirect::to("/").into_response()) };
        let say = desk.lang().first_steps();
        let done = steps.iter().filter(|own| own.state == StepState::Done).count();
        let page = FirstStepsPage {
            shell: desk.shell(Room::Settings, Vec::new())?,
            done: say.done_of(done, steps.len()),
            steps: steps.iter().map(|own| row(desk.lang(), own)).collect(),
        };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}

fn steps(desk: &Desk<'_>) -> Result<Option<Vec<Standing>>> {
    first_steps(desk.app, &desk.context, &desk.company, &desk.ground)
}

fn row(lang: Lang, own: &Standing) -> StepRow {
    let say = lang.first_steps();
    let (name, about, who) = words(lang, own.step);
    let href = match own.part {
        Part::Own => path(own.step),
        Part::Others => "",
    };
    let (icon, state, act) = match (own.state, own.part) {
        (StepState::Done, _) => ("circle-check", Badge::new(Tone::Ok, say.done()), None),
        (StepState::Open, Part::Own) => {
            ("arrow-right", Badge::new(Tone::Info, say.yours()), Some(say.open()))
        }
        (StepState::Open, Part::Others) => ("clock", Badge::new(Tone::None, say.waits()), None),
    };
    StepRow { icon, step: Link::new(name, href), about, who, state, act }
}

const fn path(step: Step) -> &'static str {
    match step {
        Step::Appoint | Step::Separate | Step::Accounts => "/settings/people",
        Step::Company => "/settings/company",
        Step::Calendar => "/settings/calendar",
        Step::Organisation => "/imports/new?kind=units",
        Step::Customers => "/imports/new?kind=customers",
        Step::Orders => "/imports/new?kind=orders",
        Step::Plan => "/plans",
    }
}

/// What is to be done, why and how, and by whom.
fn words(lang: Lang, step: Step) -> (&'static str, &'static str, &'static str) {
    let say = lang.first_steps();
    match step {
        Step::Appoint => (say.appoint(), say.appoint_about(), say.by_administrators()),
        Step::Separate => (say.separate(), say.separate_about(), say.by_administrators()),
        Step::Company => (say.company(), say.company_about(), say.by_operations()),
        Step::Calendar => (say.calendar(), say.calendar_about(), say.by_operations()),
        Step::Organisation => (say.organisation(), say.organisation_about(), say.by_operations()),
        Step::Accounts => (say.accounts(), say.accounts_about(), say.by_administrators()),
        Step::Customers => (say.customers(), say.customers_about(), say.by_operations()),
        Step::Orders => (say.orders(), say.orders_about(), say.by_operations()),
        Step::Plan => (say.plan(), say.plan_about(), say.by_planners()),
    }
}
