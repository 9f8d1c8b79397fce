//! Improvement plans: what is written in them, where they stand, whose turn it is. Judging them is part of a close.
//!
//! - [`steps`] writes, checks, starts and follows a plan.
//! - [`escalation`] are the jobs: what is overdue, and deadlines that waited for a calendar.
//! - [`evidence`] says who may hang files on a plan, and until when.
//! - [`history`] tells the way of a plan so far.

mod escalation;
mod evidence;
mod history;
mod steps;

use dacheng_domain::access::{Action, Right};
use dacheng_domain::calendar::{Calendar, Deadline, Month, TimeLeft};
use dacheng_domain::metrics::Metric;
use dacheng_domain::notification::{Event, ImprovementStep};
use dacheng_domain::people::{MemberId, Organisation};
use dacheng_domain::tracking::alert::{Level, Remedy};
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_store::Read;
use dacheng_store::improvement::{self as kept, Plan};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use dacheng_store::improvement::Progress;
pub(crate) use evidence::Evidence;

pub use escalation::{Overdue, date_pending, escalate};
pub use history::{Act, Moment};
pub use steps::{accept, record_progress, send_back, start, submit, update};

use super::OwnerKey;
use super::alerts::{AlertRow, Looking, looking, reaches};
use super::persons;
use crate::files::Hanging;
use crate::outbox::News;
use crate::{App, Context, Error, Result};

/// What the owner writes into a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// 原因分析
    pub cause: String,
    /// 改进目标
    #[serde(default)]
    pub goal: String,
    /// 步骤
    pub actions: Vec<Step>,
    /// The support that is needed; may be empty.
    pub support: String,
    /// The month whose close shows whether it recovered (完成期限).
    pub last_month: Month,
}

/// One action of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is done.
    pub what: String,
    /// By whom.
    pub who: String,
    /// From when.
    #[serde(default)]
    pub from: Option<Date>,
    /// By when.
    pub by: Date,
    /// How much of it is done, in per cent.
    #[serde(default)]
    pub progress: u8,
}

/// A plan beside its alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Its number.
    pub id: i64,
    /// Where it stands.
    pub state: PlanState,
    /// Red while one of its alerts is; decides who checks it.
    pub level: Level,
    /// What is due next, where something is.
    pub deadline: Option<Deadline>,
    /// How far away that is; `None` while its calendar year is not loaded.
    pub time_left: Option<TimeLeft>,
    /// Who writes it, by name.
    pub responsible: Option<String>,
    /// Who checks it, by name.
    pub checker: Option<String>,
    /// The asker's part in it.
    pub part: Part,
    /// To whom its next task has escalated, by name; `None` where it has not.
    pub escalated_to: Option<String>,
    /// For whom the asker would check it, by name, where they stand in for the checker.
    pub for_whom: Option<String>,
    /// Whether a month that joined it after it was handed in waits for an update.
    pub update_due: bool,
}

/// What the asker is to do about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanTask {
    /// Write it.
    Write,
    /// Write it again: it was returned.
    Revise,
    /// Bring it up to date for a month that joined it.
    Update,
    /// Begin its measures: it was accepted.
    Start,
    /// Check it.
    Check,
    /// Ask after it: it escalated to them.
    Chase,
}

/// A plan with everything written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCase {
    /// Where it stands.
    pub line: PlanLine,
    /// The version a step must have seen.
    pub version: i64,
    /// Whose.
    pub owner: OwnerKey,
    /// Of which metric.
    pub metric: Metric,
    /// An improvement plan or a coaching plan.
    pub remedy: Remedy,
    /// The alerts it is for, by month, replaced and withdrawn ones included.
    pub alerts: Vec<AlertRow>,
    /// What was written, once it was handed in.
    pub written: Option<Written>,
    /// Why it was returned.
    pub note: Option<String>,
    /// Log-in name.
    pub submitted_by: Option<String>,
    /// Log-in name of whoever accepted or returned it.
    pub checked_by: Option<String>,
    /// What was noted of its progress, oldest first.
    pub progress: Vec<Progress>,
    /// Its way so far, oldest first.
    pub history: Vec<Moment>,
    /// The evidence on it and on the notes of its progress, oldest first.
    pub files: Vec<Hanging>,
    /// Whether the asker may add evidence.
    pub may_attach: bool,
}

/// The asker's part in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// They write it.
    Writes,
    /// They check it.
    Checks,
    /// They read it.
    Reads,
}

