//! The figures of a dashboard: headline figures, the running total, the units below, teams by month.

use std::collections::BTreeSet;

use dacheng_domain::calendar::{Month, Period, Quarter, Year};
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::people::UnitId;
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;

use super::ask::Ask;
use super::attainment::{Figure, root};
use super::branch::{Branch, Named, below, branches, members_of};
use super::cube::Days;
use super::look::Look;
use super::performance::{Board, Performance, Stretches, performance};
use super::reading::Reading;
use super::running::{RunningDay, running};
use super::sight::{Sight, Sights};
use super::standpoint::{Footing, Standpoint};
use super::targets::{Targets, targets_of};
use super::unit::{MonthFigure, months};
use crate::{App, Context, Result};

/// One headline figure.
#[derive(Debug, Clone)]
pub struct Headline {
    /// Of which metric.
    pub metric: Metric,
    /// Over which period.
    pub period: Period,
    /// How the owner stands.
    pub performance: Performance,
}

/// A team and its attainment month by month.
#[derive(Debug, Clone)]
pub struct TeamMonths {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The figure of each month of the year through the asked one.
    pub months: Vec<(Month, Figure)>,
}

/// Everything on a dashboard.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Whose.
    pub owner: Owner,
    /// How much of it the asker sees.
    pub sight: Sight,
    /// Which metric the tables are about, over which period, as of when.
    pub look: Look,
    /// How the owner stands in the period.
    pub performance: Performance,
    /// Revenue and collections, and the metric of the tables, by month, quarter and year.
    pub headlines: Vec<Headline>,
    /// The running total of the period; nothing for what does not add up.
    pub running: Vec<RunningDay>,
    /// The months of the fiscal year, of what does not add up.
    pub months: Vec<MonthFigure>,
    /// The units below, or the members of a team.
    pub branches: Vec<Branch>,
    /// The teams with selling members, by month.
    pub teams: Vec<TeamMonths>,
    /// What the figures rest on.
    pub footing: Footing,
    /// The metrics that facts speak of.
    pub metrics: Vec<Metric>,
}

/// The metrics that stand on every dashboard.
const HEADLINES: [Metric; 2] = [Metric::Revenue, Metric::Collections];

/// The figures of an owner over a period. The number of queries does not depend on how much there is, and the
/// roll-up is asked once for all units and once for all members of a table.
pub fn overview(app: &App, context: &Context, owner: Owner, look: Look) -> Result<Overview> {
    let Look { metric, period, .. } = look;
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, look.moment(app)?)?;
    let on = point.day(period);
    let sights = Sights::of(context, point.organisation(), on)?;
    let sight = sights.owner(&owner)?;
    let unit = point.unit(&owner, on);
    let named = unit.map(|unit| below(point.organisation(), &sights, unit, on)).unwrap_or_default();
    let teams = unit.map(|unit| teams(&point, &sights, unit, period)).unwrap_or_default();
    let year = Period::Year(point.year(on));
    let root = root(&point.ground, on);
    let own = key_of(&owner);
    let owners: BTreeSet<_> = named.iter().chain(&teams).map(Named::key).chain(own.clone()).collect();
    let mut headlines = Vec::new();
    let mut targets = Targets::default();
    for of in HEADLINES.into_iter().chain((!HEADLINES.contains(&metric)).then_some(metric)) {
        let wanted = if of == metric { owners.clone() } else { own.iter().cloned().collect() };
        let found = targets_of(&mut tx, of, year, point.start, root.clone(), &wanted)?;
        headlines.extend(headline_row(app, &mut tx, &point, of, (&owner, period), &found)?);
        if of == metric {
            targets = found;
        }
    }
    let running = running(app, &mut tx, &point, metric, (&owner, period), &targets)?;
    let of_year = if metric.definition().roll_up == RollUp::Sum {
        Vec::new()
    } else {
        months(app, &mut tx, &point, metric, point.year(on), &owner, &targets)?
    };
    let teams = team_months(app, &mut tx, &point, metric, period, &teams, &targets)?;
    let members = members_of(&named);
    let board = Board::read(app, &mut tx, &point, metric, period, targets, &members)?;
    let performance = board.performance(&owner);
    Ok(Overview {
        footing: point.footing(metric, performance.time),
        metrics: point.metrics(),
        performance,
        branches: branches(&board, named),
        owner,
        sight,
        look,
        headlines,
        running,
        months: of_year,
        teams,
    })
}

