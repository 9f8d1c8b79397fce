//! Jobs: work beside the requests, from being put down until it ended. Each is claimed by one process at a time, for as
//! long as its lease lasts. What a kind does and when it is tried again is no matter of this file.

mod lines;

pub use lines::{Line, Origin, Place, lines};

use crate::accounts::AccountId;
use crate::door::Connection;
use crate::{Error, Read, Result, Row, Write, counter, postgres, sqlite};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It is to run, now or later.
    Waiting,
    /// Somebody runs it.
    Running,
    /// It is done.
    Done,
    /// No further attempt can mend it.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// The word kept in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a word.
    pub fn of(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| Error::Stored(format!("job state {word}")))
    }
}

/// A job to be put down.
#[derive(Debug, Clone, Copy)]
pub struct New<'n> {
    /// What is to be done.
    pub kind: &'n str,
    /// On which occasion; unique within the kind.
    pub key: &'n str,
    /// Not before then, UTC milliseconds.
    pub run_at: i64,
    /// What is asked for, as JSON.
    pub detail: &'n str,
    /// Who.
    pub actor: &'n str,
    /// Whose it is, where somebody comes back for it.
    pub account: Option<AccountId>,
    /// UTC milliseconds.
    pub now: i64,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// What is done.
    pub kind: String,
    /// On which occasion.
    pub key: String,
    /// Where it stands.
    pub state: State,
    /// Not before then, UTC milliseconds.
    pub run_at: i64,
    /// How often it was begun.
    pub attempts: i64,
    /// Until when whoever runs it holds it, UTC milliseconds.
    pub lease_until: Option<i64>,
    /// How much is done.
    pub done: i64,
    /// Of how much; 0 where that is not known.
    pub total: i64,
    /// What is asked for, as JSON.
    pub detail: String,
    /// What came of it, as JSON.
    pub outcome: Option<String>,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// Who put it down.
    pub actor: String,
    /// Whose it is.
    pub account: Option<AccountId>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// UTC milliseconds.
    pub started_at: Option<i64>,
    /// UTC milliseconds.
    pub ended_at: Option<i64>,
}

/// Who runs a job, and until when nobody else may.
#[derive(Debug, Clone, Copy)]
pub struct Lease<'l> {
    /// A name that nobody else uses.
    pub holder: &'l str,
    /// UTC milliseconds.
    pub until: i64,
}

const COLUMNS: &str = "id, kind, key, state, run_at, attempts, lease_until, progress_done, progress_total, detail, \
                       outcome, error, actor, account_id, created_at, started_at, ended_at";

fn job(row: &Row<'_>) -> Result<Job> {
    Ok(Job {
        id: row.int(0)?,
        kind: row.text(1)?,
        key: row.text(2)?,
        state: State::of(row.str(3)?)?,
        run_at: row.int(4)?,
        attempts: row.int(5)?,
        lease_until: row.maybe_int(6)?,
        done: row.int(7)?,
        total: row.int(8)?,
        detail: row.text(9)?,
        outcome: row.maybe_text(10)?,
        error: row.maybe_text(11)?,
        actor: row.text(12)?,
        account: row.maybe_int(13)?.map(AccountId),
        created_at: row.int(14)?,
        started_at: row.maybe_int(15)?,
        ended_at: row.maybe_int(16)?,
    })
}

/// Puts a job down; answers its number. `None` where there is one of that kind and key, whatever came of it.
pub fn enqueue(tx: &mut Write, new: &New<'_>) -> Result<Option<i64>> {
    let id = counter::next(tx, "job")?;
    let touched = tx.change(
        "insert into job (id, kind, key, state, run_at, attempts, progress_done, progress_total, detail, actor,
           account_id, created_at)
         values ($1, $2, $3, 'waiting', $4, 0, 0, 0, $5, $6, $7, $8)
         on conflict (kind, key) do nothing",
        &[
            id.into(),
            new.kind.into(),
            new.key.into(),
            new.run_at.into(),
            new.detail.into(),
            new.actor.into(),
            new.account.map(|account| account.0).into(),
            new.now.into(),
        ],
    )?;
    Ok((touched == 1).then_some(id))
}

/// Whether a job may be claimed now: it waits and its time has come, or whoever ran it has gone.
pub fn is_due(tx: &mut Read, now: i64) -> Result<bool> {
    let found = tx.first(
        "select 1 from job
         where (state = 'waiting' and run_at <= $1) or (state = 'running' and lease_until <= $1) limit 1",
        &[now.into()],
        |row| row.int(0),
    )?;
    Ok(found.is_some())
}

/// Takes the job that has been due for the longest time, for as long as the lease lasts, as one attempt more. However
/// many ask at once, each gets another one.
pub fn claim(tx: &mut Write, now: i64, lease: Lease<'_>) -> Result<Option<Job>> {
    let passing_over = match tx.connection() {
        Connection::Sqlite(_) => sqlite::PASSING_OVER_LOCKED,
        Connection::Postgres(_) => postgres::PASSING_OVER_LOCKED,
    };
    let statement = format!(
        "update job set state = 'running', holder = $2, lease_until = $3, attempts = attempts + 1, started_at = $1,
           progress_done = 0, progress_total = 0
         where id = (
           select id from job
           where (state = 'waiting' and run_at <= $1) or (state = 'running' and lease_until <= $1)
           order by run_at, id limit 1 {passing_over})
         returning {COLUMNS}"
    );
    let values = [now.into(), lease.holder.into(), lease.until.into()];
    tx.first(&statement, &values, |row| job(&row))
}

