//! Who could receive a part of a unit's target: what a form that breaks it down lists.

use dacheng_domain::metrics::Metric;
use dacheng_domain::people::Sells;

use super::children::{candidates, without_claimed};
use super::owner::Owner;
use super::sheet::Sheet;
use crate::planning::{allow, open};
use crate::{App, Context, Error, Result};

/// Somebody who could be a child of a unit's breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir {
    /// Who.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// Whether they take part by their position.
    pub sells: Sells,
    /// Whether they are a child already.
    pub carries: bool,
}

/// The sub-units and members that could carry a part of a unit's target in the plan's year, units first.
pub fn heirs(app: &App, context: &Context, plan: &str, metric: Metric, unit: &str) -> Result<Vec<Heir>> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    allow::break_down(context, &opened, unit)?;
    let found = opened.ground.organisation.unit_of_code(unit);
    let found = found.ok_or_else(|| Error::missing("unit", unit))?;
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, metric, opened.year)?;
    sheet.load(&mut tx, [unit])?;
    let found = candidates(&opened.ground, found.id, opened.year);
    let found = without_claimed(&mut tx, &sheet, unit, found)?;
    let children = sheet.family(unit).map_or(&[][..], |family| &family.children);
    let heir = |owner: Owner, sells| Heir {
        name: owner.name(&opened.ground).to_owned(),
        carries: children.iter().any(|kin| kin.owner == owner),
        sells,
        owner,
    };
    Ok(found.into_iter().map(|child| heir(child.owner, child.sells)).collect())
}
