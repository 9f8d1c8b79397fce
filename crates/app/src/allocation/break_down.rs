//! Breaking a unit's target down among its sub-units and members: a preview that writes nothing, and applying it.

use std::collections::{HashMap, HashSet};

use dacheng_domain::Fen;
use dacheng_domain::allocation::{
    Child, Declared, Exact, Grid, Request, Unit, allocate, spread, spread_around,
};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::Sells;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;
use serde_json::json;

use super::children::{Candidate, candidates, without_claimed};
use super::history::{History, history};
use super::owner::Owner;
use super::say::{Words, listed};
use super::settle::{Queue, depth, settle};
use super::sheet::{Kin, MonthSet, Months, Sheet, places};
use super::weights::{Method, Scales, weights};
use crate::planning::{Opened, allow, open, open_draft};
use crate::{App, Context, Error, Result, audit};

/// How a unit is to be broken down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakDown {
    /// The plan's code.
    pub plan: String,
    /// Of which metric; one that adds up.
    pub metric: Metric,
    /// The code of the unit.
    pub unit: String,
    /// By a method, or as given.
    pub split: Split,
    /// The codes of leaders who are to carry a target of their own. Those who carry one already need not be named
    /// for a [`Split::By`]; a [`Split::Given`] names everybody.
    pub leaders: Vec<String>,
    /// What the children do not carry, or carry on top.
    pub declared: Declaration,
}

/// What each child is to receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// By weights and constraints, to whole rounding units of the year; months follow the parent's.
    By {
        /// The weights.
        method: Method,
        /// The rounding unit, in the metric's smallest unit; 1 for none.
        rounding: i64,
        /// Constraints on the year of single children.
        bounds: Vec<Bounds>,
    },
    /// Every month of every child, as somebody filled in.
    Given(Vec<(Owner, Months)>),
}

/// Constraints on a child's year, in the metric's smallest unit. Stored locks hold beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Whose.
    pub owner: Owner,
    /// At least.
    pub minimum: Option<i64>,
    /// At most.
    pub maximum: Option<i64>,
    /// Exactly.
    pub lock: Option<i64>,
}

/// A difference that is declared on the parent (`domain.md` §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declaration {
    /// Over the year, spread over the months in proportion to the parent's.
    Year(Declared),
    /// Month by month.
    Months([Declared; 12]),
}

impl Default for Declaration {
    /// None.
    fn default() -> Self {
        Self::Year(Declared::default())
    }
}

/// What a breakdown would come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The unit.
    pub unit: String,
    /// The version of its breakdown as it stands, 0 for none; [`apply`] wants it.
    pub version: i64,
    /// The unit's own months.
    pub parent: Months,
    /// The children, units first.
    pub children: Vec<ProposedChild>,
    /// 预留 by month.
    pub reserve: Months,
    /// 超额分配 by month.
    pub buffer: Months,
    /// The child that carries the odd part below one rounding unit, and how much it is.
    pub remainder: Option<(Owner, i64)>,
}

/// A child with what it would receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedChild {
    /// Who.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// What they would carry; `None` in months in which they are not there.
    pub months: [Option<i64>; 12],
    /// What they carry now.
    pub current: [Option<i64>; 12],
    /// What they achieved in each month of the year before; `None` where that is not known for the metric.
    pub last_year: Option<Months>,
}

impl ProposedChild {
    /// The year.
    pub fn year(&self) -> i64 {
        self.months.iter().flatten().sum()
    }
}

/// Works out a breakdown without writing anything.
pub fn preview(app: &App, context: &Context, request: &BreakDown) -> Result<Proposal> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, &request.plan)?;
    allow::break_down(context, &opened, &request.unit)?;
    Ok(propose(app, &mut tx, context, &opened, request)?.1)
}

