//! How a failure is answered: a page for people, problem+json (RFC 9457) for programs.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dacheng_app::Error;
use dacheng_text::Lang;
use serde_json::json;

use super::{Desk, Visitor, step_up};
use crate::components::Link;
use crate::pages::error::{AloneErrorPage, ErrorPage, Trouble};
use crate::respond;
use crate::shell::{Alone, Room, Theme};

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
    /// The status of what the framework refused before a use case was asked.
    rejected: Option<StatusCode>,
    /// What kind of problem it is, for programs that can do something about it (RFC 9457).
    kind: &'static str,
    lang: Lang,
    theme: Theme,
    reader: Reader,
    request: String,
    conditional: bool,
}

impl Failure {
    /// A failure told to a visitor.
    pub fn of(error: Error, visitor: &Visitor) -> Self {
        Self {
            error,
            rejected: None,
            kind: "about:blank",
            lang: visitor.lang,
            theme: visitor.theme,
            reader: visitor.reader,
            request: visitor.request.clone(),
            conditional: visitor.conditional,
        }
    }

    /// What the framework refused before a use case was asked, with its status.
    pub(super) fn rejected(status: StatusCode, sentence: String, visitor: &Visitor) -> Self {
        Self { rejected: Some(status), ..Self::of(Error::Usage(sentence), visitor) }
    }

    /// An act that asks for the password first, told to a program.
    pub(super) fn step_up(visitor: &Visitor) -> Self {
        let sentence = visitor.lang.step_up().problem(step_up::FOR_PROGRAMS);
        Self { kind: step_up::PROBLEM, ..Self::of(Error::Forbidden(sentence), visitor) }
    }

    /// The error itself.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// The error itself, to be told another way.
    pub(super) fn into_error(self) -> Error {
        self.error
    }

    fn status(&self) -> StatusCode {
        if let Some(status) = self.rejected {
            return status;
        }
        match &self.error {
            Error::Missing { .. } => StatusCode::NOT_FOUND,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::NotSignedIn => StatusCode::UNAUTHORIZED,
            Error::Stale { .. } if self.conditional => StatusCode::PRECONDITION_FAILED,
            Error::Stale { .. } => StatusCode::CONFLICT,
            Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Usage(_) => StatusCode::BAD_REQUEST,
            Error::Store(_) | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What went wrong, a sentence each. A fault of the program is not told to strangers.
    fn sentences(&self) -> Vec<String> {
        match &self.error {
            Error::Refused(problems) => problems.clone(),
            Error::Missing { .. } => vec![self.lang.failures().missing().to_owned()],
            Error::Forbidden(reason) | Error::TooLarge(reason) | Error::Usage(reason) => vec![reason.clone()],
            Error::NotSignedIn => vec![self.lang.failures().not_signed_in().to_owned()],
            Error::Stale { .. } => vec![self.lang.failures().stale().to_owned()],
            Error::Store(_) | Error::Internal(_) => vec![self.lang.failures().internal().to_owned()],
        }
    }

    fn trouble(&self) -> Trouble {
        let said = self.sentences().join(" ");
        match &self.error {
            Error::Missing { .. } => Trouble::NotFound,
            Error::Forbidden(_) | Error::NotSignedIn => Trouble::Forbidden(said),
            Error::Stale { .. } => Trouble::Conflict(said),
            Error::Refused(_) => Trouble::Refused(said),
            Error::TooLarge(_) | Error::Usage(_) => Trouble::Unreadable(self.status().as_u16(), said),
            Error::Store(_) | Error::Internal(_) => Trouble::Internal(self.request.clone()),
        }
    }

    /// The failure within the shell of somebody who is signed in.
    pub(super) fn within(self, desk: &Desk<'_>) -> Response {
        if self.reader == Reader::Program || desk.visitor.account.is_none() {
            return self.into_response();
        }
        match desk.shell(Room::Dashboard, Vec::new()) {
            Ok(shell) => {
                self.log();
                let acts = vec![Link::new(self.lang.errors().home(), "/")];
                respond::page(self.status(), &ErrorPage { shell, trouble: self.trouble(), acts })
            }
            Err(_) => self.into_response(),
        }
    }

    fn log(&self) {
        if self.status() == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(cause = self.error.causes(), "failed");
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.log();
        let (status, sentences) = (self.status(), self.sentences());
        match self.reader {
            Reader::Program => {
                let errors: Vec<_> =
                    sentences.iter().map(|reason| json!({ "pointer": "", "reason": reason })).collect();
                let mut problem = json!({
                    "type": self.kind, "title": status.canonical_reason(), "status": status.as_u16(),
                    "detail": sentences.join(" "), "errors": errors, "request": self.request,
                });
                if self.kind == step_up::PROBLEM {
                    problem["step_up"] = step_up::FOR_PROGRAMS.into();
                }
                let kind = [(header::CONTENT_TYPE, "application/problem+json")];
                (status, kind, Json(problem).into_response().into_body()).into_response()
            }
            Reader::Person => {
                let shell = Alone {
                    lang: self.lang,
                    theme: self.theme,
                    company: String::new(),
                    csrf: String::new(),
                    path: "/login".to_owned(),
                };
                respond::page(status, &AloneErrorPage { shell, trouble: self.trouble() })
            }
        }
    }
}
