//! The same request has one effect, however often it is sent: its name is taken before it acts, its answer kept for a day.
//!
//! The name is taken in a short transaction of its own, so that of two at once one acts. Every change records an audit
//! entry in its transaction ([`crate::audit::record`]), and that notes itself at the name, in the same transaction. So the
//! name always tells whether there was an effect, also where the program ended before it could answer:
//!
//! - Without an effect, the name is free again after [`LEFT`]: the request is tried as if it were new. Should the first
//!   attempt still be at work, by some delay, it finds the name lost when it records its change, and nothing of it is
//!   committed.
//! - With an effect, nobody acts again. The answer itself is lost with the program; whoever asks is told which audit entry
//!   the effect is, and looks.

use dacheng_domain::access::AccountId;
use dacheng_store::audit::{self, Filter};
use dacheng_store::idempotency::{self, Taken, Times};
use dacheng_store::{Read, Write};

pub use dacheng_store::idempotency::Answer;

use crate::{Actor, App, Context, Error, Result};

/// How long an answer is kept, in milliseconds.
pub const KEPT: i64 = 24 * 60 * 60 * 1_000;
/// After so many milliseconds a request without effect and answer was left behind. No request of the API works so long.
pub const LEFT: i64 = 5 * 60 * 1_000;

/// That an attempt holds a request's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    account: AccountId,
    request: String,
    attempt: i64,
}

/// Whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// The request is new: act with this in the context, then [`end`].
    First(Claim),
    /// It was answered before.
    Again(Answer),
    /// It is under way.
    UnderWay,
    /// It took effect, and its answer was lost.
    TookEffect(Effect),
    /// The name belongs to another request.
    Another,
}

/// What a request did, as the audit trail has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The number of the entry.
    pub leaf: i64,
    /// What was done.
    pub act: String,
    /// To what.
    pub object: String,
}

/// Takes the name of a request; `fingerprint` is what is asked.
pub fn begin(app: &App, context: &Context, request: &str, fingerprint: &str) -> Result<Turn> {
    let Actor::Account { id: account, .. } = context.actor else { return Err(Error::NotSignedIn) };
    let now = context.now.as_millisecond();
    let times = Times { now, oldest: now - KEPT, left: now - LEFT };
    let mut tx = app.store.write()?;
    let before = match idempotency::take(&mut tx, (account, request), fingerprint, times)? {
        Taken::Now(attempt) => {
            tx.commit()?;
            return Ok(Turn::First(Claim { account, request: request.to_owned(), attempt }));
        }
        Taken::Before(before) => before,
    };
    if before.fingerprint != fingerprint {
        return Ok(Turn::Another);
    }
    Ok(match (before.answer, before.effect) {
        (Some(answer), _) => Turn::Again(answer),
        (None, Some(leaf)) => effect(&mut tx, leaf)?.map_or(Turn::UnderWay, Turn::TookEffect),
        (None, None) => Turn::UnderWay,
    })
}

fn effect(tx: &mut Read, leaf: i64) -> Result<Option<Effect>> {
    let entry = audit::search(tx, &Filter::default(), leaf.checked_add(1), 1)?.into_iter().next();
    let entry = entry.filter(|entry| entry.leaf == leaf);
    Ok(entry.map(|entry| Effect { leaf, act: entry.act, object: entry.object }))
}

/// Notes an effect in its transaction. Refused where the name was lost meanwhile: nothing may be committed then.
pub(crate) fn mark(tx: &mut Write, context: &Context, leaf: i64) -> Result<()> {
    let Some(Claim { account, request, attempt }) = &context.request else { return Ok(()) };
    if idempotency::mark(tx, *account, request, *attempt, leaf)? {
        return Ok(());
    }
    Err(Error::Internal(format!("the request {request} was taken over by a later attempt")))
}

/// Keeps the answer. Without one the request failed: its name is free, unless it had an effect all the same.
pub fn end(app: &App, claim: &Claim, answer: Option<&Answer>) -> Result<()> {
    let Claim { account, request, attempt } = claim;
    let mut tx = app.store.write()?;
    match answer {
        Some(answer) => idempotency::answered(&mut tx, (*account, request), *attempt, answer)?,
        None => idempotency::release(&mut tx, *account, request, *attempt)?,
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
