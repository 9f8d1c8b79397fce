//! A plan's metric as a whole, for those who copy, compare and merge it: everything read at once, and walked from the top.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use dacheng_store::Read;
use dacheng_store::breakdowns;
use dacheng_store::targets::{self, Cell, OwnerKind};

use super::owner::Owner;
use super::sheet::{MonthSet, Sheet, TOP, month_number};
use crate::Result;

impl Sheet {
    /// Reads every cell and breakdown: six queries. Answers the cells by product line and customer type.
    pub fn load_whole(&mut self, tx: &mut Read) -> Result<Vec<Cell>> {
        let mut units = breakdowns::units(tx, self.of())?;
        units.push(TOP.to_owned());
        self.load(tx, units.iter().map(String::as_str))?;
        let months = (month_number(self.months[0]), month_number(self.months[11]));
        let (plan, metric) = self.of();
        let is_part = |cell: &Cell| !cell.product_line.is_empty() || !cell.customer_type.is_empty();
        let (parts, whole): (Vec<Cell>, Vec<Cell>) =
            targets::current(tx, plan, metric, months)?.into_iter().partition(is_part);
        self.take(whole);
        Ok(parts)
    }

    /// The units that are broken down with how far they stand below the top, each before those below it.
    pub fn top_down(&self) -> Vec<(usize, String)> {
        let mut found = vec![(0, TOP.to_owned())];
        let mut seen: BTreeSet<String> = [TOP.to_owned()].into();
        let mut next: VecDeque<(usize, String)> = [(0, TOP.to_owned())].into();
        while let Some((depth, unit)) = next.pop_front() {
            for code in self.units_below(&unit) {
                if self.family(&code).is_some() && seen.insert(code.clone()) {
                    found.push((depth + 1, code.clone()));
                    next.push_back((depth + 1, code));
                }
            }
        }
        // What hangs below nobody is there all the same.
        found.extend(self.units().into_iter().filter(|unit| !seen.contains(unit)).map(|unit| (1, unit)));
        found
    }

    fn units_below(&self, unit: &str) -> Vec<String> {
        let children = self.family(unit).map_or(&[][..], |family| &family.children);
        let units = children.iter().filter(|kin| kin.owner.kind == OwnerKind::Unit);
        units.map(|kin| kin.owner.code.clone()).collect()
    }

    /// An owner and everybody below, each before those below them.
    pub fn branch(&self, top: &Owner) -> Vec<Owner> {
        let mut found = vec![top.clone()];
        let mut seen: HashSet<Owner> = [top.clone()].into();
        let mut place = 0;
        while let Some(owner) = found.get(place).cloned() {
            place += 1;
            let family = if owner.kind == OwnerKind::Unit { self.family(&owner.code) } else { None };
            for kin in family.map_or(&[][..], |family| &family.children) {
                if seen.insert(kin.owner.clone()) {
                    found.push(kin.owner.clone());
                }
            }
        }
        found
    }

    /// Of which units somebody is a child, with the months.
    pub fn parents(&self, owner: &Owner) -> Vec<(String, MonthSet)> {
        let units = self.units().into_iter();
        units
            .filter_map(|unit| {
                let kin = self.family(&unit)?.children.iter().find(|kin| kin.owner == *owner)?;
                Some((unit, kin.months))
            })
            .collect()
    }

    /// The same of everybody, read once.
    pub fn all_parents(&self) -> HashMap<Owner, Vec<(String, MonthSet)>> {
        let mut found: HashMap<Owner, Vec<(String, MonthSet)>> = HashMap::new();
        for unit in self.units() {
            for kin in self.family(&unit).map_or(&[][..], |family| &family.children) {
                found.entry(kin.owner.clone()).or_default().push((unit.clone(), kin.months));
            }
        }
        found
    }

    /// What somebody carries over the year; `None` without a target.
    pub fn year(&self, owner: &Owner) -> Option<i64> {
        self.has_cells(owner).then(|| (0..12).map(|place| self.amount(owner, place)).sum())
    }
}
