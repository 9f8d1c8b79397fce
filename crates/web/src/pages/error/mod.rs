//! What went wrong, and what to do about it: 400, 403, 404, 405, 409, 413, 422, 500.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use dacheng_app::Error;

use crate::components::Link;
use crate::http::{Reply, Visitor, Web};
use crate::shell::{Alone, Shell};

/// What went wrong. The status code is its own.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// 403: who can grant access or do it instead, in a sentence.
    Forbidden(String),
    /// 404: it does not exist, or the viewer may not know that it does.
    NotFound,
    /// 409: somebody else was first; what happened, in a sentence.
    Conflict(String),
    /// 400, 405, 413, 415: the request could not be read; what to do, in a sentence.
    Unreadable(u16, String),
    /// 422: the rule that was broken, in a sentence.
    Refused(String),
    /// 429: how long to wait, in a sentence.
    TooMany(String),
    /// 500: the number of the request, to be told to the operator.
    Internal(String),
}

impl Trouble {
    /// The status code.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Forbidden(_) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Unreadable(status, _) => *status,
            Self::Refused(_) => 422,
            Self::TooMany(_) => 429,
            Self::Internal(_) => 500,
        }
    }

    /// The headline.
    fn title(&self, lang: &dacheng_text::Lang) -> &'static str {
        let say = lang.errors();
        match self {
            Self::Forbidden(_) => say.forbidden(),
            Self::NotFound => say.not_found(),
            Self::Conflict(_) => say.conflict(),
            Self::Unreadable(..) => say.unreadable(),
            Self::Refused(_) => say.refused(),
            Self::TooMany(_) => say.too_many(),
            Self::Internal(_) => say.internal(),
        }
    }

    /// What happened and what to do.
    fn text(&self, lang: &dacheng_text::Lang) -> String {
        let say = lang.errors();
        match self {
            Self::Forbidden(text)
            | Self::Conflict(text)
            | Self::Unreadable(_, text)
            | Self::Refused(text)
            | Self::TooMany(text) => text.clone(),
            Self::NotFound => say.not_found_hint().to_owned(),
            Self::Internal(request) => say.internal_hint(request),
        }
    }
}

/// An error for somebody who is signed in.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/error/page.html")]
pub struct ErrorPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What went wrong.
    pub trouble: Trouble,
    /// Where to go on.
    pub acts: Vec<Link>,
}

impl ErrorPage {
    /// What is not there may be somewhere else.
    fn offers_search(&self) -> bool {
        matches!(self.trouble, Trouble::NotFound)
    }
}

/// An error for somebody who is not signed in.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/error/alone.html")]
pub struct AloneErrorPage {
    /// What surrounds the page.
    pub shell: Alone,
    /// What went wrong.
    pub trouble: Trouble,
}

/// What answers at an address where there is nothing.
pub async fn nothing_here(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    let here = visitor.here.clone();
    web.answer(&visitor, move |_| Err(Error::missing("page", here))).await
}
