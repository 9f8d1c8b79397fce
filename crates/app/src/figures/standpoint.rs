//! From where figures are looked at: the company's people and calendar, the day, and how far the data reach; now, or
//! at an earlier moment with the facts that were known then. People and targets are those of now either way.

use std::sync::Arc;

use dacheng_domain::calendar::{Calendar, FiscalStart, Period, Year};
use dacheng_domain::facts::credit::Measure;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{Organisation, UnitId};
use dacheng_domain::tracking::progress::{AsOf, DayCount, TimeProgress};
use dacheng_rollup::Owner;
use dacheng_store::{Read, facts, imports};
use jiff::Timestamp;
use jiff::civil::Date;

use super::attainment::root;
use super::past::Past;
use crate::company::{self, Company};
use crate::facts::days::date_of;
use crate::facts::ground::Ground;
use crate::{App, Context, Error, Result};

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
    /// Of orders and of payments: the last day with one, and when one last came.
    sources: [Source; 2],
}

#[derive(Clone, Copy)]
struct Source {
    last_day: Option<Date>,
    updated_at: Option<Timestamp>,
}

/// The metrics that facts are added up for, with what they add up.
pub const ADDED_UP: [(Metric, Measure); 2] =
    [(Metric::Revenue, Measure::Revenue), (Metric::Collections, Measure::Collections)];

/// What a metric adds up, where facts are added up for it.
pub(super) fn measure_of(metric: Metric) -> Result<Measure> {
    let found = ADDED_UP.iter().find(|(own, _)| *own == metric).map(|(_, measure)| *measure);
    let none = || Error::Usage(format!("{}: no facts are added up for this metric yet", metric.code()));
    found.ok_or_else(none)
}

impl Standpoint {
    /// Where figures are looked at from now, or as of an earlier moment.
    pub fn open(app: &App, tx: &mut Read, context: &Context, as_of: Option<Timestamp>) -> Result<Self> {
        let (company, _) = company::current(tx)?;
        let past = as_of.map(|instant| Past::open(tx, instant)).transpose()?;
        let mut source = |metric: Metric| -> Result<Source> {
            let of_payments = metric == Metric::Collections;
            let (last_day, until) = match &past {
                None => (facts::last_day(tx, of_payments)?, i64::MAX),
                Some(past) => {
                    (facts::last_day_in(tx, of_payments, past.view)?, past.instant.as_millisecond())
                }
            };
            let newest = imports::newest_facts(tx, metric.code(), until)?;
            let updated_at = newest.and_then(|at| Timestamp::from_millisecond(at).ok());
            Ok(Source { last_day: last_day.map(date_of), updated_at })
        };
        let sources = [source(Metric::Revenue)?, source(Metric::Collections)?];
        let day = as_of.map(|instant| app.zone.to_datetime(instant).date());
        Ok(Self {
            start: company.fiscal_start,
            calendar: company.calendar(),
            ground: app.memory.ground(tx)?,
            company,
            today: day.map_or(context.today, |day| day.min(context.today)),
            past,
            sources,
        })
    }

    pub fn organisation(&self) -> &Organisation {
        &self.ground.organisation
    }

    fn source(&self, metric: Metric) -> Source {
        let [orders, payments] = self.sources;
        if metric == Metric::Collections { payments } else { orders }
    }

    pub fn as_of(&self, metric: Metric) -> AsOf<'_> {
        AsOf {
            calendar: &self.calendar,
            day_count: DayCount::WorkingDays,
            today: self.today,
            watermark: self.source(metric).last_day,
        }
    }

    /// The day through which the data of a metric are complete.
    pub fn through(&self, metric: Metric) -> Option<Date> {
        self.as_of(metric).complete_through()
    }

    pub fn footing(&self, metric: Metric, time: TimeProgress) -> Footing {
        Footing { through: self.through(metric), time, updated_at: self.source(metric).updated_at }
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
