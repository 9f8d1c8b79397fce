//! What was imported.

use askama::Template;

use crate::components::{Badged as _, Empty, Icon, ImportState, Link, Pager};
use crate::shell::Shell;

/// `GET /imports`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/imports/list.html")]
pub struct ImportsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whether the viewer may import.
    pub may_import: bool,
    /// The imports, the newest first.
    pub rows: Vec<ImportRow>,
    /// Leafing through.
    pub pager: Option<Pager>,
}

/// One import.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// Its file and page.
    pub file: Link,
    /// 订单
    pub kind: String,
    /// Where it stands.
    pub state: ImportState,
    /// 12,345 行, 新增 120，变更 3
    pub counts: String,
    /// By whom.
    pub by: String,
    /// When, as a page says it.
    pub when: String,
}
