//! The monthly series of many owners, read by two walks over the roll-up, and kept while nothing changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::Metric;
use dacheng_forecast::{Days, Falls, History, Inside, Past, Series};
use dacheng_rollup::Owner;
use dacheng_store::{Read, counter, settings};
use jiff::civil::Date;

use crate::figures::cube::Cube;
use crate::figures::standpoint::Standpoint;
use crate::{App, Result};

/// The months a series is made of at most: work on a page does not grow with the history.
const MOST: i32 = 60;
/// The months after the running one in which facts dated ahead are looked for.
const AHEAD: i32 = 12;
/// The months before the running one that are read by day, to say how much was booked by the same working day.
const BY_DAY: i32 = 36;

/// Of which metric and whom a series is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Forecasted {
    metric: Metric,
    owner: String,
}

/// What a series depends on: facts, calendar, and the day through which the data are complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    change: i64,
    company: i64,
    through: Option<Date>,
}

/// A series with its back-test, and its sums as they are.
#[derive(Debug)]
pub struct Known {
    /// The back-test.
    pub past: Past,
    next: Month,
    months: BTreeMap<Month, i64>,
}

/// The series of some owners, in their order.
pub(super) struct Found {
    /// One for each owner.
    pub known: Vec<Arc<Known>>,
    /// The first month that is not complete.
    pub next: Month,
}

impl Known {
    /// The first month that is not complete.
    pub fn next(&self) -> Month {
        self.next
    }

    /// What is booked in a month.
    pub fn in_month(&self, month: Month) -> i64 {
        self.months.get(&month).copied().unwrap_or(0)
    }

    /// The complete months with what was booked in each.
    pub fn complete(&self) -> BTreeMap<Month, i64> {
        self.months
            .iter()
            .filter(|(month, _)| **month < self.next)
            .map(|(month, sum)| (*month, *sum))
            .collect()
    }

    /// What is booked in a period.
    pub fn booked(&self, period: Period) -> i64 {
        period.months().map(|month| self.in_month(month)).sum()
    }
}

/// The key of an owner.
fn name(owner: &Owner) -> String {
    match owner {
        Owner::Company => String::new(),
        Owner::Unit(code) => format!("unit:{code}"),
        Owner::Member(code) => format!("member:{code}"),
    }
}

/// The first month that is not complete: none of whose working days is left counts as complete.
fn next_month(point: &Standpoint, metric: Metric) -> Month {
    let Some(through) = point.through(metric) else { return Month::of(point.today) };
    let month = Month::of(through);
    let rest = through.tomorrow().map_or(0, |next| point.calendar.working_days(next, month.last_day()));
    if rest == 0 { month.next() } else { month }
}

/// The series of some owners: those that are kept, and the others by one walk by month and one by day.
pub(super) fn known(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    (metric, measure): (Metric, Measure),
    owners: &[Owner],
) -> Result<Found> {
    let next = next_month(point, metric);
    let company = settings::current(tx, "company")?.map_or(0, |setting| setting.version);
    let through = point.through(metric);
    let mark = Mark { change: counter::last(tx, counter::CHANGE)?, company, through };
    let key = |owner: &Owner| Forecasted { metric, owner: name(owner) };
    let held: Vec<Option<Arc<Known>>> =
        owners.iter().map(|owner| app.memory.forecast(&key(owner), &mark)).collect();
    if held.iter().all(Option::is_some) {
        return Ok(Found { known: held.into_iter().flatten().collect(), next });
    }
    let walked = Walked::read(app, tx, point, measure, (next, through), owners)?;
    let known = owners.iter().zip(held).map(|(owner, held)| {
        held.unwrap_or_else(|| {
            let known = Arc::new(walked.known(owner, metric));
            app.memory.keep_forecast(key(owner), mark.clone(), Arc::clone(&known));
            known
        })
    });
    Ok(Found { known: known.collect(), next })
}

/// Sums by owner and month.
type Sums = BTreeMap<[String; 2], i64>;

/// What two walks found.
struct Walked {
    next: Month,
    first: Month,
    days: Days,
    /// Working days of the running month, passed and in all; none where it has not begun.
    passed: Option<(u32, u32)>,
    months: Sums,
    then: Sums,
    /// The company's first month, where it began late.
    began: Option<Month>,
}