/// Breaks a unit down, for somebody who saw version `seen` of its breakdown. A child's own breakdown follows in the
/// same transaction, in proportion to what its children carry, locks kept; where it cannot, nothing changes and the
/// refusal names it ([`settle`]). Whoever is no child any more loses the target, with everything below.
pub fn apply(app: &App, context: &Context, request: &BreakDown, seen: i64) -> Result<Proposal> {
    let mut tx = app.store.write()?;
    let opened = open_draft(app, &mut tx, context, &request.plan)?;
    allow::break_down(context, &opened, &request.unit)?;
    let (mut sheet, proposal) = propose(app, &mut tx, context, &opened, request)?;
    if proposal.version != seen {
        return Err(Error::Stale { seen, found: proposal.version });
    }
    let words = Words { lang: context.lang, metric: request.metric, ground: &opened.ground };
    drop_lost(&mut sheet, &mut tx, &request.unit, &proposal)?;
    let mut queue = Queue::default();
    let on = opened.year.last_day();
    for child in &proposal.children {
        let mut changed: MonthSet = 0;
        for (place, amount) in child.months.iter().enumerate() {
            let Some(amount) = *amount else { continue };
            if sheet.marks(&child.owner, place).map(|marks| marks.target) != Some(amount) {
                sheet.set_amount(&child.owner, place, amount);
                changed |= 1 << place;
            }
        }
        if child.owner.kind == OwnerKind::Unit && changed != 0 {
            queue.add(depth(&opened.ground.organisation, &child.owner.code, on), &child.owner.code, changed);
        }
    }
    let family = sheet.rewrite(&request.unit);
    request.split.code().clone_into(&mut family.method);
    (family.reserve, family.buffer) = (proposal.reserve, proposal.buffer);
    family.children = proposal.children.iter().map(ProposedChild::kin).collect();
    settle(&mut sheet, &mut tx, words, queue, &HashSet::new())?;
    assert_whole(&sheet)?;
    let saved = sheet.save(&mut tx, context)?;
    let detail = json!({
        "metric": request.metric.code(), "unit": request.unit, "method": request.split.code(),
        "children": proposal.children.len(), "cells": saved.cells, "sequence": saved.sequence,
        "digest": saved.digest,
    });
    audit::record(app, &mut tx, context, "plan.break_down", &format!("plan/{}", request.plan), &detail)?;
    tx.commit()?;
    Ok(Proposal { version: seen + 1, ..proposal })
}

/// The sum rule is checked once more before anything is written: what was read and changed sums.
pub(crate) fn assert_whole(sheet: &Sheet) -> Result<()> {
    let wrong = sheet.differences();
    if wrong.is_empty() { Ok(()) } else { Err(Error::Internal(format!("does not sum: {wrong:?}"))) }
}

/// Takes the cells away from whoever is no child any more in a month, with everything below them.
fn drop_lost(sheet: &mut Sheet, tx: &mut Read, unit: &str, proposal: &Proposal) -> Result<()> {
    let kept: HashMap<&Owner, MonthSet> =
        proposal.children.iter().map(|child| (&child.owner, child.kin().months)).collect();
    let before = sheet.family(unit).map_or_else(Vec::new, |family| family.children.clone());
    let lost = before.into_iter().map(|kin| Kin {
        months: kin.months & !kept.get(&kin.owner).copied().unwrap_or(0),
        owner: kin.owner,
    });
    let mut lost: Vec<Kin> = lost.filter(|kin| kin.months != 0).collect();
    while !lost.is_empty() {
        let units: Vec<String> = lost
            .iter()
            .filter(|kin| kin.owner.kind == OwnerKind::Unit)
            .map(|kin| kin.owner.code.clone())
            .collect();
        sheet.load(tx, units.iter().map(String::as_str))?;
        let mut below = Vec::new();
        for kin in lost {
            places(kin.months).for_each(|place| sheet.set(&kin.owner, place, None));
            if kin.owner.kind == OwnerKind::Unit && sheet.family(&kin.owner.code).is_some() {
                below.extend(leave(sheet, &kin));
            }
        }
        lost = below;
    }
    Ok(())
}

