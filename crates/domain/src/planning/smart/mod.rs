//! SMART (`domain.md` §3): a sentence read into the targets it states, and five verdicts on each of them.
//!
//! [`read`] reads Chinese and English; what it cannot read is said as missing, never guessed. [`judge`] says of a stated
//! target how specific, measurable, achievable, relevant and time-bound it is. How a verdict is worded lives in the crate
//! `text`, what is known of facts, objectives and probability is handed in.

mod clause;
mod fold;
mod lexicon;
mod numeral;
mod read;
mod scan;
mod spoken;
mod stated;
mod time_words;
mod verdict;
mod when;

pub use fold::LONGEST;
pub use read::{Frame, Reading, read};
pub use stated::{Base, Bound, Change, Figure, Named, NoFigure, Scope, ScopeKind, Stated};
pub use verdict::{
    Band, Capacity, Criterion, FRESH_DAYS, Facts, Finding, Formula, Grounds, Mark, NotABand, Verdict, judge,
};
pub use when::When;
