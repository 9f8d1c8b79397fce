//! What somebody achieved over a period, beside target, time and the year before; for many at once by one question
//! to the roll-up for all units and one for the members asked for.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::{Period, same_date_last_year};
use dacheng_domain::metrics::{Measured, Metric, Moved, moved, spring_festival_months};
use dacheng_domain::tracking::pace::{Needed, needed};
use dacheng_domain::tracking::progress::TimeProgress;
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::civil::Date;

use super::attainment::Figure;
use super::cube::Days;
use super::reading::Reading;
use super::standpoint::Standpoint;
use super::targets::Targets;
use crate::planning::rubrics::RubricView;
use crate::{App, Result};

/// How somebody stands over a period.
#[derive(Debug, Clone)]
pub struct Performance {
    /// Actual, target, attainment.
    pub figure: Figure,
    /// A ratio over its evaluation window, where that is longer than the period.
    pub window: Option<Windowed>,
    /// 保底 in minor units, where every month with a target has one.
    pub floor: Option<i64>,
    /// 挑战 in minor units, where every month with a target has one.
    pub stretch: Option<i64>,
    /// The monthly average that the target was set as (月均), where it was.
    pub average: Option<i64>,
    /// Time progress by the owner's own targets.
    pub time: TimeProgress,
    /// What is needed on each working day left; `None` without a target, and where the metric has no pace.
    pub needed: Option<Needed>,
    /// Against the year before.
    pub year_on_year: YearOnYear,
}

impl Performance {
    /// The figure that is judged: over the evaluation window, where there is one.
    pub fn judged(&self) -> &Figure {
        self.window.as_ref().map_or(&self.figure, |window| &window.figure)
    }
}

/// A ratio over its evaluation window (`domain.md` §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windowed {
    /// First and last day.
    pub days: Days,
    /// The figure over them, beside the target of the period.
    pub figure: Figure,
}

/// 同比 (`domain.md` §2). While a period runs, the days through which the data are complete are compared with
/// the same dates of the year before, on both sides; afterwards the whole period with the whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearOnYear {
    /// Both amounts, and the rate where the base is above 0; `None` before the period begins and where the
    /// history does not go back.
    pub change: Option<Moved>,
    /// The day through which both years are taken, where the period still runs.
    pub through: Option<Date>,
    /// January and February together (春节错月), once February has begun, for either month.
    pub spring: Option<Moved>,
}

/// The stretches of days that a period's figures are taken from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretches {
    pub period: Period,
    whole: Days,
    /// The evaluation window, where it is longer.
    window: Option<Days>,
    through: Option<Date>,
    /// The days so far and the same days of the year before.
    compared: Option<(Days, Days)>,
    spring: Option<(Days, Days)>,
}

impl Stretches {
    pub fn of(point: &Standpoint, metric: Metric, period: Period) -> Self {
        let through = point.through(metric);
        let whole = (period.first_day(), period.last_day());
        let compared = through.and_then(|through| {
            let before = period.days_last_year(through)?;
            Some(((whole.0, whole.1.min(through)), before))
        });
        let still_runs = |through: &Date| compared.is_some() && *through < whole.1;
        let window = point.settings.over(metric, period).window;
        let window = window.map(|window| window.days(period)).filter(|days| *days != whole);
        let spring = spring(period, through);
        Self { period, whole, window, through: through.filter(still_runs), compared, spring }
    }

    pub fn all(&self) -> impl Iterator<Item = Days> {
        let pairs = [self.compared, self.spring].into_iter().flatten();
        [self.whole].into_iter().chain(self.window).chain(pairs.flat_map(|(now, before)| [now, before]))
    }
}

fn spring(period: Period, through: Option<Date>) -> Option<(Days, Days)> {
    let Period::Month(month) = period else { return None };
    let [january, february] = spring_festival_months(month)?;
    let last = february.last_day().min(through?);
    let days = (january.first_day(), last);
    let before = (january.same_last_year().first_day(), same_date_last_year(last));
    (last >= february.first_day()).then_some((days, before))
}

