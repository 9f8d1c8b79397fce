//! The figures of a dashboard: headline figures, the running total, the units below, teams by month.

use std::sync::Arc;

use dacheng_domain::calendar::{Calendar, FiscalStart, Month, Period, Quarter, Year, days_through};
use dacheng_domain::facts::credit::Measure;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::UnitId;
use dacheng_domain::tracking::progress::{AsOf, DayCount, TimeProgress, time_progress};
use dacheng_domain::tracking::weekly::planned_through;
use dacheng_rollup::{By, Grain, Owner};
use dacheng_store::{Read, imports};
use jiff::Timestamp;
use jiff::civil::Date;

use super::actuals::Cube;
use super::ask::Ask;
use super::attainment::{Figure, root};
use super::targets::{Targets, targets};
use crate::company::{self, Company};
use crate::facts::days::date_of;
use crate::facts::ground::Ground;
use crate::{App, Context, Result};

/// One headline figure.
#[derive(Debug, Clone)]
pub struct Headline {
    /// Of which metric.
    pub metric: Metric,
    /// Over which period.
    pub period: Period,
    /// Actual, target, attainment.
    pub figure: Figure,
    /// How much of the period has passed.
    pub time: TimeProgress,
    /// What was achieved in the same period a year before; `None` where the facts do not go back.
    pub year_before: Option<i64>,
}

/// A day of the running total, in fen.
#[derive(Debug, Clone, Copy)]
pub struct RunningDay {
    /// The working day.
    pub day: Date,
    /// Achieved through it; `None` after the data end.
    pub actual: Option<i64>,
    /// Planned through it; `None` without a target.
    pub planned: Option<i64>,
}

/// A unit or member below the owner.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Whose.
    pub owner: Owner,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name of who leads it.
    pub leader: Option<String>,
    /// Actual, target, attainment over the period.
    pub figure: Figure,
    /// What was achieved in the same period a year before.
    pub year_before: Option<i64>,
    /// Time progress by the branch's own targets.
    pub time: TimeProgress,
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
    /// Over which period.
    pub period: Period,
    /// Which metric the tables are about.
    pub metric: Metric,
    /// Revenue and collections by month, quarter and year.
    pub headlines: Vec<Headline>,
    /// The running total of the period.
    pub running: Vec<RunningDay>,
    /// The units below, or the members of a team.
    pub branches: Vec<Branch>,
    /// The teams with selling members, by month.
    pub teams: Vec<TeamMonths>,
    /// The day through which the data are complete.
    pub through: Option<Date>,
    /// When the facts of the metric last changed.
    pub updated_at: Option<Timestamp>,
}

/// The figures of an owner over a period. The number of queries does not depend on how much there is.
pub fn overview(
    app: &App,
    context: &Context,
    owner: Owner,
    period: Period,
    metric: Metric,
) -> Result<Overview> {
    let mut tx = app.store.read()?;
    let (company, _) = company::current(&mut tx)?;
    let ground = app.memory.ground(&mut tx)?;
    let looks = Looks::new(app, &mut tx, context, &company, ground, owner, period, metric)?;
    Ok(Overview {
        headlines: looks.headlines(),
        running: looks.running(app, &mut tx)?,
        branches: looks.branches(),
        teams: looks.teams(),
        through: looks.as_of().complete_through(),
        updated_at: looks.updated_at,
        owner: looks.owner,
        period,
        metric,
    })
}

/// What a single figure rests on.
#[derive(Debug, Clone)]
pub struct Footing {
    /// The day through which the data are complete.
    pub through: Option<Date>,
    /// How much of the period has passed.
    pub time: TimeProgress,
    /// When the facts of the metric last changed.
    pub updated_at: Option<Timestamp>,
}

/// What the figure of an owner over a period rests on.
pub fn footing(
    app: &App,
    context: &Context,
    owner: Owner,
    period: Period,
    metric: Metric,
) -> Result<Footing> {
    let mut tx = app.store.read()?;
    let (company, _) = company::current(&mut tx)?;
    let ground = app.memory.ground(&mut tx)?;
    let looks = Looks::new(app, &mut tx, context, &company, ground, owner, period, metric)?;
    Ok(Footing {
        through: looks.as_of().complete_through(),
        time: looks.time(metric, &looks.owner, period),
        updated_at: looks.updated_at,
    })
}

