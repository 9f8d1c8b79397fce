//! `POST /values/{code}/import`: values of a month from a file.

use axum::Extension;
use axum::extract::{FromRequest as _, Multipart, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use dacheng_app::facts::problems::RowProblem;
use dacheng_app::metrics::{self, BroughtIn, ValuesFile};
use dacheng_app::{Error, Result};

use super::handler::Asked;
use super::view;
use crate::components::Tone;
use crate::http::{Desk, Visitor, Web};
use crate::respond;

/// Problems told on the page.
const TOLD: usize = 20;

/// What was sent.
#[derive(Default)]
struct Sent {
    csrf: String,
    name: String,
    file: Vec<u8>,
}

/// `POST /values/{code}/import` as `multipart/form-data` with `csrf` and `file`.
pub async fn import(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let sent = match read(request, &web).await {
        Some(sent) if !sent.csrf.is_empty() && sent.csrf == visitor.csrf => sent,
        Some(_) | None => {
            let forged = Error::Usage(visitor.lang.failures().forged().to_owned());
            return web.refuse(&visitor, forged).await;
        }
    };
    web.answer(&visitor, move |desk| take(desk, &code, &asked, &sent)).await.into_response()
}

async fn read(request: Request, web: &Web) -> Option<Sent> {
    let mut parts = Multipart::from_request(request, web).await.ok()?;
    let mut sent = Sent::default();
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "csrf" => sent.csrf = part.text().await.ok()?,
            "file" => {
                sent.name = part.file_name().unwrap_or_default().to_owned();
                sent.file = part.bytes().await.ok()?.to_vec();
            }
            _ => {}
        }
    }
    Some(sent)
}

fn take(desk: &Desk<'_>, code: &str, asked: &Asked, sent: &Sent) -> Result<Response> {
    let month = asked.of(desk)?;
    let sheet = metrics::sheet(desk.app, &desk.context, code, month)?;
    let refuse = |sentences: Vec<String>| {
        let mut page = view::sheet(desk, &sheet, None)?;
        let errors = sentences.into_iter().map(|sentence| (Some("file".to_owned()), sentence));
        page.wrong.errors.extend(errors);
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
    };
    let say = desk.lang().own_metrics();
    if sent.file.is_empty() {
        return refuse(vec![desk.lang().plans().import_missing().to_owned()]);
    }
    match bring(desk, code, sent) {
        Ok(brought) if brought.problems.is_empty() => {
            let told = match brought.changed {
                0 => (Tone::Info, say.same_values().to_owned()),
                changed => (Tone::Ok, say.entered(changed)),
            };
            Ok(respond::done(&view::address(code, month), told.0, &told.1))
        }
        Ok(brought) => {
            refuse(brought.problems.iter().take(TOLD).map(|problem| told(desk, problem)).collect())
        }
        Err(Error::Refused(sentences)) => refuse(sentences),
        Err(other) => Err(other),
    }
}

/// What is wrong with a cell: its row and column, and why.
fn told(desk: &Desk<'_>, problem: &RowProblem) -> String {
    let row = problem.row.map_or_else(String::new, |row| row.to_string());
    let column = problem.column.clone().unwrap_or_default();
    desk.lang().own_metrics().bad_cell(row, column, &problem.reason)
}

/// Imports what was sent, from a file of its own that is gone afterwards.
fn bring(desk: &Desk<'_>, code: &str, sent: &Sent) -> Result<BroughtIn> {
    let wrong = |wrong: std::io::Error| Error::Internal(format!("upload: {wrong}"));
    let file = tempfile::NamedTempFile::new().map_err(wrong)?;
    std::fs::write(file.path(), &sent.file).map_err(wrong)?;
    let request = ValuesFile { path: file.path(), name: &sent.name, workbooks: &desk.web.site.workbooks };
    metrics::import(desk.app, &desk.context, code, &request)
}
