//! `/api/v1/closes`: months and the steps of their close.

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::tracking::close::{self, Control, Difference};
use dacheng_app::tracking::closes::{MonthRow, months};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::calendar::{Deadline, Month};
use dacheng_domain::metrics::Metric;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ReasonBody, VersionBody, word};
use crate::api::listing::{Listing, Paging};
use crate::http::{Body, Reply, Seen, Visitor, Web};
use crate::pages::closes::document::sheet;
use crate::respond;

/// A month and its close.
#[derive(Debug, Serialize, ToSchema)]
pub struct CloseBody {
    /// The month.
    #[schema(example = "2026-10")]
    month: String,
    /// `open`, `proposed`, `closed` or `reopened`.
    state: String,
    /// How it counts where only closed months do: `open`, `closed` or `reopened`.
    standing: String,
    /// What a step must have seen; 0 where nobody began the close.
    version: i64,
    /// By when it is to be closed.
    deadline: Option<String>,
    /// Log-in name.
    proposed_by: Option<String>,
    /// Log-in name.
    closed_by: Option<String>,
    /// The day the last close was recorded.
    recorded_on: Option<String>,
    /// Who signed a reopening that waits for the second signature.
    reopening_by: Option<String>,
}

/// A month that was closed, and what followed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClosedBody {
    /// The month.
    month: String,
    /// The version of the close now.
    version: i64,
    /// The day its alerts are dated.
    recorded_on: String,
    /// Yellow alerts raised.
    yellow: usize,
    /// Red alerts raised.
    red: usize,
    /// Alerts withdrawn.
    withdrawn: usize,
    /// Plans that ended recovered.
    recovered: usize,
    /// Plans that ended not recovered.
    not_recovered: usize,
}

/// Where the close of a month stands after a step.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepBody {
    /// The month.
    month: String,
    /// The version of the close now.
    version: i64,
}

/// Control totals given with a proposal.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ProposalBody {
    /// One for each source.
    #[serde(default)]
    controls: Vec<ControlBody>,
    /// The version seen, where `If-Match` does not say it.
    version: Option<i64>,
}

/// What the ERP says of a source.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ControlBody {
    /// `revenue` for orders and returns, `collections` for payments.
    metric: String,
    /// The total of the ERP, in yuan.
    #[schema(value_type = String, example = "550000.00")]
    expected: Fen,
    /// Why a difference is accepted; without it a difference is refused.
    reason: Option<String>,
}

impl CloseBody {
    fn of(row: &MonthRow) -> Self {
        Self {
            month: row.month.to_string(),
            state: word(&row.state),
            standing: word(&row.standing),
            version: row.version,
            deadline: Deadline::date(row.deadline).map(|day| day.to_string()),
            proposed_by: row.proposed_by.clone(),
            closed_by: row.closed_by.clone(),
            recorded_on: row.recorded_on.map(|day| day.to_string()),
            reopening_by: row.reopening.as_ref().map(|(login, _)| login.clone()),
        }
    }
}

impl ControlBody {
    fn read(self) -> Result<Control> {
        let metric: Metric = self.metric.parse().map_err(|wrong| Error::Usage(format!("{wrong}")))?;
        let difference = self.reason.map_or(Difference::Refused, Difference::SignedOff);
        Ok(Control { metric, expected: self.expected.0, difference })
    }
}

/// Every month, the newest first.
#[utoipa::path(get, path = "/api/v1/closes", tag = "tracking", params(Paging), responses((status = 200, body = Listing<CloseBody>)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let rows = months(desk.app, &desk.context)?;
        let Listing { items, next } = paging.part(rows, |row| row.month.to_string())?;
        Ok(respond::json(&Listing { items: items.iter().map(CloseBody::of).collect(), next }))
    })
    .await
}

