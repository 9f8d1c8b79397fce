//! The running total of a period beside what was planned for each day.

use dacheng_domain::calendar::{Month, Period, days_through};
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::weekly::planned_through;
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::civil::Date;

use super::ask::measure_of;
use super::cube::Cube;
use super::standpoint::Standpoint;
use super::targets::Targets;
use crate::{App, Result};

/// A day of the running total, in minor units.
#[derive(Debug, Clone, Copy)]
pub struct RunningDay {
    /// The working day.
    pub day: Date,
    /// Achieved through it; `None` after the data end.
    pub actual: Option<i64>,
    /// Planned through it; `None` without a target.
    pub planned: Option<i64>,
}

/// The running total over the working days of the period; by month where it is a year. Nothing for what does not add up.
pub(super) fn running(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    metric: Metric,
    (owner, period): (&Owner, Period),
    targets: &Targets,
) -> Result<Vec<RunningDay>> {
    let Ok(adds) = measure_of(metric) else { return Ok(Vec::new()) };
    let days = (period.first_day(), period.last_day());
    let sums = Cube::by_day(app, tx, point, adds, days)?.days_of(owner, days);
    let plan = targets.by_month(owner);
    let planned = |day: Date| {
        let within = |month: &Month| month.first_day() >= days.0 && month.last_day() <= days.1;
        let months = plan.iter().filter(|(month, _)| within(month));
        months.map(|(month, amount)| planned_through(*month, *amount, day, &point.calendar)).sum()
    };
    let through = point.through(metric);
    let is_year = matches!(period, Period::Year(_));
    let shown = |day: &Date| match period {
        Period::Year(_) => *day == Month::of(*day).last_day(),
        Period::Quarter(_) | Period::Month(_) | Period::Week(_) | Period::Day(_) => {
            point.calendar.is_working_day(*day) || *day == days.1
        }
    };
    let is_known = |day: Date| {
        let begun = |through: Date| Month::of(day).first_day() <= through && (day <= through || is_year);
        through.is_some_and(begun)
    };
    let running = days_through(days.0, days.1).filter(shown).map(|day| RunningDay {
        day,
        actual: is_known(day).then(|| sums.range(..=day).map(|(_, sum)| sum).sum()),
        planned: (!plan.is_empty()).then(|| planned(day)),
    });
    Ok(running.collect())
}
