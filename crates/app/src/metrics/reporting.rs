//! Who enters a metric by hand: the named member or whoever holds the named post, and sales operations for either.

use dacheng_domain::access::{Action, Object, Owner as Whose, Right};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::own::{CarriedBy, Own, Reporter};
use dacheng_domain::people::Sells;

use crate::allocation::{Owner, last_day_in};
use crate::facts::ground::Ground;
use crate::{App, Context, Result};

/// How somebody comes to enter a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reporting {
    /// They are its reporter.
    Reporter,
    /// They look after all metrics.
    Operations,
}

/// How the asker comes to enter a metric in a month; `None` where they do not.
pub fn reporting(context: &Context, ground: &Ground, own: Own, month: Month) -> Option<Reporting> {
    let entering = own.entering(month)?;
    let organisation = &ground.organisation;
    let is_reporter = match &entering.reporter {
        Reporter::Member(code) => person(context, ground).as_deref() == Some(code.as_str()),
        Reporter::Post(role) => context.access.roles().any(|own| own == *role),
    };
    if is_reporter {
        return Some(Reporting::Reporter);
    }
    let object = Object::on(Whose::Company, context.today);
    let may = context.may(organisation, Action::MetricsRules, Right::Update, &object).is_ok();
    may.then_some(Reporting::Operations)
}

/// The metrics that the asker enters in the running month, and how they come to.
pub fn reported(app: &App, context: &Context) -> Result<Vec<(Own, Reporting)>> {
    let mut tx = app.store.read()?;
    let (catalogue, ground) = (app.memory.catalogue(&mut tx)?, app.memory.ground(&mut tx)?);
    let month = Month::of(context.today);
    let own = catalogue.own().filter(|own| !own.is_retired(month));
    Ok(own.filter_map(|own| Some((own, reporting(context, &ground, own, month)?))).collect())
}

/// The code of the member who asks.
pub(super) fn person(context: &Context, ground: &Ground) -> Option<String> {
    let organisation = &ground.organisation;
    let member = context.access.person(organisation)?.member?;
    organisation.member(member).map(|member| member.code.to_string())
}

/// For whom a value of a month is entered, in the order of the organisation.
pub(super) fn carriers(ground: &Ground, carried: CarriedBy, month: Month) -> Vec<Owner> {
    let organisation = &ground.organisation;
    let sells = organisation.rows().members.iter().filter(|member| member.position.sells() == Sells::Always);
    let mut found = Vec::new();
    for member in sells {
        let Some(day) = last_day_in(member, month) else { continue };
        let segments = organisation.segments(member.id, day);
        let largest = segments.iter().rev().max_by_key(|segment| segment.share);
        let Some(segment) = largest else { continue };
        let owner = match carried {
            CarriedBy::Members => Some(Owner::member(member.code.to_string())),
            CarriedBy::Teams => {
                let unit = organisation.paths().units(segment.path).first().copied();
                unit.and_then(|unit| organisation.unit(unit)).map(|unit| Owner::unit(unit.code.to_string()))
            }
        };
        found.extend(owner.filter(|owner| !found.contains(owner)));
    }
    found
}
