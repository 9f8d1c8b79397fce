//! Step 3: time progress, pace, closes and alerts. Adding up facts lives in the roll-up engine.
//!
//! - [`progress`] and [`pace`]: where a running period stands against the calendar.
//! - [`weekly`]: the target of a week, cut from its months.
//! - [`alert`]: yellow and red on closed months.
//! - [`close`]: who proposes, closes and reopens a month.
//! - [`improvement`]: the plan an alert asks for.
//! - [`statement`]: what people say a running period will come to.
//! - [`pipeline`]: what open opportunities are worth, and how far they cover what is lacking.

pub mod alert;
pub mod close;
pub mod improvement;
pub mod pace;
pub mod pipeline;
pub mod progress;
pub mod statement;
pub mod weekly;
