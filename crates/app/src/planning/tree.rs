//! A plan's metric from a unit down: every unit and member below it with months, quarters and checks, as the asker may see it.
//! The workbook and the printed sheet (`forms.md`, 1) are made of these rows.

use std::collections::HashSet;

use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::Marks;
use dacheng_store::targets::OwnerKind;

use super::{Opened, allow, open};
use crate::allocation::{History, Line, Owner, Sheet, history};
use crate::{App, Context, Error, Result};

/// A unit with targets, or a member below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeRow {
    /// Who.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// How far below the unit that was asked for; a member stands one below its unit.
    pub depth: usize,
    /// The leader of a unit, the member itself.
    pub responsible: Option<String>,
    /// What they achieved in the year before, where facts are added up for the metric.
    pub last_year: Option<i64>,
    /// Their targets.
    pub line: Line,
    /// Whether they are broken down further, and how much is given out.
    pub given: Option<i64>,
}

impl TreeRow {
    /// Floor or stretch of the year, where every month with a target has one.
    pub fn year(&self, mark: fn(&Marks) -> Option<i64>) -> Option<i64> {
        self.line.months.iter().flatten().map(mark).try_fold(0_i64, |sum, own| Some(sum + own?))
    }

    /// What is not given out, where they are broken down.
    pub fn open(&self) -> Option<i64> {
        self.given.map(|given| self.line.sums.year - given)
    }
}

/// The rows of a plan's metric from a unit down: persons only for those who see them.
pub fn tree(app: &App, context: &Context, plan: &str, of: Metric, unit: &str) -> Result<Vec<TreeRow>> {
    Ok(Tree::open(app, context, plan, of, unit)?.rows)
}

/// The rows with what they rest on.
pub(super) struct Tree {
    pub opened: Opened,
    pub months: [Month; 12],
    pub rows: Vec<TreeRow>,
}

impl Tree {
    pub fn open(app: &App, context: &Context, plan: &str, of: Metric, unit: &str) -> Result<Self> {
        let mut tx = app.store.read()?;
        let opened = open(app, &mut tx, plan)?;
        let view = allow::read(context, &opened, unit)?;
        let units = below(&opened, unit)?;
        let mut sheet = Sheet::open(&mut tx, opened.plan.id, of, opened.year)?;
        sheet.load(&mut tx, units.iter().map(|(unit, _)| unit.as_str()))?;
        let owners: Vec<Owner> = units.iter().map(|(unit, _)| Owner::unit(unit.as_str())).collect();
        sheet.load_owners(&mut tx, &owners)?;
        let before = std::array::from_fn(|place| sheet.months[place].same_last_year());
        let last_year = history(app, &mut tx, &opened.company, of, &before)?;
        let rows = Rows { opened: &opened, sheet: &sheet, last_year: last_year.as_ref() };
        let rows = rows.all(&units, view.shows_persons().into());
        Ok(Self { months: sheet.months, opened, rows })
    }
}

/// The unit and those below it, each before the units below it, with how far below.
fn below(opened: &Opened, unit: &str) -> Result<Vec<(String, usize)>> {
    let organisation = &opened.ground.organisation;
    let top = organisation.unit_of_code(unit).ok_or_else(|| Error::missing("unit", unit))?;
    let day = opened.year.last_day();
    let below: HashSet<_> = organisation.subtree(top.id, day).into_iter().collect();
    let walk: Vec<_> =
        organisation.depth_first(day).into_iter().filter(|found| below.contains(&found.unit)).collect();
    let first = walk.iter().map(|found| found.depth).min().unwrap_or(0);
    let named = walk
        .into_iter()
        .filter_map(|found| Some((organisation.unit(found.unit)?.code.to_string(), found.depth - first)));
    Ok(named.collect())
}

struct Rows<'r> {
    opened: &'r Opened,
    sheet: &'r Sheet,
    last_year: Option<&'r History>,
}

impl Rows<'_> {
    fn all(&self, units: &[(String, usize)], persons: Persons) -> Vec<TreeRow> {
        let mut rows = Vec::new();
        for (unit, depth) in units {
            let own = Owner::unit(unit.as_str());
            if !self.sheet.has_cells(&own) {
                continue;
            }
            rows.push(self.row(&own, *depth));
            let children = self.sheet.family(unit).map_or(&[][..], |family| &family.children);
            let members = children.iter().filter(|kin| kin.owner.kind == OwnerKind::Member);
            let shown = members.filter(|_| persons == Persons::Shown);
            rows.extend(shown.map(|member| self.row(&member.owner, depth + 1)));
        }
        rows
    }

    fn row(&self, owner: &Owner, depth: usize) -> TreeRow {
        let ground = &self.opened.ground;
        TreeRow {
            owner: owner.clone(),
            name: owner.name(ground).to_owned(),
            depth,
            responsible: self.responsible(owner),
            last_year: self.last_year.map(|history| history.total(owner)),
            line: Line::new(|place| self.sheet.marks(owner, place)),
            given: self.given(owner),
        }
    }

    fn given(&self, owner: &Owner) -> Option<i64> {
        let family = match owner.kind {
            OwnerKind::Unit => self.sheet.family(&owner.code)?,
            OwnerKind::Member => return None,
        };
        let cells = (0..12).flat_map(|place| family.of_month(place).map(move |child| (child, place)));
        Some(cells.map(|(child, place)| self.sheet.amount(child, place)).sum())
    }

    fn responsible(&self, owner: &Owner) -> Option<String> {
        let organisation = &self.opened.ground.organisation;
        let member = match owner.kind {
            OwnerKind::Member => organisation.member_of_code(&owner.code),
            OwnerKind::Unit => organisation.unit_of_code(&owner.code).and_then(|unit| {
                organisation.member(organisation.leader(unit.id, self.opened.year.last_day())?)
            }),
        };
        member.map(|member| member.name.clone())
    }
}

/// Whether there are rows of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Persons {
    Shown,
    Hidden,
}

impl From<bool> for Persons {
    fn from(shown: bool) -> Self {
        if shown { Self::Shown } else { Self::Hidden }
    }
}
