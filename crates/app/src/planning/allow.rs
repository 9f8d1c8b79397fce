//! Who may do what with plans and targets: the first two lines of the table of `trust.md`, asked for a plan's year.

use dacheng_domain::access::{Action, Object, Owner as Whose, Right, View, When};
use dacheng_domain::planning::Owner as Carrier;
use dacheng_domain::planning::State;

use super::Opened;
use crate::allocation::Owner;
use crate::{Context, Error, Result};
use dacheng_domain::people::{Organisation, Span, UnitId};

/// What holds for targets of a plan in a state.
fn holds(state: State) -> &'static [When] {
    match state {
        State::InForce | State::Archived => &[When::Announced, When::InForce],
        State::Draft | State::Review => &[],
    }
}

fn may(context: &Context, opened: &Opened, action: Action, right: Right, owner: Whose) -> Result<View> {
    let year = opened.year;
    let days = Span::new(Some(year.first_day()), year.last_day().tomorrow().ok()).unwrap_or(Span::ALWAYS);
    let object = Object { owner, days, holds: holds(opened.state) };
    context.may(&opened.ground.organisation, action, right, &object).map(|allowed| allowed.view)
}

fn unit_of(opened: &Opened, unit: &str) -> Result<UnitId> {
    let found = opened.ground.organisation.unit_of_code(unit);
    found.map(|unit| unit.id).ok_or_else(|| Error::missing("unit", unit))
}

/// Targets of the company, and the plan itself.
pub(crate) fn company(context: &Context, opened: &Opened, right: Right) -> Result<View> {
    may(context, opened, Action::CompanyTargets, right, Whose::Company)
}

/// Whether somebody reads the company's targets before they are announced.
pub(crate) fn company_ahead(context: &Context, opened: &Opened) -> bool {
    let object = Object::on(Whose::Company, opened.year.last_day());
    context.may(&opened.ground.organisation, Action::CompanyTargets, Right::Read, &object).is_ok()
}

/// As [`company`], by any of several rights.
pub(crate) fn company_by_any(context: &Context, opened: &Opened, rights: &[Right]) -> Result<View> {
    let mut refused = None;
    for right in rights {
        match company(context, opened, *right) {
            Ok(view) => return Ok(view),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    Err(refused.unwrap_or(Error::NotSignedIn))
}

/// Making a plan of the company.
pub(crate) fn create(context: &Context, organisation: &Organisation) -> Result<View> {
    let object = Object { owner: Whose::Company, days: Span::day(context.today), holds: &[When::Announced] };
    context.may(organisation, Action::CompanyTargets, Right::Create, &object).map(|allowed| allowed.view)
}

/// Seeing that a plan exists: whoever reads the company's targets in its state, or breaks something of it down. A
/// draft is nobody else's business yet.
pub(crate) fn read_plan(context: &Context, opened: &Opened) -> Result<()> {
    if company(context, opened, Right::Read).is_ok() {
        return Ok(());
    }
    let organisation = &opened.ground.organisation;
    let planner = context.scope(organisation, Action::BreakDown, Right::Update)?;
    if planner.is_empty() { Err(Error::missing("plan", &opened.plan.code)) } else { Ok(()) }
}

/// Breaking a unit's target down: the company's by who sets regions, any other by who breaks down to teams.
pub(crate) fn break_down(context: &Context, opened: &Opened, unit: &str) -> Result<View> {
    let id = unit_of(opened, unit)?;
    let days = Span::day(opened.year.last_day());
    let action = if opened.ground.organisation.is_unit_at_top(id, days) {
        Action::CompanyTargets
    } else {
        Action::BreakDown
    };
    may(context, opened, action, Right::Update, Whose::Unit(id))
}

/// Reading a unit's targets and those of its children. The answer says whether persons are among them.
pub(crate) fn read(context: &Context, opened: &Opened, unit: &str) -> Result<View> {
    may(context, opened, Action::BreakDown, Right::Read, Whose::Unit(unit_of(opened, unit)?))
}

/// Locking what an owner carries.
pub(crate) fn lock(context: &Context, opened: &Opened, owner: &Owner) -> Result<View> {
    let whose = match owner.known(&opened.ground)? {
        Carrier::Unit(unit) => Whose::Unit(unit),
        Carrier::Member(member) => Whose::Member(member),
    };
    may(context, opened, Action::BreakDown, Right::Update, whose)
}
