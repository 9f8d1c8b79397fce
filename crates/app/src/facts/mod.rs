//! Facts: importing them, undoing an import, and what they credit.

pub mod bundles;
pub mod commit;
pub mod crediting;
mod dated;
pub mod days;
pub mod delta;
pub mod ground;
pub mod import;
pub mod lookups;
mod master;
mod pieces;
pub mod problems;
pub mod reading;
mod refusals;
mod runs;
mod sale;
mod sales;
pub mod source;
pub mod subject;
pub mod sums;
pub mod undo;
pub mod uploads;
pub mod verify;
mod work;
mod writer;
