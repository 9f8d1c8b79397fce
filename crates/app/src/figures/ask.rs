//! What can be asked of the figures: a metric, a period, dimensions, an owner, an instant.

use std::fmt;
use std::str::FromStr;

use dacheng_domain::calendar::{FiscalStart, Month, Period, Quarter, Week};
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::Side;
use dacheng_domain::metrics::{Metric, Recipe};
use dacheng_rollup::{Axis, By, Owner};
use jiff::Timestamp;
use jiff::civil::Date;

use super::own::Adds;
use crate::facts::days::date_of;
use crate::facts::ground::Ground;
use crate::{App, Error, Result};

/// What figures can be grouped by; the names are those of `interface.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Every unit with its whole branch.
    Unit,
    /// Each member.
    Member,
    /// Each product.
    Product,
    /// Each product line.
    ProductLine,
    /// Each region of customers.
    Region,
    /// Each type of customer.
    CustomerType,
    /// Each customer.
    Customer,
    /// Each month.
    Month,
    /// Each fiscal quarter.
    Quarter,
    /// Each ISO week.
    Week,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 10] = [
        Self::Unit,
        Self::Member,
        Self::Product,
        Self::ProductLine,
        Self::Region,
        Self::CustomerType,
        Self::Customer,
        Self::Month,
        Self::Quarter,
        Self::Week,
    ];

    /// The name in `--by` and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Member => "member",
            Self::Product => "product",
            Self::ProductLine => "product_line",
            Self::Region => "region",
            Self::CustomerType => "customer_type",
            Self::Customer => "customer",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Week => "week",
        }
    }

    /// Whether persisted blocks know it; else the facts are read.
    pub(super) const fn is_in_blocks(self) -> bool {
        !matches!(self, Self::Product | Self::Customer)
    }

    /// How the roll-up groups by it.
    pub(super) fn by(self, names: &TimeNames) -> By<'_> {
        match self {
            Self::Unit => By::Unit,
            Self::Member => By::Axis(Axis::Member),
            Self::Product => By::Axis(Axis::Product),
            Self::ProductLine => By::Axis(Axis::ProductLine),
            Self::Region => By::Axis(Axis::Region),
            Self::CustomerType => By::Axis(Axis::CustomerType),
            Self::Customer => By::Axis(Axis::Customer),
            Self::Month => By::Time(&names.month),
            Self::Quarter => By::Time(&names.quarter),
            Self::Week => By::Time(&names.week),
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dimension {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|dimension| dimension.name() == text);
        found.ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|dimension| dimension.name()).collect();
            Error::Usage(format!("not a dimension: {text} ({})", known.join(", ")))
        })
    }
}

type TimeName = Box<dyn Fn(i32) -> String>;

/// The names of days in months, quarters and weeks.
pub(super) struct TimeNames {
    month: TimeName,
    quarter: TimeName,
    week: TimeName,
}

impl TimeNames {
    pub(super) fn new(start: FiscalStart) -> Self {
        Self {
            month: Box::new(|day| Month::of(date_of(day)).to_string()),
            quarter: Box::new(move |day| Quarter::of(date_of(day), start).to_string()),
            week: Box::new(|day| Week::of(date_of(day)).to_string()),
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Which metric.
    pub metric: Metric,
    /// Over which period.
    pub period: Period,
    /// Grouped by what.
    pub by: Vec<Dimension>,
    /// Whose.
    pub owner: Owner,
    /// What was known at the end of that instant; now where `None`.
    pub as_of: Option<Timestamp>,
}

impl Ask {
    /// First and last day of the period.
    pub(super) fn days(&self) -> (Date, Date) {
        (self.period.first_day(), self.period.last_day())
    }
}

/// What a metric adds up; a usage error for one that is no sum.
pub(super) fn measure_of(metric: Metric) -> Result<Adds> {
    match metric.recipe() {
        Recipe::Sum(measure) => Ok(Adds::Measure(measure)),
        Recipe::Own(own) if own.kind().adds_up() => Ok(Adds::Own(own, Side::Over)),
        Recipe::Own(_)
        | Recipe::Ratio { .. }
        | Recipe::Repurchase
        | Recipe::PerHead
        | Recipe::Retention
        | Recipe::Rated => Err(Error::Usage(format!("{}: not a sum", metric.code()))),
    }
}

/// The measure of a built-in sum; a usage error for any other metric. Forecasts are kept by measure.
pub(super) fn built_in_measure(metric: Metric) -> Result<Measure> {
    match measure_of(metric)? {
        Adds::Measure(measure) => Ok(measure),
        Adds::Own(own, _) => Err(Error::Usage(format!("{}: not a built-in sum", own.code()))),
    }
}

/// A unit's or a member's code as somebody types it: `unit:N`, `member:4`, or a code found in only one of both.
pub fn read_owner(ground: &Ground, text: &str) -> Result<Owner> {
    let (unit, member) = (
        |code: &str| ground.organisation.unit_of_code(code).is_some(),
        |code: &str| ground.organisation.member_of_code(code).is_some(),
    );
    let missing = |kind: &str, code: &str| Error::Usage(format!("no such {kind}: {code}"));
    if let Some(code) = text.strip_prefix("unit:") {
        return if unit(code) { Ok(Owner::Unit(code.to_owned())) } else { Err(missing("unit", code)) };
    }
    if let Some(code) = text.strip_prefix("member:") {
        return if member(code) { Ok(Owner::Member(code.to_owned())) } else { Err(missing("member", code)) };
    }
    match (unit(text), member(text)) {
        (true, false) => Ok(Owner::Unit(text.to_owned())),
        (false, true) => Ok(Owner::Member(text.to_owned())),
        (true, true) => {
            Err(Error::Usage(format!("{text} is a unit and a member: write unit:{text} or member:{text}")))
        }
        (false, false) => Err(missing("owner", text)),
    }
}

/// A period as somebody types it.
pub fn read_period(text: &str, start: FiscalStart) -> Result<Period> {
    Period::parse(text, start).map_err(|wrong| Error::Usage(wrong.to_string()))
}

/// The instant that `as of` names, as somebody types it: a date is its end in the company's zone; else RFC 3339.
pub fn read_as_of(app: &App, text: &str) -> Result<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let wrong = || Error::Usage(format!("as of: not a date or an instant: {text}"));
    let date: Date = text.parse().map_err(|_| wrong())?;
    end_of(app, date).map_err(|_| wrong())
}

/// The last moment of a day in the company's zone.
pub(super) fn end_of(app: &App, day: Date) -> Result<Timestamp> {
    let wrong = |_| Error::Usage(format!("as of: outside the calendar: {day}"));
    let end = app.zone.to_timestamp(day.tomorrow().map_err(wrong)?.at(0, 0, 0, 0)).map_err(wrong)?;
    Ok(end.saturating_sub(jiff::SignedDuration::from_millis(1)).unwrap_or(end))
}
