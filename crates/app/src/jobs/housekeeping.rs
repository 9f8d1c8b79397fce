//! Letting go of what has expired: sessions, links, counted failures, files that nobody confirmed or fetched, contents that
//! hang nowhere any more, old messages, jobs that ended long ago. A few rows at a time, so that nobody waits for it.

use dacheng_store::jobs;
use serde_json::{Value, json};

use super::{Halt, Work};
use crate::facts::uploads;
use crate::people::sign_in::forget_expired;
use crate::{exports, files, idempotency, outbox};

/// How long a job that ended is remembered; longer than the longest period of a rule, so that no occasion comes back.
const REMEMBERED: i64 = 90 * 24 * 60 * 60 * 1_000;
/// Jobs that are forgotten in one transaction.
const BATCH: u64 = 500;

/// Steps that its progress counts.
const STEPS: i64 = 6;

/// All of it.
pub(super) fn run(work: &Work<'_>) -> Result<Value, Halt> {
    let now = work.context.now.as_millisecond();
    forget_expired(work.app, now)?;
    idempotency::sweep(work.app)?;
    work.note(1, STEPS)?;
    let uploads = uploads::expire(work.app, &work.places.uploads)?;
    work.note(2, STEPS)?;
    let made = exports::expire(work.app, work.places, now)?;
    work.note(3, STEPS)?;
    let mut contents = 0;
    loop {
        let gone = files::sweep(work.app, now)?;
        contents += gone;
        if gone == 0 {
            break;
        }
        work.note(3, STEPS)?;
    }
    let mut messages = 0;
    loop {
        let gone = outbox::forget(work.app, work.context.now)?;
        messages += gone;
        if gone == 0 {
            break;
        }
        work.note(4, STEPS)?;
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
        work.note(5, STEPS)?;
    }
    Ok(json!({
        "uploads": uploads, "files": made, "contents": contents, "messages": messages, "jobs": forgotten,
    }))
}
