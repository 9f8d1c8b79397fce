//! What ratios were divided by of late: the weights by which targets of ratios are averaged.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{Measured, Metric};
use dacheng_store::Read;

use super::cube::Days;
use super::reading::Reading;
use super::standpoint::Standpoint;
use crate::allocation::Owner;
use crate::{App, Context, Result};

/// Months that are looked at.
const BACK: i32 = 12;

/// The denominators of a metric over the last twelve finished months, by unit and member; nothing for what has none.
pub(crate) fn denominators(
    app: &App,
    tx: &mut Read,
    context: &Context,
    metric: Metric,
) -> Result<BTreeMap<Owner, i64>> {
    let point = Standpoint::open(app, tx, context, None)?;
    let last = Month::of(point.today).previous();
    let days: Days = (last.plus(1 - BACK).first_day(), last.last_day());
    let reading = Reading::over(app, tx, &point, metric, &[days])?;
    let members = point.organisation().rows().members.iter();
    let members: BTreeSet<String> = members.map(|member| member.code.to_string()).collect();
    let under = |found: Measured| match found {
        Measured::Ratio { under, .. } => under,
        Measured::Sum(_) | Measured::Rated(_) => 0,
    };
    let units = reading.of_units(days).into_iter().map(|(code, found)| (Owner::unit(code), under(found)));
    let members = reading.of_members(days, &members).into_iter();
    let members = members.map(|(code, found)| (Owner::member(code), under(found)));
    Ok(units.chain(members).collect())
}
