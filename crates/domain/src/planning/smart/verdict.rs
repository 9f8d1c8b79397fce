//! The five verdicts on a stated target (`domain.md` §3). They are said and recorded; they refuse nothing.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::stated::{Base, Bound, Change, Figure, NoFigure, Stated};
use crate::Ratio;
use crate::calendar::Year;
use crate::metrics::{Direction, Metric, RollUp};

/// Days after which facts no longer show that a metric is measured.
pub const FRESH_DAYS: i32 = 90;

/// One of the five questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// 明确: one metric, one owner, a number, a scope.
    Specific,
    /// 可衡量: a formula, and facts in the last 90 days.
    Measurable,
    /// 可实现: the probability lies in the healthy band.
    Achievable,
    /// 相关: linked to a strategic objective.
    Relevant,
    /// 有时限: ends inside the plan.
    TimeBound,
}

/// What a verdict comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// 通过
    Pass,
    /// 提示: to be looked at.
    Warn,
    /// 不通过: something is missing.
    Fail,
}

/// A verdict with everything that speaks for it; the gravest finding makes the mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// On which question.
    pub criterion: Criterion,
    /// The mark.
    pub mark: Mark,
    /// Why; one at least.
    pub findings: Vec<Finding>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A metric, a number and an owner are named.
    Specific,
    /// No metric is named.
    NoMetric,
    /// There is no figure.
    NoFigure(NoFigure),
    /// A change is named without what it is compared with.
    NoBase,
    /// What it is compared with is not known.
    BaseUnknown(Base),
    /// Several units or people are named.
    SeveralOwners,
    /// It asks for more of what should be less, or the other way round.
    WrongWay,
    /// The metric has a formula, and facts on this day.
    Measured(Date),
    /// A named rater gives the score.
    Rated,
    /// There is no formula that the program computes.
    NoFormula,
    /// There are no facts yet.
    NoFacts,
    /// The newest facts are of this day.
    OldFacts(Date),
    /// The probability lies in the band.
    Healthy(Ratio),
    /// It is below the band: 过高, 打击士气.
    TooHigh(Ratio),
    /// It is above the band: 过低.
    TooLow(Ratio),
    /// No forecast; the target as a part of what the people can do.
    ByCapacity {
        /// Target ÷ capacity.
        part: Ratio,
        /// On what that rests.
        capacity: Capacity,
    },
    /// Neither a forecast nor a capacity is known.
    NoGround,
    /// There is no forecast of a metric that no capacity speaks for: it does not add up.
    NoForecast,
    /// Without a figure nothing can be said.
    NothingToJudge,
    /// It serves these objectives, by name.
    Linked(Vec<String>),
    /// It serves no objective.
    NotLinked,
    /// It ends on this day.
    Ends(Date),
    /// No time is named.
    NoTime,
    /// It begins before the plan or ends after it.
    OutsidePlan(Date),
    /// It is over already.
    Over(Date),
}

/// Whether the program can compute a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// From facts.
    Computed,
    /// Somebody gives the figure.
    Given,
    /// Not yet.
    Missing,
}

/// What is known of a metric's facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Its formula.
    pub formula: Formula,
    /// The newest day with facts.
    pub last: Option<Date>,
}

/// What people can do in the target's months: heads × capacity × ramp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Months of people, each weighted by the ramp, in hundredths.
    pub head_months: i64,
    /// What a full head brings a month, in minor units.
    pub each: i64,
    /// Both multiplied, in minor units.
    pub total: i64,
}

/// The band of probabilities that is healthy, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Ratio, Ratio)", into = "(Ratio, Ratio)")]
pub struct Band {
    low: Ratio,
    high: Ratio,
}

/// A band that is none: not 0 ≤ low < high ≤ 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a band of probabilities")]
pub struct NotABand;

