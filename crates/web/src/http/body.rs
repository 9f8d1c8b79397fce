//! What a program sends: a JSON body, and the version it saw.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use dacheng_app::{Error, Result};
use serde::de::DeserializeOwned;

use super::{Visitor, Web, rejection};

/// The JSON body of a request. Anything else is answered with problem+json.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequest<Web> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> std::result::Result<Self, Response> {
        let visitor = request.extensions().get::<Visitor>().cloned().unwrap_or_default();
        let is_json = is_json(request.headers());
        let text = String::from_request(request, web).await;
        let text = text.map_err(|wrong| (wrong.status(), wrong.body_text()));
        let read = text.and_then(|text| {
            if !is_json {
                let wanted = "Content-Type: application/json".to_owned();
                return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, wanted));
            }
            serde_json::from_str(&text).map_err(|wrong| (StatusCode::BAD_REQUEST, wrong.to_string()))
        });
        match read {
            Ok(body) => Ok(Self(body)),
            Err((status, wrong)) => Err(rejection::refuse(web, &visitor, status, &wrong).await),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json"))
}

/// The version of `If-Match`; a stale one is answered with 412, a stale `version` in the body with 409.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen(Option<i64>);

impl Seen {
    /// The version the caller saw: the header's, else the body's.
    pub fn or(self, body: Option<i64>) -> Result<i64> {
        self.0.or(body).ok_or_else(|| Error::Usage("If-Match: \"VERSION\"".to_owned()))
    }
}

impl FromRequestParts<Web> for Seen {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> std::result::Result<Self, Self::Rejection> {
        Ok(Self(if_match(&parts.headers)))
    }
}

/// The number within `If-Match: "3"`, weak or strong.
pub(super) fn if_match(headers: &HeaderMap) -> Option<i64> {
    let value = headers.get(header::IF_MATCH)?.to_str().ok()?;
    value.trim().trim_start_matches("W/").trim_matches('"').parse().ok()
}
