//! The pages, by room: each a display-ready struct beside its template, and the handler that fills it.

pub mod alerts;
pub mod analysis;
pub mod api_docs;
pub mod audit;
pub mod choices;
pub mod closes;
pub mod coverage;
pub mod dashboard;
pub mod error;
pub mod explain;
pub mod figure_cells;
pub mod files;
pub mod first_steps;
pub mod forecast;
pub mod help;
pub mod imports;
pub mod inbox;
pub mod letters;
pub mod me;
pub mod measures;
pub mod notifications;
pub mod objectives;
pub mod plans;
pub mod rubrics;
pub mod scenarios;
pub mod search;
pub mod session;
pub mod settings;
pub mod smart;
pub mod sorting;
pub mod standing;
pub mod start;
pub mod statements;
pub mod targets;
pub mod unit_rows;
pub mod values;

use dacheng_domain::access::{Action, Right};

use crate::http::{ALONE, Need, Routes};
use crate::shell::Room;

/// The rooms whose pages have handlers; the navigation leads to no other.
pub const BUILT: [Room; 13] = [
    Room::Dashboard,
    Room::Inbox,
    Room::MyTargets,
    Room::Targets,
    Room::Forecast,
    Room::Plans,
    Room::Letters,
    Room::Analysis,
    Room::Alerts,
    Room::Imports,
    Room::Closes,
    Room::Settings,
    Room::Audit,
];

/// Every page and what it needs.
pub fn routes(routes: Routes) -> Routes {
    let dashboard = Need::Right(Action::CompanyTargets, Right::Read);
    let routes = routes
        .get("/", Need::SignedIn, start::show)
        .get("/login", Need::Open, session::handler::show)
        .post("/login", Need::Open, session::handler::sign_in)
        .post("/logout", Need::SignedIn, session::handler::sign_out)
        .get("/setup/{secret}", Need::Open, session::handler::setup)
        .post("/setup/{secret}", Need::Open, session::handler::set_up)
        .post("/me/display", Need::SignedIn, session::handler::display)
        .post("/display", Need::Open, session::handler::display)
        .post(ALONE, Need::SignedIn, session::step_up::give)
        .get("/dashboard", dashboard, dashboard::handler::show)
        .files(["/dashboard.xlsx", "/dashboard.csv"], dashboard, dashboard::export::file)
        .get("/explain", Need::SignedIn, explain::handler::show)
        .files(["/explain.xlsx", "/explain.csv"], Need::SignedIn, explain::export::file)
        .otherwise(error::nothing_here);
    let rooms = [
        targets::routes,
        forecast::routes,
        statements::routes,
        coverage::routes,
        plans::routes,
        smart::routes,
        objectives::routes,
        rubrics::routes,
        scenarios::routes,
        values::routes,
        letters::routes,
        analysis::routes,
        alerts::routes,
        files::routes,
        closes::routes,
        imports::routes,
        settings::routes,
        me::routes,
        audit::routes,
        inbox::routes,
        api_docs::routes,
        first_steps::routes,
        notifications::routes,
        help::routes,
        search::routes,
    ];
    rooms.into_iter().fold(routes, |routes, add| add(routes))
}
