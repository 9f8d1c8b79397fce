//! Files that hang on documents: evidence, later letters. Attaching, withdrawing, giving out, letting go.
//!
//! - [`Subject`] says what files hang on, and asks its room who may see and change them: the one place to be extended
//!   (`docs/how-to/file.md`).
//! - [`attach`] and [`withdraw`] change, [`open`], [`give_out`] and [`piece`] give out, [`sweep`] lets go of contents.
//!
//! A content is in the database once, by its SHA-256, in pieces: so it is in every backup, and passes through memory piece
//! by piece. What a file may be is said by `domain::files`. Why it is so is in `docs/decisions/0011-files.md`.

mod attach;
mod hanging;
mod refused;
mod subject;
mod sweep;
mod verify;

pub use attach::{Attached, New, attach, may_attach, withdraw};
pub use hanging::{GivenOut, Hanging, give_out, open, piece};
pub use refused::{empty, kinds, too_large};
pub use subject::Subject;
pub use sweep::sweep;
pub use verify::damaged;