/// The owner of target cells that an owner of figures is; the company's are the top unit's.
pub(super) fn key_of(owner: &Owner) -> Option<(OwnerKind, String)> {
    match owner {
        Owner::Company => None,
        Owner::Unit(code) => Some((OwnerKind::Unit, code.clone())),
        Owner::Member(code) => Some((OwnerKind::Member, code.clone())),
    }
}

/// What the figure of an owner over a period rests on.
pub fn footing(app: &App, context: &Context, ask: &Ask) -> Result<Footing> {
    let Ask { owner, period, metric, .. } = ask;
    let (period, metric) = (*period, *metric);
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, ask.as_of)?;
    let root = root(&point.ground, point.day(period));
    let owners = key_of(owner).into_iter().collect();
    let targets = targets_of(&mut tx, metric, period, point.start, root, &owners)?;
    let time = point.time(metric, period, &targets.by_month(owner));
    Ok(point.footing(metric, time))
}

/// A metric over the month, the quarter and the year of a period.
pub(super) fn headline_row(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    metric: Metric,
    (owner, period): (&Owner, Period),
    targets: &Targets,
) -> Result<Vec<Headline>> {
    let day = point.day(period);
    let periods = [
        Period::Month(Month::of(day)),
        Period::Quarter(Quarter::of(day, point.start)),
        Period::Year(Year::of(day, point.start)),
    ];
    let stretches = periods.map(|period| Stretches::of(point, metric, period));
    let all: Vec<Days> = stretches.iter().flat_map(Stretches::all).collect();
    let reading = Reading::over(app, tx, point, metric, &all)?;
    let of = |days: Days| reading.total(owner, days);
    let headline = |stretches: &Stretches| Headline {
        metric,
        period: stretches.period,
        performance: performance(point, &reading, stretches, targets, owner, of),
    };
    Ok(stretches.iter().map(headline).collect())
}

/// The teams below a unit, which are units without units, that the asker sees.
fn teams(point: &Standpoint, sights: &Sights<'_>, unit: UnitId, period: Period) -> Vec<Named> {
    let (organisation, on) = (point.organisation(), point.day(period));
    let teams = organisation.subtree(unit, on).into_iter().filter(|below| *below != unit);
    let teams = teams.filter(|below| {
        let children = organisation.children(*below, on);
        children.units.is_empty() && !children.members.is_empty() && sights.unit(*below)
    });
    teams.filter_map(|team| Named::unit(organisation, team, on)).collect()
}

/// The months of the fiscal year through the period, of every team: one walk over the roll-up.
fn team_months(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    metric: Metric,
    period: Period,
    teams: &[Named],
    targets: &Targets,
) -> Result<Vec<TeamMonths>> {
    let year = point.year(point.day(period));
    let last = Month::of(period.last_day().min(point.today));
    let months: Vec<Month> = year.months().filter(|month| *month <= last).collect();
    let days = (year.first_day(), last.last_day().max(year.first_day()));
    let reading = Reading::over(app, tx, point, metric, &[days])?;
    let found = reading.of_units_by_month(days);
    let figure = |team: &Named, month: Month| {
        let days = (month.first_day(), month.last_day());
        let own = found.get(&(team.code.clone(), month)).copied();
        let target = targets.over(&team.owner, Period::Month(month), &point.calendar);
        let own = own.unwrap_or_else(|| reading.nothing(days));
        point.figure((metric, Period::Month(month)), own, reading.missing(days), target)
    };
    let row = |team: &Named| TeamMonths {
        code: team.code.clone(),
        name: team.name.clone(),
        months: months.iter().map(|month| (*month, figure(team, *month))).collect(),
    };
    Ok(teams.iter().map(row).collect())
}