/// The close of a month as a document on A4, once somebody began it.
#[utoipa::path(get, path = "/api/v1/closes/{month}/pdf", tag = "tracking", params(("month" = String, Path)), responses(
    (status = 200, content_type = "application/pdf", body = Vec<u8>, description = "with page numbers, version and check code"),
))]
pub async fn pdf(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
) -> Reply {
    sheet(State(web), Extension(visitor), Path(month)).await
}

/// Takes a step on the close of a month.
async fn step<T: Serialize>(
    web: &Web,
    visitor: &Visitor,
    month: String,
    seen: (Seen, Option<i64>),
    act: impl FnOnce(&App, &Context, Month, i64) -> Result<T> + Send + 'static,
) -> Reply {
    super::step(web, visitor, seen, move |app, context, seen| {
        let month: Month = month.parse().map_err(|_| Error::missing("month", &month))?;
        act(app, context, month, seen)
    })
    .await
}

/// Sales operations propose a month whose control totals agree.
#[utoipa::path(post, path = "/api/v1/closes/{month}/propose", tag = "tracking", params(("month" = String, Path)), request_body = ProposalBody, responses((status = 200, body = StepBody)))]
pub async fn propose(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
    seen: Seen,
    Body(body): Body<ProposalBody>,
) -> Reply {
    let ProposalBody { controls, version } = body;
    step(&web, &visitor, month, (seen, version), move |app, context, month, seen| {
        let controls = controls.into_iter().map(ControlBody::read).collect::<Result<Vec<_>>>()?;
        let version = close::propose(app, context, month, seen, &controls)?;
        Ok(StepBody { month: month.to_string(), version })
    })
    .await
}

/// Finance sends a proposal back. Never by a token.
#[utoipa::path(post, path = "/api/v1/closes/{month}/return", tag = "tracking", params(("month" = String, Path)), request_body = ReasonBody, responses((status = 200, body = StepBody), (status = 403, description = "Not allowed, or the password is asked for again")))]
pub async fn send_back(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
    seen: Seen,
    Body(body): Body<ReasonBody>,
) -> Reply {
    step(&web, &visitor, month, (seen, body.version), move |app, context, month, seen| {
        let version = close::send_back(app, context, month, seen, &body.reason)?;
        Ok(StepBody { month: month.to_string(), version })
    })
    .await
}

/// Finance closes a proposed month. Never by a token.
#[utoipa::path(post, path = "/api/v1/closes/{month}/close", tag = "tracking", params(("month" = String, Path)), request_body = VersionBody, responses((status = 200, body = ClosedBody), (status = 403, description = "Not allowed, or the password is asked for again")))]
pub async fn close(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
    seen: Seen,
    Body(body): Body<VersionBody>,
) -> Reply {
    step(&web, &visitor, month, (seen, body.version), move |app, context, month, seen| {
        let closed = close::close(app, context, month, seen)?;
        let done = closed.outcome;
        Ok(ClosedBody {
            month: month.to_string(),
            version: closed.version,
            recorded_on: closed.recorded_on.to_string(),
            yellow: done.yellow,
            red: done.red,
            withdrawn: done.withdrawn,
            recovered: done.recovered,
            not_recovered: done.not_recovered,
        })
    })
    .await
}

/// A director (or executive) and finance reopen a month together: the first call signs, the second reopens. Never by
/// a token.
#[utoipa::path(post, path = "/api/v1/closes/{month}/reopen", tag = "tracking", params(("month" = String, Path)), request_body = ReasonBody, responses((status = 200, body = CloseBody), (status = 403, description = "Not allowed, or the password is asked for again")))]
pub async fn reopen(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
    seen: Seen,
    Body(body): Body<ReasonBody>,
) -> Reply {
    step(&web, &visitor, month, (seen, body.version), move |app, context, month, seen| {
        close::reopen(app, context, month, seen, &body.reason)?;
        let row = months(app, context)?.into_iter().find(|row| row.month == month);
        row.as_ref().map(CloseBody::of).ok_or_else(|| Error::missing("month", month))
    })
    .await
}
