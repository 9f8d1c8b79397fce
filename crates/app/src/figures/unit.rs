//! One unit: where it stands, its months, who is below it, its open alerts, and how its target came about.

use std::collections::BTreeSet;

use dacheng_domain::access::Owner as Whose;
use dacheng_domain::calendar::{Month, Period, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{Organisation, Span, UnitId};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;

use super::attainment::root;
use super::branch::{Branch, Named, below, branches, members_of};
use super::look::Look;
use super::origin::{Origin, origin};
use super::performance::{Board, Performance};
use super::reading::Reading;
use super::sight::{Sight, Sights};
use super::standpoint::{Footing, Standpoint};
use super::targets::{Targets, targets_of};
use crate::planning::rubrics::RubricView;
use crate::tracking::OwnerKey;
use crate::tracking::alerts::{AlertRow, Filter, State, alerts};
use crate::{App, Context, Error, Result};

/// A month of a fiscal year, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthFigure {
    /// Which.
    pub month: Month,
    /// What was achieved; `None` before it begins, and where nothing can be said.
    pub actual: Option<i64>,
    /// What was to be achieved.
    pub target: Option<i64>,
    /// Whether its data are not complete yet.
    pub running: bool,
}

/// A unit with everything about its target.
#[derive(Debug, Clone)]
pub struct UnitFigures {
    /// Who, and who leads it.
    pub named: Named,
    /// The units above, from the top, that the asker sees.
    pub above: Vec<Named>,
    /// How much of it the asker sees.
    pub sight: Sight,
    /// Of which metric, over which period, as of when.
    pub look: Look,
    /// How it stands.
    pub performance: Performance,
    /// The qualitative targets behind the figure, where it is of those.
    pub rubrics: Vec<RubricView>,
    /// The months of the fiscal year.
    pub months: Vec<MonthFigure>,
    /// Those directly below it.
    pub branches: Vec<Branch>,
    /// The open alerts of the unit and of everybody below it that the asker sees.
    pub alerts: Vec<AlertRow>,
    /// How its target came about.
    pub origin: Origin,
    /// What the figures rest on.
    pub footing: Footing,
    /// The metrics that facts speak of.
    pub metrics: Vec<Metric>,
}

/// A unit over a period, where the asker sees it.
pub fn unit(app: &App, context: &Context, code: &str, look: Look) -> Result<UnitFigures> {
    let Look { metric, period, .. } = look;
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, look.moment(app)?)?;
    let (organisation, on) = (point.organisation(), point.day(period));
    let sights = Sights::of(context, organisation, on)?;
    let owner = Owner::Unit(code.to_owned());
    let sight = sights.owner(&owner)?;
    let missing = || Error::missing("unit", code);
    let unit = organisation.unit_of_code(code).map(|unit| unit.id).ok_or_else(missing)?;
    let named = Named::unit(organisation, unit, on).ok_or_else(missing)?;
    let below = below(organisation, &sights, unit, on);
    let year = point.year(on);
    let owners: BTreeSet<_> = below.iter().chain([&named]).map(Named::key).collect();
    let root = root(&point.ground, on);
    let targets = targets_of(&mut tx, metric, Period::Year(year), point.start, root, &owners)?;
    let months = months(app, &mut tx, &point, metric, year, &owner, &targets)?;
    let members = members_of(&below);
    let board = Board::read(app, &mut tx, &point, metric, period, targets, &members)?;
    let performance = board.performance(&owner);
    let figures = UnitFigures {
        rubrics: board.rubrics(&owner),
        above: above(organisation, &sights, unit, on),
        branches: branches(&board, below),
        origin: origin(&mut tx, year, metric, (OwnerKind::Unit, code))?,
        footing: point.footing(metric, performance.time),
        metrics: point.metrics(),
        alerts: Vec::new(),
        named,
        sight,
        look,
        performance,
        months,
    };
    drop(tx);
    let mut open = open_alerts(app, context)?;
    open.retain(|row| is_below(organisation, row, unit));
    Ok(UnitFigures { alerts: open, ..figures })
}

/// The open alerts that the asker sees.
pub(super) fn open_alerts(app: &App, context: &Context) -> Result<Vec<AlertRow>> {
    alerts(app, context, &Filter { state: Some(State::Open), ..Filter::default() })
}

/// Whether an alert is the unit's or of somebody below it in the month it is about.
pub(super) fn is_below(organisation: &Organisation, row: &AlertRow, unit: UnitId) -> bool {
    let days = days_of(row.figure.month);
    match whose(organisation, &row.owner) {
        Some(Whose::Unit(owner)) => organisation.is_unit_below(owner, unit, days),
        Some(Whose::Member(owner)) => organisation.is_member_below(owner, unit, days),
        Some(Whose::Company | Whose::Account(_)) | None => false,
    }
}

fn whose(organisation: &Organisation, owner: &OwnerKey) -> Option<Whose> {
    match owner.kind {
        OwnerKind::Unit => organisation.unit_of_code(&owner.code).map(|unit| Whose::Unit(unit.id)),
        OwnerKind::Member => organisation.member_of_code(&owner.code).map(|member| Whose::Member(member.id)),
    }
}

fn days_of(month: Month) -> Span {
    Span::new(Some(month.first_day()), Some(month.next().first_day())).unwrap_or(Span::ALWAYS)
}

/// The units above one, from the top, that the asker sees.
pub(super) fn above(
    organisation: &Organisation,
    sights: &Sights<'_>,
    unit: UnitId,
    on: jiff::civil::Date,
) -> Vec<Named> {
    let path = organisation.nearest_unit_path(unit, on).unwrap_or_default();
    let above = path.iter().skip(1).rev().filter(|unit| sights.unit(**unit));
    above.filter_map(|unit| Named::unit(organisation, *unit, on)).collect()
}

/// The months of a fiscal year of an owner: one walk over the roll-up.
pub(super) fn months(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    metric: Metric,
    year: Year,
    owner: &Owner,
    targets: &Targets,
) -> Result<Vec<MonthFigure>> {
    let days = (year.first_day(), year.last_day());
    let reading = Reading::over(app, tx, point, metric, &[days])?;
    let found = reading.months_of(owner, days);
    let through = point.through(metric);
    let figure = |month: Month| {
        let days = (month.first_day(), month.last_day());
        let own = found.get(&month).copied().unwrap_or_else(|| reading.nothing(days));
        point.figure((metric, Period::Month(month)), own, reading.missing(days), None)
    };
    let month = |month: Month| {
        let begun = month.first_day() <= point.today;
        let figure = figure(month);
        MonthFigure {
            month,
            actual: figure.rounded().filter(|_| begun),
            target: targets.in_month(owner, month).or(figure.target),
            running: begun && through.is_none_or(|through| through < month.last_day()),
        }
    };
    Ok(year.months().map(month).collect())
}
