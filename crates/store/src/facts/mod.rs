//! Facts as append-only versions: a key, the import that brought it, and its contents. Which versions count is
//! decided by the imports alone; nothing here is ever updated. The rows are those of `domain::facts::row`.

mod activities;
mod cells;
mod kinds;
mod master;
mod pages;
mod sales;

pub use activities::{Walked, keys_of, keys_within, opportunities_of};
pub use kinds::{
    Fact, Range, Version, any, append, between, canonical, crowd, each_version, erase, every, of,
};
pub use pages::{
    codes_of_customers, complaint_codes, complaint_codes_of, first_day, last_day, last_day_in, last_day_of,
    last_day_of_in, order_codes, order_codes_of, payment_codes, payment_codes_of, volume,
};

use crate::Value;

/// Which versions count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Imports committed at or before this change sequence, and not withdrawn at or before it.
    pub sequence: i64,
    /// An import that counts besides, as the newest.
    pub with: Option<i64>,
    /// An import that does not count.
    pub without: Option<i64>,
}

impl View {
    /// What counts at a change sequence.
    pub const fn at(sequence: i64) -> Self {
        Self { sequence, with: None, without: None }
    }

    /// This view with an import as its newest.
    #[must_use]
    pub const fn with(self, import: i64) -> Self {
        Self { with: Some(import), ..self }
    }

    /// This view without an import.
    #[must_use]
    pub const fn without(self, import: i64) -> Self {
        Self { without: Some(import), ..self }
    }

    /// The values of `$1`, `$2` and `$3` of [`VISIBLE`].
    fn values<'v>(self) -> [Value<'v>; 3] {
        [self.sequence.into(), self.with.unwrap_or(0).into(), self.without.unwrap_or(0).into()]
    }
}

/// The import `i` of a version counts in the view `$1`, `$2`, `$3`.
const VISIBLE: &str =
    "((i.sequence <= $1 and (i.withdrawn is null or i.withdrawn > $1) and i.id <> $3) or i.id = $2)";

/// Among visible versions of a key the last in this order is the one that counts.
const AGE: &str = "coalesce(i.sequence, 9223372036854775807), i.id";
