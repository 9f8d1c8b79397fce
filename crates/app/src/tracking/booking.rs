//! Booking a month: its actuals and targets as they are at the close, for every owner at once.

use std::collections::BTreeMap;

use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use dacheng_store::closes::{self, Figure};
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, Write};

use super::number;
use crate::company::Company;
use crate::figures::{Ask, Dimension, actuals, targets};
use crate::{App, Result};

/// The metrics whose facts are added up.
pub(super) const BOOKED: [Metric; 2] = [Metric::Revenue, Metric::Collections];

/// Books every metric of a month: two questions to the roll-up and one to the targets each.
pub(super) fn book(app: &App, tx: &mut Write, company: &Company, month: Month) -> Result<()> {
    for metric in BOOKED {
        let figures = figures(app, tx, company, metric, month)?;
        closes::book(tx, metric.code(), number(month), &figures)?;
    }
    Ok(())
}

/// What the whole company achieved in a month.
pub(super) fn total(
    app: &App,
    tx: &mut Read,
    company: &Company,
    metric: Metric,
    month: Month,
) -> Result<i64> {
    Ok(actuals(app, tx, &ask(metric, month, Vec::new()), company.fiscal_start)?.total)
}

fn ask(metric: Metric, month: Month, by: Vec<Dimension>) -> Ask {
    Ask { metric, period: Period::Month(month), by, owner: Owner::Company, as_of: None }
}

/// Every unit and member with a target or a fact.
fn figures(app: &App, tx: &mut Read, company: &Company, metric: Metric, month: Month) -> Result<Vec<Figure>> {
    let start = company.fiscal_start;
    let mut booked: BTreeMap<(OwnerKind, String), (i64, Option<i64>)> = BTreeMap::new();
    for (kind, dimension) in [(OwnerKind::Unit, Dimension::Unit), (OwnerKind::Member, Dimension::Member)] {
        for (mut key, actual) in actuals(app, tx, &ask(metric, month, vec![dimension]), start)?.rows {
            booked.entry((kind, key.pop().unwrap_or_default())).or_default().0 = actual;
        }
    }
    let targets = targets(tx, metric, Period::Month(month), start, None)?;
    for (kind, code) in targets.owners() {
        let owner = match kind {
            OwnerKind::Unit => Owner::Unit(code.to_owned()),
            OwnerKind::Member => Owner::Member(code.to_owned()),
        };
        booked.entry((kind, code.to_owned())).or_default().1 = targets.in_month(&owner, month);
    }
    let figure = |((owner_kind, owner), (actual, target))| Figure {
        owner_kind,
        owner,
        month: number(month),
        actual,
        target,
    };
    Ok(booked.into_iter().map(figure).collect())
}
