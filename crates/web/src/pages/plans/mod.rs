//! Planning: the rounds, and one plan with its total, its breakdown and its way into force.

mod acts;
pub(in crate::pages) mod amount;
mod attempt;
mod balance;
mod document;
mod editing;
mod export;
mod grid;
mod grid_view;
mod life;
mod list;
mod owners;
mod owners_view;
mod page;
mod proposal;
mod proposal_export;
pub(in crate::pages) mod proposal_form;
mod proposal_view;
pub(in crate::pages) mod rounds;
mod seen;
mod spread;
mod spread_form;
mod spreading;
mod total_form;
mod totals;
mod view;
mod workbook;

use dacheng_domain::access::{Action, Right};

use crate::http::{Need, Routes};

pub use grid::{Entry, Grid, GridCell, GridLine, GridRow, RowKind, Scale};
pub use list::{NewPlan, PlanRow, PlansPage};
pub use owners::{OwnerRowView, OwnersForm, OwnersPage, WeightRow};
pub use page::{
    Act, Balance, BelowForm, CellsForm, Coverage, LockRow, LocksForm, Origin, PlanPage, Sight, TotalForm,
};
pub use proposal::ProposalPage;
pub use proposal_form::FactorsForm;
pub use proposal_view::{StepRow, ThreeTotal};
pub use spread::{HeirRow, SpreadForm, SpreadOutcome, SpreadRow};
pub use workbook::{BadCell, ImportPage};

/// Bytes of a workbook that is brought back.
const LARGEST_FILE: usize = 16 << 20;

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let make = Need::Right(Action::CompanyTargets, Right::Create);
    let set = Need::Right(Action::CompanyTargets, Right::Update);
    let approve = Need::Right(Action::CompanyTargets, Right::Approve);
    let break_down = Need::Right(Action::BreakDown, Right::Update);
    routes
        .get("/plans", read, rounds::show)
        .post("/plans", make, rounds::create)
        .get("/plans/{code}", read, view::show)
        .get("/plans/{code}/proposal", read, proposal::show)
        .files(["/plans/{code}/proposal.xlsx", "/plans/{code}/proposal.csv"], read, proposal_export::file)
        .post("/plans/{code}/proposal", set, proposal::keep)
        .post("/plans/{code}/proposal/take", set, proposal::take)
        .post("/plans/{code}/targets", set, totals::targets)
        .get("/plans/{code}/owners", read, owners::show)
        .post("/plans/{code}/owners", break_down, owners::set)
        .post("/plans/{code}/weights", set, owners::weigh)
        .post("/plans/{code}/spread", break_down, spreading::spread)
        .post("/plans/{code}/below", break_down, totals::below)
        .post("/plans/{code}/cells", break_down, editing::cells)
        .post("/plans/{code}/locks", break_down, editing::locks)
        .post("/plans/{code}/submit", set, life::submit)
        .post("/plans/{code}/return", read, life::send_back)
        .post("/plans/{code}/force", approve, life::put_in_force)
        .post("/plans/{code}/archive", read, life::archive)
        .post("/plans/{code}/restore", set, life::restore)
        .files(["/plans.xlsx", "/plans.csv"], read, export::list)
        .files(["/plans/{code}/sheet.xlsx", "/plans/{code}/sheet.csv"], read, export::sheet)
        .get("/plans/{code}/sheet.pdf", read, document::sheet)
        .get("/plans/{code}/import", set, workbook::form)
        .upload("/plans/{code}/import", set, LARGEST_FILE, workbook::import)
}
