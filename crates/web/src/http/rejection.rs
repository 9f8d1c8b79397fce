//! What the framework refuses by itself: a query or a form that cannot be read, a body too large, a method that is
//! not there. Its bare answer is told like every other failure, whichever extractor it came from.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dacheng_text::Lang;

use super::failure::Reader;
use super::{Failure, Visitor, Web};

/// As much of the framework's own words as a program is told, in bytes.
const LONGEST: usize = 500;

/// The answer of a handler, or in its place the failure that the framework answered.
pub(super) async fn told(web: &Web, visitor: &Visitor, response: Response) -> Response {
    if !response.status().is_client_error() || is_ours(response.headers()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let words = axum::body::to_bytes(body, LONGEST).await.unwrap_or_default();
    let words = String::from_utf8_lossy(&words).into_owned();
    let mut told = refuse(web, visitor, parts.status, &words).await;
    if let Some(methods) = parts.headers.get(header::ALLOW) {
        told.headers_mut().insert(header::ALLOW, methods.clone());
    }
    told
}

/// Tells what could not be read; `words` say it to a program.
pub(super) async fn refuse(web: &Web, visitor: &Visitor, status: StatusCode, words: &str) -> Response {
    let said = match visitor.reader {
        Reader::Program if !words.is_empty() => words.to_owned(),
        Reader::Program | Reader::Person => sentence(visitor.lang, status),
    };
    let answer = web.answer(visitor, move |desk| {
        let failure = Failure::rejected(status, said, desk.visitor);
        Ok(failure.within(desk))
    });
    answer.await.into_response()
}

/// Pages and problems are our own; the framework answers in plain text, or nothing.
fn is_ours(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| !kind.starts_with("text/plain"))
}

fn sentence(lang: Lang, status: StatusCode) -> String {
    let say = lang.failures();
    let said = match status {
        StatusCode::METHOD_NOT_ALLOWED => say.method(),
        StatusCode::PAYLOAD_TOO_LARGE => say.too_large(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => say.media_type(),
        _other => say.unreadable(),
    };
    said.to_owned()
}
