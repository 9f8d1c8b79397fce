//! What a period comes to: of an owner and of everybody below, from monthly sums and, while it runs, what is booked.
//! The reckoning is in the crate `forecast`; this asks the roll-up once for all series and keeps what was worked out
//! by the change sequence.

mod json;
mod series;

use std::collections::BTreeSet;
use std::sync::Arc;

use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::metrics::Metric;
use dacheng_forecast::{Band, Chance, Flag, Forecast, HORIZON, Question};
use dacheng_rollup::Owner;
use dacheng_store::targets::OwnerKind;

use super::ask::built_in_measure as measure_of;
use super::attainment::root;
use super::branch::{Named, below};
use super::overview::key_of;
use super::sight::{Sight, Sights};
use super::standpoint::{Footing, Standpoint};
use super::targets::{Targets, targets_during};
use crate::{App, Context, Error, Result};
use dacheng_domain::facts::Measure;
use dacheng_text::metric as text;

pub use series::{Forecasted, Known, Mark};

/// The months shown beside a forecast.
const SHOWN: usize = 36;

/// What a period comes to for an owner.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// Whose.
    pub owner: Owner,
    /// The target of the plan in force, in the metric's smallest unit.
    pub target: Option<i64>,
    /// What of the period is booked.
    pub booked: i64,
    /// What it comes to.
    pub told: Told,
}

/// What can be said of a period.
#[derive(Debug, Clone)]
pub enum Told {
    /// It is over: what is booked is what it came to.
    Over,
    /// A forecast.
    Ahead(Box<Forecast>),
    /// So many more complete months are needed.
    TooShort(usize),
    /// It lies further ahead than a forecast reaches.
    TooFar,
}

/// An owner's outlook with what is around it.
#[derive(Debug, Clone)]
pub struct Outlooks {
    /// Of which metric.
    pub metric: Metric,
    /// The metrics that add up and that facts speak of.
    pub offered: Vec<Metric>,
    /// Over which period.
    pub period: Period,
    /// How much of the owner the asker sees.
    pub sight: Sight,
    /// The owner's own.
    pub whole: Outlook,
    /// The months before, and the bands of those to come.
    pub months: Vec<MonthAhead>,
    /// What is unusual about the history.
    pub flags: Vec<Flag>,
    /// How many complete months the history has.
    pub history: usize,
    /// The first year whose official days are not known: its months are provisional (暂定).
    pub provisional: Option<i16>,
    /// Those below whom the asker sees, with theirs.
    pub below: Vec<(Named, Outlook)>,
    /// What the figures rest on.
    pub footing: Footing,
}

/// A month of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthAhead {
    /// Which.
    pub month: Month,
    /// What it came to, once it is complete.
    pub actual: Option<i64>,
    /// What it comes to, before.
    pub band: Option<Band>,
    /// Its target.
    pub target: Option<i64>,
}

impl Outlook {
    /// The band; `None` where there is no forecast.
    pub fn band(&self) -> Option<Band> {
        match &self.told {
            Told::Ahead(forecast) => Some(forecast.band),
            Told::Over => Some(Band { p10: self.booked, p50: self.booked, p90: self.booked }),
            Told::TooShort(_) | Told::TooFar => None,
        }
    }

    /// The chance that the period comes to at least `amount`; `None` where there is no forecast or it is over.
    pub fn reaches(&self, amount: i64) -> Option<Chance> {
        match &self.told {
            Told::Ahead(forecast) => Some(forecast.reaches(amount)),
            Told::Over | Told::TooShort(_) | Told::TooFar => None,
        }
    }

    /// The chance of its target.
    pub fn chance(&self) -> Option<Chance> {
        self.reaches(self.target?)
    }
}

/// The outlook of an owner and of those directly below, as far as the asker sees them: one walk over the roll-up by
/// month and one by day, however many there are, and none where nothing has changed.
pub fn outlooks(
    app: &App,
    context: &Context,
    owner: &Owner,
    (metric, period): (Metric, Period),
) -> Result<Outlooks> {
    let measure = forecast_of(context, metric)?;
    match period {
        Period::Year(_) | Period::Quarter(_) | Period::Month(_) => {}
        Period::Week(_) | Period::Day(_) => {
            return Err(Error::Usage(format!("{period}: write a month, a quarter or a year")));
        }
    }
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, None)?;
    let (organisation, on) = (point.organisation(), point.day(period).min(point.today));
    let sights = Sights::of(context, organisation, on)?;
    let sight = sights.owner(owner)?;
    let unit = point.unit(owner, on);
    let named = unit.map(|unit| below(organisation, &sights, unit, on)).unwrap_or_default();
    let owners: Vec<Owner> =
        [owner.clone()].into_iter().chain(named.iter().map(|named| named.owner.clone())).collect();
    let found = series::known(app, &mut tx, &point, (metric, measure), &owners)?;
    let keys: BTreeSet<(OwnerKind, String)> = named.iter().map(Named::key).chain(key_of(owner)).collect();
    let days = (period.first_day().min(found.next.first_day()), period.last_day().max(found.next.last_day()));
    let root = root(&point.ground, on);
    let targets = targets_during(&mut tx, metric, days, point.start, root, &keys)?;
    let outlook = |owner: &Owner, known: &Arc<Known>| Outlook {
        owner: owner.clone(),
        target: targets.over(owner, period, &point.calendar),
        booked: known.booked(period),
        told: told(known, period),
    };
    let whole = outlook(owner, &found.known[0]);
    let rows = named.into_iter().zip(&found.known[1..]).map(|(named, known)| {
        let outlook = outlook(&named.owner, known);
        (named, outlook)
    });
    let carries = |(named, outlook): &(Named, Outlook)| {
        let is_member = matches!(named.owner, Owner::Member(_));
        !is_member || outlook.target.is_some() || outlook.booked != 0
    };
    let below = rows.filter(carries).collect();
    let own = &found.known[0];
    let ahead = Month::of(period.last_day()).months_since(found.next).max(2);
    let months = months(own, &targets, owner, usize::try_from(ahead + 1).unwrap_or(1));
    let time = dacheng_domain::tracking::progress::time_progress(
        period,
        &targets.by_month(owner),
        &point.as_of(metric),
    );
    Ok(Outlooks {
        metric,
        offered: point.built_in_sums(),
        period,
        sight,
        flags: own.past.flags().to_vec(),
        history: own.past.series().len(),
        provisional: point.calendar.provisional_year(found.next.first_day(), period.last_day()),
        footing: point.footing(metric, time),
        whole,
        months,
        below,
    })
}