/// Records how far a job is and keeps it for longer. Answers `false` where it is no longer the holder's.
pub fn hold(tx: &mut Write, id: i64, lease: Lease<'_>, (done, total): (i64, i64)) -> Result<bool> {
    let touched = tx.change(
        "update job set progress_done = $4, progress_total = $5, lease_until = $3
         where id = $1 and state = 'running' and holder = $2",
        &[id.into(), lease.holder.into(), lease.until.into(), done.into(), total.into()],
    )?;
    Ok(touched == 1)
}

/// It is done; `outcome` says as JSON what came of it. Answers `false` where it is no longer the holder's.
pub fn finish(tx: &mut Write, id: i64, holder: &str, outcome: &str, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update job set state = 'done', outcome = $3, error = null, ended_at = $4, holder = null, lease_until = null
         where id = $1 and state = 'running' and holder = $2",
        &[id.into(), holder.into(), outcome.into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// The attempt failed; it waits for the next one. Answers `false` where it is no longer the holder's.
pub fn postpone(tx: &mut Write, id: i64, holder: &str, error: &str, run_at: i64) -> Result<bool> {
    let touched = tx.change(
        "update job set state = 'waiting', error = $3, run_at = $4, holder = null, lease_until = null
         where id = $1 and state = 'running' and holder = $2",
        &[id.into(), holder.into(), error.into(), run_at.into()],
    )?;
    Ok(touched == 1)
}

/// No further attempt can mend it. Answers `false` where it is no longer the holder's.
pub fn fail(tx: &mut Write, id: i64, holder: &str, error: &str, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update job set state = 'failed', error = $3, ended_at = $4, holder = null, lease_until = null
         where id = $1 and state = 'running' and holder = $2",
        &[id.into(), holder.into(), error.into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// Whoever runs it stops before it is done: it waits as if that attempt had not been. Answers `false` where it is no
/// longer the holder's.
pub fn put_back(tx: &mut Write, id: i64, holder: &str) -> Result<bool> {
    let touched = tx.change(
        "update job set state = 'waiting', attempts = attempts - 1, holder = null, lease_until = null
         where id = $1 and state = 'running' and holder = $2",
        &[id.into(), holder.into()],
    )?;
    Ok(touched == 1)
}

/// Stops a job before it is done. Answers `false` where it has ended.
pub fn cancel(tx: &mut Write, id: i64, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update job set state = 'cancelled', ended_at = $2, holder = null, lease_until = null
         where id = $1 and state in ('waiting', 'running')",
        &[id.into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// Lets a job that failed or was stopped run again, with all its attempts. Answers `false` where it did neither.
pub fn retry(tx: &mut Write, id: i64, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update job set state = 'waiting', run_at = $2, attempts = 0, ended_at = null
         where id = $1 and state in ('failed', 'cancelled')",
        &[id.into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// One job.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Job>> {
    tx.first(&format!("select {COLUMNS} from job where id = $1"), &[id.into()], |row| job(&row))
}

/// The job of an occasion.
pub fn by_key(tx: &mut Read, kind: &str, key: &str) -> Result<Option<Job>> {
    tx.first(
        &format!("select {COLUMNS} from job where kind = $1 and key = $2"),
        &[kind.into(), key.into()],
        |row| job(&row),
    )
}

/// The newest jobs of a kind that somebody comes back for, newest first.
pub fn of_account(tx: &mut Read, account: AccountId, kind: &str, limit: i64) -> Result<Vec<Job>> {
    tx.all(
        &format!("select {COLUMNS} from job where account_id = $1 and kind = $2 order by id desc limit $3"),
        &[account.into(), kind.into(), limit.into()],
        |row| job(&row),
    )
}

/// The jobs of a kind that have not ended or ended since then: whose files are still wanted.
pub fn wanted(tx: &mut Read, kind: &str, since: i64) -> Result<Vec<i64>> {
    tx.all(
        "select id from job where kind = $1 and (ended_at is null or ended_at > $2) order by id",
        &[kind.into(), since.into()],
        |row| row.int(0),
    )
}

/// Forgets at most `limit` jobs that ended before then, those that failed excepted; says how many.
pub fn forget(tx: &mut Write, before: i64, limit: i64) -> Result<u64> {
    tx.change(
        "delete from job where id in (
           select id from job where state in ('done', 'cancelled') and ended_at < $1 order by id limit $2)",
        &[before.into(), limit.into()],
    )
}

/// How many jobs stand where; states without any are left out.
pub fn counts(tx: &mut Read) -> Result<Vec<(State, i64)>> {
    tx.all(
        "select state, count(*) from job where state in ('waiting', 'running', 'failed') group by state order by state",
        &[],
        |row| Ok((State::of(row.str(0)?)?, row.int(1)?)),
    )
}
