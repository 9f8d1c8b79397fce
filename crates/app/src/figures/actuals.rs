//! What was achieved: from roll-up blocks where they know the answer, from the facts themselves where they do not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::calendar::{FiscalStart, Period};
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::row::SummaryRow;
use dacheng_rollup::{Block, By, Delta, Grain, Question};
use dacheng_store::facts::{View, any};
use dacheng_store::{Read, counter};
use jiff::civil::Date;

use super::ask::{Ask, TimeNames, measure_of};
use super::cube::{month_of_number, touched};
use super::own::Adds;
use super::past::Past;
use crate::facts::alone::add_every;
use crate::facts::commit::grain_number;
use crate::facts::crediting::Detail;
use crate::facts::days::{month_of, number};
use crate::facts::delta::{Side, Touched, add_all};
use crate::facts::firsts::Firsts;
use crate::{App, Result};

/// Sums in minor units by the names of their groups, and over everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// By group, in the order of the asked dimensions.
    pub rows: BTreeMap<Vec<String>, i64>,
    /// Over the owner's whole; overlay shares are in it only for a member.
    pub total: i64,
}

/// Answers for a metric that is a sum, from what the transaction sees. Reads a few blocks; the facts only for products, customers and as-of.
pub fn actuals(app: &App, tx: &mut Read, ask: &Ask, start: FiscalStart) -> Result<Sums> {
    sums_of(app, tx, ask, (measure_of(ask.metric)?, None), start)
}

/// The same of any measure, `until` a day at most: what will happen by itself, as silence does, counts from then on.
pub(super) fn sums_of(
    app: &App,
    tx: &mut Read,
    ask: &Ask,
    (adds, until): (Adds, Option<Date>),
    start: FiscalStart,
) -> Result<Sums> {
    let blocks = blocks(app, tx, ask, (adds, until))?;
    let names = TimeNames::new(start);
    let (first, last) = ask.days();
    let last = until.map_or(last, |until| last.min(until));
    let days = Some((number(first), number(last)));
    let question = |by: Vec<By<'_>>| {
        let question = Question { owner: ask.owner.clone(), days, members: None, by };
        question.ask(blocks.iter().map(AsRef::as_ref))
    };
    let rows = question(ask.by.iter().map(|dimension| dimension.by(&names)).collect());
    let total = question(Vec::new()).first().map_or(0, |(_, sum)| fen(*sum));
    Ok(Sums { rows: rows.into_iter().map(|(key, sum)| (key, fen(sum))).collect(), total })
}

/// A sum as money; one too large to be money is the largest.
pub(super) fn fen(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}

fn blocks(
    app: &App,
    tx: &mut Read,
    ask: &Ask,
    (adds, until): (Adds, Option<Date>),
) -> Result<Vec<Arc<Block>>> {
    let mut found = Vec::new();
    for measure in adds.measures() {
        let own = blocks_of(app, tx, ask, (measure, until))?.into_iter();
        found.extend(own.filter_map(|(number, block)| adds.sift(month_of_number(number)?, measure, block)));
    }
    let months = touched(ask.days()).collect();
    let ground = app.memory.ground(tx)?;
    found.extend(adds.entered(tx, &ground, &months, ask.as_of)?.into_values());
    Ok(found)
}

fn blocks_of(
    app: &App,
    tx: &mut Read,
    ask: &Ask,
    (measure, until): (Measure, Option<Date>),
) -> Result<Vec<(i64, Arc<Block>)>> {
    let in_blocks = ask.by.iter().all(|dimension| dimension.is_in_blocks());
    if !in_blocks || ask.as_of.is_some() {
        return from_facts(app, tx, ask, measure);
    }
    let by_week = ask.by.contains(&super::Dimension::Week);
    let whole_months = matches!(ask.period, Period::Year(_) | Period::Quarter(_) | Period::Month(_));
    let (first, last) = ask.days();
    let is_over = until.is_none_or(|until| last <= until);
    let grain = if whole_months && !by_week && is_over { Grain::Month } else { Grain::Day };
    let months = (i64::from(month_of(first)), i64::from(month_of(last)));
    let (measure, grain) = (measure.number(), grain_number(grain));
    let found = app.memory.blocks(tx, months, |place| place.measure == measure && place.grain == grain)?;
    Ok(found.into_iter().map(|(place, block)| (place.month, block)).collect())
}

/// A block for each month of everything the facts credit in the period, with the axes that the question needs.
fn from_facts(app: &App, tx: &mut Read, ask: &Ask, measure: Measure) -> Result<Vec<(i64, Arc<Block>)>> {
    let (view, ground) = match ask.as_of {
        None => (View::at(counter::last(tx, counter::CHANGE)?), app.memory.ground(tx)?),
        Some(instant) => {
            let past = Past::open(tx, instant)?;
            (past.view, past.ground)
        }
    };
    let (mut first, mut last) = ask.days();
    if any::<SummaryRow>(tx)? {
        // Whether a summary gives way is seen from the whole of its month.
        (first, last) = (first.first_of_month(), last.last_of_month());
    }
    let mut delta = Delta::default();
    let touched = Touched::Days(number(first), number(last));
    let in_blocks = ask.by.iter().all(|dimension| dimension.is_in_blocks());
    let detail = if in_blocks { Detail::Block } else { Detail::Full };
    let side = Side { view, ground: &ground };
    if measure == Measure::NewCustomers {
        Firsts::in_view(tx, view, &ground)?.add(&ground, &mut delta);
        add_every(tx, touched, &side, detail, 1, &mut delta)?;
    } else {
        add_all(tx, touched, &side, detail, 1, &mut delta)?;
    }
    let changed = delta.touched();
    let of = |measure: Measure, month: i32| delta.applied((measure, month), &Block::default(), |day| day);
    let months: BTreeSet<i32> = changed
        .into_iter()
        .filter(|(own, _)| *own == measure || Some(*own) == measure.opening())
        .map(|(_, month)| month)
        .collect();
    let block = |month| {
        let facts = of(measure, month);
        let whole = measure
            .opening()
            .map_or_else(|| facts.clone(), |opening| facts.beside(&of(opening, month), &facts));
        (i64::from(month), Arc::new(whole))
    };
    Ok(months.into_iter().map(block).collect())
}
