//! A plan at a glance: the company's total of a metric in months, and how much of it people carry.

use dacheng_domain::Ratio;
use dacheng_domain::access::Right;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_store::breakdowns;

use super::total::top;
use super::{PlanView, allow, open};
use crate::allocation::{Line, Months, Owner, Sheet, TOP, of_company};
use crate::{App, Context, Result};

/// A plan's metric at a glance. Amounts are in the metric's smallest unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The plan.
    pub plan: PlanView,
    /// The metrics that have targets in it.
    pub metrics: Vec<Metric>,
    /// The metric looked at.
    pub metric: Metric,
    /// The unit at the top and its months; `None` where it has no target.
    pub total: Option<(Owner, Line)>,
    /// The version of the total, for [`super::set_total`].
    pub version: i64,
    /// How the total was divided into months.
    pub method: Option<String>,
    /// The twelve months of the fiscal year.
    pub months: [Month; 12],
    /// What members carry together in each month.
    pub carried: Months,
    /// Carried ÷ total over the year; `None` without a total, or for a metric that does not add up.
    pub broken_down: Option<Ratio>,
    /// What the company achieved in each month of the year before; `None` where that is not known for the metric.
    pub last_year: Option<Months>,
}

/// Reads a plan's metric at a glance.
pub fn overview(app: &App, context: &Context, plan: &str, metric: Metric) -> Result<Overview> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    allow::company(context, &opened, Right::Read)?;
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, metric, opened.year)?;
    sheet.load(&mut tx, [TOP])?;
    let top = top(&opened);
    if let Some(top) = &top {
        sheet.load_owners(&mut tx, [top])?;
    }
    let total = top.filter(|top| sheet.has_cells(top)).map(|top| {
        let line = Line::new(|place| sheet.marks(&top, place));
        (top, line)
    });
    let mut carried = Months::default();
    for (month, sum) in breakdowns::carried(&mut tx, sheet.of())? {
        if let Some(place) = sheet.place(month) {
            carried[place] = sum;
        }
    }
    let year: i128 = carried.iter().map(|month| i128::from(*month)).sum();
    let adds_up = metric.definition().roll_up == RollUp::Sum;
    let broken_down =
        total.as_ref().filter(|_| adds_up).and_then(|(_, line)| Ratio::new(year, line.sums.year));
    let before = std::array::from_fn(|place| sheet.months[place].same_last_year());
    let metrics = breakdowns::metrics(&mut tx, opened.plan.id)?;
    Ok(Overview {
        plan: PlanView::of(&opened.plan)?,
        metrics: metrics.iter().filter_map(|code| opened.catalogue.read(code).ok()).collect(),
        metric,
        total,
        version: sheet.version(TOP),
        method: sheet.family(TOP).map(|family| family.method.clone()),
        months: sheet.months,
        carried,
        broken_down,
        last_year: of_company(app, &mut tx, &opened.company, metric, &before)?,
    })
}
