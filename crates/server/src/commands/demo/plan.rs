//! The plans of the demo company: that of the year, brought in as a file of targets, with a reserve declared, and put in
//! force; and three scenarios of the next year that are still being worked on.

use dacheng_app::allocation::{
    Below, CellEdit, Difference, EditCells, Edited, Method, Owner, break_down_below, edit_cells, grid,
};
use dacheng_app::demo::{Edit, YEAR, reserve, targets};
use dacheng_app::facts::import::Effect;
use dacheng_app::planning::scenarios::{CopyPlan, around, assume, copy};
use dacheng_app::planning::{
    ByMonth, NewPlan, PutInForce, SetTotal, Total, by_code, create, import_targets, overview, put_in_force,
    set_total, submit,
};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::scenario::{Growth, Leavers, Locks, PayAssumption};
use dacheng_domain::planning::{Reason, RecognisedAt, RevenueBasis, Tax};
use jiff::civil::{Date, date};

use super::agenda::Hour;
use super::cast::{EXECUTIVE, OPERATIONS, at, signed_in};
use super::metrics;
use crate::commands::plan::make;

const SUBMITTED: Date = date(2025, 12, 19);
const IN_FORCE: Date = date(2025, 12, 24);
/// When the scenario of the next year is begun.
pub const NEXT_BEGUN: (Date, Hour) = (date(2026, 11, 18), (10, 30));
/// The scenario of the next year: its code, its name, and the year's revenue in fen.
const NEXT: (&str, &str, i64) = ("2027-A", "2027 基准方案", 23_500_000_000);
/// The scenarios that were copied from it: code, name, growth in hundredths of a per cent, and what is assumed about pay.
const COPIES: [(&str, &str, i64, (i64, i64)); 2] =
    [("2027-B", "2027 保守方案", -300, (120, 200)), ("2027-C", "2027 挑战方案", 400, (100, 300))];
/// What is assumed about pay in the first one: 1.1 % up to the target, 2.5 % beyond.
const PAY: (i64, i64) = (110, 250);
/// What it is broken down in, in fen.
const STEP: i64 = 1_000_000;

/// Operations set the targets of the year, the executive puts them in force.
pub fn set(app: &App) -> Result<()> {
    let submitting = at(app, SUBMITTED, (15, 10));
    let operations = signed_in(&submitting, OPERATIONS)?;
    make(&submitting, &operations, YEAR)?;
    let imported = import_targets(&submitting, &operations, &targets(), "targets.csv", Effect::Write)?;
    if let Some(problem) = imported.problems.first() {
        return Err(Error::Internal(format!("targets: {problem:?}")));
    }
    declare_reserve(&submitting, &operations)?;
    metrics::targets(&submitting, &operations)?;
    let plan = YEAR.to_string();
    let seen = by_code(&submitting, &operations, &plan)?.version;
    let seen = submit(&submitting, &operations, &plan, seen)?.version;
    let deciding = at(app, IN_FORCE, (16, 40));
    let reason: Reason = "总监与大区经理承担所辖单位的合计，支持岗位不承担销售指标"
        .parse()
        .map_err(|_| Error::Internal("reason".to_owned()))?;
    let put = PutInForce { plan, seen, reason: Some(reason), told: None };
    put_in_force(&deciding, &signed_in(&deciding, EXECUTIVE)?, &put).map(drop)
}

/// Operations have begun a scenario of the next year: its revenue is broken down by what each sold this year, its
/// collections are not. Two others were copied from it.
pub fn begin_next(app: &App) -> Result<()> {
    let operations = signed_in(app, OPERATIONS)?;
    let (code, name, year_total) = NEXT;
    let (plan, metric) = (code.to_owned(), Metric::Revenue);
    let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
    let new = NewPlan { year: YEAR + 1, code: Some(plan.clone()), name: name.to_owned(), basis };
    create(app, &operations, &new)?;
    let seen = overview(app, &operations, code, metric)?.version;
    let total =
        Total::Year { target: year_total, floor: None, stretch: None, by: ByMonth::Season, rounding: STEP };
    set_total(app, &operations, &SetTotal { plan: plan.clone(), metric, total, seen })?;
    let top = overview(app, &operations, code, metric)?.total;
    let (top, _) = top.ok_or_else(|| Error::Internal("a total".to_owned()))?;
    let seen = grid(app, &operations, code, metric, &top.code)?.version;
    let (unit, method, leaders) = (top.code, Method::LastYear, Vec::new());
    let below = Below { plan, metric, unit, method, rounding: STEP, leaders, seen };
    break_down_below(app, &operations, &below)?;
    assume_pay(app, &operations, code, PAY)?;
    for (copied, name, growth, pay) in COPIES {
        let request = CopyPlan {
            plan: code.to_owned(),
            year: YEAR + 1,
            code: Some(copied.to_owned()),
            name: name.to_owned(),
            growth: Growth::new(growth).map(|growth| (metric, growth)).into_iter().collect(),
            leavers: Leavers::Reserve,
            locks: Locks::Kept,
        };
        copy(app, &operations, &request)?;
        assume_pay(app, &operations, copied, pay)?;
    }
    Ok(())
}

fn assume_pay(app: &App, context: &Context, plan: &str, (rate, beyond): (i64, i64)) -> Result<()> {
    let seen = around(app, context, plan)?.pay.version;
    assume(app, context, plan, PayAssumption::new(rate, beyond), seen).map(drop)
}

/// 华南组 carries 150 in the third quarter: its leader 50, three specialists 30 each, and a reserve of 10.
fn declare_reserve(app: &App, context: &Context) -> Result<()> {
    let request = EditCells {
        plan: YEAR.to_string(),
        metric: Metric::Revenue,
        edits: reserve().into_iter().map(edit).collect::<Result<_>>()?,
        difference: Difference::Declare,
        averages: Vec::new(),
    };
    match edit_cells(app, context, &request)? {
        Edited::Saved { .. } => Ok(()),
        Edited::Conflicts(found) => Err(Error::Internal(format!("the reserve: {found:?}"))),
    }
}

fn edit(Edit { member, month, old, new }: Edit) -> Result<CellEdit> {
    let month = Month::new(YEAR, month).ok_or_else(|| Error::Internal("month".to_owned()))?;
    Ok(CellEdit { owner: Owner::member(member), month, old, new })
}
