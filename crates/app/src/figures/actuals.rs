//! What was achieved: from roll-up blocks where they know the answer, from the facts themselves where they do not.

use std::collections::BTreeMap;
use std::sync::Arc;

use dacheng_domain::calendar::{FiscalStart, Period};
use dacheng_domain::facts::credit::Measure;
use dacheng_rollup::{Block, By, Delta, Grain, Question};
use dacheng_store::facts::View;
use dacheng_store::{Read, counter};

use super::ask::{Ask, TimeNames};
use super::past::Past;
use crate::facts::bundles::measure_number;
use crate::facts::commit::grain_number;
use crate::facts::crediting::{Detail, add};
use crate::facts::days::{month_of, number};
use crate::facts::delta::{Touched, each_bundle};
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

fn blocks(app: &App, tx: &mut Read, ask: &Ask, measure: Measure) -> Result<Vec<Arc<Block>>> {
    let in_blocks = ask.by.iter().all(|dimension| dimension.is_in_blocks());
    if !in_blocks || ask.as_of.is_some() {
        return Ok(vec![Arc::new(from_facts(app, tx, ask, measure)?)]);
    }
    let by_week = ask.by.contains(&super::Dimension::Week);
    let whole_months = matches!(ask.period, Period::Year(_) | Period::Quarter(_) | Period::Month(_));
    let grain = if whole_months && !by_week { Grain::Month } else { Grain::Day };
    let (first, last) = ask.days();
    let months = (i64::from(month_of(first)), i64::from(month_of(last)));
    let (measure, grain) = (measure_number(measure), grain_number(grain));
    let found = app.memory.blocks(tx, months, |place| place.measure == measure && place.grain == grain)?;
    Ok(found.into_iter().map(|(_, block)| block).collect())
}

/// One block of everything the facts credit in the period, with the axes that the question needs.
fn from_facts(app: &App, tx: &mut Read, ask: &Ask, measure: Measure) -> Result<Block> {
    let (view, ground) = match ask.as_of {
        None => (View::at(counter::last(tx, counter::CHANGE)?), app.memory.ground(tx)?),
        Some(instant) => {
            let past = Past::open(tx, instant)?;
            (past.view, past.ground)
        }
    };
    let (first, last) = ask.days();
    let mut delta = Delta::default();
    let touched = Touched::Days(number(first), number(last));
    let in_blocks = ask.by.iter().all(|dimension| dimension.is_in_blocks());
    let detail = if in_blocks { Detail::Block } else { Detail::Full };
    each_bundle(tx, touched, view, |_, raw| add(raw, &ground, detail, 1, &mut delta))?;
    let wanted: Vec<_> = delta.touched().into_iter().filter(|(own, _)| *own == measure).collect();
    let mut block = Block::default();
    for at in wanted {
        block = delta.applied(at, &block, |day| day);
    }
    Ok(block)
}
