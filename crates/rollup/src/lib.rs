//! What it adds up to: credits become cells, cells become blocks, blocks answer questions. No SQL, no HTTP.
//!
//! A *cell* is a sum of fen at one place: a day and a name on each [`Axis`]. A [`Block`] is the sparse,
//! columnar set of the cells of one measure and month. Its bytes are a function of its sums alone: no order
//! of changes, no interning shows in them, so a recomputation can be compared bit for bit.

mod block;
mod bytes;
mod delta;
mod once;
mod question;
mod returning;

#[cfg(test)]
mod tests;

pub use block::Block;
pub use bytes::Damaged;
pub use delta::{Delta, Key};
pub use once::{Part, once};
pub use question::{By, MOST, Owner, Question};
pub use returning::Returning;

/// How many axes a cell has.
pub const AXES: usize = 7;

/// What a cell is named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// The credited member's code.
    Member,
    /// The member's unit on the date and everything above it (see [`PATH_SEPARATOR`]).
    Path,
    /// The product's line on the order date.
    ProductLine,
    /// The customer's region on the order date.
    Region,
    /// The customer's type on the order date.
    CustomerType,
    /// The product's code; not kept in persisted blocks.
    Product,
    /// The customer's code; kept only in persisted blocks of what is asked about customers.
    Customer,
}

/// Between the unit codes of a path, from the leaf to the root. No code holds control characters.
pub const PATH_SEPARATOR: char = '\u{1f}';

/// The name, on an axis, of a correction that belongs to none of its things but to what they have in common: an order of
/// several members or product lines counts once in all. No group has it; every sum over several does. No code holds control
/// characters.
pub const COMMON: &str = "\u{1e}";

/// How fine the days of a persisted block are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// Each cell carries its day.
    Day,
    /// All cells carry the first day of their month.
    Month,
}
