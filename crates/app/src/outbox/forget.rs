//! Letting go of old messages, a few at a time, so that nobody waits for it.

use dacheng_store::outbox::{self, Old};
use jiff::{SignedDuration, Timestamp};

use crate::{App, Result};

/// Messages that are forgotten in one transaction.
const BATCH: u64 = 500;

/// For how long messages of a kind are kept: what was read, and what was given up without anybody dealing with it, for 180
/// days; what arrived elsewhere for 30. What nobody read yet, and what waits, is kept.
const fn kept_for(old: Old) -> SignedDuration {
    match old {
        Old::Read | Old::Dead => SignedDuration::from_hours(180 * 24),
        Old::Delivered => SignedDuration::from_hours(30 * 24),
    }
}

/// Forgets up to [`BATCH`] messages of each kind that are too old at `now`; says how many there were. Called again until
/// there are none.
pub(crate) fn forget(app: &App, now: Timestamp) -> Result<u64> {
    let mut forgotten = 0;
    for old in [Old::Read, Old::Delivered, Old::Dead] {
        let before = now.saturating_sub(kept_for(old)).unwrap_or(Timestamp::MIN).as_millisecond();
        let mut tx = app.store.write()?;
        forgotten += outbox::forget(&mut tx, old, before, i64::try_from(BATCH).unwrap_or(1))?;
        tx.commit()?;
    }
    Ok(forgotten)
}
