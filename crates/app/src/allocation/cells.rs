//! Editing single cells of the grid. Each is compared with what the editor saw, so that people who work on different
//! cells never collide, and the sum rule holds after every save.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dacheng_domain::allocation::Unbalanced;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_store::breakdowns;
use dacheng_store::target_forms::{self, Average};
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, Write};
use serde_json::json;

use super::break_down::assert_whole;
use super::owner::Owner;
use super::say::{Words, listed};
use super::settle::{Queue, depth, settle};
use super::sheet::{MonthSet, Sheet, TOP, WHOLE_YEAR, month_number, places};
use crate::planning::{Opened, additive, allow, open_draft};
use crate::{App, Context, Error, Result, audit};

/// Cells somebody changed in the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditCells {
    /// The plan's code.
    pub plan: String,
    /// Of which metric.
    pub metric: Metric,
    /// The cells.
    pub edits: Vec<CellEdit>,
    /// What becomes of a difference.
    pub difference: Difference,
    /// Which of them are set as a monthly average (月均).
    pub averages: Vec<Average>,
}

/// One changed cell, in the metric's smallest unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellEdit {
    /// Whose: a child of some unit's breakdown.
    pub owner: Owner,
    /// Which month.
    pub month: Month,
    /// What the editor saw.
    pub old: i64,
    /// What it is to be.
    pub new: i64,
}

/// What becomes of a difference between a parent and its edited children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The edit is refused, naming months and amounts.
    Refuse,
    /// It is declared as the unit's reserve, or as its buffer where the children carry more.
    Declare,
}

/// What became of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// All of it is saved; the number of cells that changed, those that followed included.
    Saved {
        /// How many.
        cells: usize,
    },
    /// Nothing is saved: somebody changed these cells first.
    Conflicts(Vec<CellConflict>),
}

/// A cell that somebody else changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellConflict {
    /// Whose.
    pub owner: Owner,
    /// Which month.
    pub month: Month,
    /// What the editor wants.
    pub mine: i64,
    /// What is stored; `None` where there is no cell any more.
    pub stored: Option<i64>,
}

/// Saves edited cells, all or none. A unit among the owners takes those below it along ([`settle`]); cells below
/// that are edited in the same request stay as edited.
pub fn edit_cells(app: &App, context: &Context, request: &EditCells) -> Result<Edited> {
    additive(context.lang, request.metric)?;
    let mut tx = app.store.write()?;
    let opened = open_draft(app, &mut tx, context, &request.plan)?;
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, request.metric, opened.year)?;
    let words = Words { lang: context.lang, metric: request.metric, ground: &opened.ground };
    let parents = parents(&mut tx, &mut sheet, &request.edits)?;
    for unit in parents.values().flatten().map(|(unit, _)| unit.as_str()).collect::<BTreeSet<_>>() {
        allow::break_down(context, &opened, unit)?;
    }
    let own: Vec<Owner> = parents.values().flatten().map(|(unit, _)| Owner::unit(unit.as_str())).collect();
    sheet.load_owners(&mut tx, &own)?;
    let cells = read(words, &sheet, &parents, &request.edits)?;
    let conflicts: Vec<CellConflict> =
        cells.iter().filter_map(|(edit, place, _)| conflict(&sheet, edit, *place)).collect();
    if !conflicts.is_empty() {
        return Ok(Edited::Conflicts(conflicts));
    }
    for (edit, place, _) in &cells {
        sheet.set_amount(&edit.owner, *place, edit.new);
    }
    let fixed: HashSet<(Owner, usize)> =
        cells.iter().map(|(edit, place, _)| (edit.owner.clone(), *place)).collect();
    close_differences(words, &mut sheet, &cells, &fixed, request.difference)?;
    let mut queue = Queue::default();
    for (edit, place, _) in cells.iter().filter(|(edit, _, _)| edit.owner.kind == OwnerKind::Unit) {
        let depth = depth(&opened.ground.organisation, &edit.owner.code, opened.year.last_day());
        queue.add(depth, &edit.owner.code, 1 << place);
    }
    settle(&mut sheet, &mut tx, words, queue, &fixed)?;
    assert_whole(&sheet)?;
    save(app, tx, context, &opened, request, &sheet)
}

fn save(
    app: &App,
    mut tx: Write,
    context: &Context,
    opened: &Opened,
    request: &EditCells,
    sheet: &Sheet,
) -> Result<Edited> {
    let saved = sheet.save(&mut tx, context)?;
    let by = (context.now.as_millisecond(), context.actor_name());
    for average in &request.averages {
        target_forms::note(&mut tx, opened.plan.id, average, (by.0, &by.1))?;
    }
    let edits = request.edits.iter().map(|edit| {
        json!({ "owner": edit.owner.to_string(), "month": edit.month.to_string(), "old": edit.old, "new": edit.new })
    });
    let detail = json!({
        "metric": request.metric.code(), "edits": edits.collect::<Vec<_>>(), "cells": saved.cells,
        "averages": request.averages.len(),
        "sequence": saved.sequence, "digest": saved.digest,
    });
    audit::record(app, &mut tx, context, "plan.edit", &format!("plan/{}", opened.plan.code), &detail)?;
    tx.commit()?;
    Ok(Edited::Saved { cells: saved.cells })
}

