//! Alerts on closed months, and the improvement plan of each.

mod case;
mod list;
mod plan;

pub use case::{CasePage, Check, EvidenceRow};
pub use list::{AlertRow, AlertsPage};
pub use plan::{ImprovementPlan, PlanForm, PlanView, Step, StepForm};
