//! What facts add up to before any metric is made of them: whole numbers that add up over members, units and time.

use serde::{Deserialize, Serialize};

/// Something that facts add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 销售额, in fen, on the date of the order or return.
    Revenue,
    /// 回款额, in fen, on the date of the payment.
    Collections,
    /// 应收, in fen, on the due date.
    Receivables,
    /// Revenue of products that are new, in fen.
    NewProductRevenue,
    /// Orders not cancelled, on their date. Each counts once per level: where it has several owners, corrections below 0
    /// stand at the units that they have in common.
    Orders,
    /// Customers on the date of their first order, for its main owner.
    NewCustomers,
    /// Orders by customer and month: whose cells are there, bought.
    Buyers,
    /// 拜访, on their date.
    Visits,
    /// Σ satisfaction, in hundredths of a point, on the date of the answer.
    Satisfaction,
    /// Answers about satisfaction.
    SatisfactionAnswers,
    /// Answers about recommending.
    RecommendAnswers,
    /// Those of 9 and 10.
    Promoters,
    /// Those of 0 to 6.
    Detractors,
    /// 投诉, on their date.
    Complaints,
    /// Opportunities won, on the day they closed.
    Won,
    /// Opportunities lost on the day they closed, or fell silent for too long.
    Lost,
    /// Days from opening to winning, on the day of the win.
    WonDays,
    /// Courses due, on the due date.
    CoursesDue,
    /// Those of them that were completed by it.
    CoursesDone,
    /// Σ collaboration scores, in hundredths of a point.
    PeerScore,
    /// Their number.
    PeerScores,
    /// 期初 of 销售额 by summaries, in fen, on the first of the month; the same for the following.
    OpeningRevenue,
    /// 期初 of 回款额, in fen.
    OpeningCollections,
    /// 期初 of new customers.
    OpeningNewCustomers,
    /// 期初 of 拜访.
    OpeningVisits,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 25] = [
        Self::Revenue,
        Self::Collections,
        Self::Receivables,
        Self::NewProductRevenue,
        Self::Orders,
        Self::NewCustomers,
        Self::Buyers,
        Self::Visits,
        Self::Satisfaction,
        Self::SatisfactionAnswers,
        Self::RecommendAnswers,
        Self::Promoters,
        Self::Detractors,
        Self::Complaints,
        Self::Won,
        Self::Lost,
        Self::WonDays,
        Self::CoursesDue,
        Self::CoursesDone,
        Self::PeerScore,
        Self::PeerScores,
        Self::OpeningRevenue,
        Self::OpeningCollections,
        Self::OpeningNewCustomers,
        Self::OpeningVisits,
    ];

    const OPENINGS: [(Self, Self); 4] = [
        (Self::Revenue, Self::OpeningRevenue),
        (Self::Collections, Self::OpeningCollections),
        (Self::NewCustomers, Self::OpeningNewCustomers),
        (Self::Visits, Self::OpeningVisits),
    ];

    /// Whether it counts in fen, and so is split over the seats of its member; anything else stays whole.
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::Revenue
                | Self::Collections
                | Self::Receivables
                | Self::NewProductRevenue
                | Self::OpeningRevenue
                | Self::OpeningCollections
        )
    }

    /// What summaries of it add up to: a measure of their own beside it, of which only the months of members without any
    /// fact are counted (decision 13).
    ///
    /// ```
    /// use dacheng_domain::facts::Measure;
    /// assert_eq!(Measure::Revenue.opening(), Some(Measure::OpeningRevenue));
    /// assert_eq!(Measure::Orders.opening(), None);
    /// ```
    pub fn opening(self) -> Option<Self> {
        Self::OPENINGS.iter().find(|(own, _)| *own == self).map(|(_, opening)| *opening)
    }

    /// Its number, which is kept: 1 and up, never given anew.
    ///
    /// ```
    /// use dacheng_domain::facts::Measure;
    /// assert_eq!((Measure::Revenue.number(), Measure::Collections.number()), (1, 2));
    /// ```
    pub const fn number(self) -> i64 {
        self as i64 + 1
    }
}
