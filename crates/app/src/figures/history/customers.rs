//! On how few customers a year rests, and the largest of them for whoever sees rows of customers.

use std::collections::BTreeMap;

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Month, Year};
use dacheng_domain::facts::row::CustomerRow;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::history::{Concentration, concentration};
use dacheng_store::facts::{View, of};
use dacheng_store::{Read, counter};
use dacheng_text::Lang;

use super::{Ground, YEARS};
use crate::figures::by_customer::{self, by_customer, is_current};
use crate::figures::own::Adds;
use crate::figures::sight::Sight;
use crate::figures::standpoint::Standpoint;
use crate::{Actor, App, Result};

/// The largest customers that are listed.
const LISTED: usize = 10;

/// The customers of the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customers {
    /// Of each year, oldest first.
    pub years: [CustomerYear; YEARS],
    /// The largest of the last year, the largest first; `None` for whoever sees aggregates only.
    pub largest: Option<Vec<LargeCustomer>>,
}

/// The customers of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerYear {
    /// Which.
    pub year: Year,
    /// How it is spread; `None` where nobody bought or nothing is known.
    pub spread: Option<Concentration>,
}

/// One of the largest customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LargeCustomer {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// In the last year so far, in minor units.
    pub now: i64,
    /// In the whole year before; `None` where it is not known.
    pub before: Option<i64>,
    /// Of the whole of the last year; `None` where that is not above 0.
    pub share: Option<Ratio>,
}

/// Adds up by customer the years that are shown first, unless that was done and nothing happened since, so that nobody has to
/// wait for it. A server does so beside the requests, after its start and after imports.
pub fn hold(app: &App) -> Result<()> {
    let mut tx = app.store.read()?;
    if is_current(app, &mut tx)? {
        return Ok(());
    }
    let point = Standpoint::open(app, &mut tx, &app.context(Actor::System, Lang::Zh), None)?;
    let last = point.year(point.through(Metric::Revenue).unwrap_or(point.today));
    let years = std::iter::successors(Some(last), |year| Some(year.previous())).take(YEARS);
    by_customer::hold(app, &mut tx, &point.ground, &years.flat_map(Year::months).collect())
}

pub(super) fn customers(app: &App, tx: &mut Read, ground: &Ground<'_>, sight: Sight) -> Result<Customers> {
    // All months at once: one walk where many of them are not held.
    let known = |year: Year| year.months().filter(|month| is_known(ground, *month)).collect::<Vec<Month>>();
    let all: Vec<Month> = ground.years.into_iter().flat_map(known).collect();
    // No sums by customer are held of a company's own metrics.
    let mut of = |months: Vec<Month>| match ground.adds {
        Adds::Measure(measure) => by_customer(app, tx, (&ground.point.ground, measure), ground.owner, months),
        Adds::Own(..) => Ok(BTreeMap::new()),
    };
    of(all)?;
    let mut sums = Vec::with_capacity(YEARS);
    for year in ground.years {
        sums.push(of(known(year))?);
    }
    let spread = |place: usize| CustomerYear {
        year: ground.years[place],
        spread: concentration(sums[place].values().copied()),
    };
    let years = std::array::from_fn(spread);
    let largest = match sight {
        Sight::Persons => Some(largest(tx, ground, &sums[YEARS - 1], &sums[YEARS - 2])?),
        Sight::Aggregates => None,
    };
    Ok(Customers { years, largest })
}

/// Months without facts are not read.
fn is_known(ground: &Ground<'_>, month: Month) -> bool {
    ground.cube.knows((month.first_day(), month.last_day()))
}

/// One query for the names.
fn largest(
    tx: &mut Read,
    ground: &Ground<'_>,
    now: &BTreeMap<u32, i64>,
    before: &BTreeMap<u32, i64>,
) -> Result<Vec<LargeCustomer>> {
    let customers = &ground.point.ground.customers;
    let mut sums: Vec<(u32, i64)> = now.iter().map(|(customer, sum)| (*customer, *sum)).collect();
    sums.retain(|(_, sum)| *sum > 0);
    sums.sort_by_key(|(customer, sum)| (std::cmp::Reverse(*sum), *customer));
    let total: i128 = sums.iter().map(|(_, sum)| i128::from(*sum)).sum();
    sums.truncate(LISTED);
    let codes: Vec<&str> = sums.iter().filter_map(|(customer, _)| customers.code(*customer)).collect();
    let view = View::at(counter::last(tx, counter::CHANGE)?);
    let rows = of::<CustomerRow>(tx, view, "code", codes.iter().copied())?;
    let names: BTreeMap<String, String> =
        rows.into_iter().map(|row| (row.fact.customer.to_string(), row.fact.name)).collect();
    let had = ground.knows(ground.years[YEARS - 2].first_day());
    let row = |(customer, sum): (u32, i64)| {
        let code = customers.code(customer)?.to_owned();
        Some(LargeCustomer {
            name: names.get(&code).cloned().unwrap_or_else(|| code.clone()),
            code,
            now: sum,
            before: had.then(|| before.get(&customer).copied().unwrap_or(0)),
            share: Ratio::new(sum, total),
        })
    };
    Ok(sums.into_iter().filter_map(row).collect())
}
