//! How a metric is made of measures (`domain.md` §2, "Metrics").

use super::own::{Own, Side};
use super::{Metric, Unit};
use crate::facts::Measure;
use crate::{Fen, Ratio};

/// How a metric is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipe {
    /// A measure is the metric.
    Sum(Measure),
    /// One measure over others, both summed over the owner and the window first: Σ ÷ Σ, never a mean of ratios.
    Ratio {
        /// What is counted.
        over: Measure,
        /// What it is divided by, added up.
        under: &'static [Measure],
        /// What speaks against what is counted, in the net figure beside the ratio.
        against: Option<Measure>,
        /// Minor units of the metric in 1 ÷ 1.
        scale: i64,
    },
    /// Customers who bought in the twelve months before and in the window, over the former: customer sets, per level.
    Repurchase,
    /// Revenue over the average headcount.
    PerHead,
    /// Newcomers still employed at their six-month mark, over those whose mark falls in the window.
    Retention,
    /// Rated by a person.
    Rated,
    /// As the company defined it.
    Own(Own),
}

impl Metric {
    /// How it is made.
    pub const fn recipe(self) -> Recipe {
        use Measure as M;
        const PER_CENT: i64 = 10_000;
        let (over, under, scale): (M, &'static [M], i64) = match self {
            Self::Revenue => return Recipe::Sum(M::Revenue),
            Self::Collections => return Recipe::Sum(M::Collections),
            Self::NewCustomers => return Recipe::Sum(M::NewCustomers),
            Self::Visits => return Recipe::Sum(M::Visits),
            Self::RepurchaseRate => return Recipe::Repurchase,
            Self::RevenuePerHead => return Recipe::PerHead,
            Self::RetentionRate => return Recipe::Retention,
            Self::Rubric => return Recipe::Rated,
            Self::Own(own) => return Recipe::Own(own),
            Self::ConversionRate => (M::Won, &[M::Won, M::Lost], PER_CENT),
            Self::SalesCycleDays => (M::WonDays, &[M::Won], 100),
            Self::Satisfaction => (M::Satisfaction, &[M::SatisfactionAnswers], 1),
            Self::ComplaintRate => (M::Complaints, &[M::Orders], PER_CENT),
            Self::ReferralRate => (M::Promoters, &[M::RecommendAnswers], PER_CENT),
            Self::TrainingRate => (M::CoursesDone, &[M::CoursesDue], PER_CENT),
            Self::Collaboration => (M::PeerScore, &[M::PeerScores], 1),
            Self::AverageOrder => (M::Revenue, &[M::Orders], 1),
            Self::NewProductShare => (M::NewProductRevenue, &[M::Revenue], PER_CENT),
            Self::ReceivableRate => (M::Collections, &[M::Receivables], PER_CENT),
        };
        let against = if self.has_net() { Some(M::Detractors) } else { None };
        Recipe::Ratio { over, under, against, scale }
    }

    /// Whether a net figure stands beside the rate: NPS, promoters less detractors ÷ answers.
    pub const fn has_net(self) -> bool {
        matches!(self, Self::ReferralRate)
    }

    /// The kinds of file (`interface.md`) whose facts it is made of, the most telling first; none for what a person
    /// rates.
    ///
    /// ```
    /// use dacheng_domain::metrics::Metric;
    /// assert_eq!(Metric::ComplaintRate.sources(), ["complaints", "orders"]);
    /// ```
    pub fn sources(self) -> Vec<&'static str> {
        let of = |measures: &[Measure]| {
            let mut kinds = Vec::new();
            for kind in measures.iter().flat_map(|measure| sources_of(*measure)) {
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
            kinds
        };
        match self.recipe() {
            Recipe::Sum(measure) => {
                let all: Vec<Measure> = [measure].into_iter().chain(measure.opening()).collect();
                of(&all)
            }
            Recipe::Ratio { over, under, .. } => of(&[&[over], under].concat()),
            Recipe::Repurchase => of(&[Measure::Buyers]),
            Recipe::PerHead => [of(&[Measure::Revenue]), vec!["members", "employments", "leaves"]].concat(),
            Recipe::Retention => vec!["members", "employments"],
            Recipe::Rated => Vec::new(),
            Recipe::Own(own) => {
                let over: Vec<Measure> = own.measures(Side::Over);
                let openings = over.iter().filter_map(|measure| measure.opening()).collect();
                of(&[over.clone(), own.measures(Side::Under), openings].concat())
            }
        }
    }
}

