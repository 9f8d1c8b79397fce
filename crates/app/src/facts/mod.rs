//! Facts: importing them, undoing an import, and what they credit.

pub mod bundles;
pub mod commit;
pub mod days;
pub mod delta;
pub mod ground;
pub mod import;
pub mod lookups;
mod master;
pub mod problems;
mod sales;
pub(crate) mod source;
pub mod undo;
pub mod verify;
mod work;
