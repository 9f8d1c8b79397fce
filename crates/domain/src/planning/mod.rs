//! Step 1: preparing and setting the target. Breaking it down lives in [`crate::allocation`].
//!
//! A plan has a [`State`] and a [`RevenueBasis`]; it holds [`Target`]s, and [`uncovered`] lists who carries none.
//! [`smart`] reads and judges what a sentence asks for, an [`Objective`] says what targets are for, [`rubric`]s are targets
//! that a person scores. [`history`] is what the past says before one is set, a [`MarketNote`] what is said of the market;
//! [`proposal`] says what a year may come to, [`scenario`] how plans of one year compare.

mod basis;
mod coverage;
pub mod history;
mod market;
mod mean;
mod objective;
pub mod proposal;
mod reason;
pub mod rubric;
pub mod scenario;
pub mod smart;
mod state;
mod target;

pub use basis::{RecognisedAt, RevenueBasis, Tax};
pub use coverage::{Carried, Excuse, Gap, Uncovered, uncovered};
pub use market::{LONGEST_TEXT, MarketNote, NotANoteKind, NoteFlaw, NoteKind, NoteProblem, WrittenNote};
pub use mean::weighted_mean;
pub use objective::{CannotKeep, LONGEST_CODE, LONGEST_DESCRIPTION, LONGEST_NAME, Objective};
pub use reason::{BlankReason, Reason};
pub use state::{InForce, Refused, State};
pub use target::{CannotSet, Marks, Owner, Target};
