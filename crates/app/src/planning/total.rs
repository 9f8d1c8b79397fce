//! Setting the company's total of a metric: a year in months, or the months themselves. What is broken down already
//! follows.

use std::collections::HashSet;

use dacheng_domain::access::Right;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::{CannotSet, Marks, Target};
use serde_json::json;

use super::months::divide;
use super::{ByMonth, Opened, additive, allow, open_draft};
use crate::allocation::{
    Kin, Owner, Queue, Sheet, TOP, WHOLE_YEAR, Words, assert_whole, depth, listed, of_company, settle,
};
use crate::{App, Context, Error, Result, audit};

/// The company's total of a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTotal {
    /// The plan's code.
    pub plan: String,
    /// Of which metric.
    pub metric: Metric,
    /// How much.
    pub total: Total,
    /// The version the asker saw ([`super::Overview::version`]), 0 where nothing was set.
    pub seen: i64,
}

/// A total, in the metric's smallest unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Total {
    /// The year, divided into months.
    Year {
        /// 目标
        target: i64,
        /// 保底
        floor: Option<i64>,
        /// 挑战
        stretch: Option<i64>,
        /// How.
        by: ByMonth,
        /// The rounding unit of the months, in the metric's smallest unit; 1 for none.
        rounding: i64,
    },
    /// Every month of the fiscal year.
    Months(Box<[Marks; 12]>),
}

/// What was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalSet {
    /// The company's months.
    pub months: [Marks; 12],
    /// The next version.
    pub version: i64,
}

/// Sets the total of the unit at the top. Units that are broken down follow in proportion, locks kept, or the change
/// is refused and names where it stops.
pub fn set_total(app: &App, context: &Context, request: &SetTotal) -> Result<TotalSet> {
    let say = context.lang.plans_refused();
    let mut tx = app.store.write()?;
    let opened = open_draft(app, &mut tx, context, &request.plan)?;
    allow::company(context, &opened, Right::Update)?;
    let top = top(&opened).ok_or_else(|| Error::refused(say.no_root()))?;
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, request.metric, opened.year)?;
    sheet.load(&mut tx, [TOP])?;
    let found = sheet.version(TOP);
    if found != request.seen {
        return Err(Error::Stale { seen: request.seen, found });
    }
    sheet.load_owners(&mut tx, [&top])?;
    let words = Words { lang: context.lang, metric: request.metric, ground: &opened.ground };
    let (months, method) = match &request.total {
        Total::Months(months) => (**months, "given"),
        Total::Year { target, floor, stretch, by, rounding } => {
            additive(context.lang, request.metric)?;
            let before = std::array::from_fn(|place| newest_whole(sheet.months[place], context));
            let last_year = match by {
                ByMonth::Season => of_company(app, &mut tx, &opened.company, request.metric, &before)?,
                ByMonth::WorkingDays | ByMonth::Even | ByMonth::Own(_) => None,
            };
            let calendar = opened.company.calendar();
            let weights = by.weights(context.lang, &calendar, &sheet.months, last_year.as_ref())?;
            refuse_marks(
                words,
                &top,
                sheet.months[0],
                Marks { floor: *floor, target: *target, stretch: *stretch },
            )?;
            (year_in_months(context, (*target, *floor, *stretch), *rounding, &weights)?, by.code())
        }
    };
    let before = sheet.row(&top);
    let mut problems = Vec::new();
    for (place, marks) in months.iter().enumerate() {
        problems.extend(wrong_marks(words, &top, sheet.months[place], *marks));
        if let Some(lock) = sheet.lock(&top, place).filter(|_| before[place] != Some(marks.target)) {
            let month = words.month(sheet.months[place]);
            problems.push(say.locked(words.owner(&top), month, &lock.actor, &lock.reason));
        }
        sheet.set(&top, place, Some(*marks));
    }
    if !problems.is_empty() {
        return Err(Error::Refused(listed(context.lang, problems)));
    }
    let family = sheet.rewrite(TOP);
    method.clone_into(&mut family.method);
    if family.children.iter().all(|kin| kin.owner != top) {
        family.children.push(Kin { owner: top.clone(), months: WHOLE_YEAR });
    }
    let mut queue = Queue::default();
    queue.add(depth(&opened.ground.organisation, &top.code, opened.year.last_day()), &top.code, WHOLE_YEAR);
    settle(&mut sheet, &mut tx, words, queue, &HashSet::new())?;
    assert_whole(&sheet)?;
    let saved = sheet.save(&mut tx, context)?;
    let detail = json!({
        "metric": request.metric.code(), "method": method, "before": before,
        "after": months.map(|marks| marks.target), "cells": saved.cells, "sequence": saved.sequence,
        "digest": saved.digest,
    });
    audit::record(app, &mut tx, context, "plan.set_total", &format!("plan/{}", request.plan), &detail)?;
    tx.commit()?;
    Ok(TotalSet { months, version: found + 1 })
}

/// The same month of the newest year in which it is over: a plan is made before the year before it has ended.
fn newest_whole(month: Month, context: &Context) -> Month {
    let mut found = month.same_last_year();
    while found >= Month::of(context.today) {
        found = found.same_last_year();
    }
    found
}

/// The only unit at the top at the end of the plan's year.
pub(super) fn top(opened: &Opened) -> Option<Owner> {
    let organisation = &opened.ground.organisation;
    let mut tops = organisation.top(opened.year.last_day());
    let top = tops.next()?;
    if tops.next().is_some() {
        return None;
    }
    organisation.unit(top).map(|unit| Owner::unit(unit.code.as_str()))
}

/// The months of a year: the target by the weights, floor and stretch in proportion to it and on their side of it.
fn year_in_months(
    context: &Context,
    (target, floor, stretch): (i64, Option<i64>, Option<i64>),
    rounding: i64,
    weights: &[dacheng_domain::allocation::Exact],
) -> Result<[Marks; 12]> {
    let lang = context.lang;
    let targets = divide(lang, target, rounding, weights.to_vec(), |_| (0, None))?;
    let beside = |year: Option<i64>| -> Result<Option<Vec<i64>>> {
        let Some(year) = year else { return Ok(None) };
        let bounds = |place: usize| {
            let own = targets[place];
            if year <= target { (0, Some(own)) } else { (own, None) }
        };
        divide(lang, year, 1, weights.to_vec(), bounds).map(Some)
    };
    let (floors, stretches) = (beside(floor)?, beside(stretch)?);
    Ok(std::array::from_fn(|place| Marks {
        floor: floors.as_ref().map(|floors| floors[place]),
        target: targets[place],
        stretch: stretches.as_ref().map(|stretches| stretches[place]),
    }))
}

fn refuse_marks(words: Words<'_>, owner: &Owner, month: Month, marks: Marks) -> Result<()> {
    wrong_marks(words, owner, month, marks).map_or(Ok(()), |wrong| Err(Error::refused(wrong)))
}

/// Why marks cannot stand, if they cannot (`domain::planning::Target`).
pub(super) fn wrong_marks(words: Words<'_>, owner: &Owner, month: Month, marks: Marks) -> Option<String> {
    let say = words.lang.plans_refused();
    let whose = owner.known(words.ground).ok()?;
    let wrong = Target::new(whose, words.metric, [(month, marks)].into()).err()?;
    let (owner, month) = (words.owner(owner), words.month(month));
    Some(match wrong {
        CannotSet::Negative(_) => say.negative(owner, month),
        CannotSet::FloorBeyondTarget(_) => say.floor(owner, month),
        CannotSet::StretchBeforeTarget(_) => say.stretch(owner, month),
    })
}
