//! Importing targets: all or nothing, with the sum rule checked when everything is read. The command line and pages
//! read the file; rows come here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use dacheng_domain::access::Right;
use dacheng_domain::allocation::{Grid, spread_around};
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::planning::{Marks, RecognisedAt, RevenueBasis, State, Tax};
use dacheng_store::targets::{self, Cell};
use dacheng_store::{Write, breakdowns, counter, plans};
use serde_json::json;

use super::import_rows::{Filled, Part, Stated, fill, read};
use super::plan::read_code;
use super::total::wrong_marks;
use super::{Opened, allow, basis_text, open_to_write};
use crate::allocation::{
    Kin, MonthSet, Owner, Sheet, TOP, Words, candidates, depth, month_number, without_claimed,
};
use crate::facts::import::Effect;
use crate::facts::problems::{MOST, RowProblem};
use crate::{Actor, App, Context, Result, audit, company};

pub use super::import_rows::TargetRow;

/// The method of a unit whose total was never stated: it is the sum of its children.
const SUMMED: &str = "summed";
/// The method of a unit whose total was stated, with its children, by a file.
const IMPORTED: &str = "imported";

/// What an import of targets came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Rows read.
    pub rows: usize,
    /// The codes of the plans it made.
    pub plans: Vec<String>,
    /// Cells that changed, sums of units included.
    pub cells: usize,
    /// What is wrong; where anything is, nothing was written.
    pub problems: Vec<RowProblem>,
}

/// Imports rows of targets into drafts, all or none. The same rows twice change nothing.
///
/// A plan that is not there yet is made. The operator of the command line brings the plans of a company that starts:
/// a new plan of a year without one is in force at once, recorded as such, and the operator may complete a plan in
/// force. A unit without a row of its own is the sum of those below it; a unit with one must equal it, else the
/// import is refused and names unit, month and amount (`domain.md` §3). Years and quarters are divided by working
/// days, so that parents and children agree.
pub fn import_targets(
    app: &App,
    context: &Context,
    rows: &[TargetRow],
    source: &str,
    effect: Effect,
) -> Result<Imported> {
    let mut tx = app.store.write()?;
    counter::next(&mut tx, "plan_in_force")?;
    let (company, _) = company::current(&mut tx)?;
    let ground = app.memory.ground(&mut tx)?;
    let mut imported = Imported { rows: rows.len(), ..Imported::default() };
    let mut stated: BTreeMap<String, Vec<Stated>> = BTreeMap::new();
    for row in rows {
        match read(row, &ground, company.fiscal_start, context.lang) {
            Ok(row) => stated.entry(row.plan.clone()).or_default().push(row),
            Err(problems) => imported.problems.extend(problems),
        }
    }
    for (code, rows) in stated {
        let years: BTreeSet<Year> =
            rows.iter().map(|row| Year::of(row.period.first_day(), company.fiscal_start)).collect();
        let Some(opened) = plan(app, &mut tx, context, &code, &years, &mut imported)? else { continue };
        let before = imported.cells;
        import_plan(&mut tx, context, &opened, rows, &mut imported)?;
        if imported.cells > before {
            let detail = json!({ "source": source, "cells": imported.cells - before });
            audit::record(app, &mut tx, context, "plan.import", &format!("plan/{code}"), &detail)?;
        }
    }
    imported.problems.truncate(MOST);
    match (imported.problems.is_empty(), effect) {
        (true, Effect::Write) => tx.commit()?,
        (true, Effect::DryRun) => {}
        (false, _) => (imported.cells, imported.plans) = (0, Vec::new()),
    }
    Ok(imported)
}

fn whole_problem(row: Option<u64>, column: &str, value: &str, reason: String) -> RowProblem {
    RowProblem { row, column: Some(column.to_owned()), value: value.to_owned(), reason }
}

