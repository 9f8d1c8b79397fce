//! The answer to a question by dimensions, of any metric: sums and ratios from the roll-up, headcount, newcomers and
//! customer sets from what they are read from.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::{FiscalStart, Month, Period, Quarter, Week, days_through};
use dacheng_domain::metrics::own::Side;
use dacheng_domain::metrics::{Measured, Recipe};
use dacheng_domain::people::Span;
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::civil::Date;

use super::actuals::sums_of;
use super::ask::{Ask, Dimension};
use super::cube::Days;
use super::missing::Missing;
use super::own::Adds;
use super::reading::{Reading, is_whole_months};
use super::sources::known_from;
use super::standpoint::Standpoint;
use crate::{App, Error, Result};

/// What was measured, by the names of the groups and over everything.
pub(super) struct Answer {
    /// By group, in the order of the asked dimensions.
    pub rows: BTreeMap<Vec<String>, Measured>,
    /// Over the owner's whole.
    pub total: Measured,
    /// Why the whole has no figure, where that is not the denominator.
    pub missing: Option<Missing>,
    /// What a group without a fact has.
    nothing: Measured,
    known_from: Option<Date>,
    by_months: bool,
}

impl Answer {
    /// What a group has, and why it has no figure; a group nobody has a fact of has nothing.
    pub fn of_row(&self, ask: &Ask, key: &[String], start: FiscalStart) -> (Measured, Option<Missing>) {
        let found = self.rows.get(key).copied().unwrap_or(self.nothing);
        (found, self.missing_over(days_of_row(ask, key, start)))
    }

    fn missing_over(&self, days: Days) -> Option<Missing> {
        if self.by_months && !is_whole_months(days) {
            return Some(Missing::NotWholeMonths);
        }
        self.known_from.filter(|from| days.0 < *from).map(Missing::HistoryBegins)
    }
}

/// Answers a question from what the transaction sees.
pub(super) fn measured(app: &App, tx: &mut Read, point: &Standpoint, ask: &Ask) -> Result<Answer> {
    let known_from = known_from(tx, &point.ground, ask.metric)?;
    let (rows, total, nothing) = match ask.metric.recipe() {
        Recipe::Sum(measure) => summed(app, tx, point, ask, measure.into())?,
        Recipe::Ratio { over, under, against, scale } => {
            let under: Vec<Adds> = under.iter().map(|measure| Adds::from(*measure)).collect();
            let parts = Parts { over: over.into(), under: &under, against: against.map(Adds::from), scale };
            divided(app, tx, point, ask, &parts)?
        }
        Recipe::Own(own) if own.is_ratio() => {
            let (over, under) = (Adds::Own(own, Side::Over), [Adds::Own(own, Side::Under)]);
            divided(app, tx, point, ask, &Parts { over, under: &under, against: None, scale: own.scale() })?
        }
        Recipe::Own(own) => summed(app, tx, point, ask, Adds::Own(own, Side::Over))?,
        Recipe::PerHead | Recipe::Retention | Recipe::Repurchase | Recipe::Rated => {
            by_people(app, tx, point, ask)?
        }
    };
    let mut answer = Answer {
        rows,
        total,
        nothing,
        known_from,
        by_months: ask.metric.recipe() == Recipe::Repurchase,
        missing: None,
    };
    answer.missing = answer.missing_over(ask.days());
    Ok(answer)
}

type Rows = BTreeMap<Vec<String>, Measured>;

/// Groups, whole and nothing of a sum.
fn summed(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    ask: &Ask,
    adds: Adds,
) -> Result<(Rows, Measured, Measured)> {
    let sums = sums_of(app, tx, ask, (adds, None), point.start)?;
    let rows = sums.rows.into_iter().map(|(key, sum)| (key, Measured::Sum(sum)));
    Ok((rows.collect(), Measured::Sum(sums.total), Measured::Sum(0)))
}

/// What a ratio is made of.
struct Parts<'p> {
    over: Adds,
    under: &'p [Adds],
    against: Option<Adds>,
    scale: i64,
}

/// Groups, whole and nothing of a ratio.
fn divided(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    ask: &Ask,
    Parts { over, under, against, scale }: &Parts<'_>,
) -> Result<(Rows, Measured, Measured)> {
    let mut parts: BTreeMap<Vec<String>, (i64, i64, i64)> = BTreeMap::new();
    let until = Some(point.today);
    let above = sums_of(app, tx, ask, (*over, until), point.start)?;
    for (key, sum) in above.rows {
        parts.entry(key).or_default().0 += sum;
    }
    let mut below = 0;
    for adds in *under {
        let own = sums_of(app, tx, ask, (*adds, until), point.start)?;
        below += own.total;
        for (key, sum) in own.rows {
            parts.entry(key).or_default().1 += sum;
        }
    }
    let mut opposed = 0;
    if let Some(adds) = against {
        let own = sums_of(app, tx, ask, (*adds, until), point.start)?;
        opposed = own.total;
        for (key, sum) in own.rows {
            parts.entry(key).or_default().2 += sum;
        }
    }
    let ratio = |(over, under, against)| Measured::Ratio { over, under, against, scale: *scale };
    let rows = parts.into_iter().map(|(key, own)| (key, ratio(own)));
    Ok((rows.collect(), ratio((above.total, below, opposed)), ratio((0, 0, 0))))
}

