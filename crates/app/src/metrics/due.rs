//! Values that a reporter has not entered yet: what their inbox asks for.

use std::collections::BTreeSet;

use dacheng_domain::calendar::{Calendar, Deadline, Month};
use dacheng_domain::metrics::own::{Months, Own};
use dacheng_store::{Read, metric_values};

use super::define::last_closed;
use super::reporting::{Reporting, carriers, reporting};
use crate::allocation::{Owner, month_number};
use crate::facts::ground::Ground;
use crate::{App, Context, Result};

/// Values of a finished month that are missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Of which metric.
    pub metric: Own,
    /// Of which month.
    pub month: Month,
    /// How many.
    pub number: usize,
    /// By when they are due.
    pub due: Option<Deadline>,
}

/// What the asker, as a reporter, has not entered yet: two queries a metric that they report.
pub fn missing(
    app: &App,
    tx: &mut Read,
    context: &Context,
    (ground, calendar): (&Ground, &Calendar),
) -> Result<Vec<Missing>> {
    let catalogue = app.memory.catalogue(tx)?;
    let running = Month::of(context.today);
    let is_own = |own: &Own| reporting(context, ground, *own, running) == Some(Reporting::Reporter);
    let reported: Vec<Own> = catalogue.own().filter(is_own).collect();
    if reported.is_empty() {
        return Ok(Vec::new());
    }
    let months = Months { running, closed: last_closed(tx)? };
    let mut found = Vec::new();
    for metric in reported {
        for month in metric.asked(months) {
            let Some(entering) = metric.entering(month) else { continue };
            let wanted = carriers(ground, entering.carried_by, month);
            let number = month_number(month);
            let there = metric_values::standing(tx, metric.code(), (number, number), i64::MAX)?;
            let there: BTreeSet<Owner> = there
                .into_iter()
                .filter(|value| value.amount.is_some())
                .map(|value| Owner { kind: value.owner_kind, code: value.owner })
                .collect();
            let number = wanted.iter().filter(|owner| !there.contains(owner)).count();
            if number > 0 {
                found.push(Missing { metric, month, number, due: metric.due(month, calendar) });
            }
        }
    }
    Ok(found)
}
