//! The responsibility letter (责任书): what it says, who signs it in which order and by when. Its sentences are in `text`.
//!
//! [`Terms`] are what is agreed; [`State`] is where a version stands and [`Party`] whose turn it is; [`Template`] is what the
//! company writes into every letter; [`difference`] sets two versions beside each other.

mod difference;
mod limit;
mod promise;
mod state;
mod template;
mod terms;
mod weight;

pub use difference::{Changed, difference};
pub use limit::{Accompanied, Limit, Sold, unaccompanied};
pub use promise::{Promise, Promiser, Standing, standing};
pub use state::{NotFromHere, Party, Signatories, State, Step};
pub use template::{CannotFill, Clause, Field, Template, fill};
pub use terms::{Fault, Item, Mark, Measured, Part, Terms, Wrong};
pub use weight::{NotAWeight, Weight, shared_weights};

/// Working days for each signature, counted after the one before it or the issue (setting; `domain.md` §4).
pub const SIGN_DAYS: u32 = 5;
