//! Who may do what: the permission table as data, and the one scope that every list, total, export and page uses.
//! Asking it for a request lives in the app crate.
//!
//! [`TABLE`] is the table of `trust.md`. A [`Viewer`] is somebody with the posts they hold on a day;
//! [`Viewer::scope`] is what they reach with a right, [`Viewer::may`] asks it about one object, so a list and a
//! page can never disagree. Who decided what before is looked at in [`Matter`].

mod action;
pub mod delegation;
mod grant;
mod policy;
mod ranking;
mod role;
mod scope;
mod separation;
pub mod step_up;
mod table;
mod totals;
mod viewer;

pub use action::{Action, Cells, Line};
pub use grant::{Grant, Reach, Right, View, When};
pub use policy::{Policy, policy};
pub use ranking::RankingAudience;
pub use role::{Profile, Role};
pub use scope::{Decision, Object, Owner, Scope};
pub use separation::{Actor, Conflict, Matter, Through, is_last_security_admin, touched};
pub use table::TABLE;
pub use totals::{FEWEST, may_show_totals};
pub use viewer::{AccountId, Delegation, Person, Place, Post, Viewer};
