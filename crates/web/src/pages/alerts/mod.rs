//! Alerts on closed months, and the improvement plan of each.

mod acts;
mod case;
pub mod document;
mod export;
mod files;
mod form;
mod history;
mod ledger;
mod list;
mod order;
mod plan;
pub mod said;
mod view;

use dacheng_domain::access::{Action, Right};

pub use case::{CasePage, Check, EvidenceRow};
pub use list::{AlertRow, AlertsPage};
pub use order::{LedgerSorts, Order};
pub use plan::{FollowForm, ImprovementPlan, PlanForm, PlanView, Step, StepForm};

use crate::http::files::MOST_SENT;
use crate::http::{Need, Routes};

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::Alerts, Right::Read);
    let write = Need::Right(Action::Alerts, Right::Update);
    routes
        .get("/alerts", read, ledger::show)
        .files(["/alerts.xlsx", "/alerts.csv"], read, ledger::file)
        .get("/alerts/{id}", read, acts::show)
        .get("/alerts/{id}/plan.pdf", read, document::plan)
        .upload("/alerts/{id}/plan", write, MOST_SENT, acts::plan)
        .upload("/alerts/{id}/files", write, MOST_SENT, acts::change_files)
        .post("/alerts/{id}/start", write, acts::start)
        .post("/alerts/{id}/update", write, acts::update)
        .post("/alerts/{id}/check", Need::Right(Action::Alerts, Right::Check), acts::check)
        // The owner's progress and the checker's remarks: the use case knows which of the two asks.
        .post("/alerts/{id}/progress", read, acts::progress)
}
