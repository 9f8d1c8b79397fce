//! Improvement plans: writing, checking, starting and following them. Judging them is part of a close.

use std::sync::Arc;

use dacheng_domain::access::{Action, Object, Owner, Right, When};
use dacheng_domain::calendar::{Deadline, Month, TimeLeft};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::MemberId;
use dacheng_domain::tracking::alert::{Level, Remedy};
use dacheng_domain::tracking::improvement::{NotFromHere, PlanSettings, PlanState, PlanTerms};
use dacheng_store::improvement::{self as kept, Plan, Progress};
use dacheng_store::{Read, Write};
use dacheng_text::Lang;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::OwnerKey;
use super::alerts::{AlertRow, Looking, reaches};
use super::close::shown;
use super::persons::{self, is_program};
use crate::company::{self, Company};
use crate::facts::ground::Ground;
use crate::{App, Context, Error, Result, audit};

/// What the owner writes into a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// 未达成原因
    pub cause: String,
    /// 改进措施
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
    /// By when.
    pub by: Date,
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
    /// Who checks it, by name.
    pub checker: Option<String>,
    /// The asker's part in it.
    pub part: Part,
    /// What was noted of its progress, oldest first.
    pub progress: Vec<Progress>,
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

/// A task that became overdue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// The plan.
    pub plan: i64,
    /// Whose.
    pub owner: OwnerKey,
    /// The months whose task is overdue.
    pub months: Vec<Month>,
    /// To whom it escalates, by code: the checker.
    pub to: Option<String>,
}

/// One plan of the asker's scope.
pub fn plan(app: &App, context: &Context, id: i64) -> Result<PlanCase> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let calendar = company::current(&mut tx)?.0.calendar();
    let looking = Looking { ground: &ground, calendar: &calendar, context };
    let missing = || Error::missing("improvement plan", id);
    let plan = kept::by_id(&mut tx, id)?.ok_or_else(missing)?;
    let scope = context.scope(&ground.organisation, Action::Alerts, Right::Read)?;
    if !reaches(&scope, &ground.organisation, &owner_of(&plan), last_month(&plan)) {
        return Err(missing());
    }
    looking.case(&mut tx, plan)
}

/// The owner hands the plan in for all months so far; a returned one anew. Answers the new version.
pub fn submit(app: &App, context: &Context, id: i64, seen: i64, written: &Written) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    act.may_write()?;
    let texts = context.lang.tracking_plan();
    let after = last_month(&act.plan);
    let is_action = |step: &Step| !step.what.trim().is_empty() && !step.who.trim().is_empty();
    let checks = [
        (written.cause.trim().is_empty(), texts.cause().to_owned()),
        (written.actions.is_empty() || !written.actions.iter().all(is_action), texts.actions().to_owned()),
        (written.last_month <= after, texts.last_month(shown(context.lang, after))),
    ];
    let wrong: Vec<String> = checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, why)| why).collect();
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    act.plan.course.submit(context.today, written.last_month).map_err(|why| refused(context.lang, why))?;
    act.plan.written =
        Some(serde_json::to_string(written).map_err(|wrong| Error::Internal(wrong.to_string()))?);
    act.plan.submitted_by = Some(context.actor.name().to_owned());
    act.plan.note = None;
    act.save("improvement_plan.submit", &json!(written))
}

/// The checker returns a plan with a reason.
pub fn send_back(app: &App, context: &Context, id: i64, seen: i64, reason: &str) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    act.may_check()?;
    if reason.trim().is_empty() {
        return Err(Error::refused(context.lang.tracking_plan().reason()));
    }
    let calendar = act.company.calendar();
    let terms = PlanTerms { calendar: &calendar, settings: PlanSettings::default() };
    act.plan.course.send_back(context.today, &terms).map_err(|why| refused(context.lang, why))?;
    act.plan.note = Some(reason.to_owned());
    act.plan.checked_by = Some(context.actor.name().to_owned());
    act.save("improvement_plan.return", &json!({ "reason": reason }))
}

/// The checker accepts a plan.
pub fn accept(app: &App, context: &Context, id: i64, seen: i64) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    act.may_check()?;
    act.plan.course.accept().map_err(|why| refused(context.lang, why))?;
    act.plan.checked_by = Some(context.actor.name().to_owned());
    act.save("improvement_plan.accept", &json!({}))
}

/// The owner starts an accepted plan.
pub fn start(app: &App, context: &Context, id: i64, seen: i64) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    act.may_write()?;
    act.plan.course.start().map_err(|why| refused(context.lang, why))?;
    act.save("improvement_plan.start", &json!({}))
}

