//! Strategic objectives: which targets serve each, which nothing serves, and which targets serve none.

mod acts;
mod export;
mod forms;
mod handler;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::components::{Badge, Choice, Conflict, Empty, ErrorSummary, Field, Icon, Input, Link};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /objectives`, `POST /objectives`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/objectives/list.html")]
pub struct ObjectivesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// How many are served, in a sentence.
    pub coverage: String,
    /// The objectives, the newest year first.
    pub objectives: Vec<ObjectiveRow>,
    /// Targets that serve none: what, and how much.
    pub uncovered: Vec<TargetRow>,
    /// A new one, where the viewer may keep any.
    pub new: Option<SaidForm>,
}

/// An objective in the list.
#[derive(Debug, Clone)]
pub struct ObjectiveRow {
    /// Its name and page.
    pub objective: Link,
    /// Its code.
    pub code: String,
    /// Its year.
    pub year: String,
    /// Who answers for it.
    pub owner: String,
    /// Whether anything serves it.
    pub state: Badge,
    /// How much does.
    pub targets: String,
}

/// A target that serves an objective, or none.
#[derive(Debug, Clone)]
pub struct TargetRow {
    /// Metric and unit.
    pub what: String,
    /// The plan and its page.
    pub plan: Link,
    /// How much.
    pub amount: String,
    /// `plan|metric|unit`, for the form that takes it off.
    pub key: String,
}

/// What is said of an objective: `code`, `name`, `description`, `year`, `owner`, `version`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct SaidForm {
    /// Its code.
    pub code: Input,
    /// Its name.
    pub name: Input,
    /// What it means.
    pub description: Input,
    /// Its year.
    pub year: Input,
    /// Who answers for it.
    pub owner: Input,
    /// The years to choose from.
    pub years: Vec<Choice>,
    /// What was refused as a whole.
    pub refused: Option<String>,
    /// Whether the form is open; it is after an error.
    pub open: bool,
}

/// `GET /objectives/{code}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/objectives/one.html")]
pub struct ObjectivePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Its own address.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Code, year, owner, version.
    pub about: String,
    /// What it means.
    pub description: String,
    /// The targets that serve it.
    pub targets: Vec<TargetRow>,
    /// Change it, where the viewer may.
    pub edit: Option<SaidForm>,
    /// The targets to link, where the viewer may.
    pub links: Option<Vec<Choice>>,
    /// The version.
    pub version: String,
    /// Somebody else was first.
    pub conflict: Option<Conflict>,
    /// What is wrong with linking.
    pub wrong: ErrorSummary,
}

impl SaidForm {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::default().and(self.refused.as_ref())
    }
}

impl ObjectivePage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        let mut errors = self.wrong.clone();
        errors.errors.extend(self.edit.iter().flat_map(|edit| edit.errors().errors));
        errors
    }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let make = Need::Right(Action::CompanyTargets, Right::Create);
    let set = Need::Right(Action::CompanyTargets, Right::Update);
    routes
        .get("/objectives", read, handler::list)
        .post("/objectives", make, acts::create)
        .files(["/objectives.xlsx", "/objectives.csv"], read, export::list)
        .get("/objectives/{code}", read, handler::one)
        .post("/objectives/{code}", set, acts::change)
        .post("/objectives/{code}/link", set, acts::link)
        .post("/objectives/{code}/unlink", set, acts::unlink)
        .files(["/objectives/{code}/targets.xlsx", "/objectives/{code}/targets.csv"], read, export::targets)
}
