//! A target as a sentence states it, and the names a sentence may use.

use crate::metrics::{Metric, TargetForm, Unit};

use super::When;

/// Something that the caller's lists name: a unit, a person, a product line, a customer type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What it is.
    pub kind: ScopeKind,
    /// Its code.
    pub code: String,
    /// Its name, of two characters at least to be found in a sentence.
    pub name: String,
}

/// What a target may be limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    /// A unit of the organisation.
    Unit,
    /// A person.
    Member,
    /// 产品线
    ProductLine,
    /// 客户类型
    CustomerType,
}

impl ScopeKind {
    /// Whether it carries a target; the others only limit one.
    pub const fn is_owner(self) -> bool {
        matches!(self, Self::Unit | Self::Member)
    }
}

/// A name that a sentence uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// What it is.
    pub kind: ScopeKind,
    /// Its code.
    pub code: String,
}

/// Which side of its number a target is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// 不低于
    AtLeast,
    /// 不超过
    AtMost,
}

/// What a growth is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Base {
    /// 同比: the same period of the year before.
    LastYear,
    /// 环比: the period before.
    PreviousPeriod,
}

/// By how much something is to change; above 0 is more. A change is no number without its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// In hundredths of a per cent of the base: 提升 20 %.
    Percent(i64),
    /// In hundredths of a percentage point: 提升 5 个百分点.
    Points(i64),
    /// In minor units of the metric: 增加 100 万元.
    Amount(i64),
}

/// The figure of a stated target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// A number, in minor units of the metric: a total or a monthly average.
    Amount(TargetForm),
    /// A change against a base, where one is named.
    Change(Change, Option<Base>),
}

/// Why a stated target has no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoFigure {
    /// There is no number.
    Absent,
    /// The number has no unit, and could mean several: 销售额 500.
    NoUnit,
    /// The number counts in something else than the metric: 销售额 500 家.
    WrongUnit,
    /// A metric counts no part that small.
    TooFine,
    /// It can never be reached, or is larger than what is kept: a share of 130 %.
    OutOfRange,
    /// There are several numbers: 500–600 万.
    Several,
    /// The number is 0, of something that should grow.
    Zero,
}

/// A target as a sentence states it. What the sentence does not say is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Of what.
    pub metric: Option<Metric>,
    /// How much.
    pub figure: Result<Figure, NoFigure>,
    /// On which side of it.
    pub bound: Option<Bound>,
    /// When.
    pub when: Option<When>,
    /// Whose, and of what part; none for the company as a whole.
    pub scopes: Vec<Scope>,
}

impl Figure {
    /// The whole of a period of so many months, in minor units; `base` is what the base came to, which a change needs.
    /// A percentage of it is rounded half away from zero. `None` without a base or beyond `i64`.
    ///
    /// ```
    /// use dacheng_domain::metrics::TargetForm;
    /// use dacheng_domain::planning::smart::{Base, Change, Figure};
    /// assert_eq!(Figure::Amount(TargetForm::MonthlyAverage(20)).total(3, None), Some(60));
    /// let grown = Figure::Change(Change::Percent(2_000), Some(Base::LastYear));
    /// assert_eq!((grown.total(3, Some(500)), grown.total(3, None)), (Some(600), None));
    /// ```
    pub fn total(self, months: u32, base: Option<i64>) -> Option<i64> {
        match self {
            Self::Amount(form) => form.total(months),
            Self::Change(..) if base.is_none() => None,
            Self::Change(change, _) => {
                let base = i128::from(base?);
                let added = match change {
                    Change::Percent(hundredths) => {
                        crate::ratio::round_half_away(base * i128::from(hundredths), 10_000)
                    }
                    Change::Points(more) | Change::Amount(more) => i128::from(more),
                };
                i64::try_from(base + added).ok()
            }
        }
    }
}

/// The largest value a metric can have, in minor units, where it has one.
pub(super) const fn largest(metric: Metric) -> Option<i64> {
    match (metric, metric.definition().unit) {
        // More can be collected in a period than falls due in it.
        (Metric::ReceivableRate | Metric::Own(_), _) | (_, Unit::Money | Unit::Count | Unit::Days) => None,
        (Metric::Collaboration | Metric::Rubric, _) => Some(500),
        (_, Unit::Percent | Unit::Score) => Some(10_000),
    }
}
