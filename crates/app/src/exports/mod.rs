//! Lists as files: the shape of a list that is exported ([`Table`]), and long lists, written beside the request: begun,
//! left, found again, fetched within a day, each by whoever asked for it. The long list there is: the audit trail
//! ([`audit`]). Which rows a list has is said by its room.

mod about;
mod audit;
mod column;
mod file;
mod format;
mod own;
mod parts;
mod table;

pub use about::About;
pub use column::{Column, Holds, Value};
pub use file::{File, expire, fetch};
pub use format::Format;
pub use own::{Export, begin, cancel, look, own};
pub use parts::in_parts;
pub use table::{Table, Written};

pub(crate) use audit::run;

/// How long a file waits for whoever asked for it, in milliseconds.
pub const KEPT: i64 = 24 * 60 * 60 * 1_000;