/// What a measure is held in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Fen.
    Money,
    /// Pieces, or whole days.
    Pieces,
    /// Hundredths of a point.
    Points,
}

impl Held {
    /// What a measure is held in.
    pub const fn of(measure: Measure) -> Self {
        match measure {
            Measure::Revenue
            | Measure::Collections
            | Measure::Receivables
            | Measure::NewProductRevenue
            | Measure::OpeningRevenue
            | Measure::OpeningCollections => Self::Money,
            Measure::Satisfaction | Measure::PeerScore => Self::Points,
            Measure::Orders
            | Measure::NewCustomers
            | Measure::Buyers
            | Measure::Visits
            | Measure::SatisfactionAnswers
            | Measure::RecommendAnswers
            | Measure::Promoters
            | Measure::Detractors
            | Measure::Complaints
            | Measure::Won
            | Measure::Lost
            | Measure::WonDays
            | Measure::CoursesDue
            | Measure::CoursesDone
            | Measure::PeerScores
            | Measure::OpeningNewCustomers
            | Measure::OpeningVisits => Self::Pieces,
        }
    }

    /// What amounts of a unit are held in.
    pub const fn of_unit(unit: Unit) -> Self {
        match unit {
            Unit::Money => Self::Money,
            Unit::Count => Self::Pieces,
            Unit::Percent | Unit::Score | Unit::Days => Self::Points,
        }
    }

    /// What the sides of a company's own metric are held in; of a sum, what it is itself.
    pub fn of_own(own: Own, side: Side) -> Self {
        let month = own.newest().valid_from;
        own.term(side, month)
            .or_else(|| own.term(Side::Over, month))
            .map_or(Self::Pieces, |term| Self::of_unit(term.unit()))
    }

    /// An amount as programs read it: yuan or points with two decimals, pieces whole.
    pub fn written(self, amount: i64) -> String {
        match self {
            Self::Money | Self::Points => Fen(amount).to_string(),
            Self::Pieces => amount.to_string(),
        }
    }
}

/// The kinds of file that a measure is credited from.
const fn sources_of(measure: Measure) -> &'static [&'static str] {
    match measure {
        Measure::Revenue | Measure::NewProductRevenue => {
            &["orders", "order_lines", "order_shares", "returns"]
        }
        Measure::Collections => &["payments"],
        Measure::Receivables => &["receivables"],
        Measure::Orders | Measure::Buyers => &["orders"],
        Measure::NewCustomers => &["orders", "customers"],
        Measure::Visits => &["visits"],
        Measure::Satisfaction
        | Measure::SatisfactionAnswers
        | Measure::RecommendAnswers
        | Measure::Promoters
        | Measure::Detractors => &["surveys"],
        Measure::Complaints => &["complaints"],
        Measure::Won | Measure::Lost | Measure::WonDays => &["opportunities"],
        Measure::CoursesDue | Measure::CoursesDone => &["trainings"],
        Measure::PeerScore | Measure::PeerScores => &["scores"],
        Measure::OpeningRevenue
        | Measure::OpeningCollections
        | Measure::OpeningNewCustomers
        | Measure::OpeningVisits => &["summaries"],
    }
}

/// A ratio in minor units of its metric; `None` (—) where there is no denominator.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::metrics::ratio_of;
/// assert_eq!(ratio_of(45, 75, 10_000), Some(Ratio::whole(6_000)));
/// assert_eq!(ratio_of(45, 0, 10_000), None);
/// ```
pub fn ratio_of(over: i64, under: i64, scale: i64) -> Option<Ratio> {
    if under <= 0 { None } else { Ratio::new(i128::from(over) * i128::from(scale), under) }
}