/// Metrics that are read off the organisation or off customer sets: by unit or member, and by time.
fn by_people(app: &App, tx: &mut Read, point: &Standpoint, ask: &Ask) -> Result<(Rows, Measured, Measured)> {
    let (who, when) = dimensions(ask)?;
    let windows = windows(ask, when, point.start);
    let mut stretches: Vec<Days> = windows.iter().map(|(_, days)| *days).collect();
    stretches.push(ask.days());
    let reading = Reading::over(app, tx, point, ask.metric, &stretches)?;
    let mut rows = Rows::new();
    for (name, days) in &windows {
        for (owner, found) in groups(point, &reading, ask, who, *days) {
            let mut own = owner.into_iter();
            let key = ask.by.iter().map(|dimension| {
                if Some(*dimension) == when { name.clone() } else { own.next().unwrap_or_default() }
            });
            let key: Vec<String> = key.collect();
            if !found.is_nothing() {
                rows.insert(key, found);
            }
        }
    }
    Ok((rows, reading.total(&ask.owner, ask.days()), reading.nothing(ask.days())))
}

/// The dimension of people and that of time.
fn dimensions(ask: &Ask) -> Result<(Option<Dimension>, Option<Dimension>)> {
    let (mut who, mut when) = (None, None);
    for dimension in &ask.by {
        let place = match dimension {
            Dimension::Unit | Dimension::Member => &mut who,
            Dimension::Month | Dimension::Quarter | Dimension::Week => &mut when,
            Dimension::Product
            | Dimension::ProductLine
            | Dimension::Region
            | Dimension::CustomerType
            | Dimension::Customer => return Err(not_by(ask, *dimension)),
        };
        if place.replace(*dimension).is_some() {
            return Err(not_by(ask, *dimension));
        }
    }
    Ok((who, when))
}

fn not_by(ask: &Ask, dimension: Dimension) -> Error {
    let code = ask.metric.code();
    Error::Usage(format!("{code}: by unit or member, and by month, quarter or week; not by {dimension}"))
}

/// The names of the asked stretches of time with their days within the period.
fn windows(ask: &Ask, when: Option<Dimension>, start: FiscalStart) -> Vec<(String, Days)> {
    let (first, last) = ask.days();
    let Some(when) = when else { return vec![(String::new(), (first, last))] };
    let mut found: Vec<(String, Days)> = Vec::new();
    for day in days_through(first, last) {
        let name = match when {
            Dimension::Quarter => Quarter::of(day, start).to_string(),
            Dimension::Week => Week::of(day).to_string(),
            Dimension::Unit
            | Dimension::Member
            | Dimension::Product
            | Dimension::ProductLine
            | Dimension::Region
            | Dimension::CustomerType
            | Dimension::Customer
            | Dimension::Month => Month::of(day).to_string(),
        };
        match found.last_mut() {
            Some((own, days)) if *own == name => days.1 = day,
            Some(_) | None => found.push((name, (day, day))),
        }
    }
    found
}

/// The groups of an owner over some days.
fn groups(
    point: &Standpoint,
    reading: &Reading,
    ask: &Ask,
    who: Option<Dimension>,
    days: Days,
) -> Vec<(Option<String>, Measured)> {
    let organisation = point.organisation();
    let span = Span::new(Some(days.0), days.1.tomorrow().ok()).unwrap_or(Span::ALWAYS);
    let below = |unit: &str| organisation.unit_of_code(unit).map(|unit| unit.id);
    match who {
        Some(Dimension::Unit) => {
            let within = |code: &str| match &ask.owner {
                Owner::Company => true,
                Owner::Unit(above) => below(code)
                    .zip(below(above))
                    .is_some_and(|(unit, above)| organisation.is_unit_below(unit, above, span)),
                Owner::Member(_) => false,
            };
            let found = reading.of_units(days).into_iter().filter(|(code, _)| within(code));
            found.map(|(code, found)| (Some(code), found)).collect()
        }
        Some(_member) => {
            let members = organisation.rows().members.iter();
            let within = |member: &&dacheng_domain::people::Member| match &ask.owner {
                Owner::Company => true,
                Owner::Unit(code) => {
                    below(code).is_some_and(|unit| organisation.is_member_below(member.id, unit, span))
                }
                Owner::Member(code) => member.code.as_str() == code,
            };
            let members: BTreeSet<String> =
                members.filter(within).map(|member| member.code.to_string()).collect();
            let found = reading.of_members(days, &members).into_iter();
            found.map(|(code, found)| (Some(code), found)).collect()
        }
        None => vec![(None, reading.total(&ask.owner, days))],
    }
}

/// The days of a group within the period.
fn days_of_row(ask: &Ask, key: &[String], start: FiscalStart) -> Days {
    let (first, last) = ask.days();
    let times = ask.by.iter().zip(key).filter(|(dimension, _)| {
        matches!(dimension, Dimension::Month | Dimension::Quarter | Dimension::Week)
    });
    let periods = times.filter_map(|(_, name)| Period::parse(name, start).ok());
    periods.fold((first, last), |(first, last), period| {
        (first.max(period.first_day()), last.min(period.last_day()))
    })
}
