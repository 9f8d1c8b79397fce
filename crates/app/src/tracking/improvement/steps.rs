//! The steps of an improvement plan: handing in, returning, accepting, starting, following.

use std::sync::Arc;

use dacheng_domain::access::{Action, Object, Owner, Right, When};
use dacheng_domain::notification::ImprovementStep;
use dacheng_domain::people::{MemberId, Organisation};
use dacheng_domain::tracking::improvement::{NotFromHere, PlanSettings, PlanState, PlanTerms};
use dacheng_store::Write;
use dacheng_store::improvement::{self as kept, Plan, Progress};
use dacheng_text::Lang;
use serde_json::{Value, json};

use super::{Step, Written, is_handed_in, last_month, name, news, owner_of, parties, visible};
use crate::company::{self, Company};
use crate::facts::ground::Ground;
use crate::outbox::announce;
use crate::tracking::close::shown;
use crate::tracking::persons::{self, is_program};
use crate::{App, Context, Error, Result, audit};

/// The owner hands the plan in for all months so far; a returned one anew. Answers the new version.
pub fn submit(app: &App, context: &Context, id: i64, seen: i64, written: &Written) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    act.may_write()?;
    let texts = context.lang.tracking_plan();
    let after = last_month(&act.plan);
    let is_action = |step: &Step| {
        let in_order = step.from.is_none_or(|from| from <= step.by);
        in_order && !step.what.trim().is_empty() && !step.who.trim().is_empty()
    };
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
    act.tell(ImprovementStep::Submitted)?;
    act.save("improvement_plan.submit", &json!(written))
}

/// The checker returns a plan with a reason.
pub fn send_back(app: &App, context: &Context, id: i64, seen: i64, reason: &str) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    act.on_behalf_of = act.may_check()?;
    if reason.trim().is_empty() {
        return Err(Error::refused(context.lang.tracking_plan().reason()));
    }
    let calendar = act.company.calendar();
    let terms = PlanTerms { calendar: &calendar, settings: PlanSettings::default() };
    act.plan.course.send_back(context.today, &terms).map_err(|why| refused(context.lang, why))?;
    act.plan.note = Some(reason.to_owned());
    act.plan.checked_by = Some(context.actor.name().to_owned());
    act.tell(ImprovementStep::Returned)?;
    act.save("improvement_plan.return", &json!({ "reason": reason }))
}

/// The checker accepts a plan.
pub fn accept(app: &App, context: &Context, id: i64, seen: i64) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    act.on_behalf_of = act.may_check()?;
    act.plan.course.accept().map_err(|why| refused(context.lang, why))?;
    act.plan.checked_by = Some(context.actor.name().to_owned());
    act.tell(ImprovementStep::Accepted)?;
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
    let state = act.plan.course.state();
    if !is_handed_in(state) {
        // Before it is handed in there is nothing to bring up to date.
        return Err(Error::refused(
            context.lang.tracking_plan().not_from_here(state_name(context.lang, state)),
        ));
    }
    act.plan.course.update(context.today);
    act.note(note)?;
    act.save("improvement_plan.update", &json!({ "note": note }))
}

/// The owner or the checker notes the progress of an open plan. The owner may say how far each step is, in per cent,
/// in the order of the plan; nothing said leaves them as they are.
pub fn record_progress(
    app: &App,
    context: &Context,
    id: i64,
    seen: i64,
    note: &str,
    done: &[u8],
) -> Result<i64> {
    let mut act = Act::begin(app, context, id, seen)?;
    match act.may_check() {
        Ok(on_behalf_of) if done.is_empty() => act.on_behalf_of = on_behalf_of,
        Ok(_) | Err(_) => act.may_write()?,
    }
    if !act.plan.course.state().is_open() {
        return Err(Error::refused(context.lang.tracking_plan().ended()));
    }
    act.note(note)?;
    act.done(done)?;
    act.save("improvement_plan.note", &json!({ "note": note, "done": done }))
}

/// A step on a plan in its transaction.
struct Act<'a> {
    app: &'a App,
    context: &'a Context,
    tx: Write,
    ground: Arc<Ground>,
    company: Company,
    plan: Plan,
    /// Whom whoever acts stands in for: recorded beside their own name.
    on_behalf_of: Option<String>,
}

impl<'a> Act<'a> {
    fn begin(app: &'a App, context: &'a Context, id: i64, seen: i64) -> Result<Self> {
        let mut tx = app.store.write()?;
        let ground = app.memory.ground(&mut tx)?;
        let (company, _) = company::current(&mut tx)?;
        let plan = visible(&mut tx, context, &ground.organisation, id)?;
        if plan.version != seen {
            return Err(Error::Stale { seen, found: plan.version });
        }
        Ok(Self { app, context, tx, ground, company, plan, on_behalf_of: None })
    }

    fn may_write(&self) -> Result<()> {
        may_write(self.context, &self.ground.organisation, &self.plan)
    }

