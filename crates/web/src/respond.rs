//! A page as a response. Which page, and with which status, is the caller's.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// Renders a page. Pages hold personal data and are never stored; a page and its htmx fragment differ by
/// `HX-Request-Type` (`ux.md` §9).
pub fn page(status: StatusCode, view: &impl Template) -> Response {
    match view.render() {
        Ok(html) => {
            let fixed = [(header::CACHE_CONTROL, "no-store"), (header::VARY, "hx-request-type")];
            (status, fixed, Html(html)).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
