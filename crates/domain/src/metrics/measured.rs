//! What the facts of an owner and a window come to: a sum, or a numerator over a denominator, which stay apart until
//! they are shown, so that pooling two owners is Σ ÷ Σ and never a mean.

use super::{Direction, Metric, RollUp, Unit, ratio_of};
use crate::Ratio;

/// A metric measured over an owner and a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// An amount in minor units of the metric.
    Sum(i64),
    /// One count over another.
    Ratio {
        /// What is counted.
        over: i64,
        /// What it is divided by.
        under: i64,
        /// What speaks against what is counted (打 0–6 分); 0 where the metric has no net figure.
        against: i64,
        /// Minor units of the metric in 1 ÷ 1.
        scale: i64,
    },
    /// What named persons were asked to score, and what they gave; in whole points.
    Rated(Rated),
}

/// Qualitative targets of an owner together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rated {
    /// How many there are.
    pub set: i64,
    /// Σ of their target scores.
    pub asked: i64,
    /// How many were scored.
    pub rated: i64,
    /// Σ of the scores given.
    pub scores: i64,
    /// Σ of the target scores of those that were scored.
    pub aimed: i64,
}

impl Rated {
    /// The target score in hundredths: the mean of those that were scored, of all while none was; half away from zero.
    pub fn target(self) -> Option<i64> {
        let (sum, number) = if self.rated > 0 { (self.aimed, self.rated) } else { (self.asked, self.set) };
        let mean = ratio_of(sum, number, 100)?;
        i64::try_from(mean.scaled(1)).ok()
    }

    /// Σ scores ÷ Σ target scores of those that were scored: of one, score ÷ target score.
    ///
    /// ```
    /// use dacheng_domain::Ratio;
    /// use dacheng_domain::metrics::Rated;
    /// let two = Rated { set: 3, asked: 12, rated: 2, scores: 7, aimed: 8 };
    /// assert_eq!(two.attainment(), Ratio::new(7, 8));
    /// assert_eq!(Rated { rated: 0, scores: 0, aimed: 0, ..two }.attainment(), None);
    /// ```
    pub fn attainment(self) -> Option<Ratio> {
        ratio_of(self.scores, self.aimed, 1)
    }
}

impl Measured {
    /// The figure in minor units; `None` (—) without a denominator.
    ///
    /// ```
    /// use dacheng_domain::Ratio;
    /// use dacheng_domain::metrics::Measured;
    /// let north = Measured::Ratio { over: 9, under: 10, against: 0, scale: 10_000 };
    /// let south = Measured::Ratio { over: 10, under: 100, against: 0, scale: 10_000 };
    /// // 19 of 110, far from the mean of 90 % and 10 %.
    /// assert_eq!(north.pooled(south).and_then(Measured::figure), Ratio::new(19 * 10_000, 110));
    /// ```
    pub fn figure(self) -> Option<Ratio> {
        match self {
            Self::Sum(sum) => Some(Ratio::whole(sum)),
            Self::Ratio { over, under, scale, .. } => ratio_of(over, under, scale),
            Self::Rated(own) => ratio_of(own.scores, own.rated, 100),
        }
    }

    /// What speaks for less what speaks against, over all: of answers the NPS, from −100 to 100, in hundredths of a point.
    ///
    /// ```
    /// use dacheng_domain::Ratio;
    /// use dacheng_domain::metrics::Measured;
    /// let answers = Measured::Ratio { over: 5, under: 10, against: 2, scale: 10_000 };
    /// assert_eq!(answers.net(), Some(Ratio::whole(3_000)));
    /// ```
    pub fn net(self) -> Option<Ratio> {
        match self {
            Self::Sum(_) | Self::Rated(_) => None,
            Self::Ratio { over, under, against, scale } => {
                over.checked_sub(against).and_then(|net| ratio_of(net, under, scale))
            }
        }
    }

