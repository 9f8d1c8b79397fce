//! Step 1: preparing and setting the target. Breaking it down lives in [`crate::allocation`].
//!
//! A plan has a [`State`] and a [`RevenueBasis`]; it holds [`Target`]s, and [`uncovered`] lists who carries none.

mod basis;
mod coverage;
mod reason;
mod state;
mod target;

pub use basis::{RecognisedAt, RevenueBasis, Tax};
pub use coverage::{Carried, Excuse, Gap, Uncovered, uncovered};
pub use reason::{BlankReason, Reason};
pub use state::{InForce, Refused, State};
pub use target::{CannotSet, Marks, Owner, Target};
