//! Where everybody stands: the tree, a unit, a person, the ranking. Every level has the same columns.

mod fact;
mod files;
mod handler;
mod node;
mod node_view;
mod person;
mod person_view;
mod ranking;
mod ranking_view;
mod tree;
mod tree_view;
mod versions;

pub use fact::{Fact, Said};
pub use node::{NodePage, TargetVersion};
pub use person::{CompositeView, MetricRow, PersonPage, SpanRow};
pub use ranking::RankingPage;
pub use tree::{NodePanel, TreePage, TreeSorts};
pub use versions::months;

use dacheng_domain::access::{Action, Right};

use crate::http::{Need, Routes};

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let units = Need::Right(Action::CompanyTargets, Right::Read);
    let persons = Need::Right(Action::BreakDown, Right::Read);
    routes
        .get("/targets", units, handler::tree)
        .get("/targets/{unit}", units, handler::node)
        .get("/targets/{unit}/people/{person}", persons, handler::person)
        .get("/targets/{unit}/ranking", units, handler::ranking)
        .get("/me/targets", persons, handler::own)
        .files(["/targets.xlsx", "/targets.csv"], units, handler::tree_file)
        .files(["/targets/{unit}/units.xlsx", "/targets/{unit}/units.csv"], units, handler::node_file)
        .files(
            ["/targets/{unit}/people/{person}/spans.xlsx", "/targets/{unit}/people/{person}/spans.csv"],
            persons,
            handler::person_file,
        )
        .files(["/targets/{unit}/ranking.xlsx", "/targets/{unit}/ranking.csv"], units, handler::ranking_file)
        .files(["/me/targets.xlsx", "/me/targets.csv"], persons, handler::own_file)
}