/// Everything read, to be looked at from several sides.
struct Looks {
    start: FiscalStart,
    calendar: Calendar,
    ground: Arc<Ground>,
    owner: Owner,
    period: Period,
    metric: Metric,
    today: Date,
    watermark: Option<Date>,
    updated_at: Option<Timestamp>,
    cubes: [(Metric, Cube, Targets); 2],
}

impl Looks {
    #[expect(clippy::too_many_arguments, reason = "everything a dashboard is about, named once")]
    fn new(
        app: &App,
        tx: &mut Read,
        context: &Context,
        company: &Company,
        ground: Arc<Ground>,
        owner: Owner,
        period: Period,
        metric: Metric,
    ) -> Result<Self> {
        let start = company.fiscal_start;
        let year = Year::of(period.first_day(), start);
        let days = (year.previous().first_day(), year.last_day().max(period.last_day()));
        let mut look = |metric: Metric, measure: Measure| -> Result<(Metric, Cube, Targets)> {
            let cube = Cube::load(app, tx, measure, Grain::Month, days)?;
            let ask = Ask { metric, period, by: Vec::new(), owner: owner.clone(), as_of: None };
            let top = root(&ground, &ask);
            let targets = targets(tx, metric.code(), Period::Year(year), start, top)?;
            Ok((metric, cube, targets))
        };
        let cubes =
            [look(Metric::Revenue, Measure::Revenue)?, look(Metric::Collections, Measure::Collections)?];
        let newest = imports::newest_facts(tx, metric.code())?;
        let watermark = dacheng_store::facts::last_day(tx, metric == Metric::Collections)?;
        Ok(Self {
            start,
            calendar: company.calendar(),
            ground,
            owner,
            period,
            metric,
            today: context.today,
            watermark: watermark.map(date_of),
            updated_at: newest.and_then(|at| Timestamp::from_millisecond(at).ok()),
            cubes,
        })
    }

