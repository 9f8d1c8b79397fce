//! How a unit is to be broken down, and what that would come to. Working it out lives in [`super::proposal`].

use dacheng_domain::allocation::Declared;
use dacheng_domain::metrics::Metric;

use super::owner::Owner;
use super::sheet::{Kin, Months};
use super::weights::Method;

/// How a unit is to be broken down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakDown {
    /// The plan's code.
    pub plan: String,
    /// Of which metric; one that adds up.
    pub metric: Metric,
    /// The code of the unit.
    pub unit: String,
    /// By a method, or as given.
    pub split: Split,
    /// The codes of leaders who are to carry a target of their own. Those who carry one already need not be named
    /// for a [`Split::By`]; a [`Split::Given`] names everybody.
    pub leaders: Vec<String>,
    /// What the children do not carry, or carry on top.
    pub declared: Declaration,
}

/// What each child is to receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// By weights and constraints, to whole rounding units of the year; months follow the parent's.
    By {
        /// The weights.
        method: Method,
        /// The rounding unit, in the metric's smallest unit; 1 for none.
        rounding: i64,
        /// Constraints on the year of single children.
        bounds: Vec<Bounds>,
    },
    /// Every month of every child, as somebody filled in.
    Given(Vec<(Owner, Months)>),
}

/// Constraints on a child's year, in the metric's smallest unit. Stored locks hold beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Whose.
    pub owner: Owner,
    /// At least.
    pub minimum: Option<i64>,
    /// At most.
    pub maximum: Option<i64>,
    /// Exactly.
    pub lock: Option<i64>,
}

/// A difference that is declared on the parent (`domain.md` §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declaration {
    /// Over the year, spread over the months in proportion to the parent's.
    Year(Declared),
    /// Month by month.
    Months([Declared; 12]),
}

impl Default for Declaration {
    /// None.
    fn default() -> Self {
        Self::Year(Declared::default())
    }
}

/// What a breakdown would come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The unit.
    pub unit: String,
    /// The version of its breakdown as it stands, 0 for none; [`apply`] wants it.
    pub version: i64,
    /// The unit's own months.
    pub parent: Months,
    /// The children, units first.
    pub children: Vec<ProposedChild>,
    /// 预留 by month.
    pub reserve: Months,
    /// 超额分配 by month.
    pub buffer: Months,
    /// The child that carries the odd part below one rounding unit, and how much it is.
    pub remainder: Option<(Owner, i64)>,
}

/// A child with what it would receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedChild {
    /// Who.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// What they would carry; `None` in months in which they are not there.
    pub months: [Option<i64>; 12],
    /// What they carry now.
    pub current: [Option<i64>; 12],
    /// What they achieved in each month of the year before; `None` where that is not known for the metric.
    pub last_year: Option<Months>,
}

impl ProposedChild {
    /// The year.
    pub fn year(&self) -> i64 {
        self.months.iter().flatten().sum()
    }
}

impl Split {
    /// The word that is recorded.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::By { method, .. } => method.code(),
            Self::Given(_) => "given",
        }
    }
}

impl ProposedChild {
    pub(super) fn kin(&self) -> Kin {
        let there = self.months.iter().enumerate().filter(|(_, amount)| amount.is_some());
        Kin { owner: self.owner.clone(), months: there.fold(0, |set, (place, _)| set | 1 << place) }
    }
}