impl Band {
    /// A band between two probabilities.
    ///
    /// ```
    /// use dacheng_domain::{Ratio, planning::smart::Band};
    /// assert!(Band::new(Ratio::percent(30), Ratio::percent(80)).is_ok());
    /// assert!(Band::new(Ratio::percent(80), Ratio::percent(30)).is_err());
    /// ```
    pub fn new(low: Ratio, high: Ratio) -> Result<Self, NotABand> {
        let is_band = Ratio::whole(0) <= low && low < high && high <= Ratio::whole(1);
        if is_band { Ok(Self { low, high }) } else { Err(NotABand) }
    }

    /// The lowest healthy probability.
    pub const fn low(self) -> Ratio {
        self.low
    }

    /// The highest.
    pub const fn high(self) -> Ratio {
        self.high
    }
}

impl Default for Band {
    /// 30–80 % (`domain.md` §3).
    fn default() -> Self {
        Self { low: Ratio::percent(30), high: Ratio::percent(80) }
    }
}

impl TryFrom<(Ratio, Ratio)> for Band {
    type Error = NotABand;

    fn try_from((low, high): (Ratio, Ratio)) -> Result<Self, NotABand> {
        Self::new(low, high)
    }
}

impl From<Band> for (Ratio, Ratio) {
    fn from(band: Band) -> Self {
        (band.low, band.high)
    }
}

/// What is known around a stated target.
#[derive(Debug, Clone)]
pub struct Grounds {
    /// Today.
    pub today: Date,
    /// The fiscal year of the plan it is for, where it is for one.
    pub plan: Option<Year>,
    /// Its metric's facts.
    pub facts: Facts,
    /// What its base came to, in minor units, where it names one that is known.
    pub base: Option<i64>,
    /// The whole of it, in minor units, where it is known.
    pub total: Option<i64>,
    /// The probability of attaining it, where there is a forecast.
    pub probability: Option<Ratio>,
    /// The healthy band.
    pub band: Band,
    /// What the people can do, where that is known.
    pub capacity: Option<Capacity>,
    /// The names of the objectives it serves.
    pub objectives: Vec<String>,
}

/// The five verdicts, in the order of the word SMART.
pub fn judge(stated: &Stated, grounds: &Grounds) -> [Verdict; 5] {
    [
        verdict(Criterion::Specific, specific(stated, grounds)),
        verdict(Criterion::Measurable, vec![measurable(stated.metric, grounds)]),
        verdict(Criterion::Achievable, vec![achievable(stated, grounds)]),
        verdict(Criterion::Relevant, vec![relevant(grounds)]),
        verdict(Criterion::TimeBound, vec![time_bound(stated, grounds)]),
    ]
}

fn verdict(criterion: Criterion, findings: Vec<Finding>) -> Verdict {
    let mark = findings.iter().map(Finding::mark).max().unwrap_or(Mark::Pass);
    Verdict { criterion, mark, findings }
}

fn specific(stated: &Stated, grounds: &Grounds) -> Vec<Finding> {
    let mut found = Vec::new();
    if stated.metric.is_none() {
        found.push(Finding::NoMetric);
    }
    match stated.figure {
        Err(none) => found.push(Finding::NoFigure(none)),
        Ok(Figure::Change(_, None)) => found.push(Finding::NoBase),
        Ok(Figure::Change(_, Some(base))) if grounds.base.is_none() => {
            found.push(Finding::BaseUnknown(base));
        }
        Ok(Figure::Amount(_) | Figure::Change(..)) => {}
    }
    if stated.scopes.iter().filter(|scope| scope.kind.is_owner()).count() > 1 {
        found.push(Finding::SeveralOwners);
    }
    if goes_the_wrong_way(stated) {
        found.push(Finding::WrongWay);
    }
    if found.is_empty() {
        found.push(Finding::Specific);
    }
    found
}

fn goes_the_wrong_way(stated: &Stated) -> bool {
    let Some(metric) = stated.metric else { return false };
    let wants = match (stated.figure, stated.bound) {
        (Ok(Figure::Change(Change::Percent(by) | Change::Points(by) | Change::Amount(by), _)), _) => {
            by.signum()
        }
        (_, Some(Bound::AtLeast)) => 1,
        (_, Some(Bound::AtMost)) => -1,
        (_, None) => 0,
    };
    match metric.definition().direction {
        Direction::Higher => wants < 0,
        Direction::Lower => wants > 0,
    }
}

