//! Figures: sums of facts by any dimension, their attainment, and their explanation. Pages, API, exports and
//! the command line all ask here, so that one figure is the same everywhere.
//!
//! - [`attainment`] answers any question by dimensions; [`explain`] lists the facts behind one figure.
//! - [`overview`] is a dashboard, [`tree`] the units and people of a scope, [`unit`] and [`member`] the page of one,
//!   [`ranking`] who stands where.
//! - [`history`] sets three years side by side, with what they say before targets are set.
//! - [`forecast`] says what a period comes to, with a band and the chance of any number.
//! - [`pipeline`] sets open opportunities against what a period lacks; [`statements`] is what people say it comes to.
//! - [`sight`] says how much of it the asker sees.

mod actuals;
mod answer;
mod ask;
pub mod attainment;
mod branch;
mod by_customer;
mod composite;
mod counted_own;
mod counted_people;
mod cube;
mod denominators;
pub mod explain;
pub mod forecast;
pub mod history;
mod look;
pub mod member;
mod missing;
mod origin;
pub mod overview;
mod own;
mod past;
mod people_cube;
mod performance;
pub mod pipeline;
pub mod ranking;
mod rated;
mod reading;
mod running;
mod sets;
pub mod settled;
pub mod sight;
mod sources;
mod standpoint;
pub mod statements;
mod targets;
pub mod tree;
pub mod unit;
mod walk;

pub use actuals::{Sums, actuals};
pub use ask::{Ask, Dimension, read_as_of, read_owner, read_period};
pub use attainment::root;
pub use branch::{Branch, Named};
pub use by_customer::ByCustomer;
pub use composite::{Composite, CompositeItem};
pub(crate) use denominators::denominators;
pub use look::Look;
pub use missing::Missing;
pub use origin::{Made, Origin, TargetVersion};
pub use performance::{Performance, Windowed, YearOnYear};
pub use running::RunningDay;
pub(crate) use sources::reaches_as;
pub use standpoint::{Footing, offered};
pub(crate) use targets::targets_of;
pub use targets::{Targets, targets};
