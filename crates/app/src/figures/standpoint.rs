//! From where figures are looked at: the company's people and calendar, the day, and how far the data reach; now, or
//! at an earlier moment with the facts that were known then. People and targets are those of now either way.

use std::sync::Arc;

use dacheng_domain::calendar::{Calendar, FiscalStart, Month, Period, Year};
use dacheng_domain::metrics::own::Catalogue;
use dacheng_domain::metrics::{Measured, Metric, MetricSettings, RollUp};
use dacheng_domain::people::{Organisation, UnitId};
use dacheng_domain::tracking::progress::{AsOf, DayCount, TimeProgress, time_progress};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::Timestamp;
use jiff::civil::Date;

use super::attainment::{Figure, root};
use super::missing::Missing;
use super::past::Past;
use super::settled;
use super::sources::Sources;
use crate::company::{self, Company};
use crate::facts::ground::Ground;
use crate::{App, Context, Result};

/// What a figure rests on.
#[derive(Debug, Clone)]
pub struct Footing {
    /// The day through which the data are complete.
    pub through: Option<Date>,
    /// How much of the period has passed.
    pub time: TimeProgress,
    /// When the facts of the metric last changed.
    pub updated_at: Option<Timestamp>,
}

/// Read once at the start of a question about figures.
pub(super) struct Standpoint {
    pub start: FiscalStart,
    pub company: Company,
    pub calendar: Calendar,
    pub ground: Arc<Ground>,
    /// The day that is looked at: today, or that of the earlier moment.
    pub today: Date,
    /// The earlier moment, where it is not now.
    pub past: Option<Past>,
    /// What the company settled about its metrics.
    pub settings: MetricSettings,
    /// Every metric of the company.
    catalogue: Arc<Catalogue>,
    sources: Sources,
    /// Who looks.
    pub context: Context,
}

impl Standpoint {
    /// Where figures are looked at from now, or as of an earlier moment.
    pub fn open(app: &App, tx: &mut Read, context: &Context, as_of: Option<Timestamp>) -> Result<Self> {
        let (company, _) = company::current(tx)?;
        let past = as_of.map(|instant| Past::open(tx, instant)).transpose()?;
        let ground = app.memory.ground(tx)?;
        let day = as_of.map(|instant| app.zone.to_datetime(instant).date());
        Ok(Self {
            start: company.fiscal_start,
            calendar: company.calendar(),
            settings: settled::current(tx)?.0,
            catalogue: app.memory.catalogue(tx)?,
            sources: Sources::read(tx, past.as_ref(), &ground, context.today)?,
            ground,
            company,
            context: context.clone(),
            today: day.map_or(context.today, |day| day.min(context.today)),
            past,
        })
    }

    pub fn organisation(&self) -> &Organisation {
        &self.ground.organisation
    }

    /// The metrics that facts speak of.
    pub fn metrics(&self) -> Vec<Metric> {
        let month = Month::of(self.today);
        self.catalogue.offered(month).filter(|metric| self.sources.speak_of(*metric)).collect()
    }

    /// Those of them that are built in and add up.
    pub fn built_in_sums(&self) -> Vec<Metric> {
        self.sums().into_iter().filter(|metric| metric.own().is_none()).collect()
    }

    /// Those of them that add up.
    pub fn sums(&self) -> Vec<Metric> {
        let is_sum = |metric: &Metric| metric.definition().roll_up == RollUp::Sum;
        self.metrics().into_iter().filter(is_sum).collect()
    }

    pub fn as_of(&self, metric: Metric) -> AsOf<'_> {
        AsOf {
            calendar: &self.calendar,
            day_count: DayCount::WorkingDays,
            today: self.today,
            watermark: self.sources.last_day(metric),
        }
    }

    /// The day through which the data of a metric are complete.
    pub fn through(&self, metric: Metric) -> Option<Date> {
        self.as_of(metric).complete_through()
    }

    pub fn footing(&self, metric: Metric, time: TimeProgress) -> Footing {
        Footing { through: self.through(metric), time, updated_at: self.sources.updated_at(metric) }
    }

    /// The figure of what was measured over a period and its target, by the settings of that period.
    pub fn figure(
        &self,
        (metric, period): (Metric, Period),
        measured: Measured,
        missing: Option<Missing>,
        target: Option<i64>,
    ) -> Figure {
        Figure::of(metric, measured, missing, target, &self.settings.attainment(metric, period))
    }

    /// How much of a period has passed for an owner: by its targets where they add up, else by days alone.
    pub fn time(&self, metric: Metric, period: Period, targets: &[(Month, i64)]) -> TimeProgress {
        let targets = if metric.definition().has_pace() { targets } else { &[] };
        time_progress(period, targets, &self.as_of(metric))
    }

    /// The day on which the people of a period are looked at: its last, or today while it runs.
    pub fn day(&self, period: Period) -> Date {
        period.last_day().min(self.today).max(period.first_day())
    }

    /// The fiscal year of a day.
    pub fn year(&self, day: Date) -> Year {
        Year::of(day, self.start)
    }

    /// The unit an owner is on a day, the top unit for the company; none for a member.
    pub fn unit(&self, owner: &Owner, on: Date) -> Option<UnitId> {
        let code = match owner {
            Owner::Company => root(&self.ground, on)?,
            Owner::Unit(code) => code.clone(),
            Owner::Member(_) => return None,
        };
        self.organisation().unit_of_code(&code).map(|unit| unit.id)
    }
}

/// The metrics that facts speak of.
pub fn offered(app: &App, tx: &mut Read, context: &Context) -> Result<Vec<Metric>> {
    Ok(Standpoint::open(app, tx, context, None)?.metrics())
}
