//! A number as it is spoken, with the words that lead to it, and the figure of a metric that this makes.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::numeral::{Counts, Extent, Number};
use super::stated::{Base, Bound, Change, Figure, NoFigure, Stated, largest};
use crate::metrics::{Direction, Metric, RollUp, TargetForm, Unit};

/// Which way the words before a number lean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Leaning {
    /// 达, 到, or nothing: the number itself.
    #[default]
    To,
    /// 提升: by so much more.
    More,
    /// 降低: by so much less.
    Less,
    /// 从: where it begins.
    From,
}

/// Whether a number is for the whole period or for each month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Rhythm {
    #[default]
    Whole,
    Monthly,
}

/// What is said before a number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ahead {
    pub leaning: Leaning,
    pub bound: Option<Bound>,
    pub base: Option<Base>,
    pub rhythm: Rhythm,
}

/// A number with what is said about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken {
    pub number: Number,
    pub ahead: Ahead,
}

impl Spoken {
    /// Whether the number can be one of the metric: everything but its unit is no matter.
    pub fn fits(&self, metric: Metric) -> bool {
        !matches!(self.figure(Some(metric)), Err(NoFigure::WrongUnit))
    }

    /// The figure of a metric, or of whatever the number counts where none is known.
    pub fn figure(&self, metric: Option<Metric>) -> Result<Figure, NoFigure> {
        if self.number.span == Extent::Range {
            return self.number.in_unit(metric).and(Err(NoFigure::Several));
        }
        if let Some(change) = self.change(metric) {
            return change.map(|change| Figure::Change(change, self.ahead.base));
        }
        let minor = self.number.in_unit(metric)?;
        let higher = metric.is_none_or(|metric| metric.definition().direction == Direction::Higher);
        if minor == 0 && higher {
            return Err(NoFigure::Zero);
        }
        if metric.and_then(largest).is_some_and(|most| minor > most) {
            return Err(NoFigure::OutOfRange);
        }
        let adds_up = metric.is_none_or(|metric| metric.definition().roll_up == RollUp::Sum);
        Ok(Figure::Amount(match self.ahead.rhythm {
            Rhythm::Monthly if adds_up => TargetForm::MonthlyAverage(minor),
            Rhythm::Monthly | Rhythm::Whole => TargetForm::Total(minor),
        }))
    }

    /// The change that the words make of the number; `None` where it is the number itself.
    fn change(&self, metric: Option<Metric>) -> Option<Result<Change, NoFigure>> {
        let sign = match self.ahead.leaning {
            Leaning::More => 1,
            Leaning::Less => -1,
            Leaning::To | Leaning::From if self.ahead.base.is_some() && self.is_relative(metric) => 1,
            Leaning::To | Leaning::From => return None,
        };
        let hundredths = || minor(self.number.value, 100).map(|found| sign * found);
        match (self.number.counts, metric) {
            (Counts::Percent, _) => Some(hundredths().map(Change::Percent)),
            (Counts::Points, _) => Some(hundredths().map(Change::Points)),
            // 增加 20 家新客户: all of them are more.
            (_, Some(Metric::NewCustomers)) => None,
            _ => Some(self.number.in_unit(metric).map(|found| Change::Amount(sign * found))),
        }
    }

    /// Whether the number can only be a part of a base: 同比 20 % of an amount.
    fn is_relative(&self, metric: Option<Metric>) -> bool {
        let is_share = metric.is_some_and(|metric| metric.definition().unit == Unit::Percent);
        match self.number.counts {
            Counts::Percent => !is_share,
            Counts::Points => true,
            Counts::Bare
            | Counts::Scaled
            | Counts::Money
            | Counts::Customers
            | Counts::Pieces
            | Counts::Days
            | Counts::Score => false,
        }
    }
}

impl Number {
    /// The number in the metric's minor units; in those of its own unit where no metric is known.
    fn in_unit(&self, metric: Option<Metric>) -> Result<i64, NoFigure> {
        let own = match self.counts {
            Counts::Money | Counts::Scaled => Some(Unit::Money),
            Counts::Customers | Counts::Pieces => Some(Unit::Count),
            Counts::Percent | Counts::Points => Some(Unit::Percent),
            Counts::Days => Some(Unit::Days),
            Counts::Score => Some(Unit::Score),
            Counts::Bare => None,
        };
        let wanted = metric.map(|metric| metric.definition().unit);
        let unit = match (wanted, self.counts) {
            (Some(Unit::Count), Counts::Bare | Counts::Scaled) => Unit::Count,
            (Some(unit @ (Unit::Score | Unit::Days)), Counts::Bare) => unit,
            // A score of 0 to 100 is also said in per cent.
            (Some(Unit::Score), Counts::Percent) if metric == Some(Metric::Satisfaction) => Unit::Score,
            (Some(Unit::Percent), Counts::Points) => return Err(NoFigure::WrongUnit),
            _ => own.ok_or(NoFigure::NoUnit)?,
        };
        if wanted.is_some_and(|wanted| wanted != unit) {
            return Err(NoFigure::WrongUnit);
        }
        minor(self.value, unit.per_whole())
    }
}

fn minor(value: Decimal, per_whole: i64) -> Result<i64, NoFigure> {
    let minor = value.checked_mul(per_whole.into()).ok_or(NoFigure::OutOfRange)?;
    if !minor.is_integer() {
        return Err(NoFigure::TooFine);
    }
    minor.to_i64().ok_or(NoFigure::OutOfRange)
}

/// 每月 behind the number.
pub(super) fn make_monthly(stated: &mut Stated) {
    let adds_up = stated.metric.is_none_or(|metric| metric.definition().roll_up == RollUp::Sum);
    if let Ok(Figure::Amount(form @ TargetForm::Total(_))) = &mut stated.figure
        && let TargetForm::Total(each) = *form
        && adds_up
    {
        *form = TargetForm::MonthlyAverage(each);
    }
}