/// One plan of the asker's scope.
pub fn plan(app: &App, context: &Context, id: i64) -> Result<PlanCase> {
    let mut tx = app.store.read()?;
    let looks = looking(app, &mut tx, context)?;
    let plan = visible(&mut tx, context, &looks.ground.organisation, id)?;
    looks.case(&mut tx, plan)
}

/// A plan that the asker may know of, else there is none: the one rule of its page, its steps and its files.
fn visible(tx: &mut Read, context: &Context, organisation: &Organisation, id: i64) -> Result<Plan> {
    let missing = || Error::missing("improvement plan", id);
    let plan = kept::by_id(tx, id)?.ok_or_else(missing)?;
    let scope = context.scope(organisation, Action::Alerts, Right::Read)?;
    if reaches(&scope, organisation, &owner_of(&plan), last_month(&plan)) { Ok(plan) } else { Err(missing()) }
}

/// The open plans of the asker's scope, those due first at the top.
pub fn plans(app: &App, context: &Context) -> Result<Vec<(PlanLine, OwnerKey, Metric)>> {
    let mut tx = app.store.read()?;
    let looks = looking(app, &mut tx, context)?;
    let organisation = &looks.ground.organisation;
    let scope = context.scope(organisation, Action::Alerts, Right::Read)?;
    let mut found = Vec::new();
    for (plan, _) in kept::all_open(&mut tx)? {
        let owner = owner_of(&plan);
        if reaches(&scope, organisation, &owner, last_month(&plan)) {
            found.push((looks.line(&plan), owner, metric_of(&plan)?));
        }
    }
    Ok(found)
}

impl PlanLine {
    /// The line of a plan on a day.
    pub(crate) fn of(
        plan: &Plan,
        organisation: &Organisation,
        calendar: &Calendar,
        context: &Context,
    ) -> Self {
        let today = context.today;
        let next = plan.course.next_task();
        let deadline = next.map(|entry| entry.task.deadline.dated_by(calendar));
        let (responsible, checker) = parties(plan, organisation, today);
        let state = plan.course.state();
        let (part, for_whom) = part(context, organisation, responsible, checker);
        Self {
            id: plan.id,
            state,
            level: plan.course.level(),
            deadline,
            time_left: deadline.and_then(|deadline| deadline.time_left(calendar, today)),
            responsible: responsible.and_then(|member| name(organisation, member)),
            checker: checker.and_then(|member| name(organisation, member)),
            part,
            for_whom,
            escalated_to: next
                .filter(|entry| entry.task.escalated_on.is_some())
                .and(checker)
                .and_then(|member| name(organisation, member)),
            update_due: next.is_some() && is_handed_in(state),
        }
    }

    /// Whether what is due next is overdue.
    pub fn is_overdue(&self) -> bool {
        matches!(self.time_left, Some(TimeLeft::Overdue(_)))
    }

    /// What the asker is to do about it now.
    pub fn task(&self) -> Option<PlanTask> {
        match (self.part, self.state) {
            (Part::Writes, PlanState::Open) => Some(PlanTask::Write),
            (Part::Writes, PlanState::Returned) => Some(PlanTask::Revise),
            (Part::Writes, _) if self.update_due => Some(PlanTask::Update),
            (Part::Writes, PlanState::Accepted) => Some(PlanTask::Start),
            (Part::Checks, PlanState::Submitted) => Some(PlanTask::Check),
            (Part::Checks, _) if self.is_overdue() => Some(PlanTask::Chase),
            (
                Part::Writes | Part::Checks | Part::Reads,
                PlanState::Open
                | PlanState::Submitted
                | PlanState::Returned
                | PlanState::Accepted
                | PlanState::Running
                | PlanState::Recovered
                | PlanState::NotRecovered
                | PlanState::Withdrawn,
            ) => None,
        }
    }

    /// Who has to act next, by name: the checker while it waits to be checked, else whoever writes it.
    pub fn acts(&self) -> Option<&str> {
        let acts = if self.state == PlanState::Submitted && !self.update_due {
            &self.checker
        } else {
            &self.responsible
        };
        acts.as_deref()
    }

