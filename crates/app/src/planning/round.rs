//! The planning rounds: every plan the asker may see with its total, what is not broken down, and who is covered.

use std::collections::BTreeSet;

use dacheng_domain::access::Right;
use dacheng_domain::metrics::Metric;
use dacheng_store::{breakdowns, plans};

use super::total::top;
use super::{PlanView, allow, opened};
use crate::{App, Context, Result};

/// A plan in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The plan.
    pub plan: PlanView,
    /// Its figures, for whoever reads the company's targets.
    pub figures: Option<RoundFigures>,
}

/// The revenue of a plan in sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundFigures {
    /// The company's total in fen; `None` where none is set.
    pub total: Option<i64>,
    /// What nobody carries yet, below zero where people carry more.
    pub open: i64,
    /// Members who carry something.
    pub covered: usize,
}

/// Every plan the asker may see, newest year first.
pub fn rounds(app: &App, context: &Context) -> Result<Vec<Round>> {
    let mut tx = app.store.read()?;
    let mut glances = None;
    let mut found = Vec::new();
    for plan in plans::all(&mut tx)? {
        let opened = opened(app, &mut tx, plan)?;
        if allow::read_plan(context, &opened).is_err() {
            continue;
        }
        let figures = if allow::company(context, &opened, Right::Read).is_ok() {
            if glances.is_none() {
                let top = top(&opened).map_or_else(String::new, |top| top.code);
                glances = Some(breakdowns::glances(&mut tx, Metric::Revenue.code(), &top)?);
            }
            let own = glances.iter().flatten().find(|glance| glance.plan == opened.plan.id);
            let (total, carried) = own.map_or((0, 0), |own| (own.total, own.carried));
            Some(RoundFigures {
                total: (total != 0).then_some(total),
                open: total - carried,
                covered: own.and_then(|own| usize::try_from(own.members).ok()).unwrap_or(0),
            })
        } else {
            None
        };
        found.push(Round { plan: PlanView::of(&opened.plan)?, figures });
    }
    Ok(found)
}

/// Something somebody may do with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Power {
    /// Read the company's targets.
    ReadCompany,
    /// Set the company's total, submit, import.
    Set,
    /// Put in force.
    Approve,
    /// Read the targets of the unit that was asked about.
    ReadUnit,
    /// Break that unit down.
    BreakDown,
}

/// What somebody may do with a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Powers(BTreeSet<Power>);

impl Powers {
    /// Whether something is among it.
    pub fn may(&self, power: Power) -> bool {
        self.0.contains(&power)
    }
}

/// What the asker may do with a plan, and with a unit of it.
pub fn powers(app: &App, context: &Context, plan: &str, unit: &str) -> Result<Powers> {
    let mut tx = app.store.read()?;
    let opened = super::open(app, &mut tx, plan)?;
    allow::read_plan(context, &opened)?;
    let company = |right| allow::company(context, &opened, right).is_ok();
    let found = [
        (Power::ReadCompany, company(Right::Read)),
        (Power::Set, company(Right::Update)),
        (Power::Approve, company(Right::Approve)),
        (Power::ReadUnit, allow::read(context, &opened, unit).is_ok()),
        (Power::BreakDown, allow::break_down(context, &opened, unit).is_ok()),
    ];
    Ok(Powers(found.into_iter().filter(|(_, may)| *may).map(|(power, _)| power).collect()))
}

/// Whether the asker may make plans.
pub fn may_create(app: &App, context: &Context) -> Result<bool> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    Ok(allow::create(context, &ground.organisation).is_ok())
}
