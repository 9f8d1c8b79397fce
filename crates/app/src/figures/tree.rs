//! The tree of units and people within the asker's scope: the branches that are open, the same columns on every
//! level, and one unit looked at closer. What is folded is not read.

use std::collections::BTreeSet;

use dacheng_domain::calendar::Period;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{Organisation, UnitId};
use dacheng_rollup::Owner;
use jiff::civil::Date;

use super::attainment::root;
use super::branch::{Branch, Named, below, branches, members_of};
use super::look::Look;
use super::performance::{Board, Performance};
use super::sight::Sights;
use super::standpoint::{Footing, Standpoint};
use super::targets::targets_of;
use super::unit::{is_below, open_alerts};
use crate::tracking::alerts::AlertRow;
use crate::{App, Context, Error, Result};

/// Whether a row of the tree has others below it, and shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twig {
    /// It shows those below it.
    Open,
    /// It has some, folded away.
    Folded,
    /// It has none, or the asker sees none.
    Leaf,
}

/// A row of the tree.
#[derive(Debug, Clone)]
pub struct TreeNode {
    /// Who.
    pub named: Named,
    /// How far below the highest unit that is seen, from 0.
    pub depth: usize,
    /// What is below it.
    pub twig: Twig,
    /// How it stands.
    pub performance: Performance,
}

/// A unit looked at closer.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The unit.
    pub branch: Branch,
    /// Those directly below it.
    pub below: Vec<Branch>,
    /// The open alerts of it and of everybody below it that the asker sees.
    pub alerts: Vec<AlertRow>,
}

/// The tree.
#[derive(Debug, Clone)]
pub struct Tree {
    /// Of which metric, over which period, as of when.
    pub look: Look,
    /// The codes of the units whose branches are open.
    pub open: BTreeSet<String>,
    /// The visible rows, each before those below it.
    pub rows: Vec<TreeNode>,
    /// The unit looked at closer.
    pub chosen: Chosen,
    /// What the figures rest on.
    pub footing: Footing,
    /// The metrics that facts speak of.
    pub metrics: Vec<Metric>,
}

/// The tree with the branches of some units open, by their codes; those of the highest units where `None`. `at` is
/// the unit to be looked at closer, the first of the highest ones where `None`. Missing where no unit is seen.
pub fn tree(
    app: &App,
    context: &Context,
    look: Look,
    open: Option<BTreeSet<String>>,
    at: Option<&str>,
) -> Result<Tree> {
    let Look { metric, period, .. } = look;
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, look.moment(app)?)?;
    let (organisation, on) = (point.organisation(), point.day(period));
    let sights = Sights::of(context, organisation, on)?;
    let highest = highest(organisation, &sights, on);
    let first = highest.first().ok_or_else(|| Error::missing("unit", at.unwrap_or("")))?;
    let chosen = match at {
        None => *first,
        Some(code) => {
            let unit = organisation.unit_of_code(code).map(|unit| unit.id).filter(|unit| sights.unit(*unit));
            unit.ok_or_else(|| Error::missing("unit", code))?
        }
    };
    let code = |unit: &UnitId| organisation.unit(*unit).map(|unit| unit.code.to_string());
    let open = open.unwrap_or_else(|| highest.iter().filter_map(code).collect());
    let mut walk = Walk { organisation, sights: &sights, on, open: &open, rows: Vec::new() };
    for unit in &highest {
        walk.unit(*unit, 0);
    }
    let rows = walk.rows;
    let own =
        Named::unit(organisation, chosen, on).ok_or_else(|| Error::missing("unit", at.unwrap_or("")))?;
    let beneath = below(organisation, &sights, chosen, on);
    let all = || rows.iter().map(|(named, ..)| named).chain(&beneath).chain([&own]);
    let owners: BTreeSet<_> = all().map(Named::key).collect();
    let root = root(&point.ground, on);
    let year = Period::Year(point.year(on));
    let targets = targets_of(&mut tx, metric, year, point.start, root, &owners)?;
    let board = Board::read(app, &mut tx, &point, metric, period, targets, &members_of(all()))?;
    let performance = board.performance(&own.owner);
    let (footing, metrics) = (point.footing(metric, performance.time), point.metrics());
    let chosen_unit = chosen;
    let chosen = Branch { named: own, performance };
    let below = branches(&board, beneath);
    let rows = rows.into_iter().filter_map(|(named, depth, twig)| {
        let row = branches(&board, vec![named]).pop()?;
        Some(TreeNode { named: row.named, depth, twig, performance: row.performance })
    });
    let rows = rows.collect();
    drop(tx);
    let mut alerts = open_alerts(app, context)?;
    alerts.retain(|row| is_below(organisation, row, chosen_unit));
    Ok(Tree { look, rows, chosen: Chosen { branch: chosen, below, alerts }, footing, metrics, open })
}

/// The units that are seen without one above them that is.
fn highest(organisation: &Organisation, sights: &Sights<'_>, on: Date) -> Vec<UnitId> {
    let seen: Vec<UnitId> = sights.units().collect();
    let set: BTreeSet<UnitId> = seen.iter().copied().collect();
    let above = |unit: &UnitId| {
        organisation
            .unit_path(*unit, on)
            .is_some_and(|path| path[1..].iter().any(|above| set.contains(above)))
    };
    seen.into_iter().filter(|unit| !above(unit)).collect()
}

/// A walk over the open branches.
struct Walk<'w> {
    organisation: &'w Organisation,
    sights: &'w Sights<'w>,
    on: Date,
    open: &'w BTreeSet<String>,
    rows: Vec<(Named, usize, Twig)>,
}

impl Walk<'_> {
    fn unit(&mut self, unit: UnitId, depth: usize) {
        let Some(named) = Named::unit(self.organisation, unit, self.on) else { return };
        let below = below(self.organisation, self.sights, unit, self.on);
        let twig = match (below.is_empty(), self.open.contains(&named.code)) {
            (true, _) => Twig::Leaf,
            (false, true) => Twig::Open,
            (false, false) => Twig::Folded,
        };
        self.rows.push((named, depth, twig));
        if twig != Twig::Open {
            return;
        }
        for named in below {
            match &named.owner {
                Owner::Unit(code) => {
                    if let Some(unit) = self.organisation.unit_of_code(code) {
                        self.unit(unit.id, depth + 1);
                    }
                }
                Owner::Company | Owner::Member(_) => self.rows.push((named, depth + 1, Twig::Leaf)),
            }
        }
    }
}
