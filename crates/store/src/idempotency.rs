//! Requests that name themselves, and what each answered. How long that is kept is `app`'s.

use dacheng_domain::access::AccountId;

use crate::{Read, Result, Value, Write, counter};

/// A request that began before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// What was asked.
    pub fingerprint: String,
    /// What was answered; `None` while it is under way, or where it ended before it could answer.
    pub answer: Option<Answer>,
    /// The audit entry of its effect, once that is committed.
    pub effect: Option<i64>,
}

/// Whose a request's name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// This attempt's, by its number.
    Now(i64),
    /// That of a request that began before.
    Before(Before),
}

/// The instants that count when a name is taken, UTC milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Now.
    pub now: i64,
    /// What began before this no longer counts.
    pub oldest: i64,
    /// What began before this, without effect and answer, was left behind.
    pub left: i64,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: i64,
    /// Its headers, as JSON.
    pub headers: String,
    /// Its body.
    pub body: Vec<u8>,
}

/// Takes a request's name for one account. It is free where nobody has it, where it has become old, and where the same
/// request was left behind without an effect; whoever still works on that one finds out by [`mark`].
pub fn take(
    tx: &mut Write,
    (account, request): (AccountId, &str),
    fingerprint: &str,
    times: Times,
) -> Result<Taken> {
    tx.change(
        "delete from idempotency where account_id = $1 and request = $2 and begun_at < $3",
        &[account.0.into(), request.into(), times.oldest.into()],
    )?;
    let attempt = counter::next(tx, "request")?;
    let taken = tx.change(
        "insert into idempotency (account_id, request, fingerprint, begun_at, attempt) values ($1, $2, $3, $4, $5)
         on conflict (account_id, request) do update set attempt = $5, begun_at = $4
         where idempotency.fingerprint = $3 and idempotency.status is null and idempotency.effect is null
           and idempotency.begun_at < $6",
        &[
            account.0.into(),
            request.into(),
            fingerprint.into(),
            times.now.into(),
            attempt.into(),
            times.left.into(),
        ],
    )?;
    match before(tx, account, request)? {
        Some(before) if taken == 0 => Ok(Taken::Before(before)),
        Some(_) | None => Ok(Taken::Now(attempt)),
    }
}

fn before(tx: &mut Read, account: AccountId, request: &str) -> Result<Option<Before>> {
    tx.first(
        "select fingerprint, status, headers, body, effect from idempotency where account_id = $1 and request = $2",
        &[account.0.into(), request.into()],
        |row| {
            let answer = match (row.maybe_int(1)?, row.maybe_text(2)?, row.maybe_bytes(3)?) {
                (Some(status), Some(headers), Some(body)) => Some(Answer { status, headers, body }),
                _unanswered => None,
            };
            Ok(Before { fingerprint: row.text(0)?, answer, effect: row.maybe_int(4)? })
        },
    )
}

/// Notes the first effect of an attempt, by its audit entry, in the transaction of that effect. Answers `false` where the
/// name is another attempt's by now: then nothing may be committed.
pub fn mark(tx: &mut Write, account: AccountId, request: &str, attempt: i64, effect: i64) -> Result<bool> {
    let touched = tx.change(
        "update idempotency set effect = coalesce(effect, $4)
         where account_id = $1 and request = $2 and attempt = $3",
        &[account.0.into(), request.into(), attempt.into(), effect.into()],
    )?;
    Ok(touched == 1)
}

/// Keeps what a request answered.
pub fn answered(
    tx: &mut Write,
    (account, request): (AccountId, &str),
    attempt: i64,
    answer: &Answer,
) -> Result<()> {
    tx.change(
        "update idempotency set status = $3, headers = $4, body = $5
         where account_id = $1 and request = $2 and attempt = $6",
        &[
            account.0.into(),
            request.into(),
            answer.status.into(),
            (&answer.headers).into(),
            Value::Bytes(&answer.body),
            attempt.into(),
        ],
    )?;
    Ok(())
}

/// Gives a name free again, unless its request had an effect.
pub fn release(tx: &mut Write, account: AccountId, request: &str, attempt: i64) -> Result<()> {
    tx.change(
        "delete from idempotency
         where account_id = $1 and request = $2 and attempt = $3 and status is null and effect is null",
        &[account.0.into(), request.into(), attempt.into()],
    )?;
    Ok(())
}

/// Forgets requests that began before an instant (UTC milliseconds); says how many.
pub fn sweep(tx: &mut Write, oldest: i64) -> Result<u64> {
    tx.change("delete from idempotency where begun_at < $1", &[oldest.into()])
}
