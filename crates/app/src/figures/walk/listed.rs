//! What is said of a fact: that it counts and with how much, or why it does not.

use dacheng_domain::Fen;
use dacheng_domain::metrics::Measured;
use jiff::civil::Date;
use serde::Serialize;

use crate::figures::attainment::Figure;

/// A fact that counts, and with how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// `order`, `return`, `payment`…; `member` and `customer` where people or customers are counted.
    pub kind: &'static str,
    /// Its code.
    pub code: String,
    /// Its date.
    pub date: Date,
    /// Whom it credits.
    pub member: String,
    /// The customer.
    pub customer: Option<String>,
    /// What it adds to the sum, or to the numerator of a ratio, as its measure is held.
    pub over: i64,
    /// What it adds to the denominator of a ratio; 0 for a sum.
    pub under: i64,
    /// What it adds to what speaks against, where the metric has a net figure; else 0.
    pub against: i64,
    /// Whether it is an overlay share (双计).
    pub overlay: bool,
}

impl Counted {
    /// What it adds to the sum or the numerator of a figure, and to the denominator of a ratio, as programs read it.
    pub fn written(&self, figure: &Figure) -> (String, Option<String>) {
        let (over, under) = figure.sides_written(self.over, self.under);
        let is_ratio = matches!(figure.measured, Measured::Ratio { .. });
        (over, is_ratio.then_some(under))
    }

    /// What it adds to the net figure beside the rate, where the metric has one: 1, 0 or −1 of an answer.
    pub fn net(&self, figure: &Figure) -> Option<i64> {
        figure.metric.has_net().then(|| self.over - self.against)
    }
}

/// A fact that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotCounted {
    /// `order`, `return` or `payment`.
    pub kind: &'static str,
    /// Its code.
    pub code: String,
    /// Its date.
    pub date: Date,
    /// What it would be worth.
    pub amount: Option<Fen>,
    /// Why it does not count.
    pub reason: Why,
}

/// Why a fact does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was cancelled.
    Cancelled,
    /// Its order was cancelled.
    OrderCancelled,
    /// It has neither an amount nor lines.
    NoAmount,
    /// Whoever it credits is not known any more.
    MemberWithdrawn,
    /// It is neither won nor lost, and not silent for too long.
    StillOpen,
    /// A summary of a month in which there are facts.
    GivesWay,
    /// The company's own metric is about others only.
    OutsideFilter,
}

impl Why {
    /// The word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::OrderCancelled => "order_cancelled",
            Self::NoAmount => "no_amount",
            Self::MemberWithdrawn => "member_withdrawn",
            Self::StillOpen => "still_open",
            Self::GivesWay => "gives_way",
            Self::OutsideFilter => "outside_filter",
        }
    }
}
