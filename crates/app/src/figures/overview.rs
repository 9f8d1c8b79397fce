//! The figures of a dashboard: headline figures, the running total, the units below, teams by month.

use std::collections::BTreeSet;

use dacheng_domain::calendar::{Month, Period, Quarter, Year};
use dacheng_domain::facts::credit::Measure;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::UnitId;
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;

use super::ask::Ask;
use super::attainment::{Figure, root};
use super::branch::{Branch, Named, below, branches, members_of};
use super::cube::{Cube, Days};
use super::look::Look;
use super::performance::{Board, Performance, Stretches, performance};
use super::running::{RunningDay, running};
use super::sight::{Sight, Sights};
use super::standpoint::{ADDED_UP, Footing, Standpoint};
use super::targets::{Targets, targets_of};
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
    /// Revenue and collections by month, quarter and year.
    pub headlines: Vec<Headline>,
    /// The running total of the period.
    pub running: Vec<RunningDay>,
    /// The units below, or the members of a team.
    pub branches: Vec<Branch>,
    /// The teams with selling members, by month.
    pub teams: Vec<TeamMonths>,
    /// What the figures rest on.
    pub footing: Footing,
}

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
    let mut shown = None;
    for (of, measure) in ADDED_UP {
        let wanted = if of == metric { owners.clone() } else { own.iter().cloned().collect() };
        let targets = targets_of(&mut tx, of.code(), year, point.start, root.clone(), &wanted)?;
        headlines.extend(headline_row(app, &mut tx, &point, (of, measure), (&owner, period), &targets)?);
        if of == metric {
            shown = Some((measure, targets));
        }
    }
    let (measure, targets) = shown.unwrap_or((Measure::Revenue, Targets::default()));
    let running = running(app, &mut tx, &point, (metric, measure), (&owner, period), &targets)?;
    let months = team_months(app, &mut tx, &point, (metric, measure), period, &teams, &targets)?;
    let members = members_of(&named);
    let board = Board::read(app, &mut tx, &point, (metric, measure), period, targets, &members)?;
    let performance = board.performance(&owner);
    Ok(Overview {
        footing: point.footing(metric, performance.time),
        performance,
        branches: branches(&board, named),
        owner,
        sight,
        look,
        headlines,
        running,
        teams: months,
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
    let targets = targets_of(&mut tx, metric.code(), period, point.start, root, &owners)?;
    let time = dacheng_domain::tracking::progress::time_progress(
        period,
        &targets.by_month(owner),
        &point.as_of(metric),
    );
    Ok(point.footing(metric, time))
}

/// A metric over the month, the quarter and the year of a period.
pub(super) fn headline_row(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    (metric, measure): (Metric, Measure),
    (owner, period): (&Owner, Period),
    targets: &Targets,
) -> Result<Vec<Headline>> {
    let day = point.day(period);
    let periods = [
        Period::Month(Month::of(day)),
        Period::Quarter(Quarter::of(day, point.start)),
        Period::Year(Year::of(day, point.start)),
    ];
    let through = point.through(metric);
    let stretches = periods.map(|period| Stretches::of(period, through));
    let all: Vec<Days> = stretches.iter().flat_map(Stretches::all).collect();
    let cube = Cube::over(app, tx, point, measure, &all)?;
    let sum = |days: Days| cube.total(owner, days);
    let headline = |stretches: &Stretches| Headline {
        metric,
        period: stretches.period,
        performance: performance(point, metric, stretches, targets, owner, &cube, sum),
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
    (metric, measure): (Metric, Measure),
    period: Period,
    teams: &[Named],
    targets: &Targets,
) -> Result<Vec<TeamMonths>> {
    let year = point.year(point.day(period));
    let last = Month::of(period.last_day().min(point.today));
    let months: Vec<Month> = year.months().filter(|month| *month <= last).collect();
    let days = (year.first_day(), last.last_day().max(year.first_day()));
    let sums = Cube::over(app, tx, point, measure, &[days])?.of_units_by_month(days);
    let figure = |team: &Named, month: Month| {
        let actual = sums.get(&(team.code.clone(), month)).copied().unwrap_or(0);
        let period = Period::Month(month);
        let ask = Ask { metric, period, by: Vec::new(), owner: team.owner.clone(), as_of: None };
        Figure::of(&ask, actual, targets.over(&team.owner, period, &point.calendar))
    };
    let row = |team: &Named| TeamMonths {
        code: team.code.clone(),
        name: team.name.clone(),
        months: months.iter().map(|month| (*month, figure(team, *month))).collect(),
    };
    Ok(teams.iter().map(row).collect())
}