/// Ends months of a unit's breakdown. Answers what its children lose.
fn leave(sheet: &mut Sheet, kin: &Kin) -> Vec<Kin> {
    let family = sheet.rewrite(&kin.owner.code);
    let mut lost = Vec::new();
    for child in &mut family.children {
        let months = child.months & kin.months;
        if months != 0 {
            lost.push(Kin { owner: child.owner.clone(), months });
        }
        child.months &= !kin.months;
    }
    family.children.retain(|child| child.months != 0);
    for place in places(kin.months) {
        (family.reserve[place], family.buffer[place]) = (0, 0);
    }
    if family.children.is_empty() {
        sheet.forget(&kin.owner.code);
    }
    lost
}

impl Split {
    /// The word that is recorded.
    fn code(&self) -> &'static str {
        match self {
            Self::By { method, .. } => method.code(),
            Self::Given(_) => "given",
        }
    }
}

impl ProposedChild {
    fn kin(&self) -> Kin {
        let there = self.months.iter().enumerate().filter(|(_, amount)| amount.is_some());
        Kin { owner: self.owner.clone(), months: there.fold(0, |set, (place, _)| set | 1 << place) }
    }
}

/// Works out a breakdown on what the transaction sees.
fn propose(
    app: &App,
    tx: &mut Read,
    context: &Context,
    opened: &Opened,
    request: &BreakDown,
) -> Result<(Sheet, Proposal)> {
    let words = Words { lang: context.lang, metric: request.metric, ground: &opened.ground };
    let say = context.lang.plans_refused();
    crate::planning::additive(context.lang, request.metric)?;
    let unit = opened.ground.organisation.unit_of_code(&request.unit);
    let unit = unit.ok_or_else(|| Error::missing("unit", &request.unit))?;
    let own = Owner::unit(request.unit.as_str());
    let mut sheet = Sheet::open(tx, opened.plan.id, request.metric, opened.year)?;
    sheet.load(tx, [request.unit.as_str()])?;
    sheet.load_owners(tx, [&own])?;
    if !sheet.has_cells(&own) {
        return Err(Error::refused(say.no_total(words.unit(&request.unit))));
    }
    let found = without_claimed(tx, &sheet, &request.unit, candidates(&opened.ground, unit.id, opened.year))?;
    let children = chosen(words, request, found, &sheet)?;
    let owners: Vec<Owner> = children.iter().map(|child| child.owner.clone()).collect();
    sheet.load_owners(tx, &owners)?;
    let parent: Months = std::array::from_fn(|place| sheet.amount(&own, place));
    let (reserve, buffer) = declared(words, request, &parent)?;
    let months = std::array::from_fn(|place| {
        opened.year.previous().first_month().plus(i32::try_from(place).unwrap_or(0))
    });
    let last_year = history(app, tx, &opened.company, request.metric, &months)?;
    let plan = Plan { words, request, sheet: &sheet, parent, reserve, buffer, children: &children };
    let (rows, remainder) = match &request.split {
        Split::Given(given) => (plan.given(given)?, None),
        Split::By { method, rounding, bounds } => {
            let scales = Scales {
                opened,
                metric: request.metric,
                candidates: &children,
                last_year: last_year.as_ref(),
            };
            let weights = weights(app, tx, context, &scales, method)?;
            plan.divided(weights, *rounding, bounds)?
        }
    };
    let children = children.iter().zip(rows).map(|(child, row)| ProposedChild {
        name: words.owner(&child.owner),
        months: std::array::from_fn(|place| (child.months >> place & 1 == 1).then_some(row[place])),
        current: sheet.row(&child.owner),
        last_year: last_year.as_ref().map(|history: &History| history.months(&child.owner)),
        owner: child.owner.clone(),
    });
    let proposal = Proposal {
        unit: request.unit.clone(),
        version: sheet.version(&request.unit),
        parent,
        children: children.collect(),
        reserve,
        buffer,
        remainder,
    };
    Ok((sheet, proposal))
}

