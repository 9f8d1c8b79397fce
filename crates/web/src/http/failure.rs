//! How a failure is answered: a page for people, problem+json (RFC 9457) for programs.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use dacheng_app::Error;
use dacheng_text::Lang;
use serde_json::json;

use super::Visitor;

/// What a handler answers.
pub type Reply = Result<Response, Failure>;

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person, with a page.
    Person,
    /// A program, with JSON.
    Program,
}

/// A use case that did not do what was asked.
#[derive(Debug)]
pub struct Failure {
    error: Error,
    lang: Lang,
    reader: Reader,
}

impl Failure {
    /// A failure told to a visitor.
    pub fn of(error: Error, visitor: &Visitor) -> Self {
        Self { error, lang: visitor.lang, reader: visitor.reader }
    }

    /// A failure told to somebody who is not known.
    pub fn to(error: Error, lang: Lang, reader: Reader) -> Self {
        Self { error, lang, reader }
    }

    /// The error itself.
    pub fn error(&self) -> &Error {
        &self.error
    }

    fn status(&self) -> StatusCode {
        match &self.error {
            Error::Missing { .. } => StatusCode::NOT_FOUND,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::NotSignedIn => StatusCode::UNAUTHORIZED,
            Error::Stale { .. } => StatusCode::CONFLICT,
            Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Usage(_) => StatusCode::BAD_REQUEST,
            Error::Store(_) | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What went wrong, a sentence each. A fault of the program is not told to strangers.
    fn sentences(&self) -> Vec<String> {
        match &self.error {
            Error::Refused(problems) => problems.clone(),
            Error::Missing { .. } => vec![self.lang.failures().missing().to_owned()],
            Error::Forbidden(reason) | Error::Usage(reason) => vec![reason.clone()],
            Error::NotSignedIn => vec![self.lang.failures().not_signed_in().to_owned()],
            Error::Stale { .. } => vec![self.lang.failures().stale().to_owned()],
            Error::Store(_) | Error::Internal(_) => vec![self.lang.failures().internal().to_owned()],
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            eprintln!("dacheng: {}", self.error);
        }
        let sentences = self.sentences();
        match self.reader {
            Reader::Program => {
                let errors: Vec<_> =
                    sentences.iter().map(|reason| json!({ "pointer": "", "reason": reason })).collect();
                let problem = json!({
                    "type": "about:blank", "title": status.canonical_reason(), "status": status.as_u16(),
                    "detail": sentences.join(" "), "errors": errors,
                });
                let kind = [(header::CONTENT_TYPE, "application/problem+json")];
                (status, kind, Json(problem).into_response().into_body()).into_response()
            }
            Reader::Person => {
                (status, [(header::CACHE_CONTROL, "no-store")], Html(page(self.lang, status, &sentences)))
                    .into_response()
            }
        }
    }
}

/// A bare page that needs nothing: it is shown also when everything else fails.
fn page(lang: Lang, status: StatusCode, sentences: &[String]) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lines = sentences.iter().map(|line| escape(line)).collect::<Vec<_>>().join("</p><p>");
    let say = lang.failures();
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>{} · 达成</title><link rel=\"stylesheet\" \
         href=\"{}\"></head><body><main class=\"alone\"><h1>{} {}</h1><p>{lines}</p><p><a href=\"/\">{}</a></p></main></body></html>",
        lang.tag(),
        status.as_u16(),
        crate::assets::address("app.css"),
        status.as_u16(),
        say.title(),
        say.home(),
    )
}
