//! Two to four plans of a year side by side: what each node carries, how likely that is, how much of what its people can
//! carry, and what pay would cost under the plan's assumption.

use std::collections::BTreeSet;

use dacheng_domain::access::{Right, View};
use dacheng_domain::calendar::{Period, Year};
use dacheng_domain::metrics::{Metric, Unit};
use dacheng_domain::planning::scenario::PayAssumption;
use dacheng_rollup::Owner as Figured;
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, scenarios};

use super::capacity::Carrying;
use super::rows::{CompareRow, Node, nodes, row};
use crate::allocation::{Owner, Sheet};
use crate::figures::forecast::told_of;
use crate::planning::total::top;
use crate::planning::{Opened as Plan, PlanView, additive, allow, open};
use crate::{App, Context, Error, Result};

/// How many plans are compared.
const MANY: std::ops::RangeInclusive<usize> = 2..=4;

/// Which plans are compared, and how far down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compare {
    /// The codes of the plans: two to four of one year, the first is what the others are compared with.
    pub plans: Vec<String>,
    /// One that adds up.
    pub metric: Metric,
    /// Which units show those below them.
    pub open: Opened,
}

/// Which units show those below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The highest that the asker sees.
    First,
    /// These.
    These(BTreeSet<String>),
    /// All.
    All,
}

/// A plan that is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The plan.
    pub plan: PlanView,
    /// Its assumption about pay, for who reads the company's targets, where the metric is money.
    pub pay: Option<PayAssumption>,
    /// The version of what surrounds it.
    pub around: i64,
}

/// Plans side by side. Amounts are in the metric's smallest unit.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The fiscal year.
    pub year: Year,
    /// The metric.
    pub metric: Metric,
    /// The plans, the first is what the others are compared with.
    pub plans: Vec<Compared>,
    /// The units that are open.
    pub open: BTreeSet<String>,
    /// What stands below each other, in tree order.
    pub rows: Vec<CompareRow>,
    /// What a full month of work brought in the last twelve months.
    pub each: Option<i64>,
}

/// Compares plans: one read of each plan, one of the facts, whatever the number of rows.
pub fn compare(app: &App, context: &Context, asked: &Compare) -> Result<Comparison> {
    additive(context.lang, asked.metric)?;
    let mut tx = app.store.read()?;
    let plans = opened(app, &mut tx, context, asked)?;
    let Some(first) = plans.first() else { return Err(Error::Internal("no plan".to_owned())) };
    let reads = plans.iter().all(|plan| allow::company(context, plan, Right::Read).is_ok());
    let sheets = sheets(&mut tx, &plans, asked.metric)?;
    let sees = |unit: &str| seen(context, &plans, unit);
    let (nodes, open) = nodes(first, &sheets, &asked.open, &sees);
    let carrying = Carrying::read(app, &mut tx, context, (first, asked.metric))?;
    let owners: Vec<Figured> = nodes.iter().map(|node| figured(first, &node.owner)).collect();
    let told = told_of(app, &mut tx, context, &owners, (asked.metric, Period::Year(first.year)))?;
    let around = scenarios::all(&mut tx)?;
    let is_money = asked.metric.definition().unit == Unit::Money;
    let compared = plans
        .iter()
        .map(|plan| {
            let own = around.iter().find(|own| own.plan == plan.plan.id);
            Ok(Compared {
                plan: PlanView::of(&plan.plan)?,
                pay: own.and_then(|own| own.pay).filter(|_| reads && is_money),
                around: own.map_or(0, |own| own.version),
            })
        })
        .collect::<Result<Vec<Compared>>>()?;
    let rows = nodes.into_iter().zip(told).map(|(node, outlook): (Node, _)| {
        let capacity = carrying.of(&first.ground.organisation, &node.owner);
        row(node, &sheets, &compared, (&outlook, capacity))
    });
    Ok(Comparison {
        year: first.year,
        metric: asked.metric,
        rows: rows.collect(),
        plans: compared,
        open,
        each: carrying.each,
    })
}

fn opened(app: &App, tx: &mut Read, context: &Context, asked: &Compare) -> Result<Vec<Plan>> {
    let say = context.lang.scenarios_refused();
    let mut plans: Vec<Plan> = Vec::new();
    for code in &asked.plans {
        let plan = open(app, tx, code)?;
        allow::read_plan(context, &plan)?;
        if plans.iter().all(|other| other.plan.id != plan.plan.id) {
            plans.push(plan);
        }
    }
    if !MANY.contains(&plans.len()) {
        return Err(Error::refused(say.how_many()));
    }
    if plans.iter().any(|plan| plan.year != plans[0].year) {
        return Err(Error::refused(say.one_year()));
    }
    Ok(plans)
}

fn sheets(tx: &mut Read, plans: &[Plan], metric: Metric) -> Result<Vec<Sheet>> {
    let mut sheets = Vec::new();
    for plan in plans {
        let mut sheet = Sheet::open(tx, plan.plan.id, metric, plan.year)?;
        sheet.load_whole(tx)?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// How much of a unit the asker sees in every plan; `None` where it is not there for them in one of them.
fn seen(context: &Context, plans: &[Plan], unit: &str) -> Option<View> {
    let mut found = None;
    for plan in plans {
        let view = allow::read(context, plan, unit).ok()?;
        if found.is_none() || !view.shows_persons() {
            found = Some(view);
        }
    }
    found
}

/// An owner as the roll-up names them: the unit at the top is the company.
fn figured(plan: &Plan, owner: &Owner) -> Figured {
    match owner.kind {
        OwnerKind::Unit if top(plan).as_ref() == Some(owner) => Figured::Company,
        OwnerKind::Unit => Figured::Unit(owner.code.clone()),
        OwnerKind::Member => Figured::Member(owner.code.clone()),
    }
}
