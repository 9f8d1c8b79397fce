//! The dated organisation: units, members, seats and the path a sale rolls up through. Who may see it lives in
//! [`crate::access`].
//!
//! Facts are credited by date: a sale belongs to the member who owned it on its date and rolls up through the
//! unit of that member on that date (`domain.md` §1). Every row here therefore carries a [`Span`], and every
//! question names a day. [`Organisation::new`] checks the rows once; after that nothing can be inconsistent.

mod changes;
mod check;
mod ids;
mod index;
mod organisation;
mod paths;
mod position;
mod problem;
mod relations;
mod rows;
mod share;
mod span;
mod superiors;
mod timeline;
mod tree;

pub use changes::Changed;
pub use ids::{MemberCode, MemberId, NotACode, UnitCode, UnitId};
pub use organisation::{Organisation, Segment};
pub use paths::{PathId, Paths};
pub use position::{NotAPosition, Position, Sells};
pub use problem::Problem;
pub use rows::{Edit, Leadership, Member, Placement, RowChange, Rows, Seat, Unit};
pub use share::{Share, split};
pub use span::Span;
pub use tree::{Children, Presence, UnitAt};
