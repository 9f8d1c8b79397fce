//! The rows of a comparison: which nodes stand below each other, and what each cell says.

use std::collections::BTreeSet;

use dacheng_domain::Ratio;
use dacheng_domain::access::View;
use dacheng_domain::planning::scenario::{Apart, load};
use dacheng_forecast::{Band, Chance};
use dacheng_store::targets::OwnerKind;

use super::compare::{Compared, Opened};
use crate::allocation::{Owner, Sheet};
use crate::figures::forecast::Told;
use crate::planning::Opened as Plan;

/// A node of the comparison.
#[derive(Debug, Clone)]
pub struct CompareRow {
    /// Who.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// How far below the highest.
    pub depth: usize,
    /// Whether it opens.
    pub twig: Twig,
    /// What its people can carry over the year.
    pub capacity: Option<i64>,
    /// The forecast of the year.
    pub band: Option<Band>,
    /// One cell a plan, in their order.
    pub cells: Vec<CompareCell>,
}

/// Whether a row opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twig {
    /// Nobody is below.
    Leaf,
    /// Those below are shown.
    Open,
    /// Those below are not shown.
    Folded,
}

/// What a plan says of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompareCell {
    /// The target of the year; `None` without one.
    pub amount: Option<i64>,
    /// How far it lies from the first plan's; `None` for the first itself.
    pub apart: Option<Apart>,
    /// The chance of attaining it.
    pub chance: Option<Chance>,
    /// Target ÷ what its people can carry.
    pub load: Option<Ratio>,
    /// What pay costs where the target is just attained, for units.
    pub pay: Option<i64>,
    /// What pay costs at the forecast's middle.
    pub pay_expected: Option<i64>,
}

/// A node before anything is said of it.
pub(super) struct Node {
    pub owner: Owner,
    pub name: String,
    pub depth: usize,
    pub twig: Twig,
}

/// What the walk down the tree needs.
struct Walk<'w> {
    plan: &'w Plan,
    sheets: &'w [Sheet],
    open: &'w Opened,
    sees: &'w dyn Fn(&str) -> Option<View>,
    found: Vec<Node>,
    opened: BTreeSet<String>,
}

/// The nodes that are shown, each before those below it, and the units that are open.
pub(super) fn nodes(
    plan: &Plan,
    sheets: &[Sheet],
    open: &Opened,
    sees: &dyn Fn(&str) -> Option<View>,
) -> (Vec<Node>, BTreeSet<String>) {
    let organisation = &plan.ground.organisation;
    let mut walk = Walk { plan, sheets, open, sees, found: Vec::new(), opened: BTreeSet::new() };
    let mut within: Option<usize> = None;
    for at in organisation.depth_first(plan.year.last_day()) {
        // What stands below a unit that is shown comes with it.
        if within.is_some_and(|depth| at.depth > depth) {
            continue;
        }
        within = None;
        let Some(unit) = organisation.unit(at.unit) else { continue };
        let owner = Owner::unit(unit.code.as_str());
        if sees(&owner.code).is_some() && walk.carries(&owner) {
            within = Some(at.depth);
            walk.go(owner, 0);
        }
    }
    (walk.found, walk.opened)
}

impl Walk<'_> {
    fn carries(&self, owner: &Owner) -> bool {
        self.sheets.iter().any(|sheet| sheet.has_cells(owner))
    }

    /// Those below a unit in any of the plans: units, then members where they are seen.
    fn below(&self, unit: &str) -> Vec<Owner> {
        let mut found: Vec<Owner> = Vec::new();
        let persons = (self.sees)(unit).is_some_and(View::shows_persons);
        let children = self.sheets.iter().filter_map(|sheet| sheet.family(unit));
        for kin in children.flat_map(|family| &family.children) {
            let is_shown = kin.owner.kind == OwnerKind::Unit || persons;
            if is_shown && !found.contains(&kin.owner) && self.carries(&kin.owner) {
                found.push(kin.owner.clone());
            }
        }
        found.sort_by_key(|owner| owner.kind);
        found
    }

    fn go(&mut self, owner: Owner, depth: usize) {
        let below = if owner.kind == OwnerKind::Unit { self.below(&owner.code) } else { Vec::new() };
        let is_open = match self.open {
            Opened::First => depth == 0,
            Opened::These(codes) => codes.contains(&owner.code),
            Opened::All => true,
        };
        let twig = match (below.is_empty(), is_open) {
            (true, _) => Twig::Leaf,
            (false, true) => Twig::Open,
            (false, false) => Twig::Folded,
        };
        if twig == Twig::Open {
            self.opened.insert(owner.code.clone());
        }
        let name = owner.name(&self.plan.ground).to_owned();
        self.found.push(Node { owner, name, depth, twig });
        if twig == Twig::Open {
            for owner in below {
                self.go(owner, depth + 1);
            }
        }
    }
}

/// What the plans say of a node.
pub(super) fn row(
    node: Node,
    sheets: &[Sheet],
    plans: &[Compared],
    (told, capacity): (&Told, Option<i64>),
) -> CompareRow {
    let band = match told {
        Told::Ahead(forecast) => Some(forecast.band),
        Told::Over | Told::TooShort(_) | Told::TooFar => None,
    };
    let chance = |amount| match told {
        Told::Ahead(forecast) => Some(forecast.reaches(amount)),
        Told::Over | Told::TooShort(_) | Told::TooFar => None,
    };
    let first = sheets.first().and_then(|sheet| sheet.year(&node.owner));
    let cells = sheets.iter().zip(plans).enumerate().map(|(place, (sheet, plan))| {
        let amount = sheet.year(&node.owner);
        // What a single person would earn is nobody's business here.
        let pay = plan.pay.filter(|_| node.owner.kind == OwnerKind::Unit);
        CompareCell {
            amount,
            apart: amount.zip(first).filter(|_| place > 0).map(|(own, first)| Apart::of(own, first)),
            chance: amount.and_then(chance),
            load: amount.zip(capacity).and_then(|(own, capacity)| load(own, capacity)),
            pay: pay.zip(amount).map(|(pay, own)| pay.cost(own, own)),
            pay_expected: pay.zip(amount).zip(band).map(|((pay, own), band)| pay.cost(band.p50, own)),
        }
    });
    CompareRow {
        cells: cells.collect(),
        owner: node.owner,
        name: node.name,
        depth: node.depth,
        twig: node.twig,
        capacity,
        band,
    }
}
