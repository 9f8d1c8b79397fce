//! The audit trail: filters, entries with what changed, whether they are what was recorded, and the filtered entries
//! as a file.

mod export;
mod handler;
pub(crate) mod view;
pub(crate) mod words;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::components::{Choice, DiffRow, Empty, Field, Icon, Input, Link, Note};
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
    /// What is filtered, as a file.
    pub export: Option<String>,
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
    routes
        .get("/audit", read, handler::show)
        .get("/audit.csv", Need::Right(Action::AuditTrail, Right::Export), export::csv)
        .post("/audit/verify", Need::Right(Action::AuditTrail, Right::Verify), handler::verify)
}
