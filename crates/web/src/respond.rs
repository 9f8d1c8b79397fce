//! A page as a response. Which page, and with which status, is the caller's.

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use tokio_util::io::ReaderStream;

use crate::components::Tone;
use crate::http::encoded;

/// The cookie that carries the result of an act to the next page.
pub(crate) const FLASH: &str = "flash";
/// Bytes of a cookie that every browser keeps.
const LONGEST_FLASH: usize = 3_000;

/// Renders a page. Pages hold personal data and are never stored; a page and its htmx fragment differ by
/// `HX-Request-Type` (`ux.md` §9).
pub fn page(status: StatusCode, view: &impl Template) -> Response {
    match view.render() {
        Ok(html) => {
            let fixed = [(header::CACHE_CONTROL, "no-store"), (header::VARY, "hx-request-type")];
            (status, fixed, Html(html)).into_response()
        }
        Err(wrong) => {
            tracing::error!(cause = %wrong, "a page could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An act is done: on to a page, which says so once.
pub fn done(to: &str, tone: Tone, said: &str) -> Response {
    let mut value = format!("{}.{}", tone.class(), encoded(said));
    value.truncate(LONGEST_FLASH);
    let cookie = format!("{FLASH}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// On to a page that shows by itself what was done.
pub fn to(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address.to_owned())]).into_response()
}

/// An answer for a program.
pub fn json(body: &impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// A file of any size, sent piece by piece.
pub fn file(kind: &'static str, name: &str, file: std::fs::File, bytes: u64) -> Response {
    let name = encoded(name).replace('/', "%2F");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let pieces = ReaderStream::new(tokio::fs::File::from_std(file));
    (headers, Body::from_stream(pieces)).into_response()
}
