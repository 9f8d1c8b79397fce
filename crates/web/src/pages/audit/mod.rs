//! The audit trail: filters, entries with what changed, whether they are what was recorded, and the filtered entries
//! as a file, which is written beside the request.

mod exports;
mod handler;
mod view;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::components::{Badge, Choice, DiffRow, Empty, Field, Icon, Input, Link, Note, Progress};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /audit?who=&kind=&object=&from=&to=&before=`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audit/page.html")]
pub struct AuditPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whose entries these are, in a sentence.
    pub hint: String,
    /// Whether the entries are what was recorded, and when all of them were verified.
    pub chain: Vec<Note>,
    /// Whether the viewer may verify all of the trail.
    pub may_verify: bool,
    /// The filter, for those who read all of the trail.
    pub filter: Option<AuditFilter>,
    /// The entries, the newest first.
    pub rows: Vec<AuditRow>,
    /// What stands in the place of the entries where there are none.
    pub empty: Empty,
    /// How many entries the page shows.
    pub shown: String,
    /// The first page, where this is a later one.
    pub newest: Option<String>,
    /// The page with older entries.
    pub older: Option<String>,
    /// The viewer's exports of the last day.
    pub exports: Vec<ExportRow>,
}

/// An export to be found again.
#[derive(Debug, Clone)]
pub struct ExportRow {
    /// When it was begun, and its page.
    pub begun: Link,
    /// Where it stands.
    pub state: Badge,
    /// How many rows it has; empty before it is there.
    pub rows: String,
}

/// `GET /audit/exports/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audit/export.html")]
pub struct ExportPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Its address.
    pub path: String,
    /// Where it stands.
    pub state: Badge,
    /// The same with what can be done.
    pub stage: ExportStage,
}

/// Where an export stands.
#[derive(Debug, Clone)]
pub enum ExportStage {
    /// It is written, or is about to be.
    Running(Progress),
    /// The file is there.
    Ready(Note),
    /// There is no file, or no longer.
    Over(Note),
}

/// What is filtered by.
#[derive(Debug, Clone)]
pub struct AuditFilter {
    /// Who.
    pub who: Input,
    /// Kinds of things to choose from.
    pub kinds: Vec<Choice>,
    /// What kind of thing.
    pub kind: Input,
    /// Which object.
    pub object: Input,
    /// The first day.
    pub from: Input,
    /// The last day.
    pub to: Input,
}

/// One entry.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// Its number in the chain.
    pub number: u64,
    /// When, to the second.
    pub at: String,
    /// Who; with a delegate, both names.
    pub who: String,
    /// From where: page, API, command line.
    pub through: String,
    /// What was done.
    pub act: String,
    /// With what, and its page; no address where there is none.
    pub object: Link,
    /// What changed.
    pub changes: Vec<DiffRow>,
    /// Why, where a reason was given.
    pub reason: String,
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::AuditTrail, Right::Read);
    let take = Need::Right(Action::AuditTrail, Right::Export);
    routes
        .get("/audit", read, handler::show)
        .post("/audit/exports", take, exports::begin)
        .get("/audit/exports/{id}", take, exports::show)
        .post("/audit/exports/{id}/cancel", read, exports::cancel)
        .get("/audit/exports/{id}/file", take, exports::fetch)
        .post("/audit/verify", Need::Right(Action::AuditTrail, Right::Verify), handler::verify)
}
