//! `GET /files/{id}`: a file of a document, for whoever may see the document. Lists and forms stand on its page.

use std::io;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dacheng_app::files::{self, Attached, GivenOut, Hanging, New, Subject, give_out, open, piece};
use dacheng_app::{Error, Result};
use tokio::io::{AsyncWriteExt, DuplexStream};
use tokio_util::io::ReaderStream;

use crate::http::files::Sent;
use crate::http::{Desk, Need, Reply, Routes, Visitor, Web, encoded};

/// What a browser may do with a file of somebody else's, should it show it against all else that is said: nothing.
const POLICY: &str = "default-src 'none'; sandbox";
/// Bytes between the database and the network.
const AHEAD: usize = 64 << 10;

/// Where files are given out. Who may see one is the question of what it hangs on: for everybody else it is not there.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/files/{id}", Need::SignedIn, download)
}

/// `GET /files/{id}` and `GET /api/v1/files/{id}`.
pub async fn download(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let file = open(desk.app, &desk.context, number(&id)?)?;
        let heads = heads(&file);
        // Who has the content already takes nothing, and is not recorded.
        if has(&headers, &tag(&file)) {
            return Ok((StatusCode::NOT_MODIFIED, heads).into_response());
        }
        let content = give_out(desk.app, &desk.context, &file)?;
        Ok((heads, sent(desk.web, &file, content)).into_response())
    })
    .await
}

/// Attaches what was sent under a name.
pub fn attach(desk: &Desk<'_>, subject: Subject, name: &str, sent: Option<&Sent>) -> Result<Attached> {
    let limits = desk.web.site.files;
    let file = match sent {
        Some(Sent::Whole(file)) => file,
        Some(Sent::TooLarge) => return Err(Error::refused(files::too_large(desk.lang(), name, limits))),
        None => return Err(files::empty(desk.lang(), name)),
    };
    files::attach(desk.app, &desk.context, subject, &New { name, file, limits })
}

/// The number of a file; what is no number is no file.
pub fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::missing("file", id))
}

/// Its hash names its content.
fn tag(file: &Hanging) -> String {
    format!("\"{}\"", file.sha256)
}

/// What is said of a file, with its content or without.
fn heads(file: &Hanging) -> [(HeaderName, String); 5] {
    [
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::ETAG, tag(file)),
        // Asked for again, the right to see it is looked at again.
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ]
}

/// A content of any size, in little memory.
fn sent(web: &Web, file: &Hanging, content: GivenOut) -> Response {
    let (near, far) = tokio::io::duplex(AHEAD);
    tokio::spawn(pour(web.clone(), content, far));
    let kind = [
        (header::CONTENT_TYPE, file.media.media_type().to_owned()),
        (header::CONTENT_LENGTH, file.bytes.to_string()),
    ];
    (kind, Body::from_stream(ReaderStream::new(near))).into_response()
}

/// Piece by piece; who reads slowly holds a piece and no connection to the database. One that fails ends too early, which
/// the length tells.
async fn pour(web: Web, content: GivenOut, mut to: DuplexStream) {
    for number in 0.. {
        let (app, content) = (web.app.clone(), content.clone());
        let read = tokio::task::spawn_blocking(move || piece(&app, &content, number)).await;
        let written: io::Result<()> = match read {
            Ok(Ok(Some(piece))) => to.write_all(&piece).await,
            Ok(Ok(None)) => return,
            Ok(Err(error)) => Err(io::Error::other(error.to_string())),
            Err(wrong) => Err(io::Error::other(wrong)),
        };
        if let Err(wrong) = written {
            tracing::debug!(cause = %wrong, "a download ended early");
            return;
        }
    }
}

/// Saved under its name, never shown: RFC 6266, with the name of RFC 8187 and a plain one for old programs.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|own| if own.is_ascii_graphic() && !"\"\\%".contains(own) { own } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded(name).replace('/', "%2F"))
}

/// Whether the asker has the content already.
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let values = asked.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|own| own.trim_start_matches("W/") == tag)
}
