//! Where everybody stands: the tree, a unit, a person, the ranking. Every level has the same columns.

mod node;
mod person;
mod ranking;
mod tree;

pub use node::{Fact, NodePage, TargetVersion};
pub use person::{MetricRow, PersonPage};
pub use ranking::RankingPage;
pub use tree::{NodePanel, TreePage};

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: crate::http::Routes) -> crate::http::Routes {
    routes
}