/// Opens the plan, or makes it.
fn plan(
    app: &App,
    tx: &mut Write,
    context: &Context,
    code: &str,
    years: &BTreeSet<Year>,
    imported: &mut Imported,
) -> Result<Option<Opened>> {
    let say = context.lang.plans_import();
    let is_operator = context.actor == Actor::Operator;
    if plans::by_code(tx, code)?.is_some() {
        let opened = open_to_write(app, tx, code)?;
        allow::company(context, &opened, Right::Update)?;
        let is_open = match opened.state {
            State::Draft => true,
            State::InForce => is_operator,
            State::Review | State::Archived => false,
        };
        if !is_open {
            imported.problems.push(whole_problem(None, "plan", code, say.in_force(code)));
            return Ok(None);
        }
        return Ok(Some(opened));
    }
    let ground = app.memory.ground(tx)?;
    allow::create(context, &ground.organisation)?;
    let year = years.first().copied().filter(|_| years.len() == 1);
    let Some(year) = year.filter(|year| read_code(Some(code), *year).is_some()) else {
        let reason =
            if years.len() == 1 { context.lang.plans_refused().code().to_owned() } else { say.years(code) };
        imported.problems.push(whole_problem(None, "plan", code, reason));
        return Ok(None);
    };
    let is_first = plans::of_year(tx, year.name().into(), "in_force")?.is_none();
    let state = if is_operator && is_first { "in_force" } else { "draft" };
    let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
    let new = plans::Plan {
        id: 0,
        code: code.to_owned(),
        name: say.first_name(year),
        year: year.name().into(),
        state: state.to_owned(),
        basis: basis_text(basis)?,
        reason: None,
        created_at: context.now.as_millisecond(),
        actor: context.actor_name(),
        version: 1,
    };
    plans::insert(tx, &new)?;
    let detail = json!({ "name": new.name, "year": new.year, "state": state });
    audit::record(app, tx, context, "plan.create", &format!("plan/{code}"), &detail)?;
    imported.plans.push(code.to_owned());
    Ok(Some(open_to_write(app, tx, code)?))
}

fn import_plan(
    tx: &mut Write,
    context: &Context,
    opened: &Opened,
    rows: Vec<Stated>,
    imported: &mut Imported,
) -> Result<()> {
    let mut by_metric: BTreeMap<Metric, Vec<Stated>> = BTreeMap::new();
    for row in rows {
        let is_inside = opened.year.first_day() <= row.period.first_day()
            && row.period.last_day() <= opened.year.last_day();
        if is_inside {
            by_metric.entry(row.metric).or_default().push(row);
        } else {
            let say = context.lang.plans_import();
            let reason = say.other_year(row.period, &row.plan, opened.year);
            imported.problems.push(whole_problem(Some(row.row), "period", &row.period.to_string(), reason));
        }
    }
    for (metric, rows) in by_metric {
        let words = Words { lang: context.lang, metric, ground: &opened.ground };
        let mut import = Import {
            sheet: Sheet::open(tx, opened.plan.id, metric, opened.year)?,
            words,
            opened,
            loose: HashSet::new(),
            blocks: HashMap::new(),
            stated: HashSet::new(),
            problems: Vec::new(),
        };
        let cells = import.run(tx, context, &rows)?;
        imported.problems.append(&mut import.problems);
        imported.cells += cells;
    }
    Ok(())
}

/// One metric of one plan.
struct Import<'i> {
    sheet: Sheet,
    words: Words<'i>,
    opened: &'i Opened,
    /// Cells stated as part of a quarter or year.
    loose: HashSet<(Owner, usize)>,
    blocks: HashMap<Owner, Vec<Vec<usize>>>,
    /// Owners with a row of their own.
    stated: HashSet<Owner>,
    problems: Vec<RowProblem>,
}

