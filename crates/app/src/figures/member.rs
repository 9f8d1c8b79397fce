//! One person: each metric with a target or a sale, the months of one, open alerts, and how the target came about.

use dacheng_domain::calendar::Period;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{Organisation, Position, Span, UnitId};
use dacheng_rollup::Owner;
use dacheng_store::targets::OwnerKind;
use jiff::civil::Date;

use super::branch::Named;
use super::composite::{Composite, weights_in_force};
use super::cube::Days;
use super::look::Look;
use super::origin::{Origin, origin};
use super::overview::{Headline, headline_row};
use super::performance::{Performance, Stretches, performance};
use super::reading::Reading;
use super::sight::Sights;
use super::standpoint::{Footing, Standpoint};
use super::targets::targets_of;
use super::unit::{MonthFigure, above, months, open_alerts};
use crate::planning::rubrics::RubricView;
use crate::tracking::alerts::AlertRow;
use crate::{Actor, App, Context, Error, Result};

/// A metric of a person.
#[derive(Debug, Clone)]
pub struct MetricFigures {
    /// Which.
    pub metric: Metric,
    /// How the person stands.
    pub performance: Performance,
    /// The same over the month, the quarter and the year about the period.
    pub spans: Vec<Headline>,
}

/// A person with everything about their targets.
#[derive(Debug, Clone)]
pub struct MemberFigures {
    /// Who.
    pub named: Named,
    /// As what they are employed.
    pub position: Position,
    /// The unit they belong to.
    pub unit: Option<Named>,
    /// That unit and those above it, from the top, that the asker sees.
    pub above: Vec<Named>,
    /// Which metric the months are of, over which period, as of when.
    pub look: Look,
    /// The metrics with a target or a sale in the period.
    pub metrics: Vec<MetricFigures>,
    /// The qualitative targets of the period.
    pub rubrics: Vec<RubricView>,
    /// What those with a target come to together, where there are several.
    pub composite: Option<Composite>,
    /// The months of the fiscal year.
    pub months: Vec<MonthFigure>,
    /// Their open alerts.
    pub alerts: Vec<AlertRow>,
    /// How the target of the months' metric came about.
    pub origin: Origin,
    /// What the figures rest on.
    pub footing: Footing,
    /// The metrics that facts speak of.
    pub offered: Vec<Metric>,
}

/// The asker's own figures; missing for whoever is no member.
pub fn own(app: &App, context: &Context, look: Look) -> Result<MemberFigures> {
    let Actor::Account { member: Some(member), .. } = &context.actor else {
        return Err(Error::missing("member", context.actor.name()));
    };
    figures(app, context, member, look)
}

/// Somebody's figures, on the page of a unit they sit in, where the asker sees them.
pub fn member(app: &App, context: &Context, (unit, code): (&str, &str), look: Look) -> Result<MemberFigures> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    let organisation = &ground.organisation;
    let (on, period) = (look.day(context.today), look.period);
    Sights::of(context, organisation, on)?.owner(&Owner::Member(code.to_owned()))?;
    let (member, own) = (organisation.member_of_code(code), organisation.unit_of_code(unit));
    let days = Span::new(Some(period.first_day()), period.last_day().tomorrow().ok());
    let sits = member
        .zip(own)
        .is_some_and(|(member, unit)| organisation.sits_in(member.id, unit.id, days.unwrap_or(Span::ALWAYS)));
    if !sits {
        return Err(Error::missing("member", code));
    }
    figures(app, context, code, look)
}

fn figures(app: &App, context: &Context, code: &str, look: Look) -> Result<MemberFigures> {
    let Look { metric, period, .. } = look;
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, look.moment(app)?)?;
    let (organisation, on) = (point.organisation(), point.day(period));
    let sights = Sights::of(context, organisation, on)?;
    let missing = || Error::missing("member", code);
    let row = organisation.member_of_code(code).ok_or_else(missing)?;
    let named = Named::member(organisation, row.id).ok_or_else(missing)?;
    let owner = named.owner.clone();
    let year = point.year(on);
    let owners = [(OwnerKind::Member, code.to_owned())].into();
    let mut metrics = Vec::new();
    let (mut of_year, mut rubrics) = (Vec::new(), Vec::new());
    for own in point.metrics() {
        let targets = targets_of(&mut tx, own, Period::Year(year), point.start, None, &owners)?;
        let stretches = Stretches::of(&point, own, period);
        let all: Vec<Days> = stretches.all().collect();
        let reading = Reading::over(app, &mut tx, &point, own, &all)?;
        let of = |days: Days| reading.total(&owner, days);
        let performance = performance(&point, &reading, &stretches, &targets, &owner, of);
        rubrics.extend(reading.rubrics(&owner, (period.first_day(), period.last_day())));
        if own == metric {
            of_year = months(app, &mut tx, &point, own, year, &owner, &targets)?;
        }
        if !performance.figure.is_blank() {
            let spans = headline_row(app, &mut tx, &point, own, (&owner, period), &targets)?;
            metrics.push(MetricFigures { metric: own, performance, spans });
        }
    }
    let time = metrics.first().map(|own| own.performance.time);
    let time = time.unwrap_or_else(|| point.time(metric, period, &[]));
    let home = organisation.home_unit(row.id, on);
    let unit = home.and_then(|unit| Named::unit(organisation, unit, on));
    let with_target = metrics.iter().filter(|own| own.performance.figure.target.is_some());
    let with_target: Vec<_> =
        with_target.map(|own| (own.metric, own.performance.judged().attainment)).collect();
    let weights = weights_in_force(&mut tx, year)?;
    let figures = MemberFigures {
        composite: Composite::of(&weights, &with_target),
        position: row.position,
        above: home.map(|unit| path(organisation, &sights, unit, on)).unwrap_or_default(),
        origin: origin(&mut tx, year, metric, (OwnerKind::Member, code))?,
        footing: point.footing(metric, time),
        offered: point.metrics(),
        alerts: Vec::new(),
        months: of_year,
        named,
        unit,
        look,
        metrics,
        rubrics,
    };
    drop(tx);
    let mut alerts = open_alerts(app, context)?;
    alerts.retain(|row| row.owner.kind == OwnerKind::Member && row.owner.code == code);
    Ok(MemberFigures { alerts, ..figures })
}

/// The unit and those above it, from the top, that the asker sees.
fn path(organisation: &Organisation, sights: &Sights<'_>, unit: UnitId, on: Date) -> Vec<Named> {
    let own = Named::unit(organisation, unit, on).filter(|_| sights.unit(unit));
    above(organisation, sights, unit, on).into_iter().chain(own).collect()
}
