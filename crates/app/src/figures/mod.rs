//! Figures: sums of facts by any dimension, their attainment, and their explanation. Pages, API, exports and
//! the command line all ask here, so that one figure is the same everywhere.
//!
//! - [`attainment`] answers any question by dimensions; [`explain`] lists the facts behind one figure.
//! - [`overview`] is a dashboard, [`tree`] the units and people of a scope, [`unit`] and [`member`] the page of one,
//!   [`ranking`] who stands where.
//! - [`sight`] says how much of it the asker sees.

mod actuals;
mod ask;
pub mod attainment;
mod branch;
mod cube;
pub mod explain;
mod look;
pub mod member;
mod origin;
pub mod overview;
mod past;
mod performance;
pub mod ranking;
mod running;
pub mod sight;
mod standpoint;
mod targets;
pub mod tree;
pub mod unit;
mod walk;

pub use actuals::{Sums, actuals};
pub use ask::{Ask, Dimension, read_as_of, read_owner, read_period};
pub use attainment::root;
pub use branch::{Branch, Named};
pub use look::Look;
pub use origin::{Made, Origin, TargetVersion};
pub use performance::{Performance, YearOnYear};
pub use running::RunningDay;
pub use standpoint::{ADDED_UP, Footing};
pub use targets::{Targets, targets};
