//! Opening a plan: its row, its state, its fiscal year, and the ground it stands on. What every use case begins with.

use std::sync::Arc;

use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::own::Catalogue;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::planning::{RevenueBasis, State};
use dacheng_store::plans::{self, Plan};
use dacheng_store::{Read, Write};
use dacheng_text::{Lang, metric};

use crate::company::{self, Company};
use crate::facts::ground::Ground;
use crate::{App, Context, Error, Result};

/// A plan with what it refers to, as one transaction sees them.
pub(crate) struct Opened {
    pub plan: Plan,
    pub state: State,
    pub year: Year,
    pub company: Company,
    pub ground: Arc<Ground>,
    pub catalogue: Arc<Catalogue>,
}

/// Opens a plan by its code.
pub(crate) fn open(app: &App, tx: &mut Read, code: &str) -> Result<Opened> {
    let plan = plans::by_code(tx, code)?.ok_or_else(|| Error::missing("plan", code))?;
    opened(app, tx, plan)
}

/// Opens a plan for a change: others who change it wait until the commit.
pub(crate) fn open_to_write(app: &App, tx: &mut Write, code: &str) -> Result<Opened> {
    let missing = || Error::missing("plan", code);
    let found = plans::by_code(tx, code)?.ok_or_else(missing)?;
    let plan = plans::lock(tx, found.id)?.ok_or_else(missing)?;
    opened(app, tx, plan)
}

/// Opens a plan whose targets are to be edited: only a draft's are (`domain.md` §3, §6).
pub(crate) fn open_draft(app: &App, tx: &mut Write, context: &Context, code: &str) -> Result<Opened> {
    let opened = open_to_write(app, tx, code)?;
    if opened.state != State::Draft {
        // Whoever may not see the plan is not told its state either.
        super::allow::read_plan(context, &opened)?;
        let state = state_word(context.lang, opened.state);
        return Err(Error::refused(context.lang.plans_refused().locked_plan(state)));
    }
    Ok(opened)
}

pub(super) fn opened(app: &App, tx: &mut Read, plan: Plan) -> Result<Opened> {
    let (company, _) = company::current(tx)?;
    let year = i16::try_from(plan.year).ok().and_then(|year| Year::new(year, company.fiscal_start));
    let year =
        year.ok_or_else(|| Error::Internal(format!("plan {} of the year {}", plan.code, plan.year)))?;
    let (ground, catalogue) = (app.memory.ground(tx)?, app.memory.catalogue(tx)?);
    Ok(Opened { state: state_of(&plan)?, year, ground, catalogue, company, plan })
}

/// The state a plan's row names.
pub(crate) fn state_of(plan: &Plan) -> Result<State> {
    let unknown = |wrong| Error::Internal(format!("plan {}: {wrong}", plan.code));
    serde_json::from_value(plan.state.as_str().into()).map_err(unknown)
}

/// A basis as a plan's row keeps it.
pub(crate) fn basis_text(basis: RevenueBasis) -> Result<String> {
    serde_json::to_string(&basis).map_err(|wrong| Error::Internal(wrong.to_string()))
}

/// A state as it is said.
pub(crate) fn state_word(lang: Lang, state: State) -> &'static str {
    let say = lang.states();
    match state {
        State::Draft => say.draft(),
        State::Review => say.in_review(),
        State::InForce => say.in_force(),
        State::Archived => say.archived(),
    }
}

/// Refuses a metric whose targets do not add up: those are set for each owner (`domain.md` §3).
pub(crate) fn additive(lang: Lang, of: Metric) -> Result<()> {
    match of.definition().roll_up {
        RollUp::Sum => Ok(()),
        RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => {
            Err(Error::refused(lang.plans_refused().not_additive(metric::name(lang, of))))
        }
    }
}
