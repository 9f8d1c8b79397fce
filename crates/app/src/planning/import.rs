//! Importing targets: all or nothing, with the sum rule checked when everything is read. The command line and pages
//! read the file; rows come here.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::access::Right;
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::{RecognisedAt, RevenueBasis, State, Tax};
use dacheng_store::search::Kind;
use dacheng_store::{Write, counter, plans};
use serde_json::json;

use super::import_metric::Import;
use super::import_rows::{Stated, read};
use super::plan::read_code;
use super::{Opened, allow, basis_text, open_to_write};
use crate::allocation::{Sheet, Words};
use crate::facts::import::Effect;
use crate::facts::problems::{MOST, RowProblem};
use crate::search::index;
use crate::{Actor, App, Context, Result, audit, company};

pub use super::import_rows::TargetRow;

/// What an import of targets came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Rows read.
    pub rows: usize,
    /// The codes of the plans it made.
    pub plans: Vec<String>,
    /// Cells that changed, sums of units included.
    pub cells: usize,
    /// What is wrong; where anything is, nothing was written.
    pub problems: Vec<RowProblem>,
}

/// Imports rows of targets into drafts, all or none. The same rows twice change nothing.
///
/// A plan that is not there yet is made. The operator of the command line brings the plans of a company that starts:
/// a new plan of a year without one is in force at once, recorded as such, and the operator may complete a plan in
/// force. A unit without a row of its own is the sum of those below it; a unit with one must equal it, else the
/// import is refused and names unit, month and amount (`domain.md` §3). Years and quarters are divided by working
/// days, so that parents and children agree.
pub fn import_targets(
    app: &App,
    context: &Context,
    rows: &[TargetRow],
    source: &str,
    effect: Effect,
) -> Result<Imported> {
    let mut tx = app.store.write()?;
    counter::next(&mut tx, "plan_in_force")?;
    let (company, _) = company::current(&mut tx)?;
    let (ground, catalogue) = (app.memory.ground(&mut tx)?, app.memory.catalogue(&mut tx)?);
    let mut imported = Imported { rows: rows.len(), ..Imported::default() };
    let mut stated: BTreeMap<String, Vec<Stated>> = BTreeMap::new();
    for row in rows {
        match read(row, (&ground, &catalogue), company.fiscal_start, context.lang) {
            Ok(row) => stated.entry(row.plan.clone()).or_default().push(row),
            Err(problems) => imported.problems.extend(problems),
        }
    }
    for (code, rows) in stated {
        let years: BTreeSet<Year> =
            rows.iter().map(|row| Year::of(row.period.first_day(), company.fiscal_start)).collect();
        let Some(opened) = plan(app, &mut tx, context, &code, &years, &mut imported)? else { continue };
        let before = imported.cells;
        import_plan(&mut tx, context, &opened, rows, &mut imported)?;
        if imported.cells > before {
            let detail = json!({ "source": source, "cells": imported.cells - before });
            audit::record(app, &mut tx, context, "plan.import", &format!("plan/{code}"), &detail)?;
        }
    }
    imported.problems.truncate(MOST);
    match (imported.problems.is_empty(), effect) {
        (true, Effect::Write) => tx.commit()?,
        (true, Effect::DryRun) => {}
        (false, _) => (imported.cells, imported.plans) = (0, Vec::new()),
    }
    Ok(imported)
}

pub(super) fn whole_problem(row: Option<u64>, column: &str, value: &str, reason: String) -> RowProblem {
    RowProblem { row, column: Some(column.to_owned()), value: value.to_owned(), reason }
}

/// Opens the plan, or makes it.
fn plan(
    app: &App,
    tx: &mut Write,
    context: &Context,
    code: &str,
    years: &BTreeSet<Year>,
    imported: &mut Imported,
) -> Result<Option<Opened>> {
    let say = context.lang.plans_import();
    let is_operator = context.actor == Actor::Operator;
    if plans::by_code(tx, code)?.is_some() {
        let opened = open_to_write(app, tx, code)?;
        allow::company(context, &opened, Right::Update)?;
        let is_open = match opened.state {
            State::Draft => true,
            State::InForce => is_operator,
            State::Review | State::Archived => false,
        };
        if !is_open {
            imported.problems.push(whole_problem(None, "plan", code, say.in_force(code)));
            return Ok(None);
        }
        return Ok(Some(opened));
    }
    let ground = app.memory.ground(tx)?;
    allow::create(context, &ground.organisation)?;
    let year = years.first().copied().filter(|_| years.len() == 1);
    let Some(year) = year.filter(|year| read_code(Some(code), *year).is_some()) else {
        let reason =
            if years.len() == 1 { context.lang.plans_refused().code().to_owned() } else { say.years(code) };
        imported.problems.push(whole_problem(None, "plan", code, reason));
        return Ok(None);
    };
    let is_first = plans::of_year(tx, year.name().into(), "in_force")?.is_none();
    let state = if is_operator && is_first { "in_force" } else { "draft" };
    let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
    let new = plans::Plan {
        id: 0,
        code: code.to_owned(),
        name: say.first_name(year),
        year: year.name().into(),
        state: state.to_owned(),
        basis: basis_text(basis)?,
        reason: None,
        created_at: context.now.as_millisecond(),
        actor: context.actor_name(),
        version: 1,
    };
    plans::insert(tx, &new)?;
    index::note(tx, Kind::Plan, code, (code, &new.name))?;
    let detail = json!({ "name": new.name, "year": new.year, "state": state });
    audit::record(app, tx, context, "plan.create", &format!("plan/{code}"), &detail)?;
    imported.plans.push(code.to_owned());
    Ok(Some(open_to_write(app, tx, code)?))
}

fn import_plan(
    tx: &mut Write,
    context: &Context,
    opened: &Opened,
    rows: Vec<Stated>,
    imported: &mut Imported,
) -> Result<()> {
    let mut by_metric: BTreeMap<Metric, Vec<Stated>> = BTreeMap::new();
    for row in rows {
        let is_inside = opened.year.first_day() <= row.period.first_day()
            && row.period.last_day() <= opened.year.last_day();
        if is_inside {
            by_metric.entry(row.metric).or_default().push(row);
        } else {
            let say = context.lang.plans_import();
            let reason = say.other_year(row.period, &row.plan, opened.year);
            imported.problems.push(whole_problem(Some(row.row), "period", &row.period.to_string(), reason));
        }
    }
    for (metric, rows) in by_metric {
        let words = Words { lang: context.lang, metric, ground: &opened.ground };
        let sheet = Sheet::open(tx, opened.plan.id, metric, opened.year)?;
        let mut import = Import::new(sheet, words, opened);
        let cells = import.run(tx, context, &rows)?;
        imported.problems.append(&mut import.problems);
        imported.cells += cells;
    }
    Ok(())
}