/// The candidates that take part, in order.
fn chosen(
    words: Words<'_>,
    request: &BreakDown,
    mut found: Vec<Candidate>,
    sheet: &Sheet,
) -> Result<Vec<Candidate>> {
    let say = words.lang.plans_refused();
    let unit = || words.unit(&request.unit);
    let named: Vec<&Owner> = match &request.split {
        Split::Given(given) => given.iter().map(|(owner, _)| owner).collect(),
        Split::By { bounds, .. } => bounds.iter().map(|bound| &bound.owner).collect(),
    };
    let leaders: Vec<Owner> = request.leaders.iter().map(|code| Owner::member(code.as_str())).collect();
    let known: HashSet<Owner> = found.iter().map(|child| child.owner.clone()).collect();
    if let Some(stranger) = named.iter().copied().chain(&leaders).find(|owner| !known.contains(*owner)) {
        return Err(Error::refused(say.child(words.owner(stranger), unit())));
    }
    let mut seen = HashSet::new();
    if let Some(twice) = named.iter().find(|owner| !seen.insert(**owner)) {
        return Err(Error::refused(say.twice(words.owner(twice))));
    }
    let takes_part = |child: &Candidate| match (&request.split, child.sells) {
        (Split::Given(_), _) | (Split::By { .. }, Sells::Never) => seen.contains(&child.owner),
        (Split::By { .. }, Sells::Always) => true,
        (Split::By { .. }, Sells::WithOwnTarget) => {
            let carries = sheet
                .family(&request.unit)
                .is_some_and(|family| family.children.iter().any(|kin| kin.owner == child.owner));
            carries || seen.contains(&child.owner) || leaders.contains(&child.owner)
        }
    };
    found.retain(takes_part);
    if found.is_empty() { Err(Error::refused(say.nobody(unit()))) } else { Ok(found) }
}

/// The declared differences by month.
fn declared(words: Words<'_>, request: &BreakDown, parent: &Months) -> Result<(Months, Months)> {
    let say = words.lang.plans_refused();
    let size = |amount: u64| i64::try_from(amount).map_err(|_| Error::refused(say.too_large()));
    match request.declared {
        Declaration::Year(declared) => {
            let spread = |amount: u64| -> Result<Months> {
                let weight = |month: &i64| Child::weighing(Exact::from(u64::try_from(*month).unwrap_or(0)));
                let children = parent.iter().map(weight).collect();
                let total = Fen(size(amount)?);
                let request = Request { total, buffer: Exact::from(1), unit: Unit::FEN, children };
                let shares = allocate(&request).map_err(|_| Error::refused(say.too_large()))?.values;
                Ok(std::array::from_fn(|place| shares[place].0))
            };
            Ok((spread(declared.reserve)?, spread(declared.buffer)?))
        }
        Declaration::Months(months) => {
            let mut found = (Months::default(), Months::default());
            for (place, declared) in months.iter().enumerate() {
                found.0[place] = size(declared.reserve)?;
                found.1[place] = size(declared.buffer)?;
            }
            Ok(found)
        }
    }
}

/// Rows in the children's order, and who carries the odd part below one rounding unit.
type Divided = (Vec<Months>, Option<(Owner, i64)>);

/// A breakdown being worked out.
struct Plan<'p> {
    words: Words<'p>,
    request: &'p BreakDown,
    sheet: &'p Sheet,
    parent: Months,
    reserve: Months,
    buffer: Months,
    children: &'p [Candidate],
}

