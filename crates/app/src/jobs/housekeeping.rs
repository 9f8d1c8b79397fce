//! Letting go of what has expired: sessions, links, counted failures, files that nobody confirmed or fetched, contents that
//! hang nowhere any more, jobs that ended long ago. A few rows at a time, so that nobody waits for it.

use dacheng_store::jobs;
use serde_json::{Value, json};

use super::{Halt, Work};
use crate::facts::uploads;
use crate::people::sign_in::forget_expired;
use crate::{exports, files, idempotency};

/// How long a job that ended is remembered; longer than the longest period of a rule, so that no occasion comes back.
const REMEMBERED: i64 = 90 * 24 * 60 * 60 * 1_000;
/// Jobs that are forgotten in one transaction.
const BATCH: u64 = 500;

/// All of it.
pub(super) fn run(work: &Work<'_>) -> Result<Value, Halt> {
    let now = work.context.now.as_millisecond();
    forget_expired(work.app, now)?;
    idempotency::sweep(work.app)?;
    work.note(1, 5)?;
    let uploads = uploads::expire(work.app, &work.places.uploads)?;
    work.note(2, 5)?;
    let made = exports::expire(work.app, work.places, now)?;
    work.note(3, 5)?;
    let mut contents = 0;
    loop {
        let gone = files::sweep(work.app, now)?;
        contents += gone;
        if gone == 0 {
            break;
        }
        work.note(3, 5)?;
    }
    let mut forgotten = 0;
    loop {
        let mut tx = work.app.store.write()?;
        let batch = jobs::forget(&mut tx, now.saturating_sub(REMEMBERED), i64::try_from(BATCH).unwrap_or(1))?;
        tx.commit()?;
        forgotten += batch;
        if batch < BATCH {
            break;
        }
        work.note(4, 5)?;
    }
    Ok(json!({ "uploads": uploads, "files": made, "contents": contents, "jobs": forgotten }))
}
