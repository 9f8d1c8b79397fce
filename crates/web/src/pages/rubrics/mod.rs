//! Qualitative targets: the list, setting one, and scoring one by its named rater.

pub mod export;
mod handler;
pub mod view;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::components::{Badge, Choice, Empty, ErrorSummary, Field, Icon, Input, Link};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /rubrics?before=`, `POST /rubrics`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/rubrics/list.html")]
pub struct RubricsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The targets, the newest first.
    pub rubrics: Vec<RubricRow>,
    /// The page of earlier ones.
    pub older: Option<String>,
    /// Set one, where the viewer may.
    pub new: Option<SetForm>,
}

/// A qualitative target in the list.
#[derive(Debug, Clone)]
pub struct RubricRow {
    /// What is asked for, and its page.
    pub rubric: Link,
    /// Who carries it.
    pub owner: String,
    /// Who scores it.
    pub rater: String,
    /// From when to when.
    pub months: String,
    /// Where it stands.
    pub state: Badge,
    /// Score and target score: 5 / 4.
    pub score: String,
    /// Score ÷ target score.
    pub attainment: String,
    /// When it was scored, and what the rater says to it; empty while it is not.
    pub rated: String,
}

/// `POST /rubrics` with `name`, `owner`, `rater`, `from`, `to`, `target`, `level-1` … `level-5`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct SetForm {
    /// What is asked for.
    pub name: Input,
    /// Whose: `member:1001`.
    pub owner: Input,
    /// Who scores it.
    pub rater: Input,
    /// The first month.
    pub from: Input,
    /// The last month.
    pub to: Input,
    /// The score to be reached.
    pub target: Input,
    /// The scores to choose from.
    pub targets: Vec<Choice>,
    /// What each level means: its label and text.
    pub levels: Vec<(String, Input)>,
    /// What was refused as a whole.
    pub refused: Option<String>,
    /// Whether the form is open; it is after an error.
    pub open: bool,
}

/// `GET /rubrics/{id}`, `POST /rubrics/{id}/rate`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/rubrics/one.html")]
pub struct RubricPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Its own address.
    pub path: String,
    /// What is asked for.
    pub name: String,
    /// Owner, rater, period.
    pub about: String,
    /// Where it stands.
    pub state: Badge,
    /// What each level means: the score, the text, whether it is the target, whether it was given.
    pub levels: Vec<LevelRow>,
    /// Attainment, once it is scored.
    pub attainment: Option<String>,
    /// Who scored it, when, and the remark.
    pub rated: Option<(String, String)>,
    /// Score it, where the viewer is the rater.
    pub form: Option<RateForm>,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// A level.
#[derive(Debug, Clone)]
pub struct LevelRow {
    /// The score.
    pub score: i64,
    /// What it means.
    pub text: String,
    /// 目标分 or 得分, where it is one of them.
    pub mark: Option<Badge>,
}

/// `POST /rubrics/{id}/rate` with `score`, `note`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct RateForm {
    /// The version.
    pub version: String,
    /// The chosen score.
    pub score: Input,
    /// The scores with what they mean.
    pub scores: Vec<Choice>,
    /// The remark.
    pub note: Input,
}

impl SetForm {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([
            ("from", &self.from),
            ("to", &self.to),
            ("owner", &self.owner),
            ("target", &self.target),
        ])
        .and(self.refused.as_ref())
    }

    fn level_id(place: &usize) -> String {
        format!("level-{}", place + 1)
    }
}

impl RubricPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let mut errors = self.wrong.clone();
        errors
            .errors
            .extend(self.form.iter().flat_map(|form| ErrorSummary::of([("score", &form.score)]).errors));
        errors
    }
}

/// Where the pages of this room are, and what each needs. Who scores is a named person, whatever their post.
pub fn routes(routes: Routes) -> Routes {
    let set = Need::Right(Action::BreakDown, Right::Update);
    routes
        .get("/rubrics", Need::SignedIn, handler::list)
        .post("/rubrics", set, handler::set)
        .files(["/rubrics.xlsx", "/rubrics.csv"], Need::SignedIn, export::list)
        .get("/rubrics/{id}", Need::SignedIn, handler::one)
        .post("/rubrics/{id}/rate", Need::SignedIn, handler::rate)
}
