//! What a company's own metrics add up: the blocks of their measures sifted by their filters, month by month as the version of
//! the month says, and blocks of what was entered by hand (`docs/decisions/0018-own-metrics.md`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::CreditKind;
use dacheng_domain::metrics::own::{Filter, Own, Side, Term};
use dacheng_rollup::{AXES, Axis, Block, Delta, Key};
use dacheng_store::Read;
use dacheng_store::metric_values::{self, MetricValue};
use dacheng_store::targets::OwnerKind;
use jiff::Timestamp;
use jiff::civil::Date;

use super::targets::month_number;
use crate::Result;
use crate::facts::crediting::path_on;
use crate::facts::days::number;
use crate::facts::ground::Ground;

/// What is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adds {
    /// A measure.
    Measure(Measure),
    /// One side of a company's own metric.
    Own(Own, Side),
}

impl From<Measure> for Adds {
    fn from(measure: Measure) -> Self {
        Self::Measure(measure)
    }
}

impl Adds {
    /// The measures that are looked at for it.
    pub fn measures(self) -> Vec<Measure> {
        match self {
            Self::Measure(measure) => vec![measure],
            Self::Own(own, side) => own.measures(side),
        }
    }

    /// Of a month's blocks of a measure those that count: what a filter leaves of them.
    pub fn sift(self, month: Month, of: Measure, block: Arc<Block>) -> Option<Arc<Block>> {
        let Self::Own(own, side) = self else { return Some(block) };
        let Some(Term::Facts { measure, filter }) = own.term(side, month) else { return None };
        if measure != of {
            return None;
        }
        Some(if filter.is_all() { block } else { Arc::new(sifted(&block, filter)) })
    }

    /// Blocks of what was entered by hand in some months, as it was known at an instant.
    pub fn entered(
        self,
        tx: &mut Read,
        ground: &Ground,
        months: &BTreeSet<Month>,
        known: Option<Timestamp>,
    ) -> Result<BTreeMap<Month, Arc<Block>>> {
        let Self::Own(own, side) = self else { return Ok(BTreeMap::new()) };
        let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(BTreeMap::new()) };
        let mut found = BTreeMap::new();
        for source in own.entered() {
            let values = values_of(tx, source, (*first, *last), known)?;
            for month in months {
                let counted = match own.term(side, *month) {
                    Some(Term::Entered(of)) if of == source => Counted::Amounts,
                    Some(Term::Entries(of)) if of == source => Counted::Number,
                    Some(Term::Entered(_) | Term::Entries(_) | Term::Facts { .. }) | None => continue,
                };
                let own = values.iter().filter(|value| value.month == month_number(*month));
                let block = block(ground, *month, own, counted);
                if !block.is_empty() {
                    found.insert(*month, Arc::new(block));
                }
            }
        }
        Ok(found)
    }
}

/// The values of a metric that stand in some months, as they were known at an instant.
pub(super) fn values_of(
    tx: &mut Read,
    own: Own,
    (first, last): (Month, Month),
    known: Option<Timestamp>,
) -> Result<Vec<MetricValue>> {
    let until = known.map_or(i64::MAX, Timestamp::as_millisecond);
    Ok(metric_values::standing(tx, own.code(), (month_number(first), month_number(last)), until)?)
}

fn sifted(block: &Block, filter: &Filter) -> Block {
    block.sifted(|[line, region, customer_type]| filter.takes(line, region, customer_type))
}

/// What of the values is added up.
#[derive(Clone, Copy)]
enum Counted {
    Amounts,
    Number,
}

fn block<'v>(
    ground: &Ground,
    month: Month,
    values: impl Iterator<Item = &'v MetricValue>,
    counted: Counted,
) -> Block {
    let mut delta = Delta::default();
    let at = (Measure::Visits, 0);
    for value in values {
        let Some(amount) = value.amount else { continue };
        let amount = match counted {
            Counted::Amounts => amount,
            Counted::Number => 1,
        };
        let mut names = [delta.name(""); AXES];
        if value.owner_kind == OwnerKind::Member {
            names[Axis::Member as usize] = delta.name(&value.owner);
        }
        names[Axis::Path as usize] = delta.name(&place(ground, value, month));
        let key = Key { day: number(month.first_day()), names, kind: CreditKind::Credit };
        delta.add(at.0, at.1, key, amount);
    }
    delta.touched();
    delta.applied(at, &Block::default(), |day| day)
}

/// The units that a value rolls up through: those of its owner at the end of its month; of whoever had left, at its beginning.
fn place(ground: &Ground, value: &MetricValue, month: Month) -> String {
    let on = |day: Date| path_on(ground, value.owner_kind, &value.owner, day);
    on(month.last_day()).or_else(|| on(month.first_day())).unwrap_or_default()
}

/// Whether a value is of an owner or of somebody below it.
pub(super) fn is_below(ground: &Ground, value: &MetricValue, month: Month, unit: &str) -> bool {
    place(ground, value, month).split(dacheng_rollup::PATH_SEPARATOR).any(|own| own == unit)
}
