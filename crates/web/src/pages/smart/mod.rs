//! The SMART check of a plan: a sentence read while somebody types, and the verdicts on the plan's own targets.

pub mod handler;
mod view;

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::access::{Action, Right};
use dacheng_text::Lang;

use crate::components::{Badge, ErrorSummary, Icon, Input};
use crate::http::{Need, Routes};
use crate::shell::Shell;

pub(crate) use view::on_submit;

/// `GET /plans/{code}/smart?q=`, `POST /plans/{code}/smart/take`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/smart/page.html")]
pub struct SmartPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The plan's page.
    pub plan: String,
    /// The plan's name.
    pub name: String,
    /// What was written.
    pub sentence: Input,
    /// What it was read as.
    pub found: Found,
    /// The plan's own targets, where the viewer reads them.
    pub own: Option<Vec<Judged>>,
    /// What stopped a target from being taken.
    pub wrong: ErrorSummary,
}

/// What a sentence was read as; also the answer of `GET /plans/{code}/smart/found?q=`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/smart/found.html")]
pub struct Found {
    /// The language.
    pub lang: Lang,
    /// The secret of forms.
    pub csrf: String,
    /// The plan's page.
    pub plan: String,
    /// The sentence.
    pub sentence: String,
    /// How much it is, or why nothing was read.
    pub said: String,
    /// The targets.
    pub targets: Vec<Judged>,
}

impl HtmlSafe for Found {}

/// A target with its verdicts.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The target in words.
    pub title: String,
    /// Whose it is, and what it comes to.
    pub about: String,
    /// The five verdicts.
    pub verdicts: Vec<VerdictRow>,
    /// Whether the plan takes it.
    pub take: Option<Take>,
}

/// A verdict.
#[derive(Debug, Clone)]
pub struct VerdictRow {
    /// The question: 明确.
    pub name: &'static str,
    /// The mark.
    pub mark: Badge,
    /// What was found, and what would mend it.
    pub found: Vec<(String, Option<&'static str>)>,
}

/// Whether a plan takes a target.
#[derive(Debug, Clone)]
pub enum Take {
    /// By a form: its place in the sentence, and the version of the total.
    Open(usize, i64),
    /// Not, and why.
    Closed(String),
}

impl SmartPage {
    /// Everything that is wrong.
    pub fn errors(&self) -> ErrorSummary {
        let mut errors = self.wrong.clone();
        errors.errors.extend(ErrorSummary::of([("q", &self.sentence)]).errors);
        errors
    }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let set = Need::Right(Action::CompanyTargets, Right::Update);
    routes
        .get("/plans/{code}/smart", read, handler::show)
        .get("/plans/{code}/smart/found", read, handler::found)
        .post("/plans/{code}/smart/take", set, handler::take)
}
