//! The permission table as a page: the very table that decides, read from `domain`.

use askama::Template;
use dacheng_domain::access::{Grant, Role, TABLE};
use dacheng_text::{Lang, policy, role};

use crate::components::{Choice, Conflict, ErrorSummary, Field, Icon, Input};
use crate::shell::Shell;

/// `GET /settings/roles`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/roles.html")]
pub struct RolesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The profile in force, in a sentence: 标准 or 小团队, and since when.
    pub profile: String,
    /// How accounts are kept, to be changed by a security administrator.
    pub form: Option<RulesForm>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// `POST /settings/roles` with `profile`, `idle`, `hours`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct RulesForm {
    /// 标准, 小团队.
    pub profiles: Vec<Choice>,
    /// The chosen one.
    pub profile: Input,
    /// Minutes after which an unused session ends.
    pub idle: Input,
    /// Hours after which a session ends at the latest.
    pub hours: Input,
    /// The version it was read at.
    pub version: i64,
    /// Somebody else changed it first.
    pub conflict: Option<Conflict>,
}

/// A line of the table in words.
struct Line {
    action: &'static str,
    cells: Vec<Vec<GrantLine>>,
}

/// A grant in words.
struct GrantLine {
    rights: String,
    conditions: String,
    step_up: Option<String>,
}

impl RolesPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let inputs = self
            .form
            .iter()
            .flat_map(|form| [("profile", &form.profile), ("idle", &form.idle), ("hours", &form.hours)]);
        ErrorSummary::of(inputs).and(self.refused.as_ref())
    }

    fn roles(&self, lang: &Lang) -> Vec<&'static str> {
        Role::ALL.into_iter().map(|of| role::name(*lang, of)).collect()
    }

    fn lines(&self, lang: &Lang) -> Vec<Line> {
        let cell = |line: &dacheng_domain::access::Line, of: Role| {
            let grants = line.cells.of(of).iter();
            let said = |grant: &Grant| GrantLine {
                rights: policy::rights(*lang, grant),
                conditions: policy::conditions(*lang, grant),
                step_up: policy::step_up(*lang, grant),
            };
            grants.map(said).collect()
        };
        let line = |line: &dacheng_domain::access::Line| Line {
            action: policy::action(*lang, line.action),
            cells: Role::ALL.into_iter().map(|of| cell(line, of)).collect(),
        };
        TABLE.iter().map(line).collect()
    }
}
