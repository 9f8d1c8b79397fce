//! Targets that are set owner by owner: those that do not add up (ratios, scores, what should fall), checked by the weighted
//! mean of those below; and those worded as a monthly average (月均). What is broken down is in [`crate::allocation`].

use std::collections::BTreeMap;

use dacheng_domain::Ratio;
use dacheng_domain::access::Right;
use dacheng_domain::calendar::{Month, Period, Quarter};
use dacheng_domain::metrics::{Direction, Metric, RollUp, TargetForm, Window};
use dacheng_domain::people::Sells;
use dacheng_domain::planning::{Marks, weighted_mean};
use dacheng_domain::ratio::round_half_away;
use dacheng_store::target_forms::{self, Average};
use dacheng_store::targets::{OwnerKind, TARGETS};
use dacheng_store::{Read, counter};
use serde_json::json;

use super::total::{top, wrong_marks};
use super::{Opened, allow, open, open_draft};
use crate::allocation::{
    CellEdit, Difference, EditCells, Edited, Owner, Sheet, Words, candidates, edit_cells, listed,
    month_number,
};
use crate::facts::ground::Ground;
use crate::figures::{denominators, settled};
use crate::{App, Context, Error, Result, audit};

/// The targets of a unit and of those directly below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerTargets {
    /// Of which metric.
    pub metric: Metric,
    /// Over which days a ratio is judged, printed beside its target.
    pub window: Option<Window>,
    /// The quarters of the year.
    pub quarters: [Quarter; 4],
    /// The unit, then those below it.
    pub rows: Vec<OwnerRow>,
    /// By what those below are weighed in the mean.
    pub weighed: Weighed,
    /// Quarter by quarter, whether the mean of those below reaches the unit's own target.
    pub checks: Vec<MeanCheck>,
    /// What a change has to name.
    pub version: i64,
    /// Whether the asker sets the unit's own target, where it does not add up.
    pub sets_own: bool,
    /// Whether the asker sets those below.
    pub sets_below: bool,
}

/// By what a mean is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighed {
    /// By what the last twelve finished months were divided by.
    Denominators,
    /// Each alike: nothing to weigh by.
    Alike,
    /// It adds up, and needs no mean.
    AddsUp,
}

/// The target of an owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerRow {
    /// Whose.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// In each quarter: its total, or the mean of its months where they do not add up; `None` without any.
    pub quarters: [Option<i64>; 4],
    /// The average of a quarter that was set as one and still holds.
    pub averages: [Option<i64>; 4],
    /// What it weighs in the mean.
    pub weight: i64,
}

/// The mean of those below beside the unit's own target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeanCheck {
    /// In which quarter.
    pub quarter: Quarter,
    /// The unit's own target.
    pub own: i64,
    /// The mean of those below that have one.
    pub mean: Ratio,
    /// Whether it reaches the unit's own: at least it, or at most where lower is better.
    pub reaches: bool,
}

/// Reads them.
pub fn owner_targets(
    app: &App,
    context: &Context,
    plan: &str,
    metric: Metric,
    unit: &str,
) -> Result<OwnerTargets> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    let view = allow::read(context, &opened, unit)?;
    let mut owners = owners(&opened, unit)?;
    owners.retain(|owner| owner.kind == OwnerKind::Unit || view.shows_persons());
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, metric, opened.year)?;
    sheet.load_owners(&mut tx, &owners)?;
    let forms = target_forms::of_metric(&mut tx, (opened.plan.id, metric.code()))?;
    let adds_up = metric.definition().roll_up == RollUp::Sum;
    let weights = if adds_up { BTreeMap::new() } else { denominators(app, &mut tx, context, metric)? };
    let weighed = match (adds_up, owners.iter().skip(1).any(|owner| weight(&weights, owner) > 0)) {
        (true, _) => Weighed::AddsUp,
        (false, true) => Weighed::Denominators,
        (false, false) => Weighed::Alike,
    };
    let row = |owner: &Owner| OwnerRow {
        name: owner.name(&opened.ground).to_owned(),
        quarters: std::array::from_fn(|quarter| quarter_of(&sheet, owner, quarter)),
        averages: std::array::from_fn(|quarter| average_of(&sheet, &forms, owner, quarter)),
        weight: if weighed == Weighed::Denominators { weight(&weights, owner) } else { 1 },
        owner: owner.clone(),
    };
    let rows: Vec<OwnerRow> = owners.iter().map(row).collect();
    let quarters = std::array::from_fn(|place| {
        Quarter::of(sheet.months[place * 3].first_day(), opened.company.fiscal_start)
    });
    let top = top(&opened).is_some_and(|top| top.code == unit);
    let settings = settled::current(&mut tx)?.0;
    let is_draft = opened.state == dacheng_domain::planning::State::Draft;
    let below = is_draft && allow::break_down(context, &opened, unit).is_ok();
    let own = if top {
        is_draft && allow::company(context, &opened, Right::Update).is_ok()
    } else {
        is_draft && parent_allows(context, &opened, unit)
    };
    Ok(OwnerTargets {
        metric,
        window: settings.at(metric, opened.year.last_month()).window,
        checks: if adds_up { Vec::new() } else { checks(metric, &quarters, &rows) },
        quarters,
        rows,
        weighed,
        version: counter::last(&mut tx, TARGETS)?,
        sets_own: own && !adds_up,
        sets_below: below,
    })
}

