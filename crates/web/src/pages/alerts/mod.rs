//! Alerts on closed months, and the improvement plan of each.

mod case;
mod list;
mod plan;

pub use case::{CasePage, Check, EvidenceRow};
pub use list::{AlertRow, AlertsPage};
pub use plan::{ImprovementPlan, PlanForm, PlanView, Step, StepForm};

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: crate::http::Routes) -> crate::http::Routes {
    routes
}
