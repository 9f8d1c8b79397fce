//! `POST /api/v1/facts/{kind}`: a few rows as JSON. They become a file and go the way of every file.

use std::collections::BTreeMap;

use axum::extract::Request;
use axum::http::header;
use axum::response::Response;
use dacheng_app::facts::subject::Subject;
use dacheng_app::facts::uploads::{Confirmation, MOST_BYTES as MOST_OF_A_FILE, New, Received};
use dacheng_app::{Error, Result};
use dacheng_sheets::csv::{self, Mark};
use dacheng_sheets::{Cell, WriteError};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::answer::{self, ImportDetail, RefusedRows, RowError};
use super::bring::{idempotency_key, written};
use crate::http::{Desk, Reply, Visitor, Web, said_bytes};

/// Rows of one request.
const MOST_ROWS: usize = 1_000;
/// Bytes of one request.
const MOST_BYTES: usize = 1 << 20;

/// Rows of one kind: the field names of its file, with texts or numbers.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({"rows": [{"payment": "PM-1", "member": "HC0417", "date": "2026-11-20", "amount": "1200.00"}]}))]
pub struct Rows {
    /// At most 1000.
    #[schema(value_type = Vec<BTreeMap<String, String>>)]
    rows: Vec<BTreeMap<String, Value>>,
}

/// Brings in a few rows, all of them or none. The same `Idempotency-Key` has one effect.
#[utoipa::path(
    post, path = "/api/v1/facts/{kind}", tag = "facts",
    params(
        ("kind" = String, Path, description = "orders, payments, customers … as for `dacheng import`; calendar"),
        ("Idempotency-Key" = Option<String>, Header, description = "repeated requests have one effect"),
    ),
    request_body = Rows,
    responses(
        (status = 200, body = ImportDetail),
        (status = 422, body = RefusedRows, content_type = "application/problem+json"),
    )
)]
pub async fn bring_rows(web: &Web, visitor: &Visitor, subject: Subject, request: Request) -> Reply {
    let key = idempotency_key(request.headers());
    let is_json = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !is_json.is_some_and(|kind| kind.starts_with("application/json")) {
        return Ok(web.refuse(visitor, Error::Usage("Content-Type: application/json".to_owned())).await);
    }
    let Ok(body) = axum::body::to_bytes(request.into_body(), MOST_BYTES).await else {
        let said = visitor.lang.uploads().file_too_large(said_bytes(MOST_BYTES as u64));
        return Ok(web.refuse(visitor, Error::TooLarge(said)).await);
    };
    let rows = match serde_json::from_slice::<Rows>(&body) {
        Ok(Rows { rows }) => rows,
        Err(wrong) => return Ok(web.refuse(visitor, Error::Usage(wrong.to_string())).await),
    };
    web.answer(visitor, move |desk| bring(desk, subject, &rows, key.as_deref())).await
}

fn bring(
    desk: &Desk<'_>,
    subject: Subject,
    rows: &[BTreeMap<String, Value>],
    key: Option<&str>,
) -> Result<Response> {
    subject.allow(&desk.context, desk.organisation())?;
    let say = desk.lang().uploads();
    if rows.is_empty() || rows.len() > MOST_ROWS {
        return Err(Error::refused(say.rows_many(MOST_ROWS)));
    }
    let errors: Vec<RowError> = (0..).zip(rows).flat_map(|(at, row)| unfit(desk, subject, at, row)).collect();
    if !errors.is_empty() {
        return Ok(answer::refused_for(desk, errors));
    }
    let file = file(desk, subject, rows)?;
    let confirmation = Confirmation::NoneAndAtOnce;
    written(desk, New { subject, name: "api", file, mapping: None, confirmation, request: key })
}

/// Fields that the kind does not have, and values that are neither text nor number.
fn unfit(desk: &Desk<'_>, subject: Subject, at: usize, row: &BTreeMap<String, Value>) -> Vec<RowError> {
    let say = desk.lang().uploads();
    let wrong = |(name, value): (&String, &Value)| {
        let reason = match value {
            _ if !subject.fields().iter().any(|field| field.name == name) => say.no_such_field(name),
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => say.no_scalar().to_owned(),
            Value::Null | Value::Number(_) | Value::String(_) => return None,
        };
        Some(RowError {
            pointer: format!("/rows/{at}/{name}"),
            file: "api".to_owned(),
            row: Some(at as u64 + 2),
            column: Some(name.clone()),
            value: String::new(),
            reason,
        })
    };
    row.iter().filter_map(wrong).collect()
}

fn file(desk: &Desk<'_>, subject: Subject, rows: &[BTreeMap<String, Value>]) -> Result<Received> {
    // Only the columns that are used: one that is there and blank is the same as none.
    let used = |name: &&str| rows.iter().any(|row| row.contains_key(*name));
    let names: Vec<&str> = subject.fields().iter().map(|field| field.name).filter(used).collect();
    let failed = |wrong: WriteError| Error::refused(wrong.to_string());
    let mut writer = csv::Writer::new(Vec::new(), Mark::None, &names).map_err(failed)?;
    for row in rows {
        let texts: Vec<String> = names.iter().map(|name| text(row.get(*name))).collect();
        let cells: Vec<Cell<'_>> = texts.iter().map(|text| Cell::Text(text)).collect();
        writer.write(&cells).map_err(failed)?;
    }
    let bytes = writer.finish().map_err(failed)?;
    let mut incoming = desk.web.site.uploads.incoming(desk.app, MOST_OF_A_FILE)?;
    incoming.write(&bytes)?;
    Ok(incoming.finish())
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => String::new(),
    }
}
