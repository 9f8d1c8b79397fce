//! Alert rules as versioned data. What a month's figure is lives in `figures`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Ratio;
use crate::calendar::Month;
use crate::metrics::Metric;

/// Whose months a rule judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// A member.
    Person,
    /// 小组
    Team,
    /// 大区
    Region,
    /// The whole company.
    Company,
}

/// Below what a month is yellow, and below what two in a row are red; red never above yellow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Bounds", into = "Bounds")]
pub struct Thresholds(Bounds);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Bounds {
    yellow_below: Ratio,
    red_below: Ratio,
}

/// A red threshold above the yellow one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the red threshold lies above the yellow one")]
pub struct RedAboveYellow;

impl Thresholds {
    /// Both thresholds, in what the rule's [`Measure`] counts.
    pub fn new(yellow_below: Ratio, red_below: Ratio) -> Result<Self, RedAboveYellow> {
        Self::try_from(Bounds { yellow_below, red_below })
    }

    /// A figure below it is at least yellow.
    pub const fn yellow_below(self) -> Ratio {
        self.0.yellow_below
    }

    /// A figure below it counts towards red.
    pub const fn red_below(self) -> Ratio {
        self.0.red_below
    }
}

impl Default for Thresholds {
    /// Yellow below 80 %, red below 70 %.
    fn default() -> Self {
        Self(Bounds { yellow_below: Ratio::percent(80), red_below: Ratio::percent(70) })
    }
}

impl TryFrom<Bounds> for Thresholds {
    type Error = RedAboveYellow;

    fn try_from(bounds: Bounds) -> Result<Self, RedAboveYellow> {
        if bounds.red_below > bounds.yellow_below { Err(RedAboveYellow) } else { Ok(Self(bounds)) }
    }
}

impl From<Thresholds> for Bounds {
    fn from(thresholds: Thresholds) -> Self {
        thresholds.0
    }
}

/// What the thresholds are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Attainment of the alert target.
    Attainment,
    /// How much better than its target a ratio or score is, in minor units: −500 is 5 points worse.
    Points,
}

/// Whom and what a rule treats differently (setting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowances {
    /// Through this month of service there is no red, and yellow opens a coaching plan. Default 3.
    pub newcomer_months: u32,
    /// From so many working days of leave the alert target shrinks. Default 5.
    pub leave_from_days: u32,
    /// Present for a smaller share of the month: no alert, and the run breaks. Default 50 %.
    pub least_presence: Ratio,
    /// A count whose month target lies below is judged by quarter. Default 5.
    pub monthly_count_from: i64,
}

impl Default for Allowances {
    fn default() -> Self {
        Self {
            newcomer_months: 3,
            leave_from_days: 5,
            least_presence: Ratio::percent(50),
            monthly_count_from: 5,
        }
    }
}

/// One version of the alert rule of a metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertRule {
    /// The metric it judges.
    pub metric: Metric,
    /// Counts up with every change of the metric's rule.
    pub version: u32,
    /// The first month it judges.
    pub valid_from: Month,
    /// Whose months it judges; nobody's switches the rule off.
    pub owners: BTreeSet<OwnerKind>,
    /// What the thresholds count.
    pub measure: Measure,
    /// Yellow and red.
    pub thresholds: Thresholds,
    /// Leave, newcomers, small counts.
    pub allowances: Allowances,
}

/// The rules a company starts with: revenue and collections for person, team and region (`domain.md` §5).
pub fn default_rules(valid_from: Month) -> [AlertRule; 2] {
    [Metric::Revenue, Metric::Collections].map(|metric| AlertRule {
        metric,
        version: 1,
        valid_from,
        owners: [OwnerKind::Person, OwnerKind::Team, OwnerKind::Region].into(),
        measure: Measure::Attainment,
        thresholds: Thresholds::default(),
        allowances: Allowances::default(),
    })
}

/// The version that judges a month of such an owner: the newest of the metric valid by then, if it
/// covers the owner.
pub fn rule_in_force(
    rules: &[AlertRule],
    metric: Metric,
    owner: OwnerKind,
    month: Month,
) -> Option<&AlertRule> {
    let of_metric = rules.iter().filter(|rule| rule.metric == metric && rule.valid_from <= month);
    of_metric.max_by_key(|rule| rule.version).filter(|rule| rule.owners.contains(&owner))
}
