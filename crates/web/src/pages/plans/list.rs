//! The planning rounds, and the form that opens a new one.

use askama::Template;
use dacheng_domain::planning::State;

use crate::components::{Badged as _, Choice, Empty, ErrorSummary, Field, Figure, Input, Link};
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
    /// Its name and page: 2027年度目标.
    pub plan: Link,
    /// Its code.
    pub code: String,
    /// What counts as revenue: 签约日确认，含税.
    pub basis: String,
    /// Where it stands.
    pub state: State,
    /// The company's revenue target.
    pub total: Figure,
    /// What is not broken down to people yet.
    pub open: Figure,
    /// How many people carry a target.
    pub covered: String,
}

/// `POST /plans` with `year`, `name`, `code`, `recognised_at`, `tax`, `csrf`.
#[derive(Debug, Clone)]
pub struct NewPlan {
    /// The fiscal years to choose from.
    pub years: Vec<Choice>,
    /// The chosen year.
    pub year: Input,
    /// The scenario's name.
    pub name: Input,
    /// Its code; blank takes the year.
    pub code: Input,
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
        ErrorSummary::of([
            ("year", &self.year),
            ("name", &self.name),
            ("code", &self.code),
            ("recognised_at", &self.recognised_at),
            ("tax", &self.tax),
        ])
    }
}

impl PlansPage {
    fn empty_text(&self) -> &'static str {
        let say = self.shell.lang.plans();
        if self.new.is_some() { say.no_plans_hint() } else { say.no_plans_for_you() }
    }
}
