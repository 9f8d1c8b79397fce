//! How things are found by what people type: names and codes become terms, a question becomes steps through them.
//! Where terms are kept, and what a viewer may find, is not decided here.

mod fold;
mod query;
mod reading;
mod terms;

pub use query::{Extent, Query, Step};
pub use terms::{Named, Term, Way, terms};

/// Counts changes of what terms a name has: where it differs from the one the kept terms were made by, they are made
/// again.
pub const RULES: i64 = 1;