    /// This and another, over facts that have none in common: sums add up, and so do numerators and denominators.
    /// `None` where the two are not of one kind or grow past `i64`.
    pub fn pooled(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Sum(one), Self::Sum(two)) => one.checked_add(two).map(Self::Sum),
            (
                Self::Ratio { over, under, against, scale },
                Self::Ratio { over: more, under: below, against: opposed, scale: same },
            ) if scale == same => Some(Self::Ratio {
                over: over.checked_add(more)?,
                under: under.checked_add(below)?,
                against: against.checked_add(opposed)?,
                scale,
            }),
            (Self::Rated(own), Self::Rated(more)) => Some(Self::Rated(Rated {
                set: own.set.checked_add(more.set)?,
                asked: own.asked.checked_add(more.asked)?,
                rated: own.rated.checked_add(more.rated)?,
                scores: own.scores.checked_add(more.scores)?,
                aimed: own.aimed.checked_add(more.aimed)?,
            })),
            (Self::Sum(_) | Self::Ratio { .. } | Self::Rated(_), _) => None,
        }
    }

    /// Whether no fact is in it.
    pub const fn is_nothing(self) -> bool {
        match self {
            Self::Sum(sum) => sum == 0,
            Self::Rated(own) => own.set == 0,
            Self::Ratio { over, under, against, .. } => over == 0 && under == 0 && against == 0,
        }
    }
}

/// What is missing to a target, in minor units and never negative; where lower is better, what is too much
/// (`domain.md` §2, 缺口).
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::metrics::{Direction, missing};
/// assert_eq!(missing(Ratio::whole(45), 60, Direction::Higher), Some(Ratio::whole(15)));
/// assert_eq!(missing(Ratio::whole(45), 60, Direction::Lower), Some(Ratio::whole(0)));
/// ```
pub fn missing(actual: Ratio, target: i64, direction: Direction) -> Option<Ratio> {
    let target = Ratio::whole(target);
    let short = match direction {
        Direction::Higher => target.checked_sub(actual),
        Direction::Lower => actual.checked_sub(target),
    };
    short.map(|short| short.max(Ratio::whole(0)))
}

/// A figure beside the one it is compared with, both in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The figure now.
    pub current: Ratio,
    /// The figure then, where there is one.
    pub base: Option<Ratio>,
    /// How far it is from then to now, where that can be said.
    pub step: Option<Step>,
}

/// How a change is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// (current − base) ÷ base.
    Rate(Ratio),
    /// current − base of a rate in per cent, 1 being 100 个百分点.
    Points(Ratio),
}

impl Step {
    /// Its size; steps of one metric are all of one kind.
    pub const fn size(self) -> Ratio {
        match self {
            Self::Rate(size) | Self::Points(size) => size,
        }
    }
}

/// Compares two figures of a metric (`domain.md` §2): rates in per cent change in 个百分点; anything else by a rate
/// where the base is above 0, and by both amounts where it is not.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::metrics::{Metric, Step, moved};
/// let sixty = moved(Metric::ConversionRate, Ratio::whole(6_000), Some(Ratio::whole(5_000)));
/// assert_eq!(sixty.step, Some(Step::Points(Ratio::percent(10))));
/// let grown = moved(Metric::Revenue, Ratio::whole(6_000), Some(Ratio::whole(5_000)));
/// assert_eq!(grown.step, Some(Step::Rate(Ratio::percent(20))));
/// ```
pub fn moved(metric: Metric, current: Ratio, base: Option<Ratio>) -> Moved {
    let definition = metric.definition();
    let is_rate = definition.roll_up != RollUp::Sum && definition.unit == Unit::Percent;
    let step = base.and_then(|base| {
        let difference = current.checked_sub(base)?;
        if is_rate {
            let whole = Ratio::new(1, definition.unit.per_whole() * 100)?;
            return difference.checked_mul(whole).map(Step::Points);
        }
        let by = Ratio::new(base.den(), base.num()).filter(|_| base > Ratio::whole(0))?;
        difference.checked_mul(by).map(Step::Rate)
    });
    Moved { current, base, step }
}
