//! Files that come in by a page or a program: kept in a folder, checked and written by threads beside the requests.
//! Where each stands is in the database, so that any page can look; the files live until they are written, refused
//! or a day old.

mod check;
mod folder;
mod incoming;
mod look;
mod receive;
mod turns;
mod write;

use dacheng_store::imports::Import;

pub use dacheng_store::imports::{Counts, Import as Kept, State};
pub use folder::Uploads;
pub use incoming::{Incoming, MOST_BYTES, Received};
pub use look::{Listed, Looked, Undoable, after, can_look, list, look, mapping_of, mappings};
pub use receive::{Begun, Confirmation, New, expire, receive, try_out};
pub use write::{cancel, confirm, write_now};

use super::subject::Subject;
use crate::{Error, Result};

/// What an import is about.
fn subject_of(import: &Import) -> Result<Subject> {
    import.kind.parse().map_err(|_| Error::Internal(format!("kind {}", import.kind)))
}
