//! Work beside the requests: what is due when, and when a failed attempt is repeated. Who runs it is no rule.

mod attempts;
mod schedule;

pub use attempts::{MOST_ATTEMPTS, Next, after};
pub use schedule::{Cadence, Occasion, Rule, due};
