//! Telling the next above what is overdue.

use serde_json::{Value, json};

use super::work::whole;
use super::{Halt, Work};
use crate::tracking::improvement::escalate;

/// Every task that is overdue and was not told yet.
pub(super) fn run(work: &Work<'_>) -> Result<Value, Halt> {
    let escalated = whole(escalate(work.app, &work.context))?;
    Ok(json!({ "plans": escalated.len() }))
}
