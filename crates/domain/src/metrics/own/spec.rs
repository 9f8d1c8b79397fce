//! An own metric as it is kept: what never changes of it, and its versions, each from a month on.

use serde::{Deserialize, Serialize};

use super::term::Filter;
use crate::access::Role;
use crate::calendar::Month;
use crate::facts::Measure;
use crate::metrics::{Direction, RollUp, Unit, Window};

/// How an own metric is made. It stays as it was defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnKind {
    /// The sum of a measure in money.
    Sum,
    /// How many of something.
    Count,
    /// One additive metric over another.
    Ratio,
    /// Entered by hand by a reporter, and added up.
    EnteredSum,
    /// Entered by hand by a reporter: the mean of what was entered.
    EnteredMean,
}

impl OwnKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Sum, Self::Count, Self::Ratio, Self::EnteredSum, Self::EnteredMean];

    /// The word for programs, as it is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Count => "count",
            Self::Ratio => "ratio",
            Self::EnteredSum => "entered_sum",
            Self::EnteredMean => "entered_mean",
        }
    }

    /// Whether a reporter enters it.
    pub const fn is_entered(self) -> bool {
        matches!(self, Self::EnteredSum | Self::EnteredMean)
    }

    /// Whether its amounts add up, so that it may be part of a ratio and its targets follow the sum rule.
    pub const fn adds_up(self) -> bool {
        matches!(self.roll_up(), RollUp::Sum)
    }

    /// How it rolls up.
    pub const fn roll_up(self) -> RollUp {
        match self {
            Self::Sum | Self::Count | Self::EnteredSum => RollUp::Sum,
            Self::Ratio | Self::EnteredMean => RollUp::RatioOfSums,
        }
    }

    /// Whether it can count in a unit.
    pub const fn fits(self, unit: Unit) -> bool {
        match self {
            Self::Sum => matches!(unit, Unit::Money),
            Self::Count => matches!(unit, Unit::Count),
            Self::EnteredMean => true,
            Self::Ratio => !matches!(unit, Unit::Count),
            Self::EnteredSum => matches!(unit, Unit::Money | Unit::Count),
        }
    }
}

/// An own metric with all its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSpec {
    /// Its code, by which files and programs name it.
    pub code: String,
    /// How it is made.
    pub kind: OwnKind,
    /// What it counts in.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The oldest first; never empty.
    pub versions: Vec<OwnVersion>,
}

/// What holds of an own metric from a month on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnVersion {
    /// From 1; given when it is kept.
    #[serde(default)]
    pub version: u32,
    /// The first month it holds for; the first version holds for everything before as well.
    pub valid_from: Month,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// The word for one of what it counts, in Chinese and English: 场, events. May be empty.
    #[serde(default)]
    pub word: [String; 2],
    /// What it is made of.
    pub made_of: MadeOf,
    /// Over which days a ratio is judged.
    pub window: Option<Window>,
    /// Whether it is retired: still shown, no longer offered, entered or asked for.
    #[serde(default)]
    pub retired: bool,
}

/// What an own metric is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeOf {
    /// Facts.
    Facts(Facts),
    /// Two additive metrics, by code.
    Ratio {
        /// What is counted.
        over: String,
        /// What it is divided by.
        under: String,
    },
    /// What somebody enters.
    Entered(Entering),
}

/// A measure, and which of its facts count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Which.
    pub measure: Measure,
    /// Of which facts.
    #[serde(default)]
    pub filter: Filter,
}

/// Who enters a metric, for whom and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entering {
    /// For whom a value is entered every month.
    pub carried_by: CarriedBy,
    /// Who enters it.
    pub reporter: Reporter,
    /// By which working day of the next month, from 1.
    pub due_day: u8,
}

/// For whom a value is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarriedBy {
    /// Every selling member.
    Members,
    /// Every unit with selling members of its own.
    Teams,
}

/// Who enters a metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reporter {
    /// A member, by code.
    Member(String),
    /// Whoever holds a post of this role.
    Post(Role),
}
