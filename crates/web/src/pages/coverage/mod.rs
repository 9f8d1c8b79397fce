//! Pipeline coverage: what open opportunities are worth to a period, how far they cover what it lacks, for everybody
//! below, and which opportunities count and which do not.

mod export;
mod handler;
pub(in crate::pages) mod said;
mod view;

pub(in crate::pages) use handler::address_of;
pub(in crate::pages) use said::{coverage as covered, times};
pub(in crate::pages) use view::{opportunity as line, stage as stage_line};

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::components::{
    Badge, Basis, Column, Empty, Figure, Icon, Link, Note, PickerEntry, ScopePicker, Sentence,
};
use crate::http::{Need, Routes};
use crate::pages::forecast::Stepper;
use crate::shell::Shell;

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    routes
        .get("/forecast/coverage", read, handler::show)
        .files(["/forecast/coverage.xlsx", "/forecast/coverage.csv"], read, export::rows)
        .files(
            ["/forecast/coverage/opportunities.xlsx", "/forecast/coverage/opportunities.csv"],
            read,
            export::opportunities,
        )
}

/// `GET /forecast/coverage?p=2026-11&org=hd&by=members&red=1`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/coverage/page.html")]
pub struct CoveragePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `2026年11月商机覆盖`.
    pub title: String,
    /// What the figures rest on.
    pub basis: Basis,
    /// Month, quarter, year.
    pub kinds: Vec<PickerEntry>,
    /// The period, and a step back and forward.
    pub stepper: Stepper,
    /// The viewer's part of the tree; none for who sees their own figures only.
    pub scopes: Option<ScopePicker>,
    /// Nothing is there yet.
    pub empty: Option<Empty>,
    /// The conclusion in a sentence or two.
    pub conclusion: Sentence,
    /// Target, booked, gap, weighted, coverage: name and figure, or words.
    pub numbers: Vec<(String, Said)>,
    /// Those below or everybody who sells.
    pub by: Vec<PickerEntry>,
    /// Only the short ones, or all.
    pub red_only: Vec<PickerEntry>,
    /// The rows, the worst covered first.
    pub rows: Vec<Row>,
    /// What the heading of the rows says.
    pub rows_about: String,
    /// That not all rows are shown.
    pub more: Option<Note>,
    /// The unit of their amounts.
    pub column: Column,
    /// The opportunities.
    pub opportunities: Vec<OpportunityLine>,
    /// The unit of their amounts.
    pub of_opportunities: Column,
    /// The opportunities as a file.
    pub file: Option<String>,
    /// What stages weigh, and where that comes from.
    pub stages: Vec<(String, String, String)>,
    /// What the stages rest on.
    pub stages_about: String,
    /// The settings, for who may see them.
    pub settings: Option<Link>,
}

/// A figure or words.
#[derive(Debug, Clone)]
pub enum Said {
    /// A figure.
    Figure(Figure),
    /// Words.
    Words(String),
}

/// Somebody below.
#[derive(Debug, Clone)]
pub struct Row {
    /// Name and own page.
    pub unit: Link,
    /// The target.
    pub target: Figure,
    /// What is booked.
    pub booked: Figure,
    /// What is lacking; a dash with its reason where nothing is.
    pub gap: Figure,
    /// What the opportunities are worth.
    pub weighted: Figure,
    /// How many counted.
    pub count: usize,
    /// `2.35 倍`.
    pub coverage: String,
    /// Short or enough.
    pub state: Badge,
}

/// An opportunity.
#[derive(Debug, Clone)]
pub struct OpportunityLine {
    /// Its code.
    pub code: String,
    /// Whose.
    pub member: String,
    /// Its stage.
    pub stage: String,
    /// Its amount.
    pub amount: Figure,
    /// When it may be decided.
    pub expected: String,
    /// When it was last heard of.
    pub active: String,
    /// `45%`, and where it comes from.
    pub weight: String,
    /// Where that comes from.
    pub origin: String,
    /// What it adds, or why nothing.
    pub adds: Result<Figure, String>,
    /// That its day has passed.
    pub overdue: bool,
}