/// The owner brings the plan up to date for the months that joined it.
pub fn update(app: &App, context: &Context, id: i64, seen: i64, note: &str) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    act.may_write()?;
    match act.plan.course.state() {
        PlanState::Submitted | PlanState::Accepted | PlanState::Running => {}
        // Before it is handed in there is nothing to bring up to date.
        state @ (PlanState::Open
        | PlanState::Returned
        | PlanState::Recovered
        | PlanState::NotRecovered
        | PlanState::Withdrawn) => {
            return Err(Error::refused(
                context.lang.tracking_plan().not_from_here(state_name(context.lang, state)),
            ));
        }
    }
    act.plan.course.update(context.today);
    act.note(note)?;
    act.save("improvement_plan.update", &json!({ "note": note }))
}

/// The owner or the checker notes the progress of an open plan.
pub fn record_progress(app: &App, context: &Context, id: i64, seen: i64, note: &str) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    if act.may_check().is_err() {
        act.may_write()?;
    }
    if !act.plan.course.state().is_open() {
        return Err(Error::refused(context.lang.tracking_plan().ended()));
    }
    act.note(note)?;
    act.save("improvement_plan.note", &json!({ "note": note }))
}

/// A job: marks every task that is overdue and was not escalated yet, and says whom to tell. Twice on a day is once.
pub fn escalate(app: &App, context: &Context) -> Result<Vec<Overdue>> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let organisation = &ground.organisation;
    let mut escalated = Vec::new();
    for mut plan in kept::overdue(&mut tx, &context.today.to_string())? {
        let months = plan.course.escalate(context.today);
        if months.is_empty() || !kept::save(&mut tx, &plan)? {
            continue;
        }
        let owner = owner_of(&plan);
        let checker = owner.checker(organisation, plan.course.level(), context.today);
        let to = checker.and_then(|member| organisation.member(member)).map(|member| member.code.to_string());
        let detail = json!({ "months": months, "to": to });
        audit::record(app, &mut tx, context, "improvement_plan.escalate", &plan.id.to_string(), &detail)?;
        escalated.push(Overdue { plan: plan.id, owner, months, to });
    }
    tx.commit()?;
    Ok(escalated)
}

/// To be called when a calendar year was loaded: deadlines that waited for it get their date. Answers how many
/// plans got one.
pub fn date_pending(app: &App, context: &Context) -> Result<usize> {
    let mut tx = app.store.write()?;
    let calendar = company::current(&mut tx)?.0.calendar();
    let mut dated = 0;
    for mut plan in kept::pending(&mut tx)? {
        let before = plan.course.clone();
        plan.course.date(&calendar);
        if plan.course != before && kept::save(&mut tx, &plan)? {
            dated += 1;
        }
    }
    if dated > 0 {
        audit::record(
            app,
            &mut tx,
            context,
            "improvement_plan.date",
            "calendar",
            &json!({ "plans": dated }),
        )?;
    }
    tx.commit()?;
    Ok(dated)
}

/// A step on a plan in its transaction.
struct Act<'a> {
    app: &'a App,
    context: &'a Context,
    tx: Write,
    ground: Arc<Ground>,
    company: Company,
    plan: Plan,
}

impl<'a> Act<'a> {
    fn begin(app: &'a App, context: &'a Context, id: i64, seen: i64) -> Result<Self> {
        let mut tx = app.store.write()?;
        let ground = app.memory.ground(&mut tx)?;
        let (company, _) = company::current(&mut tx)?;
        let missing = || Error::missing("improvement plan", id);
        let plan = kept::by_id(&mut tx, id)?.ok_or_else(missing)?;
        let scope = context.scope(&ground.organisation, Action::Alerts, Right::Read)?;
        if !reaches(&scope, &ground.organisation, &owner_of(&plan), last_month(&plan)) {
            return Err(missing());
        }
        if plan.version != seen {
            return Err(Error::Stale { seen, found: plan.version });
        }
        Ok(Self { app, context, tx, ground, company, plan })
    }

    /// The owner of the plan, or the leader of the unit it is of.
    fn may_write(&self) -> Result<()> {
        let (organisation, today) = (&self.ground.organisation, self.context.today);
        if is_program(self.context) {
            return Ok(());
        }
        let owner = owner_of(&self.plan);
        let responsible = owner.responsible(organisation, today);
        if responsible.is_none() || responsible != persons::member(self.context, organisation) {
            let name = responsible.and_then(|member| name(organisation, member));
            let name = name.unwrap_or_else(|| owner.name(organisation));
            return Err(Error::Forbidden(self.context.lang.tracking_plan().not_owner(name)));
        }
        self.allow(Right::Update, responsible, &[])
    }

    /// The checker of the day, by the chain of superiors (`domain.md` §5).
    fn may_check(&self) -> Result<()> {
        let (organisation, today) = (&self.ground.organisation, self.context.today);
        let texts = self.context.lang.tracking_plan();
        let owner = owner_of(&self.plan);
        if is_program(self.context) {
            return Ok(());
        }
        let checker = owner.checker(organisation, self.plan.course.level(), today);
        let Some(checker) = checker else { return Err(Error::Forbidden(texts.no_checker().to_owned())) };
        if persons::member(self.context, organisation) != Some(checker) {
            let name = name(organisation, checker).unwrap_or_default();
            return Err(Error::Forbidden(texts.not_checker(name)));
        }
        // The chain has found them for this plan, be it in place of a vacant post: what the table asks of the
        // level and the owner's position holds. It still decides whether their role checks at all.
        let holds = [When::Asked, When::Yellow, When::Red, When::OfDirector];
        self.allow(Right::Check, owner.responsible(organisation, today), &holds)
    }