/// The figures of a metric over a period, of every unit and of some members.
pub(super) struct Board<'p> {
    point: &'p Standpoint,
    stretches: Stretches,
    targets: Targets,
    reading: Reading,
    sums: BTreeMap<Days, Sums>,
}

/// The sums over one stretch.
struct Sums {
    nothing: Measured,
    company: Measured,
    units: BTreeMap<String, Measured>,
    members: BTreeMap<String, Measured>,
}

impl<'p> Board<'p> {
    /// Reads the figures; `targets` are those of the owners that will be looked at.
    pub fn read(
        app: &App,
        tx: &mut Read,
        point: &'p Standpoint,
        metric: Metric,
        period: Period,
        targets: Targets,
        members: &BTreeSet<String>,
    ) -> Result<Self> {
        let stretches = Stretches::of(point, metric, period);
        let reading = Reading::over(app, tx, point, metric, &stretches.all().collect::<Vec<_>>())?;
        let mut sums = BTreeMap::new();
        for days in stretches.all() {
            sums.entry(days).or_insert_with(|| Sums {
                nothing: reading.nothing(days),
                company: reading.total(&Owner::Company, days),
                units: reading.of_units(days),
                members: reading.of_members(days, members),
            });
        }
        Ok(Self { point, stretches, targets, reading, sums })
    }

    /// The qualitative targets behind the figure of an owner, where it is of those.
    pub fn rubrics(&self, owner: &Owner) -> Vec<RubricView> {
        self.reading.rubrics(owner, self.stretches.whole)
    }

    /// How an owner stands.
    pub fn performance(&self, owner: &Owner) -> Performance {
        let of = |days: Days| {
            self.sums.get(&days).map_or_else(|| self.reading.nothing(days), |sums| sums.of(owner))
        };
        performance(self.point, &self.reading, &self.stretches, &self.targets, owner, of)
    }
}

impl Sums {
    fn of(&self, owner: &Owner) -> Measured {
        match owner {
            Owner::Company => self.company,
            Owner::Unit(code) => self.units.get(code).copied().unwrap_or(self.nothing),
            Owner::Member(code) => self.members.get(code).copied().unwrap_or(self.nothing),
        }
    }
}

/// How one owner stands, from what was measured over stretches of days.
pub(super) fn performance(
    point: &Standpoint,
    reading: &Reading,
    stretches: &Stretches,
    targets: &Targets,
    owner: &Owner,
    of: impl Fn(Days) -> Measured,
) -> Performance {
    let (period, metric) = (stretches.period, reading.metric);
    let target = targets.over(owner, period, &point.calendar);
    let figure = |days: Days| point.figure((metric, period), of(days), reading.missing(days), target);
    let whole = figure(stretches.whole);
    let compare = |(now, before): (Days, Days)| {
        let (now, base) = (figure(now), figure(before));
        // Without any fact in those months the history does not go back; with some, nothing is a base of 0.
        let goes_back = !base.measured.is_nothing() || reading.knows(before);
        let base = base.actual.filter(|_| goes_back)?;
        Some(moved(metric, now.actual?, Some(base)))
    };
    let comparable = stretches.through.is_none() || reading.has_parts();
    let target = target.filter(|_| metric.definition().has_pace());
    Performance {
        window: stretches.window.map(|days| Windowed { days, figure: figure(days) }),
        floor: targets.floor(owner, period),
        stretch: targets.stretch(owner, period),
        average: targets.average(owner, period),
        time: point.time(metric, period, &targets.by_month(owner)),
        needed: target
            .zip(whole.rounded())
            .map(|(target, actual)| needed(actual, target, period, &point.as_of(metric))),
        year_on_year: YearOnYear {
            change: stretches.compared.filter(|_| comparable).and_then(compare),
            through: stretches.through,
            spring: stretches.spring.filter(|_| comparable).and_then(compare),
        },
        figure: whole,
    }
}
