//! The life of a plan: submitted, sent back, put in force, archived. The moves are `domain::planning`'s.

use dacheng_domain::access::Right;
use dacheng_domain::notification::{Event, PlanNews};
use dacheng_domain::planning::{InForce, Reason, Refused, State};
use dacheng_store::{Write, breakdowns, counter, plans};
use dacheng_text::Lang;
use serde_json::{Value, json};

use super::coverage::{gaps, sentence};
use super::{Opened, PlanView, allow, open_to_write, scenarios, smart, state_word};
use crate::allocation::listed;
use crate::outbox::{News, announce};
use crate::{App, Context, Error, Result, audit};

/// A plan to come into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutInForce {
    /// The plan's code.
    pub plan: String,
    /// The version the asker saw.
    pub seen: i64,
    /// Why members without a target are accepted.
    pub reason: Option<Reason>,
    /// The other scenarios of the year that the asker was told will be archived, by code; another one there then refuses
    /// the step. `None` where nobody was told.
    pub told: Option<Vec<String>>,
}

/// Draft to review: from now on its targets stand still. The SMART verdicts on them are recorded.
pub fn submit(app: &App, context: &Context, plan: &str, seen: i64) -> Result<PlanView> {
    let act = Act {
        word: "plan.submit",
        rights: &[Right::Update],
        reason: None,
        news: Some(PlanNews::Submitted),
        verdicts: Verdicts::Recorded,
    };
    go(app, context, plan, seen, &act, State::submit)
}

/// Review back to draft, by whoever sets targets or would put them in force.
pub fn send_back(app: &App, context: &Context, plan: &str, seen: i64, reason: &Reason) -> Result<PlanView> {
    let act = Act {
        word: "plan.send_back",
        rights: &[Right::Update, Right::Approve],
        reason: Some(reason),
        news: Some(PlanNews::Returned),
        verdicts: Verdicts::Left,
    };
    go(app, context, plan, seen, &act, State::send_back)
}

/// The year is over, or another scenario was chosen. What is in force is archived by who may put it in force.
pub fn archive(app: &App, context: &Context, plan: &str, seen: i64, reason: &Reason) -> Result<PlanView> {
    let act = Act {
        word: "plan.archive",
        rights: &[Right::Update],
        reason: Some(reason),
        news: None,
        verdicts: Verdicts::Left,
    };
    go(app, context, plan, seen, &act, State::archive)
}

/// Takes a scenario that was not chosen out of the archive: a draft again.
pub fn restore(app: &App, context: &Context, plan: &str, seen: i64) -> Result<PlanView> {
    let mut tx = app.store.write()?;
    let opened = open_to_write(app, &mut tx, plan)?;
    allow::company(context, &opened, Right::Update)?;
    check_version(&opened, seen)?;
    let was = dacheng_store::scenarios::of_plan(&mut tx, opened.plan.id)?.and_then(|own| own.archived_from);
    let state = opened.state.restore(was).map_err(|refused| refusal(context.lang, refused))?;
    scenarios::archived(&mut tx, context, opened.plan.id, None)?;
    let detail = json!({ "from": opened.state, "to": state });
    let view = save(&mut tx, opened, state, None)?;
    audit::record(app, &mut tx, context, "plan.restore", &format!("plan/{plan}"), &detail)?;
    tx.commit()?;
    Ok(view)
}

struct Act<'r> {
    word: &'static str,
    /// Any of them.
    rights: &'static [Right],
    reason: Option<&'r Reason>,
    /// What people are told of it.
    news: Option<PlanNews>,
    verdicts: Verdicts,
}

/// Whether the SMART verdicts on the plan's targets are recorded with the step. They stop nothing (`domain.md` §3).
#[derive(PartialEq, Eq)]
enum Verdicts {
    Recorded,
    Left,
}

fn go(
    app: &App,
    context: &Context,
    plan: &str,
    seen: i64,
    act: &Act<'_>,
    to: impl FnOnce(State) -> std::result::Result<State, Refused>,
) -> Result<PlanView> {
    let mut tx = app.store.write()?;
    let opened = open_to_write(app, &mut tx, plan)?;
    let rights = if opened.state == State::InForce { &[Right::Approve] } else { act.rights };
    allow::company_by_any(context, &opened, rights)?;
    check_version(&opened, seen)?;
    let state = to(opened.state).map_err(|refused| refusal(context.lang, refused))?;
    let mut detail = json!({ "from": opened.state, "to": state, "reason": act.reason.map(Reason::as_str) });
    if act.verdicts == Verdicts::Recorded {
        detail["smart"] = smart::marks(app, &mut tx, context, &opened)?;
    }
    if state == State::Archived {
        scenarios::archived(&mut tx, context, opened.plan.id, Some(opened.state))?;
    }
    let view = save(&mut tx, opened, state, None)?;
    audit::record(app, &mut tx, context, act.word, &format!("plan/{plan}"), &detail)?;
    let news: Vec<News> = act.news.map(|step| news(step, &view)).into_iter().collect();
    announce(app, &mut tx, context, &news)?;
    tx.commit()?;
    Ok(view)
}

