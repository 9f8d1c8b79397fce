//! What is measured: metric codes, attainment and its arithmetic. Adding up facts lives in the roll-up engine.
//!
//! Amounts are whole *minor units* in `i64`: fen for money, pieces for counts, hundredths for the
//! rest ([`Unit::per_whole`]). A measured rate keeps its fraction as a [`crate::Ratio`] of minor
//! units, so that 45 of 75 against 60 % is compared exactly.

mod attainment;
mod change;
mod metric;
mod target_form;

pub use attainment::{
    AttainmentSettings, WeightedItem, attainment, attainment_over, composite, difference, gap,
};
pub use change::{Change, change, points, spring_festival_months};
pub use metric::{Definition, Direction, Group, Metric, RollUp, Unit, UnknownMetric};
pub use target_form::TargetForm;
