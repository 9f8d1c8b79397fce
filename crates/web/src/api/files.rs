//! Files of documents for programs: what hangs there, adding, giving out, removing.

use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json, RequestExt};
use dacheng_app::files::{self, Attached, Hanging, Subject, may_attach};
use dacheng_app::{Error, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::http::files::{Parts, Sent, Token, body_to_disk};
use crate::http::{Desk, Need, Reply, Routes, Visitor, Web};
use crate::pages::files::{attach, download, number};

/// What this room adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(fetch, remove))]
pub struct Doc;

/// Where files are, whatever they hang on; adding one is an address of the document.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/api/v1/files/{id}", Need::SignedIn, download).delete(
        "/api/v1/files/{id}",
        Need::SignedIn,
        remove,
    )
}

/// A file on a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileBody {
    /// Its number: `GET /api/v1/files/{id}` gives its content.
    id: i64,
    /// Its name.
    name: String,
    /// Its media type, as recognised.
    media_type: &'static str,
    /// Its size.
    bytes: u64,
    /// SHA-256 of its content, hex.
    sha256: String,
    /// The log-in name of whoever attached it.
    actor: String,
    /// When: RFC 3339, UTC.
    attached_at: String,
    /// The progress note it hangs on, by number; none where it hangs on the whole document.
    note: Option<i64>,
}

impl FileBody {
    /// A file as programs are told.
    pub fn of(file: &Hanging) -> Self {
        let note = match file.subject {
            Subject::ImprovementPlan(_) => None,
            Subject::ImprovementNote(note) => Some(note),
        };
        Self {
            id: file.id,
            name: file.name.clone(),
            media_type: file.media.media_type(),
            bytes: file.bytes,
            sha256: file.sha256.clone(),
            actor: file.actor.clone(),
            attached_at: Timestamp::from_millisecond(file.at).unwrap_or_default().to_string(),
            note,
        }
    }
}

/// How a file is sent.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct How {
    /// The file's name, where the body is the file.
    #[param(example = "receipt.pdf")]
    name: Option<String>,
    /// The progress note it belongs to, by number.
    pub note: Option<i64>,
}

/// A file for whoever may see what it hangs on. `ETag` is the SHA-256 of its content.
#[utoipa::path(get, path = "/api/v1/files/{id}", tag = "files", params(("id" = i64, Path)), responses(
    (status = 200, content_type = "application/octet-stream", body = Vec<u8>, description = "with its own media type"),
    (status = 304, description = "`If-None-Match` names its content"),
))]
#[expect(dead_code, reason = "describes the address that pages and programs share")]
fn fetch() {}

/// Removes a file while that is allowed.
#[utoipa::path(delete, path = "/api/v1/files/{id}", tag = "files", params(("id" = i64, Path)), responses((status = 204)))]
pub async fn remove(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        files::withdraw(desk.app, &desk.context, number(&id)?)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

/// Takes a file for a subject: 201 with the file, 200 where the same content hung there before.
pub async fn add(web: &Web, visitor: &Visitor, subject: Subject, how: &How, request: Request) -> Reply {
    // Who may not is told before anything is read.
    let allowed = web.answer(visitor, move |desk| {
        may_attach(desk.app, &desk.context, subject)?;
        Ok(Response::new(Body::empty()))
    });
    let allowed = allowed.await?;
    if allowed.status() != StatusCode::OK {
        return Ok(allowed);
    }
    let sent = read(web, visitor, how, request).await;
    web.answer(visitor, move |desk| {
        let (name, file) = sent?;
        added(desk, subject, &name, file.as_ref())
    })
    .await
}

/// The file is the body, or the field `file` of a form.
async fn read(web: &Web, visitor: &Visitor, how: &How, request: Request) -> Result<(String, Option<Sent>)> {
    let most = web.site.files.bytes;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let name = how.name.clone().unwrap_or_default();
        return Ok((name, body_to_disk(web, visitor, most, request.into_limited_body()).await?));
    }
    let broken = || Error::Usage(visitor.lang.uploads().form_broken().to_owned());
    let form = Multipart::from_request(request, web).await.map_err(|_| broken())?;
    let mut parts = Parts::read(web, visitor, Token::NotNeeded, most, form).await?;
    match (parts.files.pop(), parts.files.is_empty()) {
        (Some((name, file)), true) => Ok((how.name.clone().unwrap_or(name), file)),
        (Some(_), false) => Err(Error::refused(visitor.lang.files().much_at_once())),
        (None, _) => Err(Error::refused(visitor.lang.files().missing())),
    }
}

fn added(desk: &Desk<'_>, subject: Subject, name: &str, sent: Option<&Sent>) -> Result<Response> {
    if let Some(Sent::TooLarge) = sent {
        return Err(Error::TooLarge(files::too_large(desk.lang(), name, desk.web.site.files)));
    }
    let attached = attach(desk, subject, name, sent)?;
    let status = match attached {
        Attached::Now(_) => StatusCode::CREATED,
        Attached::Before(_) => StatusCode::OK,
    };
    let file = files::open(desk.app, &desk.context, attached.file().id)?;
    let heads = [
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::LOCATION, format!("/api/v1/files/{}", file.id)),
    ];
    Ok((status, heads, Json(FileBody::of(&file))).into_response())
}
