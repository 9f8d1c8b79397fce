//! The permission table as a page: the very table that decides, read from `domain`.

use askama::Template;
use dacheng_domain::access::{Role, TABLE};
use dacheng_text::{Lang, policy, role};

use crate::shell::Shell;

/// `GET /settings/roles`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/roles.html")]
pub struct RolesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The profile in force, in a sentence: 标准 or 小团队, and since when.
    pub profile: String,
}

/// A line of the table in words.
struct Line {
    action: &'static str,
    cells: Vec<Vec<(String, String)>>,
}

impl RolesPage {
    fn roles(&self, lang: &Lang) -> Vec<&'static str> {
        Role::ALL.into_iter().map(|of| role::name(*lang, of)).collect()
    }

    fn lines(&self, lang: &Lang) -> Vec<Line> {
        let cell = |line: &dacheng_domain::access::Line, of: Role| {
            let grants = line.cells.of(of).iter();
            grants.map(|grant| (policy::rights(*lang, grant), policy::conditions(*lang, grant))).collect()
        };
        let line = |line: &dacheng_domain::access::Line| Line {
            action: policy::action(*lang, line.action),
            cells: Role::ALL.into_iter().map(|of| cell(line, of)).collect(),
        };
        TABLE.iter().map(line).collect()
    }
}
