//! Step 2: breaking a target down and committing people to it.
//!
//! [`allocate`] divides one amount among children (`domain.md` §4), [`spread()`] a year among children and months;
//! [`method`] suggests the weights; [`letter`] is what people sign; [`Breakdown`] and [`YearCells`] check the sum rule (`domain.md` §3).

mod breakdown;
mod exact;
pub mod letter;
pub mod method;
mod periods;
mod proportion;
mod refusal;
mod request;
mod solve;
mod spread;

pub use breakdown::{Breakdown, Declared, Unbalanced, cumulative_rate};
pub use exact::{Exact, NotExact};
pub use periods::{PeriodMismatch, YearCell, YearCells};
pub use refusal::{Cause, Conflict, Constraint, Infeasible, Refusal, Side};
pub use request::{Child, Request, Unit};
pub use solve::{Allocation, Remainder, allocate};
pub use spread::{Grid, SpreadRefusal, spread, spread_around};
