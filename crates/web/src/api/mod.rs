//! `/api/v1`: the same use cases for programs, in JSON (`interface.md`).

mod figures;
mod tools;

use dacheng_domain::access::{Action, Right};

use crate::http::{Need, Routes};

/// Every address of the API and what it needs.
pub fn routes(routes: Routes) -> Routes {
    let figures_read = Need::Right(Action::CompanyTargets, Right::Read);
    routes
        .get("/api/v1/me", Need::SignedIn, tools::me)
        .get("/api/v1/policy", Need::SignedIn, tools::policy)
        .get("/api/v1/metrics", Need::SignedIn, tools::metrics)
        .get("/api/v1/calendar/deadline", Need::SignedIn, tools::deadline)
        .post("/api/v1/allocations:preview", Need::SignedIn, tools::preview)
        .get("/api/v1/attainment", figures_read, figures::attainment)
        .get("/api/v1/explain", figures_read, figures::explanation)
}
