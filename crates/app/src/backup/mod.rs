//! Backups: one moment of the whole database in one file, and back into an empty one of either engine.
//!
//! The file is a ZIP archive: `tables/NAME.jsonl` with a JSON array a row, in the order of the key, and `manifest.json`,
//! which says what they are. Its comment ends with the SHA-256 of everything before that digest. Why it is our own and not that
//! of the engines is in `docs/decisions/0007-backup.md`.

mod archive;
mod manifest;
mod restore;
mod rows;
mod save;

use std::fmt::Display;

pub use archive::check;
pub use dacheng_store::backup::LeftOut;
pub use manifest::{Head, Manifest, Part};
pub use restore::{Restored, Target, restore};
pub use save::save;

use crate::Error;

/// A file that cannot be written or read.
fn failed(what: &str, wrong: impl Display) -> Error {
    Error::Internal(format!("{what}: {wrong}"))
}
