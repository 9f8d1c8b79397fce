//! 历史分析: what the past says before targets are set, and what is said of the market. Tables first, charts beside them.

mod export;
mod handler;
mod notes;
mod quality;
mod said;
mod sections;
mod view;

#[cfg(any(test, feature = "gallery"))]
pub(crate) use notes::table as notes_table;
pub use notes::{NoteForm, NotePage, NoteVersion, NotesPage};
#[cfg(any(test, feature = "gallery"))]
pub(crate) use view::sections;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::charts::{SeasonColumns, YearsByMonth};
use crate::components::{
    Basis, Empty, FigureTable, Icon, Link, MetricPicker, PickerEntry, ScopePicker, Sentence,
};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /analysis?p=2026&org=hd&m=revenue`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/analysis/page.html")]
pub struct AnalysisPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `全公司 销售额历史分析`.
    pub title: String,
    /// What the figures rest on.
    pub basis: Basis,
    /// The last year of the three, to choose from.
    pub years: Vec<PickerEntry>,
    /// The metrics to choose from.
    pub metrics: MetricPicker,
    /// The viewer's part of the tree.
    pub scopes: ScopePicker,
    /// What there is to see.
    pub content: Content,
    /// What is said of the market.
    pub market: Market,
}

/// The figures, or why there are none yet.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one per page, never stored in numbers")]
pub enum Content {
    /// No fact of the metric is known.
    Empty(Empty),
    /// The figures.
    Figures(Sections),
}

/// Everything that figures say.
#[derive(Debug, Clone)]
pub struct Sections {
    /// What matters, in sentences.
    pub findings: Vec<Sentence>,
    /// How much is missing, where the history is short.
    pub short: Option<String>,
    /// How far the last year is, and with what it is compared.
    pub spans_note: String,
    /// Years, quarters, months.
    pub spans: FigureTable,
    /// The months of the years.
    pub months: YearsByMonth,
    /// The seasons, or what is missing for them.
    pub seasons: Result<Seasons, String>,
    /// By region, product line, customer type and below.
    pub parts: Vec<FigureTable>,
    /// Which days the parts are of.
    pub parts_note: String,
    /// On how few customers it rests.
    pub customers: FigureTable,
    /// The largest customers, or why they are not shown.
    pub largest: Result<FigureTable, String>,
    /// Average order, conversion and length of the cycle; none where no fact speaks of them.
    pub efficiency: Option<FigureTable>,
    /// What came of visits, and over which days.
    pub visits: Option<(FigureTable, String)>,
    /// Who sells, in a sentence.
    pub team_note: String,
    /// Headcount and output per head.
    pub team: FigureTable,
    /// Months of service.
    pub service: FigureTable,
    /// Their mean.
    pub service_note: String,
    /// What they can do; none where nobody was scored.
    pub skills: Option<FigureTable>,
}

/// The seasons.
#[derive(Debug, Clone)]
pub struct Seasons {
    /// From which years they come.
    pub note: String,
    /// The table.
    pub table: FigureTable,
    /// The chart.
    pub chart: SeasonColumns,
}

/// The newest notes about the market.
#[derive(Debug, Clone)]
pub struct Market {
    /// The notes; none where there are none.
    pub table: Option<FigureTable>,
    /// The way to all of them.
    pub all: Link,
    /// The way to add one, where the viewer may.
    pub add: Option<Link>,
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let create = Need::Right(Action::Facts, Right::Create);
    routes
        .get("/analysis", read, handler::show)
        .files(["/analysis.xlsx", "/analysis.csv"], read, export::file)
        .get("/analysis/notes", read, notes::list)
        .post("/analysis/notes", create, notes::add)
        .files(["/analysis/notes.xlsx", "/analysis/notes.csv"], read, notes::file)
        .get("/analysis/notes/{note}", read, notes::one)
        .post("/analysis/notes/{note}", create, notes::edit)
        .post("/analysis/notes/{note}/withdraw", create, notes::withdraw)
}