    fn allow(&self, right: Right, owner: Option<MemberId>, holds: &[When]) -> Result<()> {
        let owner = owner.map_or(Owner::Company, Owner::Member);
        let object = Object::on(owner, self.context.today).holding(holds);
        self.context.may(&self.ground.organisation, Action::Alerts, right, &object)?;
        Ok(())
    }

    fn note(&mut self, note: &str) -> Result<()> {
        if note.trim().is_empty() {
            return Err(Error::refused(self.context.lang.tracking_plan().note()));
        }
        let actor = self.context.actor.name().to_owned();
        let progress = Progress { at: self.context.now.as_millisecond(), actor, note: note.to_owned() };
        Ok(kept::note(&mut self.tx, self.plan.id, &progress)?)
    }

    fn save(mut self, act: &str, detail: &Value) -> Result<i64> {
        let seen = self.plan.version;
        if !kept::save(&mut self.tx, &self.plan)? {
            return Err(Error::Stale { seen, found: seen + 1 });
        }
        audit::record(self.app, &mut self.tx, self.context, act, &self.plan.id.to_string(), detail)?;
        self.tx.commit()?;
        Ok(seen + 1)
    }
}

impl PlanLine {
    /// The line of a plan on a day.
    pub(super) fn of(plan: &Plan, looking: Looking<'_>) -> Self {
        let Looking { ground, calendar, context } = looking;
        let (organisation, today) = (&ground.organisation, context.today);
        let deadline = plan.course.next_task().map(|entry| entry.task.deadline.dated_by(calendar));
        let responsible = owner_of(plan).responsible(organisation, today);
        Self {
            id: plan.id,
            state: plan.course.state(),
            level: plan.course.level(),
            deadline,
            time_left: deadline.and_then(|deadline| deadline.time_left(calendar, today)),
            responsible: responsible.and_then(|member| name(organisation, member)),
        }
    }

    /// Whether what is due next is overdue.
    pub fn is_overdue(&self) -> bool {
        matches!(self.time_left, Some(TimeLeft::Overdue(_)))
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
    looking: Looking<'_>,
    plan: Plan,
    alerts: Vec<AlertRow>,
) -> Result<PlanCase> {
    let (organisation, today) = (&looking.ground.organisation, looking.context.today);
    let owner = owner_of(&plan);
    let responsible = owner.responsible(organisation, today);
    let checker = owner.checker(organisation, plan.course.level(), today);
    let me = persons::member(looking.context, organisation);
    let part = if me.is_some() && me == responsible {
        Part::Writes
    } else if me.is_some() && me == checker {
        Part::Checks
    } else {
        Part::Reads
    };
    let written = plan.written.as_deref().map(serde_json::from_str).transpose();
    Ok(PlanCase {
        line: PlanLine::of(&plan, looking),
        version: plan.version,
        owner,
        metric: plan.metric.parse().map_err(|_| Error::Internal(format!("metric {}", plan.metric)))?,
        remedy: plan.remedy,
        alerts,
        written: written
            .map_err(|wrong| Error::Internal(format!("improvement plan {}: {wrong}", plan.id)))?,
        progress: kept::notes(tx, plan.id)?,
        note: plan.note,
        submitted_by: plan.submitted_by,
        checked_by: plan.checked_by,
        checker: checker.and_then(|member| name(organisation, member)),
        part,
    })
}

fn owner_of(plan: &Plan) -> OwnerKey {
    OwnerKey { kind: plan.owner_kind, code: plan.owner.clone() }
}

/// The newest month of a plan; it always has one.
fn last_month(plan: &Plan) -> Month {
    let months = plan.course.entries().iter().map(|entry| entry.month);
    months.max().unwrap_or(Month::of(Date::MIN))
}

fn name(organisation: &dacheng_domain::people::Organisation, member: MemberId) -> Option<String> {
    organisation.member(member).map(|member| member.name.clone())
}

fn refused(lang: Lang, why: NotFromHere) -> Error {
    Error::refused(lang.tracking_plan().not_from_here(state_name(lang, why.state)))
}

fn state_name(lang: Lang, state: PlanState) -> &'static str {
    let states = lang.states();
    match state {
        PlanState::Open => states.plan_open(),
        PlanState::Submitted => states.plan_submitted(),
        PlanState::Returned => states.plan_returned(),
        PlanState::Accepted => states.plan_accepted(),
        PlanState::Running => states.plan_running(),
        PlanState::Recovered => states.plan_recovered(),
        PlanState::NotRecovered => states.plan_not_recovered(),
        PlanState::Withdrawn => states.withdrawn(),
    }
}
