//! What there is to do beside the requests, and putting it down.

use dacheng_domain::jobs::Rule;
use dacheng_store::{Write, jobs};
use serde_json::Value;

use super::work::{Halt, Work};
use super::{escalation, housekeeping, verification};
use crate::{Actor, Context, Result, exports};

/// What a job does. A new kind is a variant, its name and its function; see `docs/how-to/job.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Improvement plans that became overdue are told to the next above, once.
    Escalation,
    /// What has expired is let go of, a few at a time.
    Housekeeping,
    /// The audit trail is verified from its first entry to its last.
    Verification,
    /// A long list is written as a file for somebody who comes back for it.
    Export,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Escalation, Self::Housekeeping, Self::Verification, Self::Export];

    /// Its name in the database and for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Escalation => "escalation",
            Self::Housekeeping => "housekeeping",
            Self::Verification => "verification",
            Self::Export => "export",
        }
    }

    /// The kind of a name; `None` for one that only another version of this program knows.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What a rule of the clock asks for.
    pub const fn by(rule: Rule) -> Self {
        match rule {
            Rule::Escalation => Self::Escalation,
            Rule::Housekeeping => Self::Housekeeping,
            Rule::Verification => Self::Verification,
        }
    }

    /// Does it; answers what came of it.
    pub(super) fn run(self, work: &Work<'_>) -> std::result::Result<Value, Halt> {
        match self {
            Self::Escalation => escalation::run(work),
            Self::Housekeeping => housekeeping::run(work),
            Self::Verification => verification::run(work),
            Self::Export => exports::run(work),
        }
    }
}

/// Puts a job down in the transaction of a change, so that it is there if and only if the change is. `key` names the
/// occasion; the same one again is nothing. Answers its number, `None` where it was there before.
pub fn enqueue(
    tx: &mut Write,
    context: &Context,
    kind: Kind,
    key: &str,
    detail: &Value,
) -> Result<Option<i64>> {
    let now = context.now.as_millisecond();
    let account = match &context.actor {
        Actor::Account { id, .. } => Some(*id),
        Actor::Operator | Actor::System | Actor::Visitor => None,
    };
    let (detail, actor) = (detail.to_string(), context.actor_name());
    let new = jobs::New { kind: kind.name(), key, run_at: now, detail: &detail, actor: &actor, account, now };
    Ok(jobs::enqueue(tx, &new)?)
}
