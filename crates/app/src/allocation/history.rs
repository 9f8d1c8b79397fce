//! What owners achieved before a plan: last year beside each target, and the weights that follow from history.

use std::collections::{BTreeSet, HashMap};

use dacheng_domain::calendar::{Month, Period, Year};
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner as Asked;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;

use super::owner::Owner;
use super::sheet::Months;
use crate::company::Company;
use crate::figures::{Ask, Dimension, actuals};
use crate::{App, Result};

/// Actuals by owner and by the months asked for, in the metric's smallest unit.
#[derive(Debug, Clone, Default)]
pub(crate) struct History(HashMap<Owner, Months>);

impl History {
    /// The months of an owner; 0 where nothing was achieved.
    pub fn months(&self, owner: &Owner) -> Months {
        self.0.get(owner).copied().unwrap_or_default()
    }

    /// The sum of an owner's months.
    pub fn total(&self, owner: &Owner) -> i64 {
        self.months(owner).iter().fold(0, |sum: i64, month| sum.saturating_add(*month))
    }
}

/// Whether facts are added up for the metric: the others have no roll-up to ask yet.
pub(crate) fn has_history(metric: Metric) -> bool {
    metric == Metric::Revenue || metric == Metric::Collections
}

/// The history of every unit and member over twelve months, in one question for the units and one for the
/// members, however many there are. `None` where no facts are added up for the metric.
pub(crate) fn history(
    app: &App,
    tx: &mut Read,
    company: &Company,
    metric: Metric,
    months: &[Month; 12],
) -> Result<Option<History>> {
    if !has_history(metric) {
        return Ok(None);
    }
    let names: HashMap<String, usize> =
        months.iter().enumerate().map(|(at, month)| (month.to_string(), at)).collect();
    let mut history = History::default();
    for kind in [OwnerKind::Unit, OwnerKind::Member] {
        for ((code, month), amount) in by_month(app, tx, company, metric, months, kind)? {
            let owner = Owner { kind, code };
            if let Some(&place) = names.get(&month) {
                history.0.entry(owner).or_default()[place] += amount;
            }
        }
    }
    Ok(Some(history))
}

/// The company's own months; `None` where no facts are added up for the metric.
pub(crate) fn of_company(
    app: &App,
    tx: &mut Read,
    company: &Company,
    metric: Metric,
    months: &[Month; 12],
) -> Result<Option<Months>> {
    if !has_history(metric) {
        return Ok(None);
    }
    let mut sums = Months::default();
    for period in years(company, months) {
        let by = vec![Dimension::Month];
        let ask = Ask { metric, period, by, owner: Asked::Company, as_of: None };
        for (key, amount) in actuals(app, tx, &ask, company.fiscal_start)?.rows {
            let place = months.iter().position(|month| Some(&month.to_string()) == key.first());
            if let Some(place) = place {
                sums[place] += amount;
            }
        }
    }
    Ok(Some(sums))
}

fn years(company: &Company, months: &[Month; 12]) -> Vec<Period> {
    let of = |month: Month| Year::of(month.first_day(), company.fiscal_start);
    let years: BTreeSet<Year> = months.iter().copied().map(of).collect();
    years.into_iter().map(Period::Year).collect()
}

fn by_month(
    app: &App,
    tx: &mut Read,
    company: &Company,
    metric: Metric,
    months: &[Month; 12],
    kind: OwnerKind,
) -> Result<Vec<((String, String), i64)>> {
    let dimension = match kind {
        OwnerKind::Unit => Dimension::Unit,
        OwnerKind::Member => Dimension::Member,
    };
    let mut found = Vec::new();
    for period in years(company, months) {
        let ask =
            Ask { metric, period, by: vec![dimension, Dimension::Month], owner: Asked::Company, as_of: None };
        let rows = actuals(app, tx, &ask, company.fiscal_start)?.rows;
        found.extend(rows.into_iter().filter_map(|(key, amount)| {
            let mut key = key.into_iter();
            Some(((key.next()?, key.next()?), amount))
        }));
    }
    Ok(found)
}
