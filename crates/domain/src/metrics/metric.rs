//! The metrics every company starts with (`domain.md` §2). Their names in people's languages are not here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A metric of the built-in table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// 销售额
    Revenue,
    /// 回款额
    Collections,
    /// 新客户数
    NewCustomers,
    /// 老客户复购率
    RepurchaseRate,
    /// 人均产能
    RevenuePerHead,
    /// 客户转化率
    ConversionRate,
    /// 销售周期
    SalesCycleDays,
    /// 客户满意度
    Satisfaction,
    /// 投诉率
    ComplaintRate,
    /// 推荐率
    ReferralRate,
    /// 新人留存率
    RetentionRate,
    /// 培训完成率
    TrainingRate,
    /// 跨部门协作评分
    Collaboration,
    /// 客单价
    AverageOrder,
    /// 新产品占比
    NewProductShare,
    /// 拜访量
    Visits,
    /// 回款率
    ReceivableRate,
    /// 定性目标
    Rubric,
}

/// The block of the metric table a metric stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// 业绩
    Results,
    /// 效率
    Efficiency,
    /// 质量
    Quality,
    /// 团队
    Team,
    /// 分析
    Analysis,
    /// 定性
    Qualitative,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Yuan, held in fen.
    Money,
    /// Pieces.
    Count,
    /// Per cent, held in hundredths of a per cent.
    Percent,
    /// A score, held in hundredths of a point.
    Score,
    /// Days, held in hundredths of a day.
    Days,
}

impl Unit {
    /// Minor units in one whole: 100 fen in a yuan, 1 in a piece, 100 in a per cent, a point or a day.
    pub const fn per_whole(self) -> i64 {
        match self {
            Self::Count => 1,
            Self::Money | Self::Percent | Self::Score | Self::Days => 100,
        }
    }
}

/// How the figure of a unit follows from those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollUp {
    /// Amounts add up.
    Sum,
    /// A ratio whose numerators and denominators add up: Σ ÷ Σ, never a mean of ratios.
    RatioOfSums,
    /// A ratio over customers or orders counted once per level: computed anew at each level.
    EachLevel,
    /// Scored per owner by a named rater; has no figure above the owner.
    Owner,
}

/// What the rules need to know of a metric, built in or a company's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Definition {
    /// What it counts in.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// How it rolls up.
    pub roll_up: RollUp,
}

impl Definition {
    /// Whether pace, needed per working day, burn-up and early warning exist for it: for additive
    /// metrics that should grow (`domain.md` §2). The others compare period to date with the target.
    pub fn has_pace(self) -> bool {
        self.roll_up == RollUp::Sum && self.direction == Direction::Higher
    }
}

/// A code that no built-in metric has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown metric: {0}")]
pub struct UnknownMetric(pub String);

impl Metric {
    /// Every metric, in the order of the table.
    pub const ALL: [Self; 18] = [
        Self::Revenue,
        Self::Collections,
        Self::NewCustomers,
        Self::RepurchaseRate,
        Self::RevenuePerHead,
        Self::ConversionRate,
        Self::SalesCycleDays,
        Self::Satisfaction,
        Self::ComplaintRate,
        Self::ReferralRate,
        Self::RetentionRate,
        Self::TrainingRate,
        Self::Collaboration,
        Self::AverageOrder,
        Self::NewProductShare,
        Self::Visits,
        Self::ReceivableRate,
        Self::Rubric,
    ];

    /// The stable code of `interface.md`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Collections => "collections",
            Self::NewCustomers => "new_customers",
            Self::RepurchaseRate => "repurchase_rate",
            Self::RevenuePerHead => "revenue_per_head",
            Self::ConversionRate => "conversion_rate",
            Self::SalesCycleDays => "sales_cycle_days",
            Self::Satisfaction => "satisfaction",
            Self::ComplaintRate => "complaint_rate",
            Self::ReferralRate => "referral_rate",
            Self::RetentionRate => "retention_rate",
            Self::TrainingRate => "training_rate",
            Self::Collaboration => "collaboration",
            Self::AverageOrder => "average_order",
            Self::NewProductShare => "new_product_share",
            Self::Visits => "visits",
            Self::ReceivableRate => "receivable_rate",
            Self::Rubric => "rubric",
        }
    }

    /// The block of the table it stands in.
    pub const fn group(self) -> Group {
        match self {
            Self::Revenue | Self::Collections | Self::NewCustomers | Self::RepurchaseRate => Group::Results,
            Self::RevenuePerHead | Self::ConversionRate | Self::SalesCycleDays => Group::Efficiency,
            Self::Satisfaction | Self::ComplaintRate | Self::ReferralRate => Group::Quality,
            Self::RetentionRate | Self::TrainingRate | Self::Collaboration => Group::Team,
            Self::AverageOrder | Self::NewProductShare | Self::Visits | Self::ReceivableRate => {
                Group::Analysis
            }
            Self::Rubric => Group::Qualitative,
        }
    }

    /// Unit, direction and roll-up.
    ///
    /// ```
    /// use dacheng_domain::metrics::{Metric, RollUp};
    /// assert!(Metric::Visits.definition().has_pace());
    /// assert_eq!(Metric::RepurchaseRate.definition().roll_up, RollUp::EachLevel);
    /// ```
    pub const fn definition(self) -> Definition {
        use Direction::{Higher, Lower};
        use RollUp::{EachLevel, Owner, RatioOfSums, Sum};
        use Unit::{Count, Days, Money, Percent, Score};
        let (unit, direction, roll_up) = match self {
            Self::Revenue | Self::Collections => (Money, Higher, Sum),
            Self::NewCustomers | Self::Visits => (Count, Higher, Sum),
            Self::RevenuePerHead => (Money, Higher, RatioOfSums),
            Self::ConversionRate
            | Self::ReferralRate
            | Self::RetentionRate
            | Self::TrainingRate
            | Self::NewProductShare
            | Self::ReceivableRate => (Percent, Higher, RatioOfSums),
            Self::Satisfaction | Self::Collaboration => (Score, Higher, RatioOfSums),
            Self::SalesCycleDays => (Days, Lower, RatioOfSums),
            Self::RepurchaseRate => (Percent, Higher, EachLevel),
            Self::ComplaintRate => (Percent, Lower, EachLevel),
            Self::AverageOrder => (Money, Higher, EachLevel),
            Self::Rubric => (Score, Higher, Owner),
        };
        Definition { unit, direction, roll_up }
    }
}

impl FromStr for Metric {
    type Err = UnknownMetric;

    fn from_str(text: &str) -> Result<Self, UnknownMetric> {
        let found = Self::ALL.into_iter().find(|metric| metric.code() == text);
        found.ok_or_else(|| UnknownMetric(text.to_owned()))
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
