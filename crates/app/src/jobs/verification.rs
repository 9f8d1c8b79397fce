//! Verifying the audit trail, so that damage is found also where no auditor asks.

use serde_json::{Value, json};

use super::{Halt, Work};
use crate::trail;

/// From the first entry to the last, as an auditor does. The second time finds the same, and is one more entry of the trail.
pub(super) fn run(work: &Work<'_>) -> Result<Value, Halt> {
    let walked = trail::verify_all(work.app, &work.context, |read, all| work.note(read, all))?;
    Ok(json!({ "entries": walked.entries, "damaged": walked.damaged }))
}
