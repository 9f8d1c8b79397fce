//! What the company settled about its pipeline: what stages weigh and where coverage is red, by versions.

use askama::Template;

use crate::components::{ErrorSummary, Field, Icon, Input};
use crate::shell::Shell;

/// `GET /settings/pipeline`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/pipeline.html")]
pub struct PipelinePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What stages weigh now, and where that comes from.
    pub stages: Vec<(String, String, String)>,
    /// What that rests on.
    pub stages_about: String,
    /// Every version, the newest first.
    pub versions: Vec<String>,
    /// Add a version, where the viewer may.
    pub form: Option<PipelineForm>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// `POST /settings/pipeline` with `from`, `red`, `stages`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct PipelineForm {
    /// The first month it holds for: 2026-12.
    pub from: Input,
    /// Below which coverage is red.
    pub red: Input,
    /// The weights, one a line.
    pub stages: Input,
    /// The version of the setting.
    pub version: i64,
}

impl PipelinePage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let inputs = self
            .form
            .iter()
            .flat_map(|form| [("from", &form.from), ("red", &form.red), ("stages", &form.stages)]);
        ErrorSummary::of(inputs).and(self.refused.as_ref())
    }
}
