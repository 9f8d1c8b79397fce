//! What somebody achieved over a period, beside target, time and the year before; for many at once by one question
//! to the roll-up for all units and one for the members asked for.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::Fen;
use dacheng_domain::calendar::{Period, same_date_last_year};
use dacheng_domain::facts::credit::Measure;
use dacheng_domain::metrics::{Change, Metric, change, spring_festival_months};
use dacheng_domain::tracking::pace::{Needed, needed};
use dacheng_domain::tracking::progress::{TimeProgress, time_progress};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::civil::Date;

use super::ask::Ask;
use super::attainment::Figure;
use super::cube::{Cube, Days};
use super::standpoint::Standpoint;
use super::targets::Targets;
use crate::{App, Result};

/// How somebody stands over a period.
#[derive(Debug, Clone)]
pub struct Performance {
    /// Actual, target, attainment.
    pub figure: Figure,
    /// 保底, where every month with a target has one.
    pub floor: Option<Fen>,
    /// 挑战, where every month with a target has one.
    pub stretch: Option<Fen>,
    /// Time progress by the owner's own targets.
    pub time: TimeProgress,
    /// What is needed on each working day left; `None` without a target.
    pub needed: Option<Needed>,
    /// Against the year before.
    pub year_on_year: YearOnYear,
}

/// 同比 (`domain.md` §2). While a period runs, the days through which the data are complete are compared with
/// the same dates of the year before, on both sides; afterwards the whole period with the whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearOnYear {
    /// Both amounts, and the rate where the base is above 0; `None` before the period begins and where the
    /// history does not go back.
    pub change: Option<Change>,
    /// The day through which both years are taken, where the period still runs.
    pub through: Option<Date>,
    /// January and February together (春节错月), once February has begun, for either month.
    pub spring: Option<Change>,
}

/// The stretches of days that a period's figures are taken from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretches {
    pub period: Period,
    whole: Days,
    through: Option<Date>,
    /// The days so far and the same days of the year before.
    compared: Option<(Days, Days)>,
    spring: Option<(Days, Days)>,
}

impl Stretches {
    pub fn of(period: Period, through: Option<Date>) -> Self {
        let whole = (period.first_day(), period.last_day());
        let compared = through.and_then(|through| {
            let before = period.days_last_year(through)?;
            Some(((whole.0, whole.1.min(through)), before))
        });
        let still_runs = |through: &Date| compared.is_some() && *through < whole.1;
        Self { period, whole, through: through.filter(still_runs), compared, spring: spring(period, through) }
    }

    pub fn all(&self) -> impl Iterator<Item = Days> {
        let pairs = [self.compared, self.spring].into_iter().flatten();
        [self.whole].into_iter().chain(pairs.flat_map(|(now, before)| [now, before]))
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
    pub metric: Metric,
    stretches: Stretches,
    targets: Targets,
    cube: Cube,
    sums: BTreeMap<Days, Sums>,
}

/// The sums over one stretch.
struct Sums {
    company: i64,
    units: BTreeMap<String, i64>,
    members: BTreeMap<String, i64>,
}

impl<'p> Board<'p> {
    /// Reads the figures; `targets` are those of the owners that will be looked at.
    pub fn read(
        app: &App,
        tx: &mut Read,
        point: &'p Standpoint,
        (metric, measure): (Metric, Measure),
        period: Period,
        targets: Targets,
        members: &BTreeSet<String>,
    ) -> Result<Self> {
        let stretches = Stretches::of(period, point.through(metric));
        let cube = Cube::over(app, tx, point, measure, &stretches.all().collect::<Vec<_>>())?;
        let mut sums = BTreeMap::new();
        for days in stretches.all() {
            sums.entry(days).or_insert_with(|| Sums {
                company: cube.total(&Owner::Company, days),
                units: cube.of_units(days),
                members: cube.of_members(days, members),
            });
        }
        Ok(Self { point, metric, stretches, targets, cube, sums })
    }

    /// How an owner stands.
    pub fn performance(&self, owner: &Owner) -> Performance {
        let sum = |days: Days| self.sums.get(&days).map_or(0, |sums| sums.of(owner));
        performance(self.point, self.metric, &self.stretches, &self.targets, owner, &self.cube, sum)
    }
}

impl Sums {
    fn of(&self, owner: &Owner) -> i64 {
        match owner {
            Owner::Company => self.company,
            Owner::Unit(code) => self.units.get(code).copied().unwrap_or(0),
            Owner::Member(code) => self.members.get(code).copied().unwrap_or(0),
        }
    }
}

/// How one owner stands, from its sums over stretches of days.
pub(super) fn performance(
    point: &Standpoint,
    metric: Metric,
    stretches: &Stretches,
    targets: &Targets,
    owner: &Owner,
    cube: &Cube,
    sum: impl Fn(Days) -> i64,
) -> Performance {
    let period = stretches.period;
    let as_of = point.as_of(metric);
    let actual = sum(stretches.whole);
    let target = targets.over(owner, period, &point.calendar);
    let ask = Ask { metric, period, by: Vec::new(), owner: owner.clone(), as_of: None };
    let compare = |(now, before): (Days, Days)| {
        let base = sum(before);
        // Without any fact in those months the history does not go back; with some, nothing is a base of 0.
        (base != 0 || cube.knows(before)).then(|| change(sum(now), Some(base)))
    };
    Performance {
        figure: Figure::of(&ask, actual, target),
        floor: targets.floor(owner, period).map(Fen),
        stretch: targets.stretch(owner, period).map(Fen),
        time: time_progress(period, &targets.by_month(owner), &as_of),
        needed: target.map(|target| needed(actual, target, period, &as_of)),
        year_on_year: YearOnYear {
            change: stretches.compared.and_then(compare),
            through: stretches.through,
            spring: stretches.spring.and_then(compare),
        },
    }
}
