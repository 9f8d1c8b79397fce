//! Work beside the requests for programs: what ran, waits and failed, stopping it and letting it run again.

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::jobs::{self, Job, Line, Origin, Place, State as Standing};
use dacheng_app::{Error, Result};
use dacheng_domain::access::{Action, Right};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::listing::{Cursor, Listing, Paging};
use crate::http::{Desk, Need, Reply, Routes, Visitor, Web};
use crate::pages::settings::{job_number, place_of, text_of};
use crate::respond;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(list, one, cancel, retry))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let (read, change) = (Need::Right(Action::Jobs, Right::Read), Need::Right(Action::Jobs, Right::Update));
    routes
        .get("/api/v1/jobs", read, list)
        .get("/api/v1/jobs/{id}", read, one)
        .post("/api/v1/jobs/{id}/cancel", change, cancel)
        .post("/api/v1/jobs/{id}/retry", change, retry)
}

/// Which are asked for; all where nothing is said.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Asked {
    /// `waiting`, `running`, `done`, `failed` or `cancelled`.
    #[param(example = "failed")]
    state: String,
}

/// A job, or an import as one.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobItem {
    /// `job`, or `import` for a file that is brought in: those have addresses of their own.
    origin: &'static str,
    /// Its number there.
    id: i64,
    /// The kind of job, or of fact.
    #[schema(example = "escalation")]
    kind: String,
    /// On which occasion; empty for an import.
    #[schema(example = "2026-11-26")]
    occasion: String,
    /// `waiting`, `running`, `done`, `failed` or `cancelled`.
    state: &'static str,
    /// Not before then.
    #[schema(value_type = String, format = DateTime)]
    run_at: Timestamp,
    /// How often it was begun.
    attempts: i64,
    /// How much is done.
    done: i64,
    /// Of how much; 0 where that is not known.
    total: i64,
    /// What came of a job; `null` before it is done.
    #[schema(value_type = Option<Object>)]
    outcome: Option<Value>,
    /// Why the last attempt of a job failed.
    error: Option<String>,
    /// Who put it down: a log-in name, or `system`.
    by: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
}

fn instant(at: i64) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn read(text: Option<String>) -> Option<Value> {
    text.and_then(|text| serde_json::from_str(&text).ok())
}

impl JobItem {
    fn of_line(line: Line) -> Self {
        let (origin, error) = match line.origin {
            Origin::Job => ("job", line.error),
            Origin::Import => ("import", None),
        };
        Self {
            origin,
            id: line.id,
            kind: line.kind,
            occasion: line.key,
            state: line.state.word(),
            run_at: instant(line.run_at),
            attempts: line.attempts,
            done: line.done,
            total: line.total,
            outcome: read(line.outcome),
            error,
            by: line.actor,
            created_at: instant(line.created_at),
            started_at: line.started_at.map(instant),
            ended_at: line.ended_at.map(instant),
        }
    }

    fn of(job: Job) -> Self {
        Self {
            origin: "job",
            id: job.id,
            kind: job.kind,
            occasion: job.key,
            state: job.state.word(),
            run_at: instant(job.run_at),
            attempts: job.attempts,
            done: job.done,
            total: job.total,
            outcome: read(job.outcome),
            error: job.error,
            by: job.actor,
            created_at: instant(job.created_at),
            started_at: job.started_at.map(instant),
            ended_at: job.ended_at.map(instant),
        }
    }
}

/// Jobs and imports, the newest first. How they run, no business data.
#[utoipa::path(get, path = "/api/v1/jobs", tag = "jobs", params(Asked, Paging), responses((status = 200, body = Listing<JobItem>)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let state = match asked.state.as_str() {
            "" => None,
            word => Some(Standing::of(word).map_err(|_| Error::Usage(format!("state: {word}")))?),
        };
        let older = match paging.place() {
            None => Place::NEWEST,
            Some(text) => place_of(text).ok_or_else(|| Error::Usage("cursor".to_owned()))?,
        };
        let limit = i64::try_from(paging.limit()).unwrap_or(i64::MAX);
        let mut lines = jobs::list(
            desk.app,
            &desk.context,
            desk.organisation(),
            state,
            (older, limit.saturating_add(1)),
        )?;
        let more = lines.len() > paging.limit();
        lines.truncate(paging.limit());
        let next = lines.last().filter(|_| more).map(|line| Cursor(text_of(line.place())));
        Ok(respond::json(&Listing { items: lines.into_iter().map(JobItem::of_line).collect(), next }))
    })
    .await
}

fn told(desk: &Desk<'_>, id: i64) -> Result<axum::response::Response> {
    Ok(respond::json(&JobItem::of(jobs::one(desk.app, &desk.context, desk.organisation(), id)?)))
}

/// One job.
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "jobs", params(("id" = i64, Path)), responses((status = 200, body = JobItem)))]
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| told(desk, job_number(&id)?)).await
}

/// Stops a job before it is done.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/cancel", tag = "jobs", params(("id" = i64, Path)), responses((status = 200, body = JobItem)))]
pub async fn cancel(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let id = job_number(&id)?;
        jobs::cancel(desk.app, &desk.context, desk.organisation(), id)?;
        told(desk, id)
    })
    .await
}

/// Lets a job that failed or was stopped run again.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/retry", tag = "jobs", params(("id" = i64, Path)), responses((status = 200, body = JobItem)))]
pub async fn retry(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let id = job_number(&id)?;
        jobs::retry(desk.app, &desk.context, desk.organisation(), id)?;
        told(desk, id)
    })
    .await
}