/// Whether the asker breaks the unit above down, and so sets what this one carries.
fn parent_allows(context: &Context, opened: &Opened, unit: &str) -> bool {
    above(opened, unit).is_some_and(|above| allow::break_down(context, opened, &above).is_ok())
}

fn above(opened: &Opened, unit: &str) -> Option<String> {
    let organisation = &opened.ground.organisation;
    let found = organisation.unit_of_code(unit)?;
    let path = organisation.nearest_unit_path(found.id, opened.year.last_day())?;
    organisation.unit(*path.get(1)?).map(|above| above.code.to_string())
}

/// The unit, and whoever can be below it in the year.
fn owners(opened: &Opened, unit: &str) -> Result<Vec<Owner>> {
    let ground: &Ground = &opened.ground;
    let found = ground.organisation.unit_of_code(unit).ok_or_else(|| Error::missing("unit", unit))?;
    let below = candidates(ground, found.id, opened.year).into_iter();
    let below = below.filter(|own| own.sells != Sells::Never).map(|own| own.owner);
    let mut owners = vec![Owner::unit(unit)];
    owners.extend(below);
    owners.dedup();
    Ok(owners)
}

fn weight(weights: &BTreeMap<Owner, i64>, owner: &Owner) -> i64 {
    weights.get(owner).copied().unwrap_or(0)
}

fn quarter_of(sheet: &Sheet, owner: &Owner, quarter: usize) -> Option<i64> {
    let months = quarter * 3..quarter * 3 + 3;
    let amounts: Vec<i64> =
        months.filter_map(|place| sheet.marks(owner, place)).map(|marks| marks.target).collect();
    let sum: i128 = amounts.iter().map(|amount| i128::from(*amount)).sum();
    let number = i128::try_from(amounts.len()).ok().filter(|number| *number > 0)?;
    let whole = match sheet.metric.definition().roll_up {
        RollUp::Sum => sum,
        RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => round_half_away(sum, number),
    };
    i64::try_from(whole).ok()
}

/// The average a quarter was set as, where its months still are that.
fn average_of(sheet: &Sheet, forms: &[Average], owner: &Owner, quarter: usize) -> Option<i64> {
    let places = quarter * 3..quarter * 3 + 3;
    let months = (month_number(sheet.months[quarter * 3]), month_number(sheet.months[quarter * 3 + 2]));
    let covers = |form: &&Average| {
        form.owner_kind == owner.kind
            && form.owner == owner.code
            && form.months.0 <= months.0
            && months.1 <= form.months.1
    };
    let amount = forms.iter().find(covers)?.amount;
    let holds =
        places.into_iter().all(|place| sheet.marks(owner, place).is_some_and(|own| own.target == amount));
    holds.then_some(amount)
}

fn checks(metric: Metric, quarters: &[Quarter; 4], rows: &[OwnerRow]) -> Vec<MeanCheck> {
    let Some((own, below)) = rows.split_first() else { return Vec::new() };
    let check = |place: usize| {
        let target = own.quarters[place]?;
        let values = below.iter().filter_map(|row| Some((row.weight, row.quarters[place]?)));
        let mean = weighted_mean(values)?;
        let reaches = match metric.definition().direction {
            Direction::Higher => mean >= Ratio::whole(target),
            Direction::Lower => mean <= Ratio::whole(target),
        };
        Some(MeanCheck { quarter: quarters[place], own: target, mean, reaches })
    };
    (0..4).filter_map(check).collect()
}

/// Targets to be set for owners, each over one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOwnerTargets {
    /// The plan's code.
    pub plan: String,
    /// Of which metric.
    pub metric: Metric,
    /// The unit whose own target and those below it are set.
    pub unit: String,
    /// The months: a year, a quarter or a month of the plan's year.
    pub period: Period,
    /// Whose, and what it is: a level that holds in each month, or a monthly average.
    pub values: Vec<(Owner, i64)>,
    /// What becomes of a difference to the unit's total, where the targets add up.
    pub difference: Difference,
    /// The version that was seen.
    pub seen: i64,
}

/// Sets them, all or none. Of what adds up each month becomes the average and the period its total (月均 n: n × months).
pub fn set_owner_targets(app: &App, context: &Context, request: &SetOwnerTargets) -> Result<()> {
    match request.metric.definition().roll_up {
        RollUp::Sum => set_averages(app, context, request),
        RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => set_levels(app, context, request),
    }
}

