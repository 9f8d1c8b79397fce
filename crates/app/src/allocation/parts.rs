//! Cells by product line and customer type: parts of a whole cell, which follow it. They come by import.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Child, Exact, Request, Unit, allocate};
use dacheng_store::Read;
use dacheng_store::breakdowns::parts_of;
use dacheng_store::targets::{Cell, OwnerKind};

use super::owner::Owner;
use super::sheet::Sheet;
use crate::{Error, Result};

/// What a part is a part of: an owner's whole by line, by type, or a line by type.
type Whole = (Owner, i64, Split);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Split {
    ByLine,
    ByType,
    LineByType(String),
}

fn split(cell: &Cell) -> Option<Split> {
    match (cell.product_line.is_empty(), cell.customer_type.is_empty()) {
        (true, true) => None,
        (false, true) => Some(Split::ByLine),
        (true, false) => Some(Split::ByType),
        (false, false) => Some(Split::LineByType(cell.product_line.clone())),
    }
}

fn groups(cells: Vec<Cell>) -> BTreeMap<Whole, Vec<Cell>> {
    let mut groups: BTreeMap<Whole, Vec<Cell>> = BTreeMap::new();
    for cell in cells {
        if let Some(split) = split(&cell) {
            let owner = Owner { kind: cell.owner_kind, code: cell.owner.clone() };
            groups.entry((owner, cell.month, split)).or_default().push(cell);
        }
    }
    groups
}

/// The parts of whole cells that end: they end with them.
pub(super) fn end(tx: &mut Read, sheet: &Sheet, ended: &[Cell]) -> Result<Vec<Cell>> {
    let places: BTreeSet<(OwnerKind, &str, i64)> =
        ended.iter().map(|cell| (cell.owner_kind, cell.owner.as_str(), cell.month)).collect();
    let mut found = all_of(tx, sheet, ended)?;
    found.retain(|cell| places.contains(&(cell.owner_kind, cell.owner.as_str(), cell.month)));
    Ok(found)
}

fn all_of(tx: &mut Read, sheet: &Sheet, cells: &[Cell]) -> Result<Vec<Cell>> {
    let mut found = Vec::new();
    for kind in [OwnerKind::Unit, OwnerKind::Member] {
        let mut owners: Vec<&str> =
            cells.iter().filter(|cell| cell.owner_kind == kind).map(|cell| cell.owner.as_str()).collect();
        owners.dedup();
        if !owners.is_empty() {
            found.extend(parts_of(tx, sheet.of(), kind, &owners)?);
        }
    }
    Ok(found)
}

/// The parts of changed whole cells, divided anew in proportion to what they were.
pub(super) fn follow(tx: &mut Read, sheet: &Sheet, changed: &[Cell]) -> Result<Vec<Cell>> {
    let totals: BTreeMap<(Owner, i64), i64> = changed
        .iter()
        .map(|cell| ((Owner { kind: cell.owner_kind, code: cell.owner.clone() }, cell.month), cell.amount))
        .collect();
    divided(all_of(tx, sheet, changed)?, &totals)
}

/// Parts divided anew so that they make whole cells again; those of a whole that is not there are left out.
pub(crate) fn divided(parts: Vec<Cell>, totals: &BTreeMap<(Owner, i64), i64>) -> Result<Vec<Cell>> {
    let mut lines: BTreeMap<(Owner, i64, String), i64> = BTreeMap::new();
    let mut fresh = Vec::new();
    // Lines come before what divides them: the order of `Split`.
    for ((owner, month, split), cells) in groups(parts) {
        let total = match &split {
            Split::ByLine | Split::ByType => totals.get(&(owner.clone(), month)).copied(),
            Split::LineByType(line) => lines.get(&(owner.clone(), month, line.clone())).copied(),
        };
        let Some(total) = total else { continue };
        for cell in divide(total, cells)? {
            if split == Split::ByLine {
                lines.insert((owner.clone(), month, cell.product_line.clone()), cell.amount);
            }
            fresh.push(cell);
        }
    }
    Ok(fresh)
}

fn divide(total: i64, mut cells: Vec<Cell>) -> Result<Vec<Cell>> {
    let weight = |cell: &Cell| Child::weighing(Exact::from(u64::try_from(cell.amount).unwrap_or(0)));
    let children = cells.iter().map(weight).collect();
    let request = Request { total: Fen(total), buffer: Exact::from(1), unit: Unit::FEN, children };
    let solved = allocate(&request).map_err(|refusal| Error::Internal(format!("parts: {refusal:?}")))?;
    for (cell, value) in cells.iter_mut().zip(solved.values) {
        cell.amount = value.0;
        cell.floor = cell.floor.map(|floor| floor.min(value.0));
        cell.stretch = cell.stretch.map(|stretch| stretch.max(value.0));
    }
    Ok(cells)
}
