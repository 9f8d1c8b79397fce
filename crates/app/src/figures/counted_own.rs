//! What a company's own metric counts that no walk over facts lists: new customers, and values entered by hand.

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::{Own, Side, Term};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::metric_values::MetricValue;
use dacheng_store::targets::OwnerKind;

use super::ask::Ask;
use super::counted_people::newly_won;
use super::cube::touched;
use super::own::{Adds, is_below, values_of};
use super::standpoint::Standpoint;
use super::walk::Counted;
use crate::{App, Result};

/// The new customers and the values of an owner in the period.
pub(super) fn counted_of_own(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    (own, ask): (Own, &Ask),
) -> Result<Vec<Counted>> {
    let mut counted = Vec::new();
    for side in [Side::Over, Side::Under] {
        if own.measures(side).contains(&Measure::NewCustomers) {
            let is_of = |fact: &Counted| {
                let term = own.term(side, Month::of(fact.date));
                matches!(term, Some(Term::Facts { measure: Measure::NewCustomers, .. }))
            };
            let found = newly_won(app, tx, point, (Adds::Own(own, side), ask))?.into_iter().filter(is_of);
            counted.extend(found.map(|fact| on_side(fact, side)));
        }
    }
    for source in own.entered() {
        counted.extend(values(tx, point, (own, source), ask)?);
    }
    Ok(counted)
}

fn on_side(fact: Counted, side: Side) -> Counted {
    match side {
        Side::Over => fact,
        Side::Under => Counted { under: fact.over, over: 0, ..fact },
    }
}

/// The values of a metric by hand, each on the first day of its month.
fn values(tx: &mut Read, point: &Standpoint, (own, source): (Own, Own), ask: &Ask) -> Result<Vec<Counted>> {
    let months: Vec<Month> = touched(ask.days()).collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(Vec::new()) };
    let known = point.past.as_ref().map(|past| past.instant);
    let found = values_of(tx, source, (*first, *last), known)?;
    let mut counted = Vec::new();
    for month in months.iter().filter(|month| ask.days().0 <= month.first_day()) {
        let of_month = found.iter().filter(|value| value.month == super::targets::month_number(*month));
        for value in of_month.filter(|value| belongs(point, ask, value, *month)) {
            let Some(amount) = value.amount else { continue };
            let adds = |side| match own.term(side, *month) {
                Some(Term::Entered(of)) if of == source => amount,
                Some(Term::Entries(of)) if of == source => 1,
                Some(Term::Entered(_) | Term::Entries(_) | Term::Facts { .. }) | None => 0,
            };
            counted.push(Counted {
                kind: "value",
                code: format!("{} {month}", value.owner),
                date: month.first_day(),
                member: value.owner.clone(),
                customer: None,
                over: adds(Side::Over),
                under: adds(Side::Under),
                against: 0,
                overlay: false,
            });
        }
    }
    Ok(counted)
}

fn belongs(point: &Standpoint, ask: &Ask, value: &MetricValue, month: Month) -> bool {
    match &ask.owner {
        Owner::Company => true,
        Owner::Member(code) => value.owner_kind == OwnerKind::Member && value.owner == *code,
        Owner::Unit(code) => is_below(&point.ground, value, month, code),
    }
}