type Parents = BTreeMap<Owner, Vec<(String, MonthSet)>>;

/// Of which units the edited owners are children, with those units read.
fn parents(tx: &mut Read, sheet: &mut Sheet, edits: &[CellEdit]) -> Result<Parents> {
    let mut found = Parents::new();
    for kind in [OwnerKind::Unit, OwnerKind::Member] {
        let owners: BTreeSet<&str> = edits
            .iter()
            .filter(|edit| edit.owner.kind == kind)
            .map(|edit| edit.owner.code.as_str())
            .collect();
        if owners.is_empty() {
            continue;
        }
        let owners: Vec<&str> = owners.into_iter().collect();
        for row in breakdowns::parents(tx, sheet.of(), kind, &owners)? {
            let months = MonthSet::try_from(row.months).unwrap_or(WHOLE_YEAR);
            found.entry(Owner { kind, code: row.owner }).or_default().push((row.unit, months));
        }
    }
    sheet.load(tx, found.values().flatten().map(|(unit, _)| unit.as_str()))?;
    Ok(found)
}

/// The edits with their place in the year and their parent, or every reason why they cannot be made.
fn read<'e>(
    words: Words<'_>,
    sheet: &Sheet,
    parents: &'e Parents,
    edits: &'e [CellEdit],
) -> Result<Vec<(&'e CellEdit, usize, &'e str)>> {
    let say = words.lang.plans_refused();
    let (mut found, mut problems, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for edit in edits {
        let (owner, month) = (words.owner(&edit.owner), words.month(edit.month));
        let place = sheet.place(month_number(edit.month));
        let parent = place.and_then(|place| {
            let mut units = parents.get(&edit.owner)?.iter();
            let (unit, _) = units.find(|(_, months)| places(*months).any(|own| own == place))?;
            // The company's own total is set, not edited as somebody's child.
            (unit != TOP).then_some((place, unit.as_str()))
        });
        let Some((place, unit)) = parent else {
            problems.push(say.no_cell(owner, month));
            continue;
        };
        if edit.new < 0 {
            problems.push(say.negative(&owner, &month));
        }
        if !seen.insert((&edit.owner, place)) {
            problems.push(say.twice(&owner));
        }
        if let Some(lock) = sheet.lock(&edit.owner, place).filter(|_| edit.new != edit.old) {
            problems.push(say.locked(&owner, &month, &lock.actor, &lock.reason));
        }
        found.push((edit, place, unit));
    }
    if problems.is_empty() { Ok(found) } else { Err(Error::Refused(listed(words.lang, problems))) }
}

fn conflict(sheet: &Sheet, edit: &CellEdit, place: usize) -> Option<CellConflict> {
    let stored = sheet.marks(&edit.owner, place).map(|marks| marks.target);
    (stored != Some(edit.old)).then(|| CellConflict {
        owner: edit.owner.clone(),
        month: edit.month,
        mine: edit.new,
        stored,
    })
}

/// Every unit with an edited child sums again, or the difference is declared, or the edit is refused. A unit that
/// is edited itself is left to [`settle`].
fn close_differences(
    words: Words<'_>,
    sheet: &mut Sheet,
    cells: &[(&CellEdit, usize, &str)],
    fixed: &HashSet<(Owner, usize)>,
    difference: Difference,
) -> Result<()> {
    let units: BTreeSet<(&str, usize)> = cells.iter().map(|(_, place, unit)| (*unit, *place)).collect();
    let mut problems = Vec::new();
    for (unit, place) in units {
        let Some(by) = sheet.difference(unit, place) else { continue };
        match difference {
            Difference::Refuse if fixed.contains(&(Owner::unit(unit), place)) => {}
            Difference::Refuse => problems.push(words.unbalanced(unit, sheet.months[place], by)),
            Difference::Declare => declare(words, sheet, unit, place, by)?,
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Refused(listed(words.lang, problems))) }
}

/// Declares what the children do not carry as the reserve, what they carry on top as the buffer.
pub(crate) fn declare(
    words: Words<'_>,
    sheet: &mut Sheet,
    unit: &str,
    place: usize,
    by: Unbalanced,
) -> Result<()> {
    let family = sheet.rewrite(unit);
    let declared = i128::from(family.reserve[place]) - i128::from(family.buffer[place]);
    let net = match by {
        Unbalanced::Unassigned(rest) => declared + rest,
        Unbalanced::Exceeded(rest) => declared - rest,
    };
    let too_large = || Error::refused(words.lang.plans_refused().too_large());
    family.reserve[place] = i64::try_from(net.max(0)).map_err(|_| too_large())?;
    family.buffer[place] = i64::try_from((-net).max(0)).map_err(|_| too_large())?;
    Ok(())
}
