//! `GET /inbox`: what waits for the viewer, and the counts that the doors of the navigation show.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::Result;
use dacheng_app::inbox::{Matter, Task as Found, Urgency};
use dacheng_app::tracking::improvement::PlanTask;
use dacheng_domain::allocation::letter::Party;
use dacheng_domain::calendar::{Calendar, Month};
use dacheng_domain::metrics::Metric;
use dacheng_text::countdown::Countdown;
use dacheng_text::{Lang, date, metric, own_metric};

use super::{InboxPage, Task, TaskGroup, TaskKind, TaskUrgency};
use crate::components::Link;
use crate::components::states::level_name;
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::respond;
use crate::shell::Room;

/// The groups of the page in their order.
const URGENCIES: [Urgency; 4] = [Urgency::Overdue, Urgency::Today, Urgency::ThisWeek, Urgency::Later];

/// `GET /inbox`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk)?))).await
}

fn page(desk: &Desk<'_>) -> Result<InboxPage> {
    let tasks = desk.inbox()?;
    let calendar = desk.company.calendar();
    let group = |urgency: Urgency| {
        let own = tasks.iter().filter(|task| task.urgency == urgency);
        let tasks: Vec<Task> = own.map(|found| task(desk, &calendar, found)).collect();
        (!tasks.is_empty()).then(|| TaskGroup { urgency: shown(urgency), tasks })
    };
    let groups = URGENCIES.into_iter().filter_map(group).collect();
    let shell = desk.shell(Room::Inbox, Vec::new())?.exporting("/inbox", "", tasks.len());
    Ok(InboxPage { shell, groups })
}

/// The tasks as the page has them, group after group.
pub(super) fn in_order(tasks: &[Found]) -> impl Iterator<Item = &Found> {
    URGENCIES.into_iter().flat_map(|urgency| tasks.iter().filter(move |task| task.urgency == urgency))
}

pub(super) const fn shown(urgency: Urgency) -> TaskUrgency {
    match urgency {
        Urgency::Overdue => TaskUrgency::Overdue,
        Urgency::Today => TaskUrgency::Today,
        Urgency::ThisWeek => TaskUrgency::ThisWeek,
        Urgency::Later => TaskUrgency::Later,
    }
}

/// The room where something is settled.
pub fn room(matter: &Matter) -> Room {
    match matter {
        Matter::Improvement { .. } => Room::Alerts,
        Matter::Propose(_) | Matter::Close(_) | Matter::SignReopening(_) => Room::Closes,
        Matter::FinishPlan(..) | Matter::ApprovePlan(..) | Matter::Rate(..) | Matter::Enter(..) => {
            Room::Plans
        }
        Matter::State(..) => Room::Forecast,
        Matter::SignLetter(..) | Matter::ReviseLetter(..) | Matter::KeepPromise(..) => Room::Letters,
        Matter::Calendar(_) => Room::Settings,
    }
}

pub(super) fn task(desk: &Desk<'_>, calendar: &Calendar, found: &Found) -> Task {
    let lang = desk.lang();
    let (href, subject, from, act) = words(lang, &found.matter);
    let from = match &found.for_whom {
        Some(giver) => lang.delegation().task(giver, from),
        None => from,
    };
    Task {
        kind: kind(&found.matter),
        subject: Link::new(subject, href),
        from,
        deadline: found.deadline.map(|due| Countdown::of(due, calendar, desk.context.today)),
        act: act.to_owned(),
    }
}

const fn kind(matter: &Matter) -> TaskKind {
    match matter {
        Matter::Improvement { .. } => TaskKind::Alert,
        Matter::Propose(_) | Matter::Close(_) | Matter::SignReopening(_) => TaskKind::Close,
        Matter::FinishPlan(..)
        | Matter::ApprovePlan(..)
        | Matter::Rate(..)
        | Matter::Enter(..)
        | Matter::State(..)
        | Matter::SignLetter(..)
        | Matter::ReviseLetter(..)
        | Matter::KeepPromise(..) => TaskKind::Target,
        Matter::Calendar(_) => TaskKind::Settings,
    }
}

