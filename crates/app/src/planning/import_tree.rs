//! The tree of an import of targets: a unit without a row is the sum of its children, one with a row must equal it.

use std::collections::{BTreeSet, HashSet};

use dacheng_domain::allocation::{Grid, spread_around};
use dacheng_store::{Write, targets};

use super::import_metric::Import;
use crate::Result;
use crate::allocation::{Kin, MonthSet, Owner, Sheet, TOP, candidates, depth, without_claimed};

/// The method of a unit whose total was never stated: it is the sum of its children.
const SUMMED: &str = "summed";
/// The method of a unit whose total was stated, with its children, by a file.
const IMPORTED: &str = "imported";

impl Import<'_> {
    /// Finds the children of every unit from the deepest up, sums units without a row, and checks the others.
    pub fn build(&mut self, tx: &mut Write) -> Result<()> {
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
            .map(|(unit, month, by)| (format!("{unit} {month}"), self.words.unbalanced(unit, month, by)))
            .collect();
        for (cell, reason) in wrong {
            self.note(None, "target", &cell, reason);
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
}
