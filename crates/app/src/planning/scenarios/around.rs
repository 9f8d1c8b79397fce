//! What surrounds a plan as a scenario: where it was copied from, the assumption about pay, which others of its year are
//! worked on, and whether it may come back from the archive.

use dacheng_domain::access::Right;
use dacheng_domain::planning::State;
use dacheng_domain::planning::scenario::PayAssumption;
use dacheng_store::scenarios::{self, Scenario};
use dacheng_store::{Read, Write, plans};
use serde_json::json;

use super::copied::Copied;
use crate::planning::{Opened, PlanView, allow, open, open_to_write, state_of, state_word};
use crate::{App, Context, Error, Result, audit};

/// What surrounds a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The plan it was copied from: code and name.
    pub source: Option<(String, String)>,
    /// What the copy did, for who reads the company's targets.
    pub copied: Option<Copied>,
    /// The assumption about pay, for who reads the company's targets.
    pub pay: PayForm,
    /// The other plans of its year that are drafts or in review: they are archived when this one comes into force.
    pub others: Vec<PlanView>,
    /// Whether it may be made a draft again.
    pub restorable: bool,
}

/// The assumption about pay with the version that a change has to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PayForm {
    /// What is assumed.
    pub pay: Option<PayAssumption>,
    /// The version of what surrounds the plan, 0 for nothing yet.
    pub version: i64,
}

/// What surrounds a plan that the asker may see.
pub fn around(app: &App, context: &Context, plan: &str) -> Result<Around> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    allow::read_plan(context, &opened)?;
    let own = scenarios::of_plan(&mut tx, opened.plan.id)?;
    let reads = allow::company(context, &opened, Right::Read).is_ok();
    let plans = plans::all(&mut tx)?;
    let source = own.as_ref().and_then(|own| own.source);
    let source = plans.iter().find(|plan| Some(plan.id) == source);
    let copied = own.as_ref().and_then(|own| own.copied.as_deref()).filter(|_| reads);
    Ok(Around {
        source: source.map(|plan| (plan.code.clone(), plan.name.clone())),
        copied: copied.map(Copied::read).transpose()?,
        pay: PayForm {
            pay: own.as_ref().and_then(|own| own.pay).filter(|_| reads),
            version: own.as_ref().map_or(0, |own| own.version),
        },
        others: if reads { others(&plans, &opened.plan)? } else { Vec::new() },
        restorable: restorable(own.as_ref(), opened.state),
    })
}

/// The other plans of a plan's year that are still worked on, newest first.
pub(in crate::planning) fn others(plans: &[plans::Plan], plan: &plans::Plan) -> Result<Vec<PlanView>> {
    let mut found = Vec::new();
    for other in plans.iter().filter(|other| other.year == plan.year && other.id != plan.id) {
        match state_of(other)? {
            State::Draft | State::Review => found.push(PlanView::of(other)?),
            State::InForce | State::Archived => {}
        }
    }
    Ok(found)
}

/// Whether a plan may come back from the archive.
fn restorable(own: Option<&Scenario>, state: State) -> bool {
    state.restore(own.and_then(|own| own.archived_from)).is_ok()
}

/// Notes in which state a plan was archived, or that it is no more.
pub(in crate::planning) fn archived(
    tx: &mut Write,
    context: &Context,
    plan: i64,
    from: Option<State>,
) -> Result<()> {
    change(tx, context, plan, None, |own| own.archived_from = from).map(drop)
}

/// Sets the assumption about a plan's pay, or takes it back; the answer is the next version.
pub fn assume(
    app: &App,
    context: &Context,
    plan: &str,
    pay: Option<PayAssumption>,
    seen: i64,
) -> Result<i64> {
    let mut tx = app.store.write()?;
    let opened = open_to_write(app, &mut tx, plan)?;
    allow::company(context, &opened, Right::Update)?;
    refuse_archived(context, &opened)?;
    let before = scenarios::of_plan(&mut tx, opened.plan.id)?.and_then(|own| own.pay);
    let version = change(&mut tx, context, opened.plan.id, Some(seen), |own| own.pay = pay)?;
    let rates = |own: Option<PayAssumption>| own.map(|own| [own.rate(), own.beyond()]);
    let detail = json!({ "before": rates(before), "after": rates(pay) });
    audit::record(app, &mut tx, context, "plan.assume_pay", &format!("plan/{plan}"), &detail)?;
    tx.commit()?;
    Ok(version)
}

fn refuse_archived(context: &Context, opened: &Opened) -> Result<()> {
    match opened.state {
        State::Draft | State::Review | State::InForce => Ok(()),
        State::Archived => {
            let state = state_word(context.lang, opened.state);
            Err(Error::refused(context.lang.plans_refused().state(state)))
        }
    }
}

fn found(tx: &mut Read, context: &Context, plan: i64) -> Result<Scenario> {
    let nothing = || Scenario {
        plan,
        source: None,
        copied: None,
        pay: None,
        archived_from: None,
        changed_at: 0,
        actor: context.actor_name(),
        version: 0,
    };
    Ok(scenarios::of_plan(tx, plan)?.unwrap_or_else(nothing))
}

/// Changes what surrounds a plan that is at `seen`, if that is asked for.
fn change(
    tx: &mut Write,
    context: &Context,
    plan: i64,
    seen: Option<i64>,
    with: impl FnOnce(&mut Scenario),
) -> Result<i64> {
    let mut own = found(tx, context, plan)?;
    let version = own.version;
    let stale = |seen| Error::Stale { seen, found: version };
    if let Some(seen) = seen.filter(|seen| *seen != version) {
        return Err(stale(seen));
    }
    with(&mut own);
    (own.changed_at, own.actor) = (context.now.as_millisecond(), context.actor_name());
    if scenarios::save(tx, &own, version)? { Ok(version + 1) } else { Err(stale(version)) }
}
