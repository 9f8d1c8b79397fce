//! The metrics: what each is, what is settled about it by versions, and a new version by sales operations.

use askama::Template;

use crate::components::{Badge, Choice, Definition, ErrorSummary, Field, Icon, Input};
use crate::shell::Shell;

/// `GET /settings/metrics`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/metrics.html")]
pub struct MetricsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The blocks of the table of metrics.
    pub groups: Vec<MetricGroup>,
    /// Where the viewer defines a metric of the company's own, where they may.
    pub define: Option<String>,
    /// Add a version, where the viewer may.
    pub form: Option<MetricForm>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// A block of metrics: 业绩, 效率…
#[derive(Debug, Clone)]
pub struct MetricGroup {
    /// Its name.
    pub name: String,
    /// Its metrics.
    pub metrics: Vec<MetricCard>,
}

/// One metric.
#[derive(Debug, Clone)]
pub struct MetricCard {
    /// Its code, which programs use.
    pub code: &'static str,
    /// What it is.
    pub definition: Definition,
    /// Whether there are facts for it.
    pub state: Badge,
    /// What was settled about it, the newest first.
    pub versions: Vec<String>,
    /// Where a company's own is changed, for whoever may.
    pub change: Option<String>,
}

/// `POST /settings/metrics` with `metric`, `from`, `window`, `most`, `silent`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct MetricForm {
    /// The metrics with a setting.
    pub metrics: Vec<Choice>,
    /// The chosen one.
    pub metric: Input,
    /// The first month it holds for: 2026-12.
    pub from: Input,
    /// The windows.
    pub windows: Vec<Choice>,
    /// The chosen one, in months; 0 for the period itself.
    pub window: Input,
    /// The most an attainment can reach where lower is better, in per cent.
    pub most: Input,
    /// Days of silence after which an opportunity counts as lost; of the conversion rate alone.
    pub silent: Input,
    /// The version of the setting.
    pub version: i64,
}

impl MetricsPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let inputs = self.form.iter().flat_map(|form| {
            let own = [("metric", &form.metric), ("from", &form.from), ("window", &form.window)];
            own.into_iter().chain([("most", &form.most), ("silent", &form.silent)])
        });
        ErrorSummary::of(inputs).and(self.refused.as_ref())
    }
}