    /// As JSON. `deadline` is a date; while it is pending `pending_year` says which calendar is missing.
    pub fn json(&self) -> Value {
        let pending = match self.deadline {
            Some(Deadline::Pending(pending)) => Some(pending.year),
            Some(Deadline::Due(_)) | None => None,
        };
        json!({
            "id": self.id,
            "state": self.state,
            "level": self.level,
            "deadline": self.deadline.and_then(Deadline::date),
            "pending_year": pending,
            "overdue": self.is_overdue(),
            "responsible": self.responsible,
        })
    }
}

/// A plan with everything written in it.
pub(super) fn plan_case(
    tx: &mut Read,
    looking: &Looking<'_>,
    plan: Plan,
    alerts: Vec<AlertRow>,
) -> Result<PlanCase> {
    let written = plan.written.as_deref().map(serde_json::from_str).transpose();
    let (progress, history) = (kept::notes(tx, plan.id)?, history::of(tx, plan.id)?);
    let evidence = Evidence { checked_at: history::checked_at(&history), plan };
    let organisation = &looking.ground.organisation;
    let files = evidence.files(tx, looking.context, organisation, &progress)?;
    let may_attach = evidence.may_attach(looking.context, organisation).is_ok();
    let plan = evidence.plan;
    Ok(PlanCase {
        line: looking.line(&plan),
        version: plan.version,
        owner: owner_of(&plan),
        metric: metric_of(&plan)?,
        remedy: plan.remedy,
        alerts,
        written: written
            .map_err(|wrong| Error::Internal(format!("improvement plan {}: {wrong}", plan.id)))?,
        progress,
        history,
        files,
        may_attach,
        note: plan.note,
        submitted_by: plan.submitted_by,
        checked_by: plan.checked_by,
    })
}

/// Who writes a plan and who checks it on a day.
fn parties(plan: &Plan, organisation: &Organisation, on: Date) -> (Option<MemberId>, Option<MemberId>) {
    let owner = owner_of(plan);
    (owner.responsible(organisation, on), owner.checker(organisation, plan.course.level(), on))
}

fn part(
    context: &Context,
    organisation: &Organisation,
    responsible: Option<MemberId>,
    checker: Option<MemberId>,
) -> (Part, Option<String>) {
    match persons::member(context, organisation) {
        None => (Part::Reads, None),
        me if me == responsible => (Part::Writes, None),
        me if me == checker => (Part::Checks, None),
        Some(_) => {
            let lent = checker.and_then(|checker| persons::stands_in_for(context, organisation, checker));
            lent.map_or((Part::Reads, None), |lent| (Part::Checks, Some(lent.giver.name.clone())))
        }
    }
}

/// Whether the plan itself is with the checker or beyond, so that only months that joined may be due.
const fn is_handed_in(state: PlanState) -> bool {
    match state {
        PlanState::Submitted | PlanState::Accepted | PlanState::Running => true,
        PlanState::Open
        | PlanState::Returned
        | PlanState::Recovered
        | PlanState::NotRecovered
        | PlanState::Withdrawn => false,
    }
}

pub(crate) fn metric_of(plan: &Plan) -> Result<Metric> {
    plan.metric.parse().map_err(|_| Error::Internal(format!("metric {}", plan.metric)))
}

pub(crate) fn owner_of(plan: &Plan) -> OwnerKey {
    OwnerKey { kind: plan.owner_kind, code: plan.owner.clone() }
}

/// The newest month of a plan; it always has one.
pub(crate) fn last_month(plan: &Plan) -> Month {
    let months = plan.course.entries().iter().map(|entry| entry.month);
    months.max().unwrap_or(Month::of(Date::MIN))
}

/// The news of a step of a plan, for whoever it concerns; none where the plan has no alert left to show it by.
pub(crate) fn news(
    tx: &mut Read,
    organisation: &Organisation,
    plan: &Plan,
    (step, on): (ImprovementStep, Date),
) -> Result<Option<News>> {
    let Some(alert) = dacheng_store::alerts::of_plan(tx, plan.id)?.iter().map(|alert| alert.id).max() else {
        return Ok(None);
    };
    let (owner, metric) = (owner_of(plan), metric_of(plan)?);
    let due = plan.course.next_task().and_then(|entry| entry.task.deadline.date());
    let version = plan.version + 1;
    let name = owner.name(organisation);
    let event = Event::Improvement { step, plan: plan.id, alert, owner: name, metric, due, version };
    Ok(Some(News::about(event, organisation, &owner, (plan.course.level(), on))))
}

fn name(organisation: &Organisation, member: MemberId) -> Option<String> {
    organisation.member(member).map(|member| member.name.clone())
}
