//! The figures a run of months is judged by: of a month, or of its quarter, and what came before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AlertRule, AlertTarget, Evaluation, Measure, MonthFigures, alert_target};
use crate::Ratio;
use crate::calendar::{Month, Quarter};
use crate::metrics::{Direction, RollUp, Unit, attainment};
use crate::tracking::close::MonthStanding;

/// The months one alert judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// The month itself.
    Month,
    /// Its quarter, whose last month it is: a count target was too small for a month.
    Quarter,
}

/// The figure of a month or quarter, as far as it can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Known(Ratio),
    /// No target, no denominator, too little presence: no judgement.
    Absent,
    /// Never closed.
    Open,
    /// Was closed and will be again.
    Reopened,
}

impl From<Option<Ratio>> for Figure {
    fn from(figure: Option<Ratio>) -> Self {
        figure.map_or(Self::Absent, Self::Known)
    }
}

/// The months of one owner and metric under one version of the rule.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) evaluation: &'a Evaluation<'a>,
    pub(super) rule: &'a AlertRule,
    pub(super) months: &'a BTreeMap<Month, MonthFigures>,
}

impl Run<'_> {
    /// The last month of a quarter is judged with its quarter where one of the three has a target
    /// too small to be judged alone.
    pub(super) fn window(self, month: Month) -> Window {
        let quarter = Quarter::of(month.first_day(), self.evaluation.fiscal_start);
        let mut figures = quarter.months().into_iter().filter_map(|month| self.months.get(&month));
        if month == quarter.last_month() && figures.any(|figures| self.is_small(figures)) {
            Window::Quarter
        } else {
            Window::Month
        }
    }

    fn is_small(self, figures: &MonthFigures) -> bool {
        let is_count = self.evaluation.metric.definition().unit == Unit::Count;
        let small = 1..self.rule.allowances.monthly_count_from;
        is_count
            && self.rule.measure == Measure::Attainment
            && figures.target.is_some_and(|target| small.contains(&target))
    }

    pub(super) fn figure(self, month: Month, window: Window) -> Figure {
        match window {
            Window::Month => {
                self.months.get(&month).map_or(Figure::Absent, |figures| self.figure_of_month(figures))
            }
            Window::Quarter => self.figure_of_quarter(month),
        }
    }

    /// What the run continues from: a month from a month, a quarter from a quarter.
    pub(super) fn figure_before(self, month: Month, window: Window) -> Figure {
        let before = match window {
            Window::Month => month.previous(),
            Window::Quarter => month.plus(-3),
        };
        if self.window(before) == window { self.figure(before, window) } else { Figure::Absent }
    }

    fn figure_of_month(self, figures: &MonthFigures) -> Figure {
        match figures.standing {
            MonthStanding::Open => Figure::Open,
            MonthStanding::Reopened => Figure::Reopened,
            MonthStanding::Closed if self.is_small(figures) => Figure::Absent,
            MonthStanding::Closed => self.judged_figure(figures).into(),
        }
    }

    /// Σ actual ÷ Σ alert target over the months of the quarter that count.
    fn figure_of_quarter(self, last: Month) -> Figure {
        let mut counted = Vec::new();
        for (_, figures) in self.months.range(last.plus(-2)..=last) {
            match figures.standing {
                MonthStanding::Open => return Figure::Open,
                MonthStanding::Reopened => return Figure::Reopened,
                MonthStanding::Closed => counted.extend(self.counted(figures)),
            }
        }
        let sum = |side: fn(&(Ratio, Ratio)) -> Ratio| {
            counted.iter().map(side).try_fold(Ratio::whole(0), Ratio::checked_add)
        };
        sum(|(actual, _)| *actual).zip(sum(|(_, target)| *target)).and_then(quotient).into()
    }

    /// What a month was booked with and its alert target, where the month counts.
    fn counted(self, figures: &MonthFigures) -> Option<(Ratio, Ratio)> {
        let target = Ratio::whole(figures.target.filter(|target| *target > 0)?);
        Some((figures.actual?, target.checked_mul(self.target_share(figures)?)?))
    }

    /// The figure of one month in what the rule's measure counts.
    fn judged_figure(self, figures: &MonthFigures) -> Option<Ratio> {
        let (actual, target) = (figures.actual?, figures.target?);
        let share = self.target_share(figures)?;
        let metric = self.evaluation.metric.definition();
        match (self.rule.measure, metric.direction) {
            (Measure::Points, Direction::Higher) => actual.checked_sub(Ratio::whole(target)),
            (Measure::Points, Direction::Lower) => Ratio::whole(target).checked_sub(actual),
            (Measure::Attainment, direction) => {
                let attained = attainment(actual, target, direction, &self.evaluation.attainment)?;
                match metric.roll_up {
                    RollUp::Sum => quotient((attained, share)),
                    // Absence lowers an amount, not a rate.
                    RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => Some(attained),
                }
            }
        }
    }

    /// How much of its target the owner is judged on; `None` where leave excuses the month.
    fn target_share(self, figures: &MonthFigures) -> Option<Ratio> {
        match alert_target(figures.leave, &self.rule.allowances) {
            AlertTarget::Original => Some(Ratio::whole(1)),
            AlertTarget::Reduced(share) => Some(share),
            AlertTarget::Excused => None,
        }
    }
}

fn quotient((dividend, divisor): (Ratio, Ratio)) -> Option<Ratio> {
    dividend.checked_mul(Ratio::new(divisor.den(), divisor.num())?)
}
