//! Letting go of what has expired: sessions, links, counted failures, files that nobody confirmed or fetched, jobs
//! that ended long ago. A few rows at a time, so that nobody waits for it.

use dacheng_store::jobs;
use serde_json::{Value, json};

use super::{Halt, Work};
use crate::facts::uploads;
use crate::people::sign_in::forget_expired;
use crate::{exports, idempotency};

/// How long a job that ended is remembered; longer than the longest period of a rule, so that no occasion comes back.
const REMEMBERED: i64 = 90 * 24 * 60 * 60 * 1_000;
/// Jobs that are forgotten in one transaction.
const BATCH: u64 = 500;

/// All of it.
pub(super) fn run(work: &Work<'_>) -> Result<Value, Halt> {
    let now = work.context.now.as_millisecond();
    forget_expired(work.app, now)?;
    idempotency::sweep(work.app)?;
    work.note(1, 4)?;
    let uploads = uploads::expire(work.app, &work.places.uploads)?;
    work.note(2, 4)?;
    let files = exports::expire(work.app, work.places, now)?;
    work.note(3, 4)?;
    let mut forgotten = 0;
    loop {
        let mut tx = work.app.store.write()?;
        let batch = jobs::forget(&mut tx, now.saturating_sub(REMEMBERED), i64::try_from(BATCH).unwrap_or(1))?;
        tx.commit()?;
        forgotten += batch;
        if batch < BATCH {
            break;
        }
        work.note(3, 4)?;
    }
    Ok(json!({ "uploads": uploads, "files": files, "jobs": forgotten }))
}
