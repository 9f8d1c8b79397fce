//! The alert rules: every version in a sentence, and a new one by sales operations.

use askama::Template;

use crate::components::{Badge, Choice, ErrorSummary, Field, Icon, Input};
use crate::shell::Shell;

/// `GET /settings/rules`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/rules.html")]
pub struct RulesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The metrics with their versions, the newest first.
    pub metrics: Vec<MetricRules>,
    /// Add a version, where the viewer may.
    pub form: Option<RuleForm>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// The rule of a metric in all its versions.
#[derive(Debug, Clone)]
pub struct MetricRules {
    /// The metric.
    pub metric: String,
    /// Its versions.
    pub versions: Vec<RuleVersion>,
}

/// One version of a rule.
#[derive(Debug, Clone)]
pub struct RuleVersion {
    /// 第 2 版
    pub version: String,
    /// 2026年11月 起
    pub since: String,
    /// In force, to come, or replaced.
    pub state: Badge,
    /// What it does, in sentences.
    pub sentences: Vec<String>,
}

/// `POST /settings/rules` with `metric`, `from`, `yellow`, `red`, `person`, `team`, `region`, `whole`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct RuleForm {
    /// The metrics that have a rule.
    pub metrics: Vec<Choice>,
    /// The chosen one.
    pub metric: Input,
    /// The first month it judges: 2026-12.
    pub from: Input,
    /// Per cent.
    pub yellow: Input,
    /// Per cent.
    pub red: Input,
    /// Whose months it judges: name of the field, words, whether it is chosen.
    pub owners: Vec<(&'static str, String, bool)>,
    /// The version of the setting.
    pub version: i64,
}

impl RulesPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let inputs = self.form.iter().flat_map(|form| {
            [("metric", &form.metric), ("from", &form.from), ("yellow", &form.yellow), ("red", &form.red)]
        });
        ErrorSummary::of(inputs).and(self.refused.as_ref())
    }
}
