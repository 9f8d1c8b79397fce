//! SMART: a sentence read into targets and judged, the plan's own targets judged, and a target taken into the plan.
//! Reading and judging are `domain::planning::smart`'s.

mod around;
mod names;
mod own;
mod take;

use dacheng_domain::calendar::{FiscalStart, Year};
use dacheng_domain::planning::smart::{Band, Frame, LONGEST, Stated, Verdict, judge, read};
use dacheng_store::Read;

use super::{Opened, allow, open};
use crate::{App, Context, Error, Result, company};

use around::Around;
pub(super) use own::marks;
pub use own::{OwnVerdicts, own};
pub use take::{TakeAsked, Taken, take};

/// A sentence to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckAsked<'a> {
    /// What was written.
    pub sentence: &'a str,
    /// The code of the plan it is for, where it is for one.
    pub plan: Option<&'a str>,
}

/// What a sentence was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The targets it states.
    pub targets: Vec<CheckedTarget>,
    /// The month in which fiscal years start.
    pub fiscal: FiscalStart,
    /// The healthy band of probabilities.
    pub band: Band,
}

/// A target with its verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedTarget {
    /// As it was stated.
    pub stated: Stated,
    /// The names of its scopes, in their order.
    pub names: Vec<String>,
    /// The whole of it, in the metric's smallest unit, where it is known.
    pub total: Option<i64>,
    /// The five verdicts.
    pub verdicts: [Verdict; 5],
    /// Whether the plan takes it: with the version of its total, or why not. `None` without a plan.
    pub take: Option<std::result::Result<i64, String>>,
}

/// Reads a sentence and judges every target in it. Changes nothing.
pub fn check(app: &App, context: &Context, asked: &CheckAsked<'_>) -> Result<Checked> {
    let say = context.lang.smart();
    if asked.sentence.trim().is_empty() {
        return Err(Error::refused(say.empty()));
    }
    if asked.sentence.chars().count() > LONGEST {
        return Err(Error::refused(say.too_long(LONGEST)));
    }
    context.signed_in()?;
    let mut tx = app.store.read()?;
    let opened = asked.plan.map(|plan| opened(app, &mut tx, context, plan)).transpose()?;
    let (company, _) = company::current(&mut tx)?;
    let ground = app.memory.ground(&mut tx)?;
    let fiscal = company.fiscal_start;
    let year = opened.as_ref().map_or_else(|| Year::of(context.today, fiscal), |opened| opened.year);
    let names = names::names(context, &ground, year.last_day())?;
    let frame = Frame { year, today: context.today, fiscal };
    let band = company.healthy;
    let around = Around { app, context, company: &company, ground: &ground, plan: opened.as_ref(), frame };
    let mut targets = Vec::new();
    for stated in read(asked.sentence, &frame, &names).targets {
        let grounds = around.grounds(&mut tx, &stated)?;
        let verdicts = judge(&stated, &grounds);
        let take =
            opened.as_ref().map(|opened| take::version(&mut tx, context, opened, &stated)).transpose()?;
        let names = stated.scopes.iter().map(|scope| names::name(&names, scope)).collect();
        targets.push(CheckedTarget { stated, names, total: grounds.total, verdicts, take });
    }
    Ok(Checked { targets, fiscal, band })
}

fn opened(app: &App, tx: &mut Read, context: &Context, plan: &str) -> Result<Opened> {
    let opened = open(app, tx, plan)?;
    allow::read_plan(context, &opened)?;
    Ok(opened)
}
