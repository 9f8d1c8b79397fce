//! Metrics that a company defines itself (`domain.md` §2, "Own metrics"): what is kept of them, the rules of changing them, and
//! how they stand beside the built-in ones.

mod catalogue;
mod entry;
mod interned;
mod spec;
mod term;

pub use catalogue::{CannotDefine, Catalogue, LONGEST_CODE, LONGEST_NAME, OwnSpecs};
pub use entry::{ASKED_BACK, CannotEnter, Months};
pub use interned::Own;
pub use spec::{CarriedBy, Entering, Facts, MadeOf, OwnKind, OwnSpec, OwnVersion, Reporter};
pub use term::{Filter, Side, Term, counts, sums};
