//! Breaking everything below a unit down in one transaction: each unit's children by a method, down to people.

use std::collections::HashSet;

use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{Organisation, Sells, UnitId};

use super::break_down::save;
use super::proposal::propose;
use super::request::{BreakDown, Declaration, Split};
use super::weights::Method;
use crate::planning::{Opened, allow, open_draft};
use crate::{App, Context, Error, Result};

/// How everything below a unit is to be broken down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// The plan's code.
    pub plan: String,
    /// Of which metric; one that adds up.
    pub metric: Metric,
    /// The code of the unit it begins with.
    pub unit: String,
    /// How children are weighed. A unit nobody of which has a history is divided evenly.
    pub method: Method,
    /// The rounding unit, in the metric's smallest unit; 1 for none.
    pub rounding: i64,
    /// The codes of leaders who are to carry a target of their own.
    pub leaders: Vec<String>,
    /// The version of the unit's own breakdown that the asker saw, 0 for none.
    pub seen: i64,
}

/// What was broken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// How many units.
    pub units: usize,
}

/// Breaks a unit and every unit below it down, all of them or none: the first that cannot be broken down is named
/// and nothing changes. Differences that were declared before are declared no more.
pub fn break_down_below(app: &App, context: &Context, request: &Below) -> Result<Broken> {
    let mut tx = app.store.write()?;
    let opened = open_draft(app, &mut tx, context, &request.plan)?;
    allow::break_down(context, &opened, &request.unit)?;
    let organisation = &opened.ground.organisation;
    let top = organisation.unit_of_code(&request.unit);
    let top = top.ok_or_else(|| Error::missing("unit", &request.unit))?;
    let mut broken = Broken { units: 0 };
    for unit in in_order(organisation, top.id, &opened) {
        let Some(unit) = organisation.unit(unit) else { continue };
        let code = unit.code.as_str();
        let leaders = own_leaders(&opened, unit.id, &request.leaders);
        if !has_heirs(&opened, unit.id, &leaders) {
            continue;
        }
        let ask = |method: &Method| BreakDown {
            plan: request.plan.clone(),
            metric: request.metric,
            unit: code.to_owned(),
            split: Split::By { method: method.clone(), rounding: request.rounding, bounds: Vec::new() },
            leaders: leaders.clone(),
            declared: Declaration::default(),
        };
        let first = ask(&request.method);
        let (ask, (sheet, proposal)) = match propose(app, &mut tx, context, &opened, &first) {
            Ok(found) => (first, found),
            Err(Error::Refused(_)) => {
                let even = ask(&Method::Even);
                let found = propose(app, &mut tx, context, &opened, &even)?;
                (even, found)
            }
            Err(other) => return Err(other),
        };
        if broken.units == 0 && proposal.version != request.seen {
            return Err(Error::Stale { seen: request.seen, found: proposal.version });
        }
        save(app, &mut tx, context, &opened, &ask, sheet, &proposal)?;
        broken.units += 1;
    }
    tx.commit()?;
    Ok(broken)
}

/// The unit and those below it, each before what is below it.
fn in_order(organisation: &Organisation, top: UnitId, opened: &Opened) -> Vec<UnitId> {
    let day = opened.year.last_day();
    let below: HashSet<UnitId> = organisation.subtree(top, day).into_iter().collect();
    let walk = organisation.depth_first(day).into_iter().map(|found| found.unit);
    walk.filter(|unit| below.contains(unit)).collect()
}

/// Whether anybody below a unit could carry a target; a unit of supporting people keeps its own.
fn has_heirs(opened: &Opened, unit: UnitId, leaders: &[String]) -> bool {
    let organisation = &opened.ground.organisation;
    let children = organisation.children(unit, opened.year.last_day());
    let mut members = children.members.iter().filter_map(|member| organisation.member(*member));
    !children.units.is_empty()
        || !leaders.is_empty()
        || members.any(|member| member.position.sells() == Sells::Always)
}

fn own_leaders(opened: &Opened, unit: UnitId, leaders: &[String]) -> Vec<String> {
    let organisation = &opened.ground.organisation;
    let children = organisation.children(unit, opened.year.last_day());
    let sits_here = |code: &&String| {
        organisation.member_of_code(code).is_some_and(|member| children.members.contains(&member.id))
    };
    leaders.iter().filter(sits_here).cloned().collect()
}