    /// The checker of the day, by the chain of superiors (`domain.md` §5), or who stands in for them; answers the log-in
    /// name of whom they stand in for.
    fn may_check(&self) -> Result<Option<String>> {
        let (organisation, today) = (&self.ground.organisation, self.context.today);
        let texts = self.context.lang.tracking_plan();
        if is_program(self.context) {
            return Ok(None);
        }
        let (responsible, checker) = parties(&self.plan, organisation, today);
        let Some(checker) = checker else { return Err(Error::Forbidden(texts.no_checker().to_owned())) };
        let me = persons::member(self.context, organisation);
        let lent = persons::stands_in_for(self.context, organisation, checker);
        let lent = lent.filter(|_| me != Some(checker) && me != responsible);
        if me != Some(checker) && lent.is_none() {
            let name = name(organisation, checker).unwrap_or_default();
            return Err(Error::Forbidden(texts.not_checker(name)));
        }
        // The chain has found them for this plan, be it in place of a vacant post: what the table asks of the
        // level and the owner's position holds. It still decides whether their role checks at all.
        let holds = [When::Asked, When::Yellow, When::Red, When::OfDirector];
        match lent {
            None => allow(self.context, organisation, Right::Check, responsible, &holds)?,
            Some(lent) => {
                let context = self.context.standing_in(lent);
                allow(&context, organisation, Right::Check, responsible, &holds)?;
            }
        }
        Ok(lent.map(|lent| lent.giver.login.clone()))
    }

    fn note(&mut self, note: &str) -> Result<()> {
        if note.trim().is_empty() {
            return Err(Error::refused(self.context.lang.tracking_plan().note()));
        }
        let actor = self.context.actor.name().to_owned();
        let progress =
            Progress { number: 0, at: self.context.now.as_millisecond(), actor, note: note.to_owned() };
        kept::note(&mut self.tx, self.plan.id, &progress)?;
        Ok(())
    }

    /// How far each step is.
    fn done(&mut self, done: &[u8]) -> Result<()> {
        let (Some(text), false) = (&self.plan.written, done.is_empty()) else { return Ok(()) };
        let wrong = |wrong: serde_json::Error| Error::Internal(wrong.to_string());
        let mut written: Written = serde_json::from_str(text).map_err(wrong)?;
        if done.len() != written.actions.len() || done.iter().any(|percent| *percent > 100) {
            return Err(Error::refused(self.context.lang.tracking_plan().done()));
        }
        for (step, done) in written.actions.iter_mut().zip(done) {
            step.progress = *done;
        }
        self.plan.written = Some(serde_json::to_string(&written).map_err(wrong)?);
        Ok(())
    }

    /// Tells whom the step concerns, of the version that it makes.
    fn tell(&mut self, step: ImprovementStep) -> Result<()> {
        let organisation = &self.ground.organisation;
        let news = news(&mut self.tx, organisation, &self.plan, (step, self.context.today))?;
        announce(self.app, &mut self.tx, self.context, news.as_slice())
    }

    fn save(mut self, act: &str, detail: &Value) -> Result<i64> {
        let seen = self.plan.version;
        if !kept::save(&mut self.tx, &self.plan)? {
            return Err(Error::Stale { seen, found: seen + 1 });
        }
        let mut detail = detail.clone();
        if let (Some(giver), Some(fields)) = (self.on_behalf_of.take(), detail.as_object_mut()) {
            fields.insert("on_behalf_of".to_owned(), giver.into());
        }
        audit::record(self.app, &mut self.tx, self.context, act, &self.plan.id.to_string(), &detail)?;
        self.tx.commit()?;
        Ok(seen + 1)
    }
}

/// The owner of the plan, or the leader of the unit it is of.
pub(super) fn may_write(context: &Context, organisation: &Organisation, plan: &Plan) -> Result<()> {
    if is_program(context) {
        return Ok(());
    }
    let owner = owner_of(plan);
    let (responsible, _) = parties(plan, organisation, context.today);
    if responsible.is_none() || responsible != persons::member(context, organisation) {
        let name = responsible.and_then(|member| name(organisation, member));
        let name = name.unwrap_or_else(|| owner.name(organisation));
        return Err(Error::Forbidden(context.lang.tracking_plan().not_owner(name)));
    }
    allow(context, organisation, Right::Update, responsible, &[])
}

fn allow(
    context: &Context,
    organisation: &Organisation,
    right: Right,
    owner: Option<MemberId>,
    holds: &[When],
) -> Result<()> {
    let owner = owner.map_or(Owner::Company, Owner::Member);
    let object = Object::on(owner, context.today).holding(holds);
    context.may(organisation, Action::Alerts, right, &object)?;
    Ok(())
}

fn refused(lang: Lang, why: NotFromHere) -> Error {
    Error::refused(lang.tracking_plan().not_from_here(state_name(lang, why.state)))
}

pub(super) fn state_name(lang: Lang, state: PlanState) -> &'static str {
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
