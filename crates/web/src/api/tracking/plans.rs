//! `/api/v1/improvement-plans`: plans of the caller's scope and the steps on one.

use axum::Extension;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use dacheng_app::files::Subject;
use dacheng_app::tracking::improvement::{self, PlanCase, Written, plan, plans};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::calendar::Month;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::alerts::{AlertBody, PlanLineBody};
use super::{ReasonBody, VersionBody, word};
use crate::api::files::{self, FileBody, How};
use crate::api::listing::{Listing, Paging};
use crate::http::{Body, Reply, Seen, Visitor, Web};
use crate::pages::alerts::document::document;
use crate::respond;

/// A plan with everything written in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanBody {
    /// Where it stands.
    #[serde(flatten)]
    pub line: PlanLineBody,
    /// What a step on it must have seen.
    pub version: i64,
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// The metric's code.
    pub metric: String,
    /// `improvement_plan` or `coaching`.
    pub remedy: String,
    /// What was written, once it was handed in.
    pub written: Option<WrittenBody>,
    /// Why it was returned.
    pub returned_because: Option<String>,
    /// The log-in name of whoever handed it in.
    pub submitted_by: Option<String>,
    /// The log-in name of whoever accepted or returned it.
    pub checked_by: Option<String>,
    /// The alerts it is for, by month.
    pub alerts: Vec<AlertBody>,
    /// What was noted of its progress, oldest first.
    pub progress: Vec<NoteBody>,
    /// The evidence on it and on its notes, oldest first.
    pub files: Vec<FileBody>,
}

/// What the owner writes into a plan.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct WrittenBody {
    /// 原因分析
    cause: String,
    /// 改进目标
    goal: String,
    /// 步骤
    actions: Vec<StepBody>,
    /// 所需支持
    #[serde(default)]
    support: String,
    /// The month whose close shows whether it recovered.
    #[schema(value_type = String, example = "2026-12")]
    last_month: Month,
}

/// One step of a plan.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct StepBody {
    /// What is done.
    what: String,
    /// By whom.
    who: String,
    /// From when.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// By when.
    #[schema(value_type = String, format = Date)]
    by: Date,
    /// How much of it is done, in per cent.
    #[serde(default)]
    progress: u8,
}

/// A note of the progress.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteBody {
    /// Its number, by which files are attached to it.
    number: i64,
    /// When: RFC 3339, UTC.
    at: String,
    /// Log-in name.
    actor: String,
    /// The note.
    note: String,
}

/// A note of the progress to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ProgressBody {
    /// What was done, with what result.
    note: String,
    /// How far each step is, in per cent, in the order of the plan; only by whoever writes the plan.
    #[serde(default)]
    done: Vec<u8>,
    /// The version seen, where `If-Match` does not say it.
    version: Option<i64>,
}

impl WrittenBody {
    fn of(written: &Written) -> Self {
        let step = |step: &improvement::Step| StepBody {
            what: step.what.clone(),
            who: step.who.clone(),
            from: step.from,
            by: step.by,
            progress: step.progress,
        };
        Self {
            cause: written.cause.clone(),
            goal: written.goal.clone(),
            actions: written.actions.iter().map(step).collect(),
            support: written.support.clone(),
            last_month: written.last_month,
        }
    }

    fn read(self) -> Written {
        let step = |step: StepBody| improvement::Step {
            what: step.what,
            who: step.who,
            from: step.from,
            by: step.by,
            progress: 0,
        };
        Written {
            cause: self.cause,
            goal: self.goal,
            actions: self.actions.into_iter().map(step).collect(),
            support: self.support,
            last_month: self.last_month,
        }
    }
}

impl PlanBody {
    fn of(case: &PlanCase) -> Self {
        let note = |own: &dacheng_app::tracking::improvement::Progress| NoteBody {
            number: own.number,
            at: jiff::Timestamp::from_millisecond(own.at).unwrap_or_default().to_string(),
            actor: own.actor.clone(),
            note: own.note.clone(),
        };
        Self {
            line: PlanLineBody::of(&case.line),
            version: case.version,
            owner: case.owner.to_string(),
            metric: case.metric.code().to_owned(),
            remedy: word(&case.remedy),
            written: case.written.as_ref().map(WrittenBody::of),
            returned_because: case.note.clone(),
            submitted_by: case.submitted_by.clone(),
            checked_by: case.checked_by.clone(),
            alerts: case.alerts.iter().map(AlertBody::of).collect(),
            progress: case.progress.iter().map(note).collect(),
            files: case.files.iter().map(FileBody::of).collect(),
        }
    }
}

/// Open plans of the caller's scope, those due first at the top.
#[utoipa::path(get, path = "/api/v1/improvement-plans", tag = "tracking", params(Paging), responses((status = 200, body = Listing<PlanLineBody>)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = plans(desk.app, &desk.context)?;
        let Listing { items, next } = paging.part(found, |(line, ..)| line.id.to_string())?;
        let items = items.iter().map(|(line, ..)| PlanLineBody::of(line)).collect();
        Ok(respond::json(&Listing { items, next }))
    })
    .await
}

/// One plan of the caller's scope.
#[utoipa::path(get, path = "/api/v1/improvement-plans/{id}", tag = "tracking", params(("id" = i64, Path)), responses((status = 200, body = PlanBody)))]
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::json(&PlanBody::of(&plan(desk.app, &desk.context, id)?))))
        .await
}

