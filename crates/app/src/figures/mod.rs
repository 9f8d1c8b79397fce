//! Figures: sums of facts by any dimension, their attainment, and their explanation. Pages, API, exports and
//! the command line all ask here, so that one figure is the same everywhere.

mod actuals;
mod ask;
pub mod attainment;
pub mod explain;
pub mod overview;
mod targets;

pub use actuals::{Cube, Sums, actuals};
pub use ask::{Ask, Dimension, read_owner, read_period};
pub use targets::{Targets, targets};