impl Import<'_> {
    fn run(&mut self, tx: &mut Write, context: &Context, rows: &[Stated]) -> Result<usize> {
        let organisation = &self.opened.ground.organisation;
        let units: Vec<&str> =
            organisation.rows().units.iter().map(|unit| unit.code.as_str()).chain([TOP]).collect();
        self.sheet.load(tx, units.iter().copied())?;
        let mut owners: BTreeSet<Owner> = rows.iter().map(|row| row.owner.clone()).collect();
        owners.extend(units.iter().map(|unit| Owner::unit(*unit)));
        self.sheet.load_owners(tx, &owners)?;
        let parts = self.state(rows)?;
        if self.words.metric.definition().roll_up == RollUp::Sum {
            self.sum_parts(&parts);
            self.build(tx)?;
        }
        if !self.problems.is_empty() {
            return Ok(0);
        }
        let mut cells = 0;
        if self.sheet.is_changed() {
            cells += self.sheet.save(tx, context)?.cells;
        }
        cells += self.save_parts(tx, &parts)?;
        Ok(cells)
    }

    fn note(&mut self, row: Option<u64>, column: &str, value: &str, reason: String) {
        self.problems.push(whole_problem(row, column, value, reason));
    }

    /// Sets the whole cells as stated; answers the parts.
    fn state(&mut self, rows: &[Stated]) -> Result<BTreeMap<(Owner, Part), Filled>> {
        let mut groups: BTreeMap<(Owner, Part), Vec<&Stated>> = BTreeMap::new();
        let mut seen: HashMap<(&Owner, &Part, String), u64> = HashMap::new();
        for row in rows {
            if let Some(other) = seen.insert((&row.owner, &row.part, row.period.to_string()), row.row) {
                let reason = self.words.lang.problems().twice(other.to_string());
                self.problems.push(whole_problem(Some(row.row), "owner", &row.owner.code, reason));
            }
            groups.entry((row.owner.clone(), row.part.clone())).or_default().push(row);
        }
        let calendar = self.opened.company.calendar();
        let mut parts = BTreeMap::new();
        for ((owner, part), rows) in groups {
            let filled = match fill(&rows, &self.sheet.months, &calendar, self.words.lang)? {
                Ok(filled) => filled,
                Err(wrong) => {
                    for (row, period, sum) in wrong {
                        let stated = rows.iter().find(|own| own.row == row).map_or(0, |own| own.marks.target);
                        let (name, stated) = (self.words.owner(&owner), self.words.amount(stated.into()));
                        let reason = self.words.lang.plans_import().stated(
                            name,
                            period,
                            stated,
                            self.words.amount(sum),
                        );
                        self.note(Some(row), "target", &period.to_string(), reason);
                    }
                    continue;
                }
            };
            for (place, marks) in filled.months.iter().enumerate() {
                let Some(marks) = marks else { continue };
                let month = self.sheet.months[place];
                if let Some(wrong) = wrong_marks(self.words, &owner, month, *marks) {
                    self.note(rows.first().map(|row| row.row), "target", &month.to_string(), wrong);
                }
            }
            if part == Part::default() {
                self.set_row(&owner, &filled);
            } else {
                parts.insert((owner, part), filled);
            }
        }
        Ok(parts)
    }

    fn set_row(&mut self, owner: &Owner, filled: &Filled) {
        self.stated.insert(owner.clone());
        let blocks = filled.blocks.iter().map(|(places, _, _)| places.clone());
        self.blocks.insert(owner.clone(), blocks.collect());
        for (place, marks) in filled.months.iter().enumerate() {
            let Some(marks) = *marks else { continue };
            if filled.is_loose[place] {
                self.loose.insert((owner.clone(), place));
            }
            let before = self.sheet.marks(owner, place);
            let kept = |mark: Option<i64>, stored: fn(Marks) -> Option<i64>| {
                mark.or_else(|| before.and_then(stored))
            };
            let kept = Marks {
                floor: kept(marks.floor, |marks| marks.floor),
                target: marks.target,
                stretch: kept(marks.stretch, |marks| marks.stretch),
            };
            let fits = wrong_marks(self.words, owner, self.sheet.months[place], kept).is_none();
            self.sheet.set(owner, place, Some(if fits { kept } else { marks }));
        }
    }

    /// Parts of an owner without a row of its own make its whole; next to a loose whole they say how it lies.
    fn sum_parts(&mut self, parts: &BTreeMap<(Owner, Part), Filled>) {
        let mut sums: BTreeMap<Owner, [Option<i64>; 12]> = BTreeMap::new();
        let lines = parts.iter().filter(|((_, part), _)| part.0.is_empty() != part.1.is_empty());
        for ((owner, _), filled) in lines {
            let sum = sums.entry(owner.clone()).or_default();
            for (place, marks) in filled.months.iter().enumerate() {
                if let Some(marks) = marks {
                    sum[place] = Some(sum[place].unwrap_or(0).saturating_add(marks.target));
                }
            }
        }
        for (owner, sum) in sums {
            if self.stated.contains(&owner) {
                self.lie(&owner, &sum.map(|amount| amount.unwrap_or(0)));
                continue;
            }
            for (place, amount) in sum.into_iter().enumerate() {
                if let Some(amount) = amount.filter(|_| self.sheet.marks(&owner, place).is_none()) {
                    self.sheet.set_amount(&owner, place, amount);
                }
            }
        }
    }

    /// Moves the loose months of an owner to where their sum lies in the same quarter or year.
    fn lie(&mut self, owner: &Owner, wanted: &[i64; 12]) {
        for places in self.blocks.get(owner).cloned().unwrap_or_default() {
            let own: i128 = places.iter().map(|place| i128::from(self.sheet.amount(owner, *place))).sum();
            let below: i128 = places.iter().map(|place| i128::from(wanted[*place])).sum();
            let moves = |place: &usize| {
                self.loose.contains(&(owner.clone(), *place))
                    || self.sheet.amount(owner, *place) == wanted[*place]
            };
            if own == below && places.iter().all(moves) {
                for place in places {
                    self.sheet.set_amount(owner, place, wanted[place]);
                }
            }
        }
    }

    /// Finds the children of every unit from the deepest up, sums units without a row, and checks the others.
    fn build(&mut self, tx: &mut Write) -> Result<()> {
        let organisation = &self.opened.ground.organisation;
        let on = self.opened.year.last_day();
        let mut units: Vec<(usize, &str)> = organisation
            .rows()
            .units
            .iter()
            .map(|unit| (depth(organisation, unit.code.as_str(), on), unit.code.as_str()))
            .collect();
        units.sort_by(|one, other| other.cmp(one));
        for (_, code) in units {
            let Some(unit) = organisation.unit_of_code(code) else { continue };
            let found = candidates(&self.opened.ground, unit.id, self.opened.year);
            let found = without_claimed(tx, &self.sheet, code, found)?;
            let owners: Vec<Owner> = found.iter().map(|child| child.owner.clone()).collect();
            self.sheet.load_owners(tx, &owners)?;
            self.adopt(code, found.into_iter().map(|child| Kin { owner: child.owner, months: child.months }));
            if self.sheet.family(code).is_some() {
                self.fit(code);
            }
        }
        self.adopt_orphans();
        let wrong: Vec<(String, String)> = self
            .sheet
            .differences()
            .into_iter()
            .map(|(unit, month, by)| (unit.to_owned(), self.words.unbalanced(unit, month, by)))
            .collect();
        for (unit, reason) in wrong {
            self.note(None, "target", &unit, reason);
        }
        Ok(())
    }

    /// Adds those with targets to the children of a unit.
    fn adopt(&mut self, unit: &str, found: impl Iterator<Item = Kin>) {
        let before = self.sheet.family(unit).map_or_else(Vec::new, |family| family.children.clone());
        let mut children = before.clone();
        for kin in found {
            let carries =
                |place: usize| kin.months >> place & 1 == 1 && self.sheet.marks(&kin.owner, place).is_some();
            let months =
                (0..12).filter(|place| carries(*place)).fold(0, |set: MonthSet, place| set | 1 << place);
            match children.iter_mut().find(|own| own.owner == kin.owner) {
                Some(own) => own.months |= months,
                None if months != 0 => children.push(Kin { owner: kin.owner, months }),
                None => {}
            }
        }
        if children != before {
            let own = Owner::unit(unit);
            let is_summed = self.sheet.family(unit).map_or_else(
                || !self.sheet.has_cells(&own),
                |family| family.method == SUMMED && !self.stated.contains(&own),
            );
            let family = self.sheet.rewrite(unit);
            family.children = children;
            if is_summed || before.is_empty() {
                (if is_summed { SUMMED } else { IMPORTED }).clone_into(&mut family.method);
            }
        }
    }

    /// Makes a unit the sum of its children, or moves what was stated only as a quarter or year until it is.
    fn fit(&mut self, unit: &str) {
        let own = Owner::unit(unit);
        let Some(family) = self.sheet.family(unit).cloned() else { return };
        let sums: [i64; 12] = std::array::from_fn(|place| {
            let carried = family.of_month(place).map(|owner| i128::from(self.sheet.amount(owner, place)));
            let carried: i128 =
                carried.sum::<i128>() + i128::from(family.reserve[place]) - i128::from(family.buffer[place]);
            i64::try_from(carried).unwrap_or(i64::MAX)
        });
        if family.method == SUMMED && !self.stated.contains(&own) {
            for place in (0..12).filter(|place| family.of_month(*place).next().is_some()) {
                self.sheet.set_amount(&own, place, sums[place]);
                let is_loose = |owner: &Owner| self.loose.contains(&(owner.clone(), place));
                if family.of_month(place).any(is_loose) {
                    self.loose.insert((own.clone(), place));
                }
            }
            let blocks =
                family.children.iter().filter_map(|kin| self.blocks.get(&kin.owner)).flatten().cloned();
            let blocks = blocks.collect();
            self.blocks.insert(own, blocks);
            return;
        }
        self.lie(&own, &sums);
        if (0..12).any(|place| self.sheet.difference(unit, place).is_some()) {
            self.move_children(unit);
        }
    }

    /// Moves the loose months of the children to where the unit's lie, their quarters and years kept; theirs follow.
    /// What does not fit stays as stated and is named at the end.
    fn move_children(&mut self, unit: &str) {
        let own = Owner::unit(unit);
        let Some(family) = self.sheet.family(unit).cloned() else { return };
        let column = |sheet: &Sheet, place: usize| {
            let parent = i128::from(sheet.amount(&own, place)) + i128::from(family.buffer[place]);
            u64::try_from(parent - i128::from(family.reserve[place])).unwrap_or(0)
        };
        let kept = |sheet: &Sheet, owner: &Owner, place: usize| {
            u64::try_from(sheet.amount(owner, place)).unwrap_or(0)
        };
        let has_quarters = |kin: &Kin| {
            self.blocks.get(&kin.owner).is_some_and(|blocks| blocks.iter().any(|own| own.len() == 3))
        };
        let blocks: Vec<std::ops::Range<usize>> = if family.children.iter().any(has_quarters) {
            (0..4).map(|q| q * 3..q * 3 + 3).collect()
        } else {
            std::iter::once(0..12).collect()
        };
        let mut moved: BTreeSet<String> = BTreeSet::new();
        for block in blocks {
            let columns: Vec<u64> = block.clone().map(|place| column(&self.sheet, place)).collect();
            let mut locks = Grid::filled(family.children.len(), block.len(), None);
            let mut rows = Vec::new();
            for (row, kin) in family.children.iter().enumerate() {
                let amounts = block.clone().map(|place| kept(&self.sheet, &kin.owner, place));
                rows.push(amounts.sum::<u64>());
                for (at, place) in block.clone().enumerate() {
                    let is_free =
                        kin.months >> place & 1 == 1 && self.loose.contains(&(kin.owner.clone(), place));
                    locks.row_mut(row)[at] = (!is_free).then(|| kept(&self.sheet, &kin.owner, place));
                }
            }
            let Ok(grid) = spread_around(&rows, &columns, &locks) else { continue };
            for (row, kin) in family.children.iter().enumerate() {
                for (at, place) in block.clone().enumerate() {
                    let amount = i64::try_from(grid.row(row)[at]).unwrap_or(i64::MAX);
                    if kin.months >> place & 1 == 1 && self.sheet.amount(&kin.owner, place) != amount {
                        self.sheet.set_amount(&kin.owner, place, amount);
                        if kin.owner.kind == targets::OwnerKind::Unit {
                            moved.insert(kin.owner.code.clone());
                        }
                    }
                }
            }
        }
        for unit in moved {
            self.move_children(&unit);
        }
    }

    /// Those with targets and without a parent stand below [`TOP`].
    fn adopt_orphans(&mut self) {
        let organisation = &self.opened.ground.organisation;
        let units = organisation.rows().units.iter().map(|unit| Owner::unit(unit.code.as_str()));
        let members = organisation.rows().members.iter().map(|member| Owner::member(member.code.as_str()));
        let parented: HashSet<Owner> = organisation
            .rows()
            .units
            .iter()
            .filter_map(|unit| self.sheet.family(unit.code.as_str()))
            .flat_map(|family| family.children.iter().map(|kin| kin.owner.clone()))
            .collect();
        let orphans: Vec<Kin> = units
            .chain(members)
            .filter(|owner| !parented.contains(owner) && self.sheet.has_cells(owner))
            .map(|owner| Kin { owner, months: crate::allocation::WHOLE_YEAR })
            .collect();
        self.adopt(TOP, orphans.into_iter());
    }

    /// Writes the cells by line and type, and checks that they sum to what they are parts of.
    fn save_parts(&mut self, tx: &mut Write, parts: &BTreeMap<(Owner, Part), Filled>) -> Result<usize> {
        if parts.is_empty() {
            return Ok(0);
        }
        let mut cells = Vec::new();
        for ((owner, (line, kind)), filled) in parts {
            for (place, marks) in filled.months.iter().enumerate() {
                let Some(marks) = marks else { continue };
                cells.push(Cell {
                    owner_kind: owner.kind,
                    owner: owner.code.clone(),
                    product_line: line.clone(),
                    customer_type: kind.clone(),
                    month: month_number(self.sheet.months[place]),
                    floor: marks.floor,
                    amount: marks.target,
                    stretch: marks.stretch,
                });
            }
        }
        let stored = self.parts(tx, parts)?;
        let fresh: Vec<Cell> = cells.into_iter().filter(|cell| !stored.contains(cell)).collect();
        if !fresh.is_empty() {
            targets::replace(tx, self.sheet.of().0, self.words.metric.code(), &fresh)?;
        }
        if self.words.metric.definition().roll_up == RollUp::Sum {
            let stored = self.parts(tx, parts)?;
            self.check_parts(&stored);
        }
        Ok(fresh.len())
    }

    fn parts(&self, tx: &mut Write, parts: &BTreeMap<(Owner, Part), Filled>) -> Result<HashSet<Cell>> {
        let mut found = HashSet::new();
        for kind in [targets::OwnerKind::Unit, targets::OwnerKind::Member] {
            let owners: BTreeSet<&str> = parts
                .keys()
                .filter(|(owner, _)| owner.kind == kind)
                .map(|(owner, _)| owner.code.as_str())
                .collect();
            if !owners.is_empty() {
                let owners: Vec<&str> = owners.into_iter().collect();
                found.extend(breakdowns::parts_of(tx, self.sheet.of(), kind, &owners)?);
            }
        }
        Ok(found)
    }

    fn check_parts(&mut self, stored: &HashSet<Cell>) {
        let mut sums: BTreeMap<(Owner, i64, &str), i128> = BTreeMap::new();
        for cell in stored {
            let by = match (cell.product_line.is_empty(), cell.customer_type.is_empty()) {
                (false, true) => "line",
                (true, false) => "type",
                (true, true) | (false, false) => continue,
            };
            let owner = Owner { kind: cell.owner_kind, code: cell.owner.clone() };
            *sums.entry((owner, cell.month, by)).or_default() += i128::from(cell.amount);
        }
        for ((owner, month, _), sum) in sums {
            let Some(place) = self.sheet.place(month) else { continue };
            let whole = i128::from(self.sheet.amount(&owner, place));
            if whole != sum {
                let (name, month) = (self.words.owner(&owner), self.words.month(self.sheet.months[place]));
                let (whole, sum) = (self.words.amount(whole), self.words.amount(sum));
                let reason = self.words.lang.plans_import().parts(name, month, whole, sum);
                self.note(None, "target", &owner.code, reason);
            }
        }
    }
}