    fn as_of(&self) -> AsOf<'_> {
        AsOf {
            calendar: &self.calendar,
            day_count: DayCount::WorkingDays,
            today: self.today,
            watermark: self.watermark,
        }
    }

    fn of(&self, metric: Metric) -> (&Cube, &Targets) {
        let [(_, revenue, targets), (_, collections, collection_targets)] = &self.cubes;
        if metric == Metric::Collections { (collections, collection_targets) } else { (revenue, targets) }
    }

    fn figure(&self, metric: Metric, owner: &Owner, period: Period) -> Figure {
        let (cube, targets) = self.of(metric);
        let ask = Ask { metric, period, by: Vec::new(), owner: owner.clone(), as_of: None };
        let actual = cube.total(owner, (period.first_day(), period.last_day()));
        Figure::of(&ask, actual, targets.over(owner, period, &self.calendar))
    }

    fn time(&self, metric: Metric, owner: &Owner, period: Period) -> TimeProgress {
        time_progress(period, &self.of(metric).1.by_month(owner), &self.as_of())
    }

    /// Only for a period that is over: a part of one is not compared with a whole one.
    fn year_before(&self, metric: Metric, owner: &Owner, period: Period) -> Option<i64> {
        self.as_of().complete_through().filter(|through| period.last_day() <= *through)?;
        let before = period.same_last_year()?;
        let amount = self.of(metric).0.total(owner, (before.first_day(), before.last_day()));
        (amount != 0).then_some(amount)
    }

    fn headlines(&self) -> Vec<Headline> {
        let day = self.period.last_day();
        let periods = [
            Period::Month(Month::of(day)),
            Period::Quarter(Quarter::of(day, self.start)),
            Period::Year(Year::of(day, self.start)),
        ];
        let mut headlines = Vec::new();
        for metric in [Metric::Revenue, Metric::Collections] {
            headlines.extend(periods.map(|period| Headline {
                metric,
                period,
                figure: self.figure(metric, &self.owner, period),
                time: self.time(metric, &self.owner, period),
                year_before: self.year_before(metric, &self.owner, period),
            }));
        }
        headlines
    }

    /// The running total over the working days of the period; by month where it is longer than a quarter.
    fn running(&self, app: &App, tx: &mut Read) -> Result<Vec<RunningDay>> {
        let measure =
            if self.metric == Metric::Collections { Measure::Collections } else { Measure::Revenue };
        let days = (self.period.first_day(), self.period.last_day());
        let cube = Cube::load(app, tx, measure, Grain::Day, days)?;
        let name = |day: i32| day.to_string();
        let by_day = cube.ask(&self.owner, days, vec![By::Time(&name)]);
        let mut sums: Vec<(Date, i64)> = by_day
            .into_iter()
            .filter_map(|(key, sum)| Some((date_of(key.first()?.parse().ok()?), sum)))
            .collect();
        sums.sort_unstable();
        let plan = self.of(self.metric).1.by_month(&self.owner);
        let planned = |day: Date| {
            let months =
                plan.iter().filter(|(month, _)| month.first_day() >= days.0 && month.last_day() <= days.1);
            months.map(|(month, amount)| planned_through(*month, *amount, day, &self.calendar)).sum()
        };
        let through = self.as_of().complete_through();
        let shown = |day: &Date| match self.period {
            Period::Year(_) => *day == Month::of(*day).last_day(),
            Period::Quarter(_) | Period::Month(_) | Period::Week(_) | Period::Day(_) => {
                self.calendar.is_working_day(*day) || *day == days.1
            }
        };
        let running = days_through(days.0, days.1).filter(shown).map(|day| {
            let so_far = sums.iter().take_while(|(on, _)| *on <= day).map(|(_, sum)| sum).sum();
            RunningDay {
                day,
                actual: through
                    .is_some_and(|through| {
                        Month::of(day).first_day() <= through
                            && (day <= through || matches!(self.period, Period::Year(_)))
                    })
                    .then_some(so_far),
                planned: (!plan.is_empty()).then(|| planned(day)),
            }
        });
        Ok(running.collect())
    }

    /// The unit the owner is, the top unit for the whole company.
    fn unit(&self) -> Option<UnitId> {
        let ask = Ask {
            metric: self.metric,
            period: self.period,
            by: Vec::new(),
            owner: Owner::Company,
            as_of: None,
        };
        let code = match &self.owner {
            Owner::Company => root(&self.ground, &ask)?,
            Owner::Unit(code) => code.clone(),
            Owner::Member(_) => return None,
        };
        self.ground.organisation.unit_of_code(&code).map(|unit| unit.id)
    }

    fn branches(&self) -> Vec<Branch> {
        let Some(unit) = self.unit() else { return Vec::new() };
        let organisation = &self.ground.organisation;
        let on = self.period.last_day();
        let children = organisation.children(unit, on);
        let mut branches: Vec<Branch> = Vec::new();
        for child in &children.units {
            let Some(child) = organisation.unit(*child) else { continue };
            let leader = organisation.leader(child.id, on).and_then(|leader| organisation.member(leader));
            branches.push(self.branch(
                Owner::Unit(child.code.to_string()),
                child.code.as_str(),
                &child.name,
                leader.map(|leader| leader.name.clone()),
            ));
        }
        for member in &children.members {
            let Some(member) = organisation.member(*member) else { continue };
            let branch =
                self.branch(Owner::Member(member.code.to_string()), member.code.as_str(), &member.name, None);
            if branch.figure.target.is_some() || branch.figure.actual.is_some_and(|actual| actual.0 != 0) {
                branches.push(branch);
            }
        }
        branches
    }

    fn branch(&self, owner: Owner, code: &str, name: &str, leader: Option<String>) -> Branch {
        Branch {
            code: code.to_owned(),
            name: name.to_owned(),
            leader,
            figure: self.figure(self.metric, &owner, self.period),
            year_before: self.year_before(self.metric, &owner, self.period),
            time: self.time(self.metric, &owner, self.period),
            owner,
        }
    }

    /// The teams below the owner, which are units without units, by month of the fiscal year through the period.
    fn teams(&self) -> Vec<TeamMonths> {
        let Some(unit) = self.unit() else { return Vec::new() };
        let organisation = &self.ground.organisation;
        let on = self.period.last_day();
        let year = Year::of(on, self.start);
        let last = Month::of(on.min(self.today));
        let months: Vec<Month> = year.months().filter(|month| *month <= last).collect();
        let teams = organisation.subtree(unit, on).into_iter().filter(|below| *below != unit);
        let teams = teams.filter(|below| {
            let children = organisation.children(*below, on);
            children.units.is_empty() && !children.members.is_empty()
        });
        let row = |team: UnitId| {
            let team = organisation.unit(team)?;
            let owner = Owner::Unit(team.code.to_string());
            let figures =
                months.iter().map(|month| (*month, self.figure(self.metric, &owner, Period::Month(*month))));
            Some(TeamMonths {
                code: team.code.to_string(),
                name: team.name.clone(),
                months: figures.collect(),
            })
        };
        teams.filter_map(row).collect()
    }
}
