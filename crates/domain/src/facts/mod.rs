//! What happened: facts as parsed rows, and what they credit to whom.

pub mod activity;
pub mod credit;
pub mod day;
pub mod entry;
pub mod fingerprint;
mod header;
pub mod kind;
pub mod mapping;
mod measure;
pub mod problem;
pub mod reader;
pub mod row;
pub mod silence;
pub mod state;
pub mod texts;
pub mod value;

pub use measure::Measure;
