//! Breaking a unit's target down among its sub-units and members: a preview that writes nothing, and applying it.

use std::collections::HashSet;

use dacheng_store::Write;
use dacheng_store::targets::OwnerKind;
use serde_json::json;

use super::leaving::drop_lost;
use super::proposal::propose;
use super::request::{BreakDown, Proposal, ProposedChild};
use super::say::Words;
use super::settle::{Queue, depth, settle};
use super::sheet::{MonthSet, Sheet};
use crate::planning::{Opened, allow, open, open_draft};
use crate::{App, Context, Error, Result, audit};

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
    let (sheet, proposal) = propose(app, &mut tx, context, &opened, request)?;
    if proposal.version != seen {
        return Err(Error::Stale { seen, found: proposal.version });
    }
    save(app, &mut tx, context, &opened, request, sheet, &proposal)?;
    tx.commit()?;
    Ok(Proposal { version: seen + 1, ..proposal })
}

/// Writes a proposal within a transaction: the children, and whatever follows them.
pub(super) fn save(
    app: &App,
    tx: &mut Write,
    context: &Context,
    opened: &Opened,
    request: &BreakDown,
    mut sheet: Sheet,
    proposal: &Proposal,
) -> Result<()> {
    let words = Words { lang: context.lang, metric: request.metric, ground: &opened.ground };
    drop_lost(&mut sheet, tx, &request.unit, proposal)?;
    let queue = set_children(&mut sheet, opened, proposal);
    let family = sheet.rewrite(&request.unit);
    request.split.code().clone_into(&mut family.method);
    (family.reserve, family.buffer) = (proposal.reserve, proposal.buffer);
    family.children = proposal.children.iter().map(ProposedChild::kin).collect();
    settle(&mut sheet, tx, words, queue, &HashSet::new())?;
    assert_whole(&sheet)?;
    let saved = sheet.save(tx, context)?;
    let detail = json!({
        "metric": request.metric.code(), "unit": request.unit, "method": request.split.code(),
        "children": proposal.children.len(), "cells": saved.cells, "sequence": saved.sequence,
        "digest": saved.digest,
    });
    audit::record(app, tx, context, "plan.break_down", &format!("plan/{}", request.plan), &detail)
}

/// Sets the cells of the children; answers the units among them whose months changed.
fn set_children(sheet: &mut Sheet, opened: &Opened, proposal: &Proposal) -> Queue {
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
    queue
}

/// The sum rule is checked once more before anything is written: what was read and changed sums.
pub(crate) fn assert_whole(sheet: &Sheet) -> Result<()> {
    let wrong = sheet.differences();
    if wrong.is_empty() { Ok(()) } else { Err(Error::Internal(format!("does not sum: {wrong:?}"))) }
}
