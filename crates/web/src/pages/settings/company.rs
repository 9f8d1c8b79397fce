//! What the company has settled: its name, fiscal year, go-live month, and to whom rankings are shown.

use askama::Template;

use crate::components::{Choice, Conflict, ErrorSummary, Field, Input, Note};
use crate::shell::Shell;

/// `GET /settings/company`; `POST` to the same with `name`, `fiscal_start`, `go_live`, `ranking`, `healthy_low`,
/// `healthy_high`, `version`, `csrf`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/company.html")]
pub struct CompanyPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What is settled: name and value, for those who read it only.
    pub facts: Vec<(String, String)>,
    /// The form, for those who may change it.
    pub form: Option<CompanyForm>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// The form of the company's settings.
#[derive(Debug, Clone)]
pub struct CompanyForm {
    /// The company's name.
    pub name: Input,
    /// The month the fiscal year starts in.
    pub fiscal_start: Input,
    /// The months to choose from; only the present one where plans or closed months depend on it.
    pub months: Vec<Choice>,
    /// Why the fiscal year cannot change, where it cannot.
    pub fixed: Option<Note>,
    /// 启用日: 2026-09.
    pub go_live: Input,
    /// To whom rankings are shown.
    pub ranking: Input,
    /// The lowest healthy probability of a target, in per cent.
    pub healthy_low: Input,
    /// The highest.
    pub healthy_high: Input,
    /// 全员, 本组, 仅自己.
    pub audiences: Vec<Choice>,
    /// The version it was read at.
    pub version: i64,
    /// Somebody else changed it first.
    pub conflict: Option<Conflict>,
}

impl CompanyPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let inputs = self.form.iter().flat_map(|form| {
            [
                ("name", &form.name),
                ("fiscal_start", &form.fiscal_start),
                ("go_live", &form.go_live),
                ("ranking", &form.ranking),
                ("healthy_low", &form.healthy_low),
            ]
        });
        ErrorSummary::of(inputs).and(self.refused.as_ref())
    }
}