/// What can be said of a period of a series.
fn told(known: &Known, period: Period) -> Told {
    match known.question(period) {
        None => Told::Over,
        Some(question) if question.skipped + question.months > HORIZON => Told::TooFar,
        Some(question) => match known.past.asked(question) {
            Ok(forecast) => Told::Ahead(Box::new(forecast)),
            Err(short) => Told::TooShort(short.missing),
        },
    }
}

/// The last months and those to come.
fn months(known: &Known, targets: &Targets, owner: &Owner, ahead: usize) -> Vec<MonthAhead> {
    let next = known.next();
    let target = |month: Month| targets.in_month(owner, month);
    let series = known.past.series();
    let left_out = series.len().saturating_sub(SHOWN);
    let before = series.months().skip(left_out).map(|(month, amount)| MonthAhead {
        month,
        actual: Some(amount),
        band: None,
        target: target(month),
    });
    let bands = known.past.months(ahead);
    let after = (0..).zip(bands).map(|(place, band)| {
        let month = next.plus(place);
        MonthAhead { month, actual: None, band: Some(band), target: target(month) }
    });
    before.chain(after).collect()
}

impl Known {
    /// The sum of a period that is asked of the series; `None` where all of it is complete.
    pub fn question(&self, period: Period) -> Option<Question> {
        let (first, last) = (Month::of(period.first_day()), Month::of(period.last_day()));
        let open = first.max(self.next());
        if open > last {
            return None;
        }
        let months = |from: Month, to: Month| usize::try_from(to.months_since(from)).unwrap_or(0);
        let complete = period.months().filter(|month| *month < self.next());
        Some(Question {
            skipped: months(self.next(), open),
            months: months(open, last) + 1,
            known: complete.map(|month| self.in_month(month)).sum(),
        })
    }
}

/// The chance that a period comes to at least `amount` for an owner; `None` where there is no forecast.
pub(crate) fn chance_of(
    app: &App,
    tx: &mut dacheng_store::Read,
    context: &Context,
    (owner, metric, period): (&Owner, Metric, Period),
    amount: i64,
) -> Result<Option<Chance>> {
    // A company's own metrics have none.
    let Ok(measure) = measure_of(metric) else { return Ok(None) };
    let point = Standpoint::open(app, tx, context, None)?;
    let found = series::known(app, tx, &point, (metric, measure), std::slice::from_ref(owner))?;
    Ok(match told(&found.known[0], period) {
        Told::Ahead(forecast) => Some(forecast.reaches(amount)),
        Told::Over | Told::TooShort(_) | Told::TooFar => None,
    })
}

/// What a period comes to for each of some owners, in their order: one walk over the roll-up for all of them.
pub(crate) fn told_of(
    app: &App,
    tx: &mut dacheng_store::Read,
    context: &Context,
    owners: &[Owner],
    (metric, period): (Metric, Period),
) -> Result<Vec<Told>> {
    let measure = measure_of(metric)?;
    let point = Standpoint::open(app, tx, context, None)?;
    let found = series::known(app, tx, &point, (metric, measure), owners)?;
    Ok(found.known.iter().map(|known| told(known, period)).collect())
}

/// The first month of the company that is not complete, and what was booked in each month: what a proposal begins with.
pub(crate) fn company_months(
    app: &App,
    tx: &mut dacheng_store::Read,
    context: &Context,
    metric: Metric,
) -> Result<(Month, std::collections::BTreeMap<Month, i64>)> {
    let measure = measure_of(metric)?;
    let point = Standpoint::open(app, tx, context, None)?;
    let found = series::known(app, tx, &point, (metric, measure), &[Owner::Company])?;
    Ok((found.next, found.known[0].complete()))
}

/// The first month that is not complete, and the series of each owner in their order.
pub(crate) fn booked_by_month(
    app: &App,
    tx: &mut dacheng_store::Read,
    context: &Context,
    metric: Metric,
    owners: &[Owner],
) -> Result<(Month, Vec<Arc<Known>>)> {
    let measure = measure_of(metric)?;
    let point = Standpoint::open(app, tx, context, None)?;
    let found = series::known(app, tx, &point, (metric, measure), owners)?;
    Ok((found.next, found.known))
}

/// The measure of a built-in sum; a company's own metrics have no forecast, and are told so.
fn forecast_of(context: &Context, metric: Metric) -> Result<Measure> {
    match metric.own() {
        Some(_) => Err(Error::refused(context.lang.forecast().own_metric(text::name(context.lang, metric)))),
        None => measure_of(metric),
    }
}