impl Walked {
    fn read(
        app: &App,
        tx: &mut Read,
        point: &Standpoint,
        measure: Measure,
        (next, through): (Month, Option<Date>),
        owners: &[Owner],
    ) -> Result<Self> {
        let first = next.plus(-MOST);
        let days = Days::new(point.calendar.clone(), next.year());
        // What lies after the running month, as a fact dated ahead, is booked all the same.
        let whole = (first.first_day(), next.plus(AHEAD).last_day());
        let cube = Cube::over(app, tx, point, measure, &[whole])?;
        let by_month = |day: Date| Month::of(day).to_string();
        let months = sums(&cube, whole, owners, &by_month);
        let passed = through.filter(|through| *through >= next.first_day()).map(|through| {
            let passed = point.calendar.working_days(next.first_day(), through);
            (passed, point.calendar.working_days(next.first_day(), next.last_day()))
        });
        let passed = passed.filter(|(passed, _)| *passed > 0);
        let then = match (passed, through) {
            (Some(_), Some(through)) => {
                let span = (next.plus(-BY_DAY).first_day(), next.first_day());
                let stages: BTreeMap<Month, Date> = (1..=BY_DAY)
                    .map(|ago| next.plus(-ago))
                    .map(|month| (month, days.same_stage(month, next, through)))
                    .collect();
                let by_stage = |day: Date| {
                    let month = Month::of(day);
                    let is_before = stages.get(&month).is_some_and(|stage| day <= *stage);
                    if is_before { month.to_string() } else { String::new() }
                };
                let cube = Cube::by_day(app, tx, point, measure, span)?;
                sums(&cube, span, owners, &by_stage)
            }
            (Some(_) | None, _) => Sums::new(),
        };
        let began = began(app, tx, point, measure, (first, &cube))?;
        Ok(Self { next, first, days, passed, months, then, began })
    }

    fn known(&self, owner: &Owner, metric: Metric) -> Known {
        let name = name(owner);
        let of = |sums: &Sums, month: Month| sums.get(&[name.clone(), month.to_string()]).copied();
        let all = usize::try_from(self.next.months_since(self.first)).unwrap_or(0);
        let at = |place: usize| self.first.plus(i32::try_from(place).unwrap_or(0));
        let amounts: Vec<i64> = (0..all).map(|place| of(&self.months, at(place)).unwrap_or(0)).collect();
        let since = self.next.plus(-BY_DAY);
        let then: Vec<Option<i64>> = (0..all)
            .map(|place| (at(place) >= since).then(|| of(&self.then, at(place)).unwrap_or(0)))
            .collect();
        let booked = of(&self.months, self.next).unwrap_or(0);
        // Sales fall by returns; payments only where some month once ended below what it had.
        let fell = then.iter().zip(&amounts).any(|(then, amount)| then.is_some_and(|then| then > *amount));
        let falls = if metric == Metric::Collections && !fell { Falls::Never } else { Falls::ByReturns };
        let inside = self.passed.map(|passed| Inside { booked, then, passed, falls });
        let begun = amounts.iter().position(|amount| *amount != 0).map(at);
        let began_late = self.began.is_some() && self.began == begun;
        let months = self.months.iter().filter(|([own, _], _)| *own == name);
        let months = months.filter_map(|([_, month], sum)| Some((month.parse().ok()?, *sum)));
        let history = History { first: self.first, amounts, inside, began_late };
        let series = Series::new(history, &self.days);
        Known { months: months.collect(), past: Past::of(series), next: self.next }
    }
}

/// The first month in which the company had anything, where the history begins within what is read and that month is
/// incomplete: it began in its second half, or it is one of payments, because those on earlier sales are not there.
fn began(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    measure: Measure,
    (first, cube): (Month, &Cube),
) -> Result<Option<Month>> {
    let whole = (first.first_day(), point.today);
    let months = cube.months_of(&Owner::Company, whole);
    let Some(month) = months.iter().find(|(_, sum)| **sum != 0).map(|(month, _)| *month) else {
        return Ok(None);
    };
    if month == first {
        return Ok(None);
    }
    if measure == Measure::Collections {
        return Ok(Some(month));
    }
    let days = (month.first_day(), month.last_day());
    let found = Cube::by_day(app, tx, point, measure, days)?.days_of(&Owner::Company, days);
    let Some((day, _)) = found.into_iter().find(|(_, sum)| *sum != 0) else { return Ok(None) };
    let left = point.calendar.working_days(day, days.1);
    Ok((left * 2 < point.calendar.working_days(days.0, days.1)).then_some(month))
}

/// The sums of owners by a name of their days, under the names of owners.
fn sums(cube: &Cube, days: (Date, Date), owners: &[Owner], by: &dyn Fn(Date) -> String) -> Sums {
    let mut found = Sums::new();
    let has_units = owners.iter().any(|owner| matches!(owner, Owner::Unit(_)));
    let members: BTreeSet<String> = owners
        .iter()
        .filter_map(|owner| match owner {
            Owner::Member(code) => Some(code.clone()),
            Owner::Company | Owner::Unit(_) => None,
        })
        .collect();
    if owners.contains(&Owner::Company) {
        found.extend(cube.of_company_by(days, by).into_iter().map(|(day, sum)| ([String::new(), day], sum)));
    }
    if has_units {
        let units = cube.of_units_by(days, by);
        found.extend(units.into_iter().map(|([unit, day], sum)| ([name(&Owner::Unit(unit)), day], sum)));
    }
    let people = cube.of_members_by(days, &members, by);
    found.extend(people.into_iter().map(|([member, day], sum)| ([name(&Owner::Member(member)), day], sum)));
    found
}