/// Review to in force. Its targets are locked from then on, and it is the only plan of its year in force; of two that
/// are put in force at once, one wins. Members without a target are named, or accepted with a recorded reason. The other
/// scenarios of the year are archived with it: readable, and to be restored.
pub fn put_in_force(app: &App, context: &Context, request: &PutInForce) -> Result<PlanView> {
    let say = context.lang.plans_refused();
    let mut tx = app.store.write()?;
    // Two plans of a year come into force one after the other.
    counter::next(&mut tx, "plan_in_force")?;
    let opened = open_to_write(app, &mut tx, &request.plan)?;
    allow::company(context, &opened, Right::Approve)?;
    check_version(&opened, request.seen)?;
    if let Some(other) =
        plans::of_year(&mut tx, opened.plan.year, "in_force")?.filter(|other| other.id != opened.plan.id)
    {
        return Err(Error::refused(say.another_in_force(opened.year, other.code)));
    }
    if breakdowns::metrics(&mut tx, opened.plan.id)?.is_empty() {
        return Err(Error::refused(say.no_targets()));
    }
    let gaps = gaps(&mut tx, &opened)?;
    let decided = opened.state.put_in_force(gaps.clone(), request.reason.clone());
    let InForce { uncovered, reason } = decided.map_err(|refused| match refused {
        Refused::Uncovered { gaps: count } => {
            let named = gaps.iter().map(|gap| sentence(context.lang, &opened, gap)).collect();
            let mut sentences = vec![say.uncovered(count)];
            sentences.extend(listed(context.lang, named));
            Error::Refused(sentences)
        }
        Refused::Not { .. } => refusal(context.lang, refused),
    })?;
    let archived = archive_others(app, &mut tx, context, &opened, request.told.as_deref())?;
    let detail: Value = json!({
        "from": opened.state, "to": State::InForce, "uncovered": uncovered.len(),
        "reason": reason.as_ref().map(Reason::as_str), "archived": archived,
    });
    let view = save(&mut tx, opened, State::InForce, reason)?;
    audit::record(app, &mut tx, context, "plan.put_in_force", &format!("plan/{}", request.plan), &detail)?;
    announce(app, &mut tx, context, &[news(PlanNews::InForce, &view)])?;
    tx.commit()?;
    Ok(view)
}

/// Archives the scenarios of the year that were not chosen, all of which the asker was told of. Answers their codes.
fn archive_others(
    app: &App,
    tx: &mut Write,
    context: &Context,
    chosen: &Opened,
    told: Option<&[String]>,
) -> Result<Vec<String>> {
    let others = scenarios::others(&plans::all(tx)?, &chosen.plan)?;
    let untold = |code: &str| told.is_some_and(|told| told.iter().all(|own| own != code));
    if let Some(new) = others.iter().find(|other| untold(&other.code)) {
        return Err(Error::refused(context.lang.scenarios_refused().untold(&new.name, &new.code)));
    }
    let reason = context.lang.scenarios().not_chosen(&chosen.plan.name, &chosen.plan.code);
    for other in &others {
        let opened = open_to_write(app, tx, &other.code)?;
        scenarios::archived(tx, context, opened.plan.id, Some(opened.state))?;
        let detail = json!({ "from": opened.state, "to": State::Archived, "reason": reason });
        save(tx, opened, State::Archived, None)?;
        audit::record(app, tx, context, "plan.archive", &format!("plan/{}", other.code), &detail)?;
    }
    Ok(others.into_iter().map(|other| other.code).collect())
}

fn news(step: PlanNews, plan: &PlanView) -> News {
    let (code, name) = (plan.code.clone(), plan.name.clone());
    News::of(Event::Plan { step, code, name, version: plan.version })
}

fn check_version(opened: &Opened, seen: i64) -> Result<()> {
    let found = opened.plan.version;
    if seen == found { Ok(()) } else { Err(Error::Stale { seen, found }) }
}

fn save(tx: &mut Write, opened: Opened, state: State, reason: Option<Reason>) -> Result<PlanView> {
    let seen = opened.plan.version;
    let word = serde_json::to_value(state).ok().and_then(|word| word.as_str().map(str::to_owned));
    let word = word.ok_or_else(|| Error::Internal("a state without a word".to_owned()))?;
    let reason = reason.map(|reason| reason.as_str().to_owned()).or(opened.plan.reason);
    let changed = plans::Plan { state: word, reason, ..opened.plan };
    if !plans::update(tx, &changed, seen)? {
        return Err(Error::Stale { seen, found: seen + 1 });
    }
    if state == State::InForce || opened.state == State::InForce {
        // Which targets count has changed: whoever keeps figures of targets looks again.
        counter::next(tx, dacheng_store::targets::TARGETS)?;
    }
    PlanView::of(&plans::Plan { version: seen + 1, ..changed })
}

fn refusal(lang: Lang, refused: Refused) -> Error {
    let say = lang.plans_refused();
    Error::refused(match refused {
        Refused::Not { from, .. } => say.state(state_word(lang, from)),
        Refused::Uncovered { gaps } => say.uncovered(gaps),
    })
}