/// Where it is settled, what it is, from whom, and the word of its button.
fn words(lang: Lang, matter: &Matter) -> (String, String, String, &'static str) {
    let say = lang.inbox();
    let named = |month: &Month| date::month(lang, month.year(), month.number());
    match matter {
        Matter::Improvement { task, alert, owner, place, metric, level, writer, escalated_to } => {
            let owner = match place {
                Some(place) => format!("{place} · {owner}"),
                None => owner.clone(),
            };
            let (level, metric) = (level_name(lang, *level), metric::name(lang, *metric));
            let from = match (task, writer) {
                (PlanTask::Check | PlanTask::Chase, Some(writer)) => say.from_writer(level, metric, writer),
                (
                    PlanTask::Write
                    | PlanTask::Revise
                    | PlanTask::Update
                    | PlanTask::Start
                    | PlanTask::Check
                    | PlanTask::Chase,
                    _,
                ) => say.from_alert(level, metric),
            };
            let from = match escalated_to {
                Some(to) => say.escalated(from, to),
                None => from,
            };
            let (subject, act) = improvement(lang, *task, &owner);
            (format!("/alerts/{alert}"), subject, from, act)
        }
        Matter::Propose(month) => {
            let subject = say.propose(named(month));
            (format!("/closes/{month}"), subject, say.from_propose().to_owned(), say.act_propose())
        }
        Matter::Close(month) => (
            format!("/closes/{month}"),
            say.close(named(month)),
            say.from_close().to_owned(),
            say.act_close(),
        ),
        Matter::SignReopening(month) => {
            (format!("/closes/{month}"), say.sign(named(month)), say.from_sign().to_owned(), say.act_sign())
        }
        Matter::FinishPlan(code, name) => {
            (format!("/plans/{code}"), say.finish_plan(name), say.from_draft().to_owned(), say.act_plan())
        }
        Matter::ApprovePlan(code, name) => {
            (format!("/plans/{code}"), say.approve_plan(name), say.from_review().to_owned(), say.act_plan())
        }
        Matter::SignLetter(number, member, party) => {
            let subject = match party {
                Party::Member => say.sign_own_letter().to_owned(),
                Party::Superior | Party::Representative => say.sign_letter(member),
            };
            (format!("/letters/{number}"), subject, number.clone(), say.act_sign())
        }
        Matter::ReviseLetter(number, member, reason) => (
            format!("/letters/{number}"),
            say.revise_letter(member),
            say.from_returned(reason),
            say.act_letter(),
        ),
        Matter::KeepPromise(_, member, what) => (
            "/letters/promises".to_owned(),
            say.keep_promise(what),
            say.from_promise(member),
            say.act_promise(),
        ),
        Matter::Rate(id, name, owner) => {
            (format!("/rubrics/{id}"), say.rate(name), say.from_rate(owner), say.act_rate())
        }
        Matter::Enter(own, month, number) => {
            let values = lang.own_metrics();
            let (name, code) = (own_metric::name(lang, *own), own.code());
            (
                format!("/values/{code}?month={month}"),
                values.to_enter(name, named(month)),
                values.missing(*number),
                values.enter(),
            )
        }
        Matter::State(week, code, Metric::Revenue) => (
            format!("/forecast/people/{}", encoded(code)),
            say.state(week.number()),
            say.from_state().to_owned(),
            say.act_state(),
        ),
        Matter::State(week, code, of) => (
            format!("/forecast/people/{}?m={}", encoded(code), of.code()),
            say.state_of(week.number(), metric::name(lang, *of)),
            say.from_state().to_owned(),
            say.act_state(),
        ),
        Matter::Calendar(year) => {
            let (subject, from) = (say.calendar(year), say.from_calendar().to_owned());
            ("/settings/calendar".to_owned(), subject, from, say.act_calendar())
        }
    }
}

/// The words of a task on an improvement plan.
fn improvement(lang: Lang, task: PlanTask, owner: &str) -> (String, &'static str) {
    let say = lang.inbox();
    match task {
        PlanTask::Write => (say.plan_write(owner), say.act_write()),
        PlanTask::Revise => (say.plan_revise(owner), say.act_revise()),
        PlanTask::Update => (say.plan_update(owner), say.act_update()),
        PlanTask::Start => (say.plan_start(owner), say.act_start()),
        PlanTask::Check => (say.plan_check(owner), say.act_check()),
        PlanTask::Chase => (say.plan_chase(owner), say.act_chase()),
    }
}
