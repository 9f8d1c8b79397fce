//! Taking a branch of one scenario into another: a preview of everything it changes, and the change itself for who saw
//! just that preview.

use dacheng_domain::access::Right;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::scenario::Settlement;
use dacheng_store::targets::{self, OwnerKind};
use dacheng_store::{Read, breakdowns};
use serde_json::json;

use super::merge_work::{Branches, Worked};
use crate::allocation::{Owner, Sheet, TOP, Words};
use crate::planning::{Opened, PlanView, additive, allow, open, open_draft};
use crate::{App, Context, Error, Result, audit};

/// A branch to be taken from one plan into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The plan it is taken from, by its code.
    pub from: String,
    /// The draft it is taken into.
    pub into: String,
    /// Of which metric; one that adds up.
    pub metric: Metric,
    /// The node: it comes with everybody below.
    pub owner: Owner,
    /// Who takes the difference.
    pub settle: Settlement,
}

/// What a merge changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergePreview {
    /// The plan it is taken from.
    pub from: PlanView,
    /// The plan it is taken into.
    pub into: PlanView,
    /// The node's name.
    pub name: String,
    /// The unit above it with its name; `None` at the top.
    pub above: Option<(Owner, String)>,
    /// What the node carries now; `None` where it carries nothing.
    pub old: Option<i64>,
    /// What it will carry.
    pub new: i64,
    /// Everybody whose year changes, from the top down.
    pub rows: Vec<MergeRow>,
    /// What the unit above declares, before and after: reserve and buffer over the year.
    pub declared: [(i64, i64); 2],
    /// What a change has to name: it stands for everything that is read and written.
    pub token: String,
}

/// Somebody whose year changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// Who.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// What part they have in it.
    pub part: Part,
    /// What they carry now.
    pub old: Option<i64>,
    /// What they will carry; `None` where they lose their target.
    pub new: Option<i64>,
}

/// What part somebody has in a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// They stand above the branch.
    Above,
    /// They are part of it.
    Branch,
    /// They stand beside it, or below who does.
    Beside,
}

/// What became of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// It is done.
    Done(MergePreview),
    /// Nothing is done: one of the plans has changed since the preview. This is what a merge would change now.
    Changed(MergePreview),
}

/// Works out what a merge changes, without writing anything.
pub fn merge_preview(app: &App, context: &Context, asked: &Merge) -> Result<MergePreview> {
    additive(context.lang, asked.metric)?;
    let mut tx = app.store.read()?;
    let into = open(app, &mut tx, &asked.into)?;
    allow::read_plan(context, &into)?;
    let (_, preview) = work(app, &mut tx, context, asked, &into)?;
    Ok(preview)
}

/// Merges, for who saw the preview with the token `seen`.
pub fn merge(app: &App, context: &Context, asked: &Merge, seen: &str) -> Result<Merged> {
    additive(context.lang, asked.metric)?;
    let mut tx = app.store.write()?;
    let into = open_draft(app, &mut tx, context, &asked.into)?;
    let (worked, preview) = work(app, &mut tx, context, asked, &into)?;
    if preview.token != seen {
        return Ok(Merged::Changed(preview));
    }
    let of = worked.sheet.of();
    // The parts of the branch end before its cells change, or they would be divided anew.
    let ended = owners_of(&worked.lost_parts);
    let mut held = Vec::new();
    for (kind, codes) in &ended {
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        held.extend(breakdowns::parts_of(&mut tx, of, *kind, &codes)?);
    }
    if !held.is_empty() {
        targets::end(&mut tx, of.0, of.1, &held)?;
    }
    let saved = worked.sheet.save(&mut tx, context)?;
    if !worked.parts.is_empty() {
        targets::replace(&mut tx, of.0, of.1, &worked.parts)?;
    }
    let detail = json!({
        "metric": asked.metric.code(), "from": asked.from, "owner": asked.owner.to_string(),
        "settle": asked.settle.word(), "before": preview.old, "after": preview.new, "cells": saved.cells,
        "sequence": saved.sequence, "digest": saved.digest,
    });
    audit::record(app, &mut tx, context, "plan.merge", &format!("plan/{}", asked.into), &detail)?;
    tx.commit()?;
    Ok(Merged::Done(preview))
}

fn owners_of(owners: &[Owner]) -> [(OwnerKind, Vec<String>); 2] {
    let of = |kind| owners.iter().filter(|own| own.kind == kind).map(|own| own.code.clone()).collect();
    [OwnerKind::Unit, OwnerKind::Member].map(|kind| (kind, of(kind)))
}

fn work(
    app: &App,
    tx: &mut Read,
    context: &Context,
    asked: &Merge,
    into: &Opened,
) -> Result<(Worked, MergePreview)> {
    let say = context.lang.scenarios_refused();
    let from = open(app, tx, &asked.from)?;
    allow::read_plan(context, &from)?;
    if from.plan.id == into.plan.id {
        return Err(Error::refused(say.same_plan()));
    }
    if from.year != into.year {
        return Err(Error::refused(say.one_year()));
    }
    let words = Words { lang: context.lang, metric: asked.metric, ground: &into.ground };
    let mut theirs = Sheet::open(tx, from.plan.id, asked.metric, from.year)?;
    let parts = theirs.load_whole(tx)?;
    let mut sheet = Sheet::open(tx, into.plan.id, asked.metric, into.year)?;
    sheet.load_whole(tx)?;
    let branches = Branches::read(words, &theirs, &sheet, &asked.owner)?;
    may(context, &from, into, asked, &branches.above)?;
    let old = sheet.year(&asked.owner);
    let new = theirs.year(&asked.owner).unwrap_or(0);
    let declared = |sheet: &Sheet| {
        let family = sheet.family(&branches.above).filter(|_| branches.above != TOP);
        family.map_or((0, 0), |family| (family.reserve.iter().sum(), family.buffer.iter().sum()))
    };
    let before = declared(&sheet);
    let worked = branches.work(words, tx, &theirs, sheet, (parts, asked.settle))?;
    let above = (branches.above != TOP).then(|| Owner::unit(branches.above.clone()));
    let preview = MergePreview {
        from: PlanView::of(&from.plan)?,
        into: PlanView::of(&into.plan)?,
        name: words.owner(&asked.owner),
        above: above.map(|own| (own.clone(), words.owner(&own))),
        old,
        new,
        rows: branches.rows(words, &worked.sheet),
        declared: [before, declared(&worked.sheet)],
        token: worked.sheet.digest(),
    };
    Ok((worked, preview))
}

/// Whoever merges reads the branch where it comes from, and breaks down the unit whose sum it changes; the company's where
/// it goes up to the top.
fn may(context: &Context, from: &Opened, into: &Opened, asked: &Merge, above: &str) -> Result<()> {
    let unit = match asked.owner.kind {
        OwnerKind::Unit => asked.owner.code.as_str(),
        OwnerKind::Member => above,
    };
    allow::read(context, from, unit)?;
    let total = || {
        let refused = |_| Error::refused(context.lang.scenarios_refused().not_your_total());
        allow::company(context, into, Right::Update).map_err(refused)
    };
    match asked.settle {
        Settlement::Parents => total()?,
        Settlement::Siblings | Settlement::Declared if above == TOP => total()?,
        Settlement::Siblings | Settlement::Declared => allow::break_down(context, into, above)?,
    };
    Ok(())
}