impl Plan<'_> {
    fn refuse(&self, problems: Vec<String>) -> Error {
        Error::Refused(listed(self.words.lang, problems))
    }

    /// What the children are to carry together in each month.
    fn columns(&self) -> Result<Months> {
        let mut columns = Months::default();
        let mut problems = Vec::new();
        for (place, column) in columns.iter_mut().enumerate() {
            let given = i128::from(self.parent[place]) + i128::from(self.buffer[place])
                - i128::from(self.reserve[place]);
            match i64::try_from(given) {
                Ok(given) if given >= 0 => *column = given,
                Ok(_) | Err(_) => {
                    let (month, reserve) =
                        (self.sheet.months[place], self.words.amount(self.reserve[place].into()));
                    let unit = self.words.unit(&self.request.unit);
                    let say = self.words.lang.plans_refused();
                    problems.push(say.too_much_declared(unit, self.words.month(month), reserve));
                }
            }
        }
        if problems.is_empty() { Ok(columns) } else { Err(self.refuse(problems)) }
    }

    /// The months as given, where they sum and leave every lock and absence alone.
    fn given(&self, given: &[(Owner, Months)]) -> Result<Vec<Months>> {
        let rows: HashMap<&Owner, &Months> = given.iter().map(|(owner, months)| (owner, months)).collect();
        let mut problems = Vec::new();
        let mut found = Vec::with_capacity(self.children.len());
        for child in self.children {
            let row = rows.get(&child.owner).map_or_else(Months::default, |row| **row);
            (0..12).for_each(|place| problems.extend(self.wrong_cell(child, place, row[place])));
            found.push(row);
        }
        let columns = self.columns()?;
        for (place, column) in columns.iter().enumerate() {
            let carried: i128 = found.iter().map(|row| i128::from(row[place])).sum();
            let rest = i128::from(*column) - carried;
            let by = match rest {
                0 => continue,
                rest if rest > 0 => dacheng_domain::allocation::Unbalanced::Unassigned(rest),
                rest => dacheng_domain::allocation::Unbalanced::Exceeded(-rest),
            };
            problems.push(self.words.unbalanced(&self.request.unit, self.sheet.months[place], by));
        }
        if problems.is_empty() { Ok(found) } else { Err(self.refuse(problems)) }
    }

    fn wrong_cell(&self, child: &Candidate, place: usize, amount: i64) -> Option<String> {
        let say = self.words.lang.plans_refused();
        let (owner, month) = (self.words.owner(&child.owner), self.words.month(self.sheet.months[place]));
        if amount < 0 {
            return Some(say.negative(owner, month));
        }
        if child.months >> place & 1 == 0 {
            return (amount != 0).then(|| say.not_there(owner, month, self.words.unit(&self.request.unit)));
        }
        let lock = self.sheet.lock(&child.owner, place)?;
        let stands = self.sheet.amount(&child.owner, place);
        (stands != amount).then(|| say.locked(owner, month, &lock.actor, &lock.reason))
    }

    /// Year totals by the solver, then months around the locks with both margins exact.
    fn divided(&self, weights: Vec<Exact>, rounding: i64, bounds: &[Bounds]) -> Result<Divided> {
        let say = self.words.lang.plans_refused();
        let unit = Unit::new(Fen(rounding)).ok_or_else(|| Error::refused(say.rounding()))?;
        let columns = self.columns()?;
        let total = columns.iter().try_fold(0_i64, |sum, column| sum.checked_add(*column));
        let total = Fen(total.ok_or_else(|| Error::refused(say.too_large()))?);
        let children = self.constrained(weights, bounds)?;
        let request = Request { total, buffer: Exact::from(1), unit, children };
        let owners: Vec<&Owner> = self.children.iter().map(|child| &child.owner).collect();
        let solved =
            allocate(&request).map_err(|refusal| Error::refused(self.words.refusal(refusal, &owners)))?;
        let remainder = solved.remainder.map(|odd| (owners[odd.child].clone(), odd.amount.0));
        let years: Vec<i64> = solved.values.iter().map(|value| value.0).collect();
        let grid = self.months(&years, &columns, rounding).map_err(|refusal| {
            let months = &self.sheet.months;
            Error::refused(self.words.spread(&refusal, &owners, months))
        })?;
        let rows = (0..owners.len())
            .map(|row| std::array::from_fn(|place| i64::try_from(grid.row(row)[place]).unwrap_or(i64::MAX)));
        Ok((rows.collect(), remainder))
    }

    /// The children with their bounds, and with the locks that are stored.
    fn constrained(&self, weights: Vec<Exact>, bounds: &[Bounds]) -> Result<Vec<Child>> {
        let bounds: HashMap<&Owner, &Bounds> = bounds.iter().map(|bound| (&bound.owner, bound)).collect();
        let mut problems = Vec::new();
        let children = self.children.iter().zip(weights).map(|(child, weight)| {
            let bound = bounds.get(&child.owner).copied();
            let locked: i64 = places(child.months)
                .filter(|place| self.sheet.lock(&child.owner, *place).is_some())
                .map(|place| self.sheet.amount(&child.owner, place))
                .sum();
            let wanted = bound.and_then(|bound| bound.lock);
            let stored = self.sheet.lock_of_year(&child.owner);
            if let Some(lock) = stored.filter(|_| wanted.is_some_and(|wanted| wanted != locked)) {
                let say = self.words.lang.plans_refused();
                let owner = self.words.owner(&child.owner);
                problems.push(say.locked(owner, say.whole_year(), &lock.actor, &lock.reason));
            }
            let minimum = bound.and_then(|bound| bound.minimum).unwrap_or(0).max(locked);
            Child {
                weight,
                minimum: Fen(if wanted.is_some() {
                    bound.and_then(|bound| bound.minimum).unwrap_or(0)
                } else {
                    minimum
                }),
                maximum: bound.and_then(|bound| bound.maximum).map(Fen),
                lock: stored.map(|_| locked).or(wanted).map(Fen),
            }
        });
        let children = children.collect();
        if problems.is_empty() { Ok(children) } else { Err(self.refuse(problems)) }
    }

    /// Months with both margins exact: in whole rounding units where everything is a multiple of it.
    fn months(
        &self,
        years: &[i64],
        columns: &Months,
        rounding: i64,
    ) -> std::result::Result<Grid<u64>, dacheng_domain::allocation::SpreadRefusal> {
        let mut locks: Grid<Option<u64>> = Grid::filled(years.len(), 12, None);
        let mut is_open = true;
        for (row, child) in self.children.iter().enumerate() {
            for place in 0..12 {
                let lock = if child.months >> place & 1 == 0 {
                    Some(0)
                } else {
                    self.sheet.lock(&child.owner, place).map(|_| self.sheet.amount(&child.owner, place))
                };
                is_open &= lock.is_none();
                locks.row_mut(row)[place] = lock.map(|amount| u64::try_from(amount).unwrap_or(0));
            }
        }
        let locked =
            (0..years.len()).flat_map(|row| locks.row(row).iter().flatten().copied().collect::<Vec<_>>());
        let rounding = u64::try_from(rounding).unwrap_or(1);
        let size = |amount: &i64| u64::try_from(*amount).unwrap_or(0);
        let is_whole =
            years.iter().chain(columns).map(size).chain(locked).all(|amount| amount % rounding == 0);
        let step = if is_whole { rounding } else { 1 };
        let in_steps = |amounts: &[i64]| amounts.iter().map(|amount| size(amount) / step).collect::<Vec<_>>();
        let (rows, columns) = (in_steps(years), in_steps(columns));
        let mut grid = if is_open {
            spread(&rows, &columns)?
        } else {
            for row in 0..rows.len() {
                locks.row_mut(row).iter_mut().flatten().for_each(|lock| *lock /= step);
            }
            spread_around(&rows, &columns, &locks)?
        };
        for row in 0..rows.len() {
            grid.row_mut(row).iter_mut().for_each(|cell| *cell *= step);
        }
        Ok(grid)
    }
}
