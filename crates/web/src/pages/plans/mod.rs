//! Planning: the rounds, and one plan with its total, its breakdown and its way into force.

mod grid;
mod list;
mod page;
mod spread;

pub use grid::{Grid, GridCell, GridLine, GridRow, RowKind};
pub use list::{NewPlan, PlanRow, PlansPage};
pub use page::{Act, Balance, Coverage, PlanPage, TotalForm};
pub use spread::{SpreadForm, SpreadOutcome, SpreadRow};

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: crate::http::Routes) -> crate::http::Routes {
    routes
}
