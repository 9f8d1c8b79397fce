//! 指标填报: the metrics that somebody enters by hand, and the sheet of one in a month.

mod export;
mod handler;
mod upload;
mod view;

use askama::Template;

use crate::components::{Badge, Empty, ErrorSummary, Export, Field, Icon, Input, Link, Note};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /values`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/values/list.html")]
pub struct ValuesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The metrics that the viewer enters.
    pub metrics: Vec<MetricRow>,
}

/// A metric in the list.
#[derive(Debug, Clone)]
pub struct MetricRow {
    /// Its name, and the sheet of the month to be entered.
    pub metric: Link,
    /// How it is made.
    pub about: String,
    /// Months with missing values: where each is entered and how many there are.
    pub missing: Vec<Link>,
    /// Whether anything is missing.
    pub state: Badge,
}

/// `GET /values/{code}?month=`, and the same page where something was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/values/sheet.html")]
pub struct SheetPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The metric.
    pub name: String,
    /// How it is made.
    pub about: String,
    /// The months before and after, and the shown one.
    pub months: Vec<(Link, bool)>,
    /// By when the values are due, or why none can be entered.
    pub note: Note,
    /// `POST` here.
    pub action: String,
    /// Files of the sheet.
    pub export: Export,
    /// The unit of the values.
    pub unit: String,
    /// A value each.
    pub rows: Vec<ValueRow>,
    /// Whether values can be entered.
    pub is_open: bool,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// The value of an owner.
#[derive(Debug, Clone)]
pub struct ValueRow {
    /// The id of the field of the value, which is its name too.
    pub id: String,
    /// The id of the field of the note.
    pub note_id: String,
    /// The id of the field of the version that was seen.
    pub seen_id: String,
    /// The version that was seen.
    pub seen: String,
    /// Whose.
    pub owner: String,
    /// The value, to be entered or not.
    pub value: Input,
    /// The note.
    pub note: Input,
    /// Who entered it and when, and the version.
    pub by: String,
    /// Whether the viewer may enter it: nobody enters their own.
    pub is_open: bool,
}

impl SheetPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let mut errors = self.wrong.clone();
        let inputs = self.rows.iter().map(|row| (row.id.as_str(), &row.value));
        errors.errors.extend(ErrorSummary::of(inputs).errors);
        errors
    }
}

/// Where the pages of this room are, and what each needs. Who enters is named by the metric, whatever their post.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/values", Need::SignedIn, handler::list)
        .get("/values/{code}", Need::SignedIn, handler::sheet)
        .post("/values/{code}", Need::SignedIn, handler::enter)
        .post("/values/{code}/import", Need::SignedIn, upload::import)
        .files(["/values/{code}/sheet.xlsx", "/values/{code}/sheet.csv"], Need::SignedIn, export::sheet)
}