/// A plan of the caller's scope as a document on A4, once it was handed in.
#[utoipa::path(get, path = "/api/v1/improvement-plans/{id}/pdf", tag = "tracking", params(("id" = i64, Path)), responses(
    (status = 200, content_type = "application/pdf", body = Vec<u8>, description = "with page numbers, version and check code"),
))]
pub async fn pdf(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let case = plan(desk.app, &desk.context, id)?;
        desk.print(document(desk, &case)?)
    })
    .await
}

/// Takes a step and answers the plan as it is then.
async fn step(
    web: &Web,
    visitor: &Visitor,
    id: i64,
    seen: (Seen, Option<i64>),
    act: impl FnOnce(&App, &Context, i64) -> Result<i64> + Send + 'static,
) -> Reply {
    super::step(web, visitor, seen, move |app, context, seen| {
        act(app, context, seen)?;
        Ok(PlanBody::of(&plan(app, context, id)?))
    })
    .await
}

/// Its owner hands a plan in; the version is given by `If-Match`.
#[utoipa::path(post, path = "/api/v1/improvement-plans/{id}/submit", tag = "tracking", params(("id" = i64, Path)), request_body = WrittenBody, responses((status = 200, body = PlanBody)))]
pub async fn submit(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    seen: Seen,
    Body(body): Body<WrittenBody>,
) -> Reply {
    let written = body.read();
    let act = move |app: &_, context: &_, seen| improvement::submit(app, context, id, seen, &written);
    step(&web, &visitor, id, (seen, None), act).await
}

/// The checker accepts a plan. Never by a token.
#[utoipa::path(post, path = "/api/v1/improvement-plans/{id}/accept", tag = "tracking", params(("id" = i64, Path)), request_body = VersionBody, responses((status = 200, body = PlanBody), (status = 403, description = "Not allowed, or the password is asked for again")))]
pub async fn accept(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    seen: Seen,
    Body(body): Body<VersionBody>,
) -> Reply {
    let act = move |app: &_, context: &_, seen| improvement::accept(app, context, id, seen);
    step(&web, &visitor, id, (seen, body.version), act).await
}

/// The checker returns a plan with a reason. Never by a token.
#[utoipa::path(post, path = "/api/v1/improvement-plans/{id}/return", tag = "tracking", params(("id" = i64, Path)), request_body = ReasonBody, responses((status = 200, body = PlanBody), (status = 403, description = "Not allowed, or the password is asked for again")))]
pub async fn send_back(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    seen: Seen,
    Body(body): Body<ReasonBody>,
) -> Reply {
    let version = body.version;
    let act = move |app: &_, context: &_, seen| improvement::send_back(app, context, id, seen, &body.reason);
    step(&web, &visitor, id, (seen, version), act).await
}

/// Its owner begins an accepted plan.
#[utoipa::path(post, path = "/api/v1/improvement-plans/{id}/start", tag = "tracking", params(("id" = i64, Path)), request_body = VersionBody, responses((status = 200, body = PlanBody)))]
pub async fn start(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    seen: Seen,
    Body(body): Body<VersionBody>,
) -> Reply {
    let act = move |app: &_, context: &_, seen| improvement::start(app, context, id, seen);
    step(&web, &visitor, id, (seen, body.version), act).await
}

/// Its owner notes the progress, or the checker a remark.
#[utoipa::path(post, path = "/api/v1/improvement-plans/{id}/progress", tag = "tracking", params(("id" = i64, Path)), request_body = ProgressBody, responses((status = 200, body = PlanBody)))]
pub async fn progress(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    seen: Seen,
    Body(body): Body<ProgressBody>,
) -> Reply {
    let version = body.version;
    let act = move |app: &_, context: &_, seen| {
        improvement::record_progress(app, context, id, seen, &body.note, &body.done)
    };
    step(&web, &visitor, id, (seen, version), act).await
}

/// Its owner attaches evidence to a plan, or to a note of its progress, while it is open: the file as the body, or the
/// field `file` of a form. What it is, its content says. The same content is attached once, however often it is sent.
#[utoipa::path(
    post, path = "/api/v1/improvement-plans/{id}/files", tag = "files", params(("id" = i64, Path), How),
    request_body(content(
        (Vec<u8> = "application/octet-stream"),
        (Vec<u8> = "multipart/form-data"),
    )),
    responses(
        (status = 201, body = FileBody, description = "attached"),
        (status = 200, body = FileBody, description = "attached before"),
    )
)]
pub async fn add_file(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    how: Query<How>,
    request: Request,
) -> Reply {
    let of_plan = how.note;
    let allowed = web.answer(&visitor, move |desk| {
        let case = plan(desk.app, &desk.context, id)?;
        let is_own = of_plan.is_none_or(|note| case.progress.iter().any(|own| own.number == note));
        if is_own {
            Ok(StatusCode::OK.into_response())
        } else {
            Err(Error::missing("note", of_plan.unwrap_or(0)))
        }
    });
    let allowed = allowed.await?;
    if allowed.status() != StatusCode::OK {
        return Ok(allowed);
    }
    let subject = of_plan.map_or(Subject::ImprovementPlan(id), Subject::ImprovementNote);
    files::add(&web, &visitor, subject, &how, request).await
}
