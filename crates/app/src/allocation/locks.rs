//! Locking cells for everybody, with who and why, and unlocking them.

use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::Reason;
use dacheng_store::locks::{Lock, YEAR, remove, set};
use dacheng_store::targets::OwnerKind;
use serde_json::json;

use super::owner::Owner;
use super::say::Words;
use super::sheet::{Sheet, month_number};
use crate::planning::{allow, open_draft};
use crate::{App, Context, Error, Result, audit};

/// Cells to be locked or unlocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockCells {
    /// The plan's code.
    pub plan: String,
    /// Of which metric.
    pub metric: Metric,
    /// Whose, and which month; `None` for the whole year.
    pub cells: Vec<(Owner, Option<Month>)>,
    /// Why; recorded.
    pub reason: Reason,
}

fn places(cells: &[(Owner, Option<Month>)]) -> Vec<(OwnerKind, &str, i64)> {
    let month = |month: &Option<Month>| month.map_or(YEAR, month_number);
    cells.iter().map(|(owner, of)| (owner.kind, owner.code.as_str(), month(of))).collect()
}

/// Locks cells that carry a target. Breaking down, editing and following a parent leave them as they are.
pub fn lock_cells(app: &App, context: &Context, request: &LockCells) -> Result<()> {
    change(app, context, request, |tx, of, sheet, words| {
        let say = context.lang.plans_refused();
        let owners: Vec<&Owner> = request.cells.iter().map(|(owner, _)| owner).collect();
        sheet.load_owners(tx, owners.iter().copied())?;
        let carries = |(owner, month): &(Owner, Option<Month>)| match month {
            None => sheet.has_cells(owner),
            Some(month) => {
                sheet.place(month_number(*month)).is_some_and(|place| sheet.marks(owner, place).is_some())
            }
        };
        if let Some((owner, month)) = request.cells.iter().find(|cell| !carries(cell)) {
            let month = month.map_or_else(|| say.whole_year().to_owned(), |month| words.month(month));
            return Err(Error::refused(say.no_cell(words.owner(owner), month)));
        }
        let lock = |(owner_kind, owner, month): (OwnerKind, &str, i64)| Lock {
            owner_kind,
            owner: owner.to_owned(),
            month,
            actor: context.actor_name(),
            reason: request.reason.as_str().to_owned(),
            at: context.now.as_millisecond(),
        };
        let mut locks: Vec<Lock> = places(&request.cells).into_iter().map(lock).collect();
        locks.sort_by(|one, other| {
            (one.owner_kind, &one.owner, one.month).cmp(&(other.owner_kind, &other.owner, other.month))
        });
        locks.dedup();
        set(tx, of, &locks)?;
        Ok("plan.lock")
    })
}

/// Unlocks cells. Who may break the owner's unit down may do it; the reason is recorded.
pub fn unlock_cells(app: &App, context: &Context, request: &LockCells) -> Result<()> {
    change(app, context, request, |tx, of, _, _| {
        remove(tx, of, &places(&request.cells))?;
        Ok("plan.unlock")
    })
}

fn change(
    app: &App,
    context: &Context,
    request: &LockCells,
    act: impl FnOnce(&mut dacheng_store::Write, (i64, &str), &mut Sheet, Words<'_>) -> Result<&'static str>,
) -> Result<()> {
    let mut tx = app.store.write()?;
    let opened = open_draft(app, &mut tx, context, &request.plan)?;
    for (owner, _) in &request.cells {
        allow::lock(context, &opened, owner)?;
    }
    let words = Words { lang: context.lang, metric: request.metric, ground: &opened.ground };
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, request.metric, opened.year)?;
    let of = (opened.plan.id, request.metric.code());
    let act = act(&mut tx, of, &mut sheet, words)?;
    let cells = request.cells.iter().map(
        |(owner, month)| json!({ "owner": owner.to_string(), "month": month.map(|month| month.to_string()) }),
    );
    let detail = json!({
        "metric": request.metric.code(), "cells": cells.collect::<Vec<_>>(), "reason": request.reason.as_str(),
    });
    audit::record(app, &mut tx, context, act, &format!("plan/{}", request.plan), &detail)?;
    Ok(tx.commit()?)
}
