//! What another program is told of an event: its kind, ids, codes and counts, to ask the API for the rest. No name, no
//! amount, no address.

use jiff::civil::Date;
use serde::Serialize;

use super::Event;
use crate::calendar::Month;
use crate::metrics::Metric;
use crate::tracking::alert::Level;

/// What an event is about, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Hook {
    /// An alert.
    Alert {
        /// Its number.
        alert: i64,
        /// Its metric.
        metric: Metric,
        /// Its month.
        month: Month,
        /// Yellow or red.
        level: Level,
    },
    /// An improvement plan.
    Improvement {
        /// Its number.
        plan: i64,
        /// The alert whose case shows it.
        alert: i64,
        /// Its metric.
        metric: Metric,
        /// Its deadline, where the event is about one.
        due: Option<Date>,
        /// Its version.
        version: i64,
    },
    /// A month close.
    Close {
        /// The month.
        month: Month,
        /// Red alerts raised by it.
        red: usize,
        /// Yellow alerts raised by it.
        yellow: usize,
        /// Its version.
        version: i64,
    },
    /// The plan of a year.
    Plan {
        /// Its code.
        plan: String,
        /// Its version.
        version: i64,
    },
    /// A file.
    Import {
        /// The import's number.
        import: i64,
    },
    /// Damage of the audit trail.
    Damage {
        /// The number of the first entry that is damaged or missing.
        entry: i64,
        /// The day it was found.
        day: Date,
    },
    /// A test of the channel.
    Test {},
}

impl Event {
    /// What programs are told of it; nothing of what leaders say, accounts, channels and the mails of a person.
    pub fn hook(&self) -> Option<Hook> {
        Some(match self {
            Self::Alert { alert, metric, month, level, .. } => {
                Hook::Alert { alert: *alert, metric: *metric, month: *month, level: *level }
            }
            Self::Improvement { plan, alert, metric, due, version, .. } => Hook::Improvement {
                plan: *plan,
                alert: *alert,
                metric: *metric,
                due: *due,
                version: *version,
            },
            Self::Close { month, red, yellow, version, .. } => {
                Hook::Close { month: *month, red: *red, yellow: *yellow, version: *version }
            }
            Self::Plan { code, version, .. } => Hook::Plan { plan: code.clone(), version: *version },
            Self::Import { import, .. } => Hook::Import { import: *import },
            Self::Damage { entry, day } => Hook::Damage { entry: *entry, day: *day },
            Self::Test { .. } => Hook::Test {},
            Self::Judgement { .. }
            | Self::Accounts { .. }
            | Self::Channel { .. }
            | Self::Digest { .. }
            | Self::Confirm { .. } => {
                return None;
            }
        })
    }
}
