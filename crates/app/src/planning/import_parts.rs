//! The parts of an import of targets: cells by product line and customer type, which sum to their whole cell.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dacheng_domain::metrics::RollUp;
use dacheng_store::targets::{self, Cell};
use dacheng_store::{Write, breakdowns};

use super::import_metric::Import;
use super::import_rows::{Filled, Part};
use crate::Result;
use crate::allocation::{Owner, month_number};

impl Import<'_> {
    /// Writes the cells by line and type, and checks that they sum to what they are parts of.
    pub fn save_parts(&mut self, tx: &mut Write, parts: &BTreeMap<(Owner, Part), Filled>) -> Result<usize> {
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
