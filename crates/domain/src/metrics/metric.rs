//! The metrics every company starts with (`domain.md` §2), and those it defines itself. The names of the former in people's
//! languages are not here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::own::Own;
use crate::{Fen, Ratio};

/// A metric of the built-in table, or a company's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// 自定义指标
    Own(Own),
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
    /// 自定义
    Own,
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

    /// A figure in minor units as programs read it (`interface.md`): money in yuan with two decimals, pieces whole; a
    /// rate as a part of 1, points and days with four decimals. Each rounded half away from zero.
    ///
    /// ```
    /// use dacheng_domain::Ratio;
    /// use dacheng_domain::metrics::Unit;
    /// assert_eq!(Unit::Money.written(Ratio::whole(123_450)), "1234.50");
    /// assert_eq!(Unit::Count.written(Ratio::whole(12)), "12");
    /// assert_eq!(Unit::Percent.written(Ratio::whole(6_000)), "0.6000");
    /// assert_eq!(Unit::Days.written(Ratio::whole(4_250)), "42.5000");
    /// ```
    pub fn written(self, figure: Ratio) -> String {
        let shown = |den: i64| Ratio::new(figure.num(), figure.den().saturating_mul(den.into()));
        match self {
            Self::Money => Fen(i64::try_from(figure.scaled(1)).unwrap_or(i64::MAX)).to_string(),
            Self::Count => figure.scaled(1).to_string(),
            Self::Percent => shown(10_000).unwrap_or(figure).to_string(),
            Self::Score | Self::Days => shown(100).unwrap_or(figure).to_string(),
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
    /// Every built-in metric, in the order of the table. A company's own are in its [`super::own::Catalogue`].
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
            Self::Own(own) => own.code(),
        }
    }

    /// The company's own metric that it is, where it is no built-in one.
    pub const fn own(self) -> Option<Own> {
        match self {
            Self::Own(own) => Some(own),
            Self::Revenue
            | Self::Collections
            | Self::NewCustomers
            | Self::RepurchaseRate
            | Self::RevenuePerHead
            | Self::ConversionRate
            | Self::SalesCycleDays
            | Self::Satisfaction
            | Self::ComplaintRate
            | Self::ReferralRate
            | Self::RetentionRate
            | Self::TrainingRate
            | Self::Collaboration
            | Self::AverageOrder
            | Self::NewProductShare
            | Self::Visits
            | Self::ReceivableRate
            | Self::Rubric => None,
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
            Self::Own(_) => Group::Own,
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
            Self::Own(own) => return own.definition(),
        };
        Definition { unit, direction, roll_up }
    }
}

impl Serialize for Metric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Reads built-in metrics alone: what a company's own is, only its catalogue knows.
impl<'de> Deserialize<'de> for Metric {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

/// Reads built-in metrics alone, as [`Metric::deserialize`].
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
