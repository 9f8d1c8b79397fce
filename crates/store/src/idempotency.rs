//! Requests that name themselves, and what each answered. How long that is kept is `app`'s.

use dacheng_domain::access::AccountId;

use crate::{Read, Result, Value, Write};

/// A request that began before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// What was asked.
    pub fingerprint: String,
    /// What was answered; `None` while it is under way, or where nobody knows how it ended.
    pub answer: Option<Answer>,
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

/// Takes a request's name for one account, unless it is taken: then the request that has it. One that began before
/// `oldest` (UTC milliseconds) no longer counts.
pub fn take(
    tx: &mut Write,
    (account, request): (AccountId, &str),
    fingerprint: &str,
    (now, oldest): (i64, i64),
) -> Result<Option<Before>> {
    tx.change(
        "delete from idempotency where account_id = $1 and request = $2 and begun_at < $3",
        &[account.0.into(), request.into(), oldest.into()],
    )?;
    let taken = tx.change(
        "insert into idempotency (account_id, request, fingerprint, begun_at) values ($1, $2, $3, $4)
         on conflict (account_id, request) do nothing",
        &[account.0.into(), request.into(), fingerprint.into(), now.into()],
    )?;
    if taken == 1 { Ok(None) } else { before(tx, account, request) }
}

fn before(tx: &mut Read, account: AccountId, request: &str) -> Result<Option<Before>> {
    tx.first(
        "select fingerprint, status, headers, body from idempotency where account_id = $1 and request = $2",
        &[account.0.into(), request.into()],
        |row| {
            let answer = match (row.maybe_int(1)?, row.maybe_text(2)?, row.maybe_bytes(3)?) {
                (Some(status), Some(headers), Some(body)) => Some(Answer { status, headers, body }),
                _unanswered => None,
            };
            Ok(Before { fingerprint: row.text(0)?, answer })
        },
    )
}

/// Keeps what a request answered.
pub fn answered(tx: &mut Write, account: AccountId, request: &str, answer: &Answer) -> Result<()> {
    tx.change(
        "update idempotency set status = $3, headers = $4, body = $5 where account_id = $1 and request = $2",
        &[
            account.0.into(),
            request.into(),
            answer.status.into(),
            (&answer.headers).into(),
            Value::Bytes(&answer.body),
        ],
    )?;
    Ok(())
}

/// Gives a name free again: the request had no effect.
pub fn release(tx: &mut Write, account: AccountId, request: &str) -> Result<()> {
    tx.change(
        "delete from idempotency where account_id = $1 and request = $2 and status is null",
        &[account.0.into(), request.into()],
    )?;
    Ok(())
}

/// Forgets requests that began before an instant (UTC milliseconds); says how many.
pub fn sweep(tx: &mut Write, oldest: i64) -> Result<u64> {
    tx.change("delete from idempotency where begun_at < $1", &[oldest.into()])
}
