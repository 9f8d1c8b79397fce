//! What is measured: metric codes, attainment and its arithmetic. Adding up facts lives in the roll-up engine.
//!
//! Amounts are whole *minor units* in `i64`: fen for money, pieces for counts, hundredths for the
//! rest ([`Unit::per_whole`]). A measured rate keeps its fraction as a [`crate::Ratio`] of minor
//! units, so that 45 of 75 against 60 % is compared exactly.

mod attainment;
mod change;
mod headcount;
mod measured;
mod metric;
pub mod own;
mod recipe;
mod settings;
mod target_form;
mod window;

pub use attainment::{
    AttainmentSettings, WeightedItem, attainment, attainment_over, composite, difference, gap,
};
pub use change::{Change, change, points, spring_festival_months};
pub use headcount::{Heads, Leaves, Mark, NoLeaves, head_scale, heads, is_long_leave, marks, six_month_mark};
pub use measured::{Measured, Moved, Rated, Step, missing, moved};
pub use metric::{Definition, Direction, Group, Metric, RollUp, Unit, UnknownMetric};
pub use recipe::{Held, Recipe, ratio_of};
pub use settings::{MetricSettings, MetricVersion, NotAdded};
pub use target_form::TargetForm;
pub use window::Window;
