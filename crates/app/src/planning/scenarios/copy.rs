//! Copying a plan: another scenario of its year, or a whole plan year carried forward. Cells, breakdowns, declared
//! differences and parts by line and type come along in whole smallest units; who is no longer there is told by name.

use std::collections::{BTreeMap, HashSet};

use dacheng_domain::access::Right;
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::scenario::{Growth, Leavers, Locks};
use dacheng_store::search::Kind;
use dacheng_store::{Read, Write, plans};
use serde_json::json;

use super::copied::NotTaken;
use super::copying::{MetricCopy, Work};
use crate::allocation::{Sheet, TOP};
use crate::planning::plan::read_code;
use crate::planning::{Opened, PlanView, allow, open};
use crate::search::index;
use crate::{App, Context, Error, Result, audit};

/// A plan to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyPlan {
    /// The plan that is copied, by its code.
    pub plan: String,
    /// The fiscal year of the new one: the same or a later one.
    pub year: i16,
    /// Its code; the year, or the year with a free letter where `None`.
    pub code: Option<String>,
    /// Its name; that of the year where blank.
    pub name: String,
    /// Growth by metric; none for others, and for metrics whose targets do not add up.
    pub growth: BTreeMap<Metric, Growth>,
    /// What becomes of the part of those who are no longer there.
    pub leavers: Leavers,
    /// Whether locks come along.
    pub locks: Locks,
}

/// What a copy comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyPreview {
    /// The plan that is copied.
    pub source: PlanView,
    /// The new plan's year.
    pub year: Year,
    /// The new plan's code.
    pub code: String,
    /// The metrics.
    pub metrics: Vec<MetricCopied>,
    /// Who does not come along.
    pub not_taken: Vec<NotTaken>,
}

/// A metric of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricCopied {
    /// Which.
    pub metric: Metric,
    /// The company's total before, in the metric's smallest unit; `None` where nothing is set for the whole.
    pub before: Option<i64>,
    /// The company's total in the copy.
    pub after: Option<i64>,
    /// How many units and members carry a target in it.
    pub owners: usize,
}

/// Works out a copy without writing anything.
pub fn copy_preview(app: &App, context: &Context, request: &CopyPlan) -> Result<CopyPreview> {
    let mut tx = app.store.read()?;
    let (source, year) = opened(app, &mut tx, context, request)?;
    let code = code(&mut tx, context, request, year)?;
    let work = Work { context, source: &source, year, request, plan: 0 };
    let metrics = work.metrics(&mut tx)?;
    preview(&source, year, code, &metrics)
}

/// Copies a plan into a new draft, in one transaction.
pub fn copy(app: &App, context: &Context, request: &CopyPlan) -> Result<(PlanView, CopyPreview)> {
    let mut tx = app.store.write()?;
    let (source, year) = opened(app, &mut tx, context, request)?;
    let code = code(&mut tx, context, request, year)?;
    let plan = insert(&mut tx, context, &source, request, (year, code))?;
    let work = Work { context, source: &source, year, request, plan: plan.id };
    let metrics = work.metrics(&mut tx)?;
    let mut written = Vec::new();
    for own in &metrics {
        let saved = work.save(&mut tx, own)?;
        written.push(json!({
            "metric": own.sheet.metric.code(), "cells": saved.cells, "sequence": saved.sequence, "digest": saved.digest,
        }));
    }
    let preview = preview(&source, year, plan.code.clone(), &metrics)?;
    work.surround(&mut tx, &preview)?;
    index::note(&mut tx, Kind::Plan, &plan.code, (&plan.code, &plan.name))?;
    let detail = json!({
        "name": plan.name, "year": plan.year, "from": source.plan.code, "growth": growth(request),
        "leavers": request.leavers.word(), "locks": request.locks.word(), "metrics": written,
        "not_taken": preview.not_taken.iter().map(|own| &own.owner).collect::<Vec<_>>(),
    });
    audit::record(app, &mut tx, context, "plan.copy", &format!("plan/{}", plan.code), &detail)?;
    tx.commit()?;
    Ok((PlanView::of(&plan)?, preview))
}

pub(super) fn growth(request: &CopyPlan) -> BTreeMap<String, i64> {
    request.growth.iter().map(|(metric, growth)| (metric.code().to_owned(), growth.hundredths())).collect()
}

fn opened(app: &App, tx: &mut Read, context: &Context, request: &CopyPlan) -> Result<(Opened, Year)> {
    let say = context.lang.plans_refused();
    let source = open(app, tx, &request.plan)?;
    allow::company(context, &source, Right::Read)?;
    allow::create(context, &source.ground.organisation)?;
    let year = Year::new(request.year, source.company.fiscal_start);
    let year = year.ok_or_else(|| Error::refused(say.year(request.year)))?;
    if year.name() < source.year.name() {
        return Err(Error::refused(context.lang.scenarios_refused().earlier(source.year)));
    }
    Ok((source, year))
}

/// The code of the new plan: as asked, the year, or the year with the first free letter.
fn code(tx: &mut Read, context: &Context, request: &CopyPlan, year: Year) -> Result<String> {
    let say = context.lang.plans_refused();
    let given = request.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    if let Some(given) = given {
        return read_code(Some(given), year).ok_or_else(|| Error::refused(say.code()));
    }
    let taken: HashSet<String> = plans::all(tx)?.into_iter().map(|plan| plan.code).collect();
    let lettered = ('A'..='Z').map(|letter| format!("{year}-{letter}"));
    let mut free = [year.to_string()].into_iter().chain(lettered).filter(|code| !taken.contains(code));
    free.next().ok_or_else(|| Error::refused(say.code_taken(year)))
}

fn insert(
    tx: &mut Write,
    context: &Context,
    source: &Opened,
    request: &CopyPlan,
    (year, code): (Year, String),
) -> Result<plans::Plan> {
    let name = match request.name.trim() {
        "" => context.lang.plans_import().first_name(year),
        name => name.to_owned(),
    };
    let mut plan = plans::Plan {
        id: 0,
        code,
        name,
        year: year.name().into(),
        state: "draft".to_owned(),
        basis: source.plan.basis.clone(),
        reason: None,
        created_at: context.now.as_millisecond(),
        actor: context.actor_name(),
        version: 1,
    };
    let id = plans::insert(tx, &plan)?;
    plan.id = id.ok_or_else(|| Error::refused(context.lang.plans_refused().code_taken(&plan.code)))?;
    Ok(plan)
}

fn preview(source: &Opened, year: Year, code: String, metrics: &[MetricCopy]) -> Result<CopyPreview> {
    Ok(CopyPreview {
        source: PlanView::of(&source.plan)?,
        year,
        code,
        metrics: metrics
            .iter()
            .map(|own| MetricCopied {
                metric: own.sheet.metric,
                before: own.before,
                after: total(&own.sheet),
                owners: own.sheet.owners().len(),
            })
            .collect(),
        not_taken: metrics.iter().flat_map(|own| own.not_taken.iter().cloned()).collect(),
    })
}

/// What stands above everything.
pub(super) fn total(sheet: &Sheet) -> Option<i64> {
    let tops = sheet.family(TOP)?.children.iter();
    let years: Vec<i64> = tops.filter_map(|kin| sheet.year(&kin.owner)).collect();
    (!years.is_empty()).then(|| years.iter().sum())
}
