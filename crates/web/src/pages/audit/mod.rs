//! The audit trail: filters, entries with what changed, and whether the chain holds.

use askama::Template;

use crate::components::{DiffRow, Empty, Field, Icon, Input, Link, Note, Pager};
use crate::shell::Shell;

/// `GET /audit?who=&what=&from=&to=&page=`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audit/page.html")]
pub struct AuditPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whether the chain was checked, when, and with which result.
    pub chain: Note,
    /// Who.
    pub who: Input,
    /// Act or object.
    pub what: Input,
    /// The first day.
    pub from: Input,
    /// The last day.
    pub to: Input,
    /// The entries, the newest first.
    pub rows: Vec<AuditRow>,
    /// What stands in the place of the entries where there are none.
    pub empty: Empty,
    /// Leafing through.
    pub pager: Option<Pager>,
    /// What is filtered, as a workbook.
    pub export: Option<String>,
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
    /// With what, and its page.
    pub object: Link,
    /// What changed.
    pub changes: Vec<DiffRow>,
    /// Why, where a reason was given.
    pub reason: String,
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: crate::http::Routes) -> crate::http::Routes {
    routes
}
