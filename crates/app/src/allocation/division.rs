//! Dividing a parent among its children: years by weights and constraints, months around locks and absences, or
//! everything as somebody filled it in. The solver is `domain::allocation`'s.

use std::collections::HashMap;

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Child, Exact, Grid, Request, Unit, allocate, spread, spread_around};

use super::children::Candidate;
use super::owner::Owner;
use super::request::{Bounds, BreakDown};
use super::say::{Words, listed};
use super::sheet::{Months, Sheet, places};
use crate::{Error, Result};

/// Rows in the children's order, and who carries the odd part below one rounding unit.
pub(super) type Divided = (Vec<Months>, Option<(Owner, i64)>);

/// A breakdown being worked out.
pub(super) struct Division<'p> {
    pub words: Words<'p>,
    pub request: &'p BreakDown,
    pub sheet: &'p Sheet,
    pub parent: Months,
    pub reserve: Months,
    pub buffer: Months,
    pub children: &'p [Candidate],
}

impl Division<'_> {
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
    pub fn given(&self, given: &[(Owner, Months)]) -> Result<Vec<Months>> {
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
    pub fn divided(&self, weights: Vec<Exact>, rounding: i64, bounds: &[Bounds]) -> Result<Divided> {
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
