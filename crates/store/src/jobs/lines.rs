//! Everything that runs beside the requests as one list: jobs, and imports as what they are to whoever keeps the system
//! going.

use super::State;
use crate::{Read, Result};

/// A line of everything that runs beside the requests: jobs and imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From which of the two.
    pub origin: Origin,
    /// Its number there.
    pub id: i64,
    /// The kind of job, or of fact.
    pub kind: String,
    /// The occasion of a job; empty for an import.
    pub key: String,
    /// Where it stands.
    pub state: State,
    /// An import's own word for that, which says more; empty for a job.
    pub word: String,
    /// Not before then, UTC milliseconds.
    pub run_at: i64,
    /// How often it was begun.
    pub attempts: i64,
    /// How much is done.
    pub done: i64,
    /// Of how much; 0 where that is not known.
    pub total: i64,
    /// What came of a job, as JSON.
    pub outcome: Option<String>,
    /// Why the last attempt of a job failed; how many rows of an import are wrong.
    pub error: Option<String>,
    /// Who put it down.
    pub actor: String,
    /// UTC milliseconds.
    pub created_at: i64,
    /// UTC milliseconds.
    pub started_at: Option<i64>,
    /// UTC milliseconds.
    pub ended_at: Option<i64>,
}

/// Where a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A file on its way in (`crate::imports`).
    Import,
    /// A job.
    Job,
}

/// A place in the list of lines: those before it are older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// UTC milliseconds.
    pub created_at: i64,
    /// Of the line.
    pub origin: Origin,
    /// Of the line.
    pub id: i64,
}

impl Place {
    /// Before every line.
    pub const NEWEST: Self = Self { created_at: i64::MAX, origin: Origin::Job, id: i64::MAX };

    const fn number(self) -> i64 {
        match self.origin {
            Origin::Import => 0,
            Origin::Job => 1,
        }
    }
}

impl Line {
    /// Its place in the list.
    pub const fn place(&self) -> Place {
        Place { created_at: self.created_at, origin: self.origin, id: self.id }
    }
}

/// Where an import stands, in the words of jobs.
const STANDING: &str = "case state when 'checked' then 'waiting' when 'checking' then 'running'
    when 'writing' then 'running' when 'refused' then 'failed' when 'cancelled' then 'cancelled'
    when 'discarded' then 'cancelled' else 'done' end";

/// Jobs and imports that are older than a place, newest first; of one state, or of all.
pub fn lines(tx: &mut Read, state: Option<State>, older: Place, limit: i64) -> Result<Vec<Line>> {
    let state = state.map_or("", State::word);
    let statement = format!(
        "select origin, id, kind, key, state, word, run_at, attempts, done, total, outcome, error, actor, created_at,
           started_at, ended_at
         from (
           select * from (
             select 1 as origin, id, kind, key, state, '' as word, run_at, attempts, progress_done as done,
               progress_total as total, outcome, error, actor, created_at, started_at, ended_at
             from job
             where ($1 = '' or state = $1)
               and (created_at < $2 or (created_at = $2 and (1 < $3 or (1 = $3 and id < $4))))
             order by created_at desc, id desc limit $5) as own
           union all
           select * from (
             select 0 as origin, id, kind, '' as key, {STANDING} as state,
               state as word, started_at as run_at, 1 as attempts, bytes_done as done, bytes_total as total,
               null as outcome, cast(rows_bad as text) as error, actor, started_at as created_at, started_at, ended_at
             from import
             where ($1 = '' or $1 = {STANDING})
               and (started_at < $2 or (started_at = $2 and (0 < $3 or (0 = $3 and id < $4))))
             order by started_at desc, id desc limit $5) as brought) as line
         order by created_at desc, origin desc, id desc limit $5"
    );
    tx.all(
        &statement,
        &[state.into(), older.created_at.into(), older.number().into(), older.id.into(), limit.into()],
        |row| {
            Ok(Line {
                origin: if row.int(0)? == 1 { Origin::Job } else { Origin::Import },
                id: row.int(1)?,
                kind: row.text(2)?,
                key: row.text(3)?,
                state: State::of(row.str(4)?)?,
                word: row.text(5)?,
                run_at: row.int(6)?,
                attempts: row.int(7)?,
                done: row.int(8)?,
                total: row.int(9)?,
                outcome: row.maybe_text(10)?,
                error: row.maybe_text(11)?,
                actor: row.text(12)?,
                created_at: row.int(13)?,
                started_at: row.maybe_int(14)?,
                ended_at: row.maybe_int(15)?,
            })
        },
    )
}
