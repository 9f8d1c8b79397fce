//! The planning rounds, and the form that opens a new one.

use askama::Template;
use dacheng_domain::planning::State;

use crate::components::{Badged as _, Choice, Empty, ErrorSummary, Field, Figure, Icon, Input, Link};
use crate::shell::Shell;

/// `GET /plans`, `POST /plans`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/plans/list.html")]
pub struct PlansPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The plans, the newest first.
    pub plans: Vec<PlanRow>,
    /// The form for a new one, where the viewer may open one.
    pub new: Option<NewPlan>,
}

/// One plan.
#[derive(Debug, Clone)]
pub struct PlanRow {
    /// Its name and page: 2027年度.
    pub plan: Link,
    /// Which of several scenarios it is; empty for the only one.
    pub scenario: String,
    /// What it sets targets for: 销售额（签约，含税）、回款额.
    pub metrics: String,
    /// Where it stands.
    pub state: State,
    /// The company's total of the first metric.
    pub total: Figure,
    /// What is not broken down yet, of the first metric.
    pub open: Figure,
    /// How many carry a target, of how many: 58 / 60.
    pub covered: String,
    /// Who changed it last, and when.
    pub changed: String,
}

/// `POST /plans` with `year`, `scenario`, `metric` (one or more), `recognised_at`, `tax`, `csrf`.
#[derive(Debug, Clone)]
pub struct NewPlan {
    /// The fiscal years to choose from.
    pub years: Vec<Choice>,
    /// The chosen year.
    pub year: Input,
    /// The scenario's name.
    pub scenario: Input,
    /// The metrics to choose from.
    pub metrics: Vec<Choice>,
    /// The chosen ones.
    pub chosen: Vec<String>,
    /// What is wrong with the choice of metrics.
    pub metrics_error: Option<String>,
    /// 签约 / 发货 / 开票
    pub recognised_at: Input,
    /// 含税 / 不含税
    pub tax: Input,
    /// The choices of `recognised_at`.
    pub recognitions: Vec<Choice>,
    /// The choices of `tax`.
    pub taxes: Vec<Choice>,
    /// Whether the form is open; it is after an error.
    pub open: bool,
}

impl NewPlan {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let metrics = Input { value: String::new(), error: self.metrics_error.clone() };
        ErrorSummary::of([
            ("year", &self.year),
            ("scenario", &self.scenario),
            ("metrics", &metrics),
            ("recognised_at", &self.recognised_at),
            ("tax", &self.tax),
        ])
    }
}
