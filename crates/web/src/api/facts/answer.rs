//! How imports are told to programs: their state, what they counted, and each thing that is wrong with its place.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dacheng_app::Result;
use dacheng_app::facts::problems::RowProblem;
use dacheng_app::facts::sums::Sums;
use dacheng_app::facts::uploads::{Counts, Kept, Looked, State, Undoable, look};
use dacheng_domain::Fen;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Desk;
use crate::respond;

/// An import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportItem {
    /// Its number.
    pub id: i64,
    /// The kind of fact.
    #[schema(example = "orders")]
    pub kind: String,
    /// `checking`, `checked`, `writing`, `committed`, `withdrawn`, `refused`, `cancelled` or `discarded`.
    pub state: &'static str,
    /// The file's name; `api` for rows.
    pub source: String,
    /// SHA-256 of the file, hex.
    pub sha256: Option<String>,
    /// The log-in name of who brought it.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Option<Timestamp>,
    /// When it was written or ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    /// What it counted.
    pub counts: CountsItem,
}

/// Rows of an import.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsItem {
    /// Rows read.
    pub read: i64,
    /// Facts that were not there.
    pub added: i64,
    /// Facts that were there with other contents.
    pub changed: i64,
    /// Facts that were there just so.
    pub unchanged: i64,
    /// Rows that the mapping leaves out.
    pub skipped: i64,
}

/// An import with everything about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportDetail {
    /// The import.
    #[serde(flatten)]
    pub import: ImportItem,
    /// What to compare with the source.
    pub sums: SumsItem,
    /// What is wrong.
    pub errors: Vec<RowError>,
    /// Until when the caller may undo it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub undo_until: Option<Timestamp>,
}

/// What a file comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SumsItem {
    /// All amounts, in yuan.
    #[schema(example = "12345.60")]
    pub amount: Option<String>,
    /// The earliest day.
    #[schema(value_type = Option<String>, format = Date)]
    pub first: Option<Date>,
    /// The latest day.
    #[schema(value_type = Option<String>, format = Date)]
    pub last: Option<Date>,
    /// Columns that are not used.
    pub ignored: Vec<String>,
}

/// Something that is wrong, with its place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowError {
    /// `/rows/0/amount` for rows; empty for a file.
    pub pointer: String,
    /// The file's name.
    pub file: String,
    /// The row of the file, as a spreadsheet counts.
    pub row: Option<u64>,
    /// The column.
    pub column: Option<String>,
    /// What stands there.
    pub value: String,
    /// What is wrong.
    pub reason: String,
}

/// A refusal (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedRows {
    /// `about:blank`
    pub r#type: &'static str,
    /// The status in words.
    pub title: String,
    /// The status.
    pub status: u16,
    /// What is wrong, in a sentence.
    pub detail: String,
    /// Each thing that is wrong.
    pub errors: Vec<RowError>,
}

impl ImportItem {
    /// The row of an import.
    pub fn of(kept: &Kept) -> Self {
        let moment = |milliseconds: i64| Timestamp::from_millisecond(milliseconds).ok();
        Self {
            id: kept.id,
            kind: kept.kind.clone(),
            state: kept.state.word(),
            source: kept.source.clone(),
            sha256: kept.sha256.clone(),
            by: kept.actor.clone(),
            started_at: moment(kept.started_at),
            ended_at: kept.ended_at.and_then(moment),
            counts: CountsItem::of(&kept.counts),
        }
    }
}

impl CountsItem {
    /// The counts.
    pub fn of(counts: &Counts) -> Self {
        let Counts { read, added, changed, unchanged, skipped, .. } = *counts;
        Self { read, added, changed, unchanged, skipped }
    }
}

impl SumsItem {
    /// The sums.
    pub fn of(sums: &Sums) -> Self {
        let amount = sums.fen.map(|fen| Fen(fen).to_string());
        Self { amount, first: sums.first, last: sums.last, ignored: sums.ignored.clone() }
    }
}

impl ImportDetail {
    /// An import that was looked at.
    pub fn of(looked: &Looked) -> Self {
        let source = looked.import.source.as_str();
        let undo_until = match looked.undo {
            Undoable::Until(until, _) => Some(until),
            Undoable::TooLate | Undoable::NotAllowed | Undoable::Replaced | Undoable::DoesNotCount => None,
        };
        Self {
            import: ImportItem::of(&looked.import),
            sums: SumsItem::of(&looked.sums),
            errors: errors(source, &looked.problems),
            undo_until,
        }
    }
}

/// Problems with their places.
pub fn errors(source: &str, problems: &[RowProblem]) -> Vec<RowError> {
    let error = |problem: &RowProblem| {
        // Rows of a program stand below a header that they do not know of.
        let place = problem.row.filter(|_| source == "api").map(|row| row.saturating_sub(2));
        let field = problem.column.as_ref().map_or_else(String::new, |column| format!("/{column}"));
        RowError {
            pointer: place.map_or_else(String::new, |place| format!("/rows/{place}{field}")),
            file: source.to_owned(),
            row: problem.row,
            column: problem.column.clone(),
            value: problem.value.clone(),
            reason: problem.reason.clone(),
        }
    };
    problems.iter().map(error).collect()
}

/// A refusal with its places.
pub fn refused(detail: String, errors: Vec<RowError>) -> Response {
    problem(StatusCode::UNPROCESSABLE_ENTITY, detail, errors)
}

/// Rows that were refused, or a file as a whole, with every reason.
pub fn refused_for(desk: &Desk<'_>, errors: Vec<RowError>) -> Response {
    let say = desk.lang().imports();
    let whole = errors.iter().all(|error| error.row.is_none() && error.pointer.is_empty());
    refused(if whole { say.refused_whole() } else { say.rows_refused() }.to_owned(), errors)
}

/// A problem of a status.
pub fn problem(status: StatusCode, detail: String, errors: Vec<RowError>) -> Response {
    let title = status.canonical_reason().unwrap_or_default().to_owned();
    let body = RefusedRows { r#type: "about:blank", title, status: status.as_u16(), detail, errors };
    let kind = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
    (status, kind, Json(body).into_response().into_body()).into_response()
}

/// What became of an import: 200 where it is written, 202 while it is under way, 422 where it was refused.
pub fn outcome(desk: &Desk<'_>, import: i64) -> Result<Response> {
    let looked = look(desk.app, &desk.context, import)?;
    let detail = ImportDetail::of(&looked);
    let say = desk.lang().imports();
    let mut response = match looked.import.state {
        State::Committed | State::Withdrawn => respond::json(&detail),
        State::Checking | State::Checked | State::Writing => {
            (StatusCode::ACCEPTED, respond::json(&detail)).into_response()
        }
        State::Refused => refused_for(desk, detail.errors),
        State::Cancelled => refused(say.was_cancelled().to_owned(), detail.errors),
        State::Discarded => refused(say.was_discarded().to_owned(), detail.errors),
    };
    if let Ok(address) = HeaderValue::from_str(&format!("/api/v1/imports/{import}")) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}
