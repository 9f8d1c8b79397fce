//! What a copy did, as it is kept beside the new plan: growth, and by name who did not come along with what became of
//! their part.

use std::collections::BTreeMap;

use dacheng_domain::metrics::Metric;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// What a copy did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Copied {
    /// Growth by metric, in hundredths of a per cent.
    pub growth: BTreeMap<String, i64>,
    /// Who did not come along.
    pub not_taken: Vec<NotTaken>,
}

/// Somebody who carried a target and is no longer there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotTaken {
    /// The metric's code.
    pub metric: String,
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// Their name.
    pub name: String,
    /// The name of the unit they carried it for.
    pub unit: String,
    /// Why.
    pub why: Why,
    /// In how many months.
    pub months: u32,
    /// What they would carry in those months, in the metric's smallest unit.
    pub amount: i64,
    /// What became of it.
    pub became: Became,
    /// The names of the people below them who carried a part of it.
    pub below: Vec<String>,
}

/// Why somebody is no longer there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A member who left.
    Left,
    /// A unit that is closed.
    Closed,
    /// Somebody who belongs to another unit now.
    Moved,
}

/// What became of the part of somebody who is no longer there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// A reserve of the unit.
    Reserve,
    /// Those beside them carry it.
    Siblings,
    /// Partly the one, partly the other.
    Both,
    /// The unit carries it undivided: nobody is left below it.
    Unit,
    /// Nothing: targets of the metric do not add up.
    Nothing,
}

impl NotTaken {
    /// The metric.
    pub fn of(&self) -> Option<Metric> {
        self.metric.parse().ok()
    }
}

impl Copied {
    pub(super) fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|wrong| Error::Internal(format!("copied: {wrong}")))
    }

    pub(super) fn written(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|wrong| Error::Internal(wrong.to_string()))
    }
}
