//! What was achieved: from roll-up blocks where they know the answer, from the facts themselves where they do not.

use std::collections::BTreeMap;
use std::sync::Arc;

use dacheng_domain::calendar::{FiscalStart, Month, Period};
use dacheng_domain::facts::credit::Measure;
use dacheng_rollup::{Block, By, Delta, Grain, Question};
use dacheng_store::facts::View;
use dacheng_store::{Read, counter, imports};

use super::ask::{Ask, TimeNames};
use crate::facts::bundles::{Detail, add, measure_number};
use crate::facts::commit::grain_number;
use crate::facts::days::number;
use crate::facts::delta::{Touched, each_bundle};
use crate::facts::ground::Ground;
use crate::{App, Result};

/// Sums in fen by the names of their groups, and over everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// By group, in the order of the asked dimensions.
    pub rows: BTreeMap<Vec<String>, i64>,
    /// Over the owner's whole; overlay shares are in it only for a member.
    pub total: i64,
}

/// Answers from what the transaction sees. Reads a few blocks; the facts only for products, customers and as-of.
pub fn actuals(app: &App, tx: &mut Read, ask: &Ask, start: FiscalStart) -> Result<Sums> {
    let measure = ask.measure()?;
    let blocks = blocks(app, tx, ask, measure)?;
    let names = TimeNames::new(start);
    let (first, last) = ask.days();
    let days = Some((number(first), number(last)));
    let question = |by: Vec<By<'_>>| {
        let question = Question { owner: ask.owner.clone(), days, by };
        question.ask(blocks.iter().map(AsRef::as_ref))
    };
    let fen = |sum: i128| i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX });
    let rows = question(ask.by.iter().map(|dimension| dimension.by(&names)).collect());
    let total = question(Vec::new()).first().map_or(0, |(_, sum)| fen(*sum));
    Ok(Sums { rows: rows.into_iter().map(|(key, sum)| (key, fen(sum))).collect(), total })
}

fn blocks(app: &App, tx: &mut Read, ask: &Ask, measure: Measure) -> Result<Vec<Arc<Block>>> {
    let in_blocks = ask.by.iter().all(|dimension| dimension.is_in_blocks());
    if !in_blocks || ask.as_of.is_some() {
        return Ok(vec![Arc::new(from_facts(app, tx, ask, measure)?)]);
    }
    let by_week = ask.by.contains(&super::Dimension::Week);
    let whole_months = matches!(ask.period, Period::Year(_) | Period::Quarter(_) | Period::Month(_));
    let grain = if whole_months && !by_week { Grain::Month } else { Grain::Day };
    let (first, last) = ask.days();
    let month = |day| {
        let month = Month::of(day);
        i64::from(month.year()) * 100 + i64::from(month.number())
    };
    let months = (month(first), month(last));
    let blocks = app.memory.blocks(tx, measure_number(measure), grain_number(grain), months)?;
    Ok(blocks.into_iter().map(|(_, block)| block).collect())
}

/// One block of everything the facts credit in the period, with every axis.
fn from_facts(app: &App, tx: &mut Read, ask: &Ask, measure: Measure) -> Result<Block> {
    let (view, ground) = match ask.as_of {
        None => (View::at(counter::last(tx, counter::CHANGE)?), app.memory.ground(tx)?),
        Some(instant) => {
            let view = View::at(imports::sequence_at(tx, instant.as_millisecond())?);
            (view, Arc::new(Ground::committed(tx, view)?))
        }
    };
    let (first, last) = ask.days();
    let mut delta = Delta::default();
    let touched = Touched::Days(number(first), number(last));
    each_bundle(tx, touched, view, |_, raw| add(raw, &ground, Detail::Full, 1, &mut delta))?;
    let wanted: Vec<_> = delta.touched().into_iter().filter(|(own, _)| *own == measure).collect();
    let mut block = Block::default();
    for at in wanted {
        block = delta.applied(at, &block, |day| day);
    }
    Ok(block)
}