/// The places of the period in the plan's year.
fn places(context: &Context, request: &SetOwnerTargets, months: &[Month; 12]) -> Result<Vec<usize>> {
    let wrong = || Error::refused(context.lang.owner_targets().wrong_period());
    let found = request.period.months().map(|month| months.iter().position(|own| *own == month));
    let places = found.collect::<Option<Vec<usize>>>().ok_or_else(wrong)?;
    let whole = matches!(request.period, Period::Year(_) | Period::Quarter(_) | Period::Month(_));
    if whole && !places.is_empty() { Ok(places) } else { Err(wrong()) }
}

fn set_levels(app: &App, context: &Context, request: &SetOwnerTargets) -> Result<()> {
    let mut tx = app.store.write()?;
    let opened = open_draft(app, &mut tx, context, &request.plan)?;
    check_version(&mut tx, request.seen)?;
    let known = owners(&opened, &request.unit)?;
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, request.metric, opened.year)?;
    sheet.load_owners(&mut tx, &known)?;
    let places = places(context, request, &sheet.months)?;
    let words = Words { lang: context.lang, metric: request.metric, ground: &opened.ground };
    let mut problems = Vec::new();
    for (owner, value) in &request.values {
        allow_owner(context, &opened, request, owner, &known)?;
        for place in &places {
            let marks = Marks { floor: None, target: *value, stretch: None };
            let kept = sheet.marks(owner, *place).map_or(marks, |kept| Marks { target: *value, ..kept });
            let month = sheet.months[*place];
            problems.extend(wrong_marks(words, owner, month, kept));
            sheet.set(owner, *place, Some(kept));
        }
    }
    if !problems.is_empty() {
        return Err(Error::Refused(listed(context.lang, problems)));
    }
    if !sheet.is_changed() {
        return Ok(());
    }
    let saved = sheet.save(&mut tx, context)?;
    let values =
        request.values.iter().map(|(owner, value)| json!({ "owner": owner.to_string(), "value": value }));
    let detail = json!({
        "metric": request.metric.code(), "period": request.period.to_string(),
        "values": values.collect::<Vec<_>>(), "cells": saved.cells, "sequence": saved.sequence, "digest": saved.digest,
    });
    audit::record(app, &mut tx, context, "plan.set_owners", &format!("plan/{}", request.plan), &detail)?;
    Ok(tx.commit()?)
}

/// Whoever sets the total sets the company's own; whoever breaks the unit above down a unit's own; whoever breaks the unit down
/// those below it.
fn allow_owner(
    context: &Context,
    opened: &Opened,
    request: &SetOwnerTargets,
    owner: &Owner,
    known: &[Owner],
) -> Result<()> {
    if *owner != Owner::unit(request.unit.as_str()) {
        if !known.contains(owner) {
            return Err(Error::refused(context.lang.owner_targets().not_below(owner.to_string())));
        }
        return allow::break_down(context, opened, &request.unit).map(drop);
    }
    match above(opened, &request.unit) {
        None => allow::company(context, opened, Right::Update).map(drop),
        Some(above) => allow::break_down(context, opened, &above).map(drop),
    }
}

fn check_version(tx: &mut Read, seen: i64) -> Result<()> {
    let found = counter::last(tx, TARGETS)?;
    if seen == found { Ok(()) } else { Err(Error::Stale { seen, found }) }
}

/// Edits the cells of those below, so that the sum rule holds as it does in the grid.
fn set_averages(app: &App, context: &Context, request: &SetOwnerTargets) -> Result<()> {
    let (edits, averages) = {
        let mut tx = app.store.read()?;
        let opened = open(app, &mut tx, &request.plan)?;
        allow::read(context, &opened, &request.unit)?;
        check_version(&mut tx, request.seen)?;
        let mut sheet = Sheet::open(&mut tx, opened.plan.id, request.metric, opened.year)?;
        let owners: Vec<Owner> = request.values.iter().map(|(owner, _)| owner.clone()).collect();
        sheet.load_owners(&mut tx, &owners)?;
        let places = places(context, request, &sheet.months)?;
        let (mut edits, mut averages) = (Vec::new(), Vec::new());
        for (owner, each) in &request.values {
            let months = u32::try_from(places.len()).unwrap_or(0);
            if TargetForm::MonthlyAverage(*each).total(months).is_none() {
                return Err(Error::refused(context.lang.plans_refused().too_large()));
            }
            averages.push(Average {
                metric: request.metric.code().to_owned(),
                owner_kind: owner.kind,
                owner: owner.code.clone(),
                months: (
                    month_number(sheet.months[places[0]]),
                    month_number(sheet.months[places[places.len() - 1]]),
                ),
                amount: *each,
            });
            edits.extend(places.iter().map(|place| CellEdit {
                owner: owner.clone(),
                month: sheet.months[*place],
                old: sheet.amount(owner, *place),
                new: *each,
            }));
        }
        (edits, averages)
    };
    let edit = EditCells {
        plan: request.plan.clone(),
        metric: request.metric,
        edits,
        difference: request.difference,
        averages,
    };
    match edit_cells(app, context, &edit)? {
        Edited::Saved { .. } => Ok(()),
        Edited::Conflicts(_) => Err(Error::Stale { seen: request.seen, found: request.seen + 1 }),
    }
}
