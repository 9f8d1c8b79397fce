//! Long lists as files, written beside the request: begun, left, found again, fetched within a day, each by whoever
//! asked for it. The list there is: the audit trail ([`audit`]).

mod audit;
mod file;
mod own;

pub use file::{File, expire, fetch};
pub use own::{Export, begin, cancel, look, own};

pub(crate) use audit::run;

/// How long a file waits for whoever asked for it, in milliseconds.
pub const KEPT: i64 = 24 * 60 * 60 * 1_000;
