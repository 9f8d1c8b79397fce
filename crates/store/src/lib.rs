//! Where it is kept: the only crate with SQL. SQLite and PostgreSQL stand behind one door.
//!
//! A statement is literal SQL with `$1` and has the same text on both engines; what must differ
//! (opening, bulk append, locking) is in one file per engine. Rules live in `domain`.

mod door;
mod error;
mod postgres;
mod sqlite;
mod tls;
mod value;
mod words;

pub mod accounts;
pub mod alerts;
pub mod attachments;
pub mod audit;
pub mod backup;
pub mod blocks;
pub mod breakdowns;
pub mod bulk;
pub mod channels;
pub mod closes;
pub mod confirmations;
pub mod counter;
pub mod delegations;
pub mod facts;
pub mod files;
pub mod first_steps;
pub mod guesses;
pub mod idempotency;
pub mod imports;
pub mod improvement;
pub mod inbox;
pub mod invitations;
pub mod jobs;
pub mod letters;
pub mod locks;
pub mod market_notes;
pub mod metric_values;
pub mod migrate;
pub mod objectives;
pub mod outbox;
pub mod plan_weights;
pub mod plans;
pub mod posts;
pub mod preferences;
pub mod proposals;
pub mod rubrics;
pub mod scenarios;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod statements;
pub mod target_forms;
pub mod targets;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod tokens;
pub mod uploads;

pub use door::{Pool, Read, Store, Write};
pub use error::{Error, Result};
pub use value::{Row, Value};
