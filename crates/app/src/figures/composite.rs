//! 综合达成率: what somebody's metrics with a target come to together, by the weights of the plan in force (`domain.md` §2).

use std::collections::BTreeMap;

use dacheng_domain::Ratio;
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::{AttainmentSettings, Metric, WeightedItem, composite};
use dacheng_store::{Read, plans};

use crate::Result;
use crate::planning::weights::{USUAL, of_plan};

/// What several metrics come to together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composite {
    /// Σ weight × min(attainment, 120 %) ÷ Σ weight of those with an attainment; `None` where none has.
    pub rate: Option<Ratio>,
    /// What it is made of.
    pub items: Vec<CompositeItem>,
}

/// A metric in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompositeItem {
    /// Which.
    pub metric: Metric,
    /// How much it counts.
    pub weight: i64,
    /// How far it is attained.
    pub attainment: Option<Ratio>,
}

/// The weights of the plan in force of a year; nothing without one.
pub(super) fn weights_in_force(tx: &mut Read, year: Year) -> Result<BTreeMap<String, i64>> {
    let plan = plans::of_year(tx, year.name().into(), "in_force")?;
    plan.map_or(Ok(BTreeMap::new()), |plan| of_plan(tx, plan.id))
}

impl Composite {
    /// Of metrics with a target; `None` where there are fewer than two: one needs no composite.
    pub(super) fn of(weights: &BTreeMap<String, i64>, targets: &[(Metric, Option<Ratio>)]) -> Option<Self> {
        if targets.len() < 2 {
            return None;
        }
        let item = |(metric, attainment): &(Metric, Option<Ratio>)| CompositeItem {
            metric: *metric,
            weight: weights.get(metric.code()).copied().unwrap_or(USUAL),
            attainment: *attainment,
        };
        let items: Vec<CompositeItem> = targets.iter().map(item).collect();
        let weighted = items.iter().map(|item| WeightedItem {
            weight: u32::try_from(item.weight).unwrap_or(0),
            attainment: item.attainment,
        });
        let rate = composite(&weighted.collect::<Vec<_>>(), &AttainmentSettings::default());
        Some(Self { rate, items })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_three_items_is_98_per_cent() {
        let weights = [("revenue", 50), ("collections", 30), ("visits", 20)];
        let weights = weights.map(|(metric, weight)| (metric.to_owned(), weight)).into();
        let items = [(Metric::Revenue, 110), (Metric::Collections, 90), (Metric::Visits, 80)];
        let items = items.map(|(metric, percent)| (metric, Some(Ratio::percent(percent))));
        let found = Composite::of(&weights, &items).unwrap_or_else(|| panic!("there are three"));
        assert_eq!(found.rate, Some(Ratio::percent(98)));
        let equal = Composite::of(&BTreeMap::new(), &items).and_then(|found| found.rate);
        assert_eq!(equal, Ratio::new(280, 300), "each counts alike where nothing was set");
        assert_eq!(Composite::of(&weights, &items[..1]), None);
    }
}
