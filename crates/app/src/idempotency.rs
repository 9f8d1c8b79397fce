//! The same request has one effect, however often it is sent: its name is taken before it acts, its answer kept for a day.
//!
//! The name is taken in a short transaction of its own, so that of two at once one acts. Where the program ends between the
//! effect and the answer, the name stays taken and nobody acts again: the sender is told to look.

use dacheng_store::idempotency;

pub use dacheng_store::idempotency::Answer;

use crate::{Actor, App, Context, Error, Result};

/// How long an answer is kept, in milliseconds.
pub const KEPT: i64 = 24 * 60 * 60 * 1_000;

/// Whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// The request is new: act, then [`end`].
    First,
    /// It was answered before.
    Again(Answer),
    /// It is under way, or nobody knows how it ended.
    UnderWay,
    /// The name belongs to another request.
    Another,
}

/// Takes the name of a request; `fingerprint` is what is asked.
pub fn begin(app: &App, context: &Context, request: &str, fingerprint: &str) -> Result<Turn> {
    let Actor::Account { id, .. } = &context.actor else { return Err(Error::NotSignedIn) };
    let now = context.now.as_millisecond();
    let mut tx = app.store.write()?;
    let before = idempotency::take(&mut tx, (*id, request), fingerprint, (now, now - KEPT))?;
    tx.commit()?;
    Ok(match before {
        None => Turn::First,
        Some(before) if before.fingerprint != fingerprint => Turn::Another,
        Some(before) => before.answer.map_or(Turn::UnderWay, Turn::Again),
    })
}

/// Keeps the answer; without one the request had no effect, and its name is free.
pub fn end(app: &App, context: &Context, request: &str, answer: Option<&Answer>) -> Result<()> {
    let Actor::Account { id, .. } = &context.actor else { return Err(Error::NotSignedIn) };
    let mut tx = app.store.write()?;
    match answer {
        Some(answer) => idempotency::answered(&mut tx, *id, request, answer)?,
        None => idempotency::release(&mut tx, *id, request)?,
    }
    Ok(tx.commit()?)
}

/// Forgets what is older than a day.
pub fn sweep(app: &App) -> Result<u64> {
    let mut tx = app.store.write()?;
    let forgotten = idempotency::sweep(&mut tx, app.clock.now().as_millisecond() - KEPT)?;
    tx.commit()?;
    Ok(forgotten)
}