fn measurable(metric: Option<Metric>, grounds: &Grounds) -> Finding {
    if metric.is_none() {
        return Finding::NoMetric;
    }
    match (grounds.facts.formula, grounds.facts.last) {
        (Formula::Missing, _) => Finding::NoFormula,
        (Formula::Given, _) => Finding::Rated,
        (Formula::Computed, None) => Finding::NoFacts,
        (Formula::Computed, Some(last)) => {
            let age = (grounds.today - last).get_days();
            if age > FRESH_DAYS { Finding::OldFacts(last) } else { Finding::Measured(last) }
        }
    }
}

fn achievable(stated: &Stated, grounds: &Grounds) -> Finding {
    let is_told = stated.metric.is_some() && stated.figure.is_ok();
    let Some(total) = grounds.total.filter(|_| is_told) else { return Finding::NothingToJudge };
    match (grounds.probability, grounds.capacity) {
        (Some(probability), _) if probability < grounds.band.low => Finding::TooHigh(probability),
        (Some(probability), _) if probability > grounds.band.high => Finding::TooLow(probability),
        (Some(probability), _) => Finding::Healthy(probability),
        (None, Some(capacity)) => match Ratio::new(total, capacity.total) {
            Some(part) if capacity.total > 0 => Finding::ByCapacity { part, capacity },
            Some(_) | None => Finding::NoGround,
        },
        (None, None) if stated.metric.is_some_and(|own| own.definition().roll_up != RollUp::Sum) => {
            Finding::NoForecast
        }
        (None, None) => Finding::NoGround,
    }
}

fn relevant(grounds: &Grounds) -> Finding {
    if grounds.objectives.is_empty() {
        Finding::NotLinked
    } else {
        Finding::Linked(grounds.objectives.clone())
    }
}

fn time_bound(stated: &Stated, grounds: &Grounds) -> Finding {
    let Some(when) = stated.when else { return Finding::NoTime };
    let (begins, ends) = match when {
        super::When::Span { first, last } => (first.first_day(), last.last_day()),
        super::When::By(day) => (day, day),
    };
    let outside = grounds.plan.is_some_and(|plan| begins < plan.first_day() || ends > plan.last_day());
    if outside {
        Finding::OutsidePlan(ends)
    } else if ends < grounds.today {
        Finding::Over(ends)
    } else {
        Finding::Ends(ends)
    }
}

impl Finding {
    /// How grave it is. Above the band costs nothing but ambition; below it nobody believes in the target, and without
    /// a forecast the people's capacity is a hint (`domain.md` §3).
    pub const fn mark(&self) -> Mark {
        match self {
            Self::Specific
            | Self::Measured(_)
            | Self::Rated
            | Self::Healthy(_)
            | Self::Linked(_)
            | Self::Ends(_) => Mark::Pass,
            Self::WrongWay
            | Self::OldFacts(_)
            | Self::TooLow(_)
            | Self::ByCapacity { .. }
            | Self::NoGround
            | Self::NoForecast
            | Self::NotLinked
            | Self::Over(_) => Mark::Warn,
            Self::NoMetric
            | Self::NoFigure(_)
            | Self::NoBase
            | Self::BaseUnknown(_)
            | Self::SeveralOwners
            | Self::NoFormula
            | Self::NoFacts
            | Self::TooHigh(_)
            | Self::NothingToJudge
            | Self::NoTime
            | Self::OutsidePlan(_) => Mark::Fail,
        }
    }
}

impl Criterion {
    /// All five, in the order of the word SMART.
    pub const ALL: [Self; 5] =
        [Self::Specific, Self::Measurable, Self::Achievable, Self::Relevant, Self::TimeBound];

    /// The word of the interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Specific => "specific",
            Self::Measurable => "measurable",
            Self::Achievable => "achievable",
            Self::Relevant => "relevant",
            Self::TimeBound => "time_bound",
        }
    }
}

impl Mark {
    /// The word of the interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}
