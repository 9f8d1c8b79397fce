//! The verdicts on the plan's own targets: the company's year of each metric.

use dacheng_domain::access::Right;
use dacheng_domain::metrics::{Metric, TargetForm};
use dacheng_domain::planning::smart::{Band, Criterion, Figure, Frame, Mark, Stated, Verdict, When, judge};
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, breakdowns};
use serde_json::{Map, Value, json};

use super::super::total::top;
use super::super::{Opened, allow, open};
use super::around::Around;
use crate::{App, Context, Result};

/// The verdicts on the company's year of a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnVerdicts {
    /// Of what.
    pub metric: Metric,
    /// The year, in the metric's smallest unit.
    pub total: i64,
    /// The five verdicts.
    pub verdicts: [Verdict; 5],
    /// The healthy band of probabilities.
    pub band: Band,
}

/// Judges the company's targets of a plan.
pub fn own(app: &App, context: &Context, plan: &str) -> Result<Vec<OwnVerdicts>> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    allow::company(context, &opened, Right::Read)?;
    within(app, &mut tx, context, &opened)
}

fn within(app: &App, tx: &mut Read, context: &Context, opened: &Opened) -> Result<Vec<OwnVerdicts>> {
    let Some(top) = top(opened) else { return Ok(Vec::new()) };
    let (company, year) = (&opened.company, opened.year);
    let frame = Frame { year, today: context.today, fiscal: company.fiscal_start };
    let around = Around { app, context, company, ground: &opened.ground, plan: Some(opened), frame };
    let mut found = Vec::new();
    for code in breakdowns::metrics(tx, opened.plan.id)? {
        let Ok(metric) = opened.catalogue.read(&code) else { continue };
        let cells = breakdowns::cells_of(tx, (opened.plan.id, &code), OwnerKind::Unit, &[top.code.as_str()])?;
        let cells = cells.iter().filter(|own| own.product_line.is_empty() && own.customer_type.is_empty());
        let total =
            cells.fold(None, |sum: Option<i64>, own| Some(sum.unwrap_or(0).saturating_add(own.amount)));
        let Some(total) = total else { continue };
        let when = When::Span { first: year.first_month(), last: year.last_month() };
        let figure = Ok(Figure::Amount(TargetForm::Total(total)));
        let stated =
            Stated { metric: Some(metric), figure, bound: None, when: Some(when), scopes: Vec::new() };
        let grounds = around.grounds(tx, &stated)?;
        let (verdicts, band) = (judge(&stated, &grounds), grounds.band);
        found.push(OwnVerdicts { metric, total, verdicts, band });
    }
    Ok(found)
}

/// The marks of a plan's own targets, as the audit trail keeps them.
pub(in super::super) fn marks(app: &App, tx: &mut Read, context: &Context, opened: &Opened) -> Result<Value> {
    let of = |verdicts: &[Verdict; 5]| -> Map<String, Value> {
        verdicts.iter().map(|own| (own.criterion.code().to_owned(), own.mark.code().into())).collect()
    };
    let found = within(app, tx, context, opened)?;
    Ok(found
        .iter()
        .map(|own| json!({ "metric": own.metric.code(), "verdicts": of(&own.verdicts) }))
        .collect())
}

impl OwnVerdicts {
    /// The mark on one question.
    pub fn mark(&self, criterion: Criterion) -> Mark {
        let found = self.verdicts.iter().find(|own| own.criterion == criterion);
        found.map_or(Mark::Fail, |own| own.mark)
    }
}
