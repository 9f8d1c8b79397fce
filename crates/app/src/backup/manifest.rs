//! What a backup says of itself.

use dacheng_store::backup::{Column, Kind, Table};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The format this program writes; it reads no other.
pub const FORMAT: u32 = 1;

/// The first thing that is read of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the file.
    pub format: u32,
    /// The program that wrote it.
    pub version: String,
    /// When.
    pub made_at: Timestamp,
    /// The migration the database was at.
    pub migration: i64,
    /// The end of the audit trail.
    pub audit: Head,
    /// The tables, each after those it refers to.
    pub tables: Vec<Part>,
}

/// The newest entry of the audit trail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its number; 0 where there is none.
    pub leaf: i64,
    /// SHA-256 of the leaf, hex.
    pub leaf_hash: String,
}

/// A table in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Names and kinds of its columns.
    pub columns: Vec<(String, String)>,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of its rows as they are written, hex.
    pub sha256: String,
}

impl Part {
    /// Where its rows are in the archive.
    pub fn path(&self) -> String {
        format!("tables/{}.jsonl", self.name)
    }

    /// Whether a table has the columns that were saved.
    pub fn fits(&self, table: &Table) -> bool {
        self.name == table.name && self.columns == columns(table)
    }
}

/// Names and kinds of a table's columns.
pub fn columns(table: &Table) -> Vec<(String, String)> {
    table.columns.iter().map(|Column { name, kind }| (name.clone(), word(*kind).to_owned())).collect()
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "int",
        Kind::Text => "text",
        Kind::Bytes => "bytes",
    }
}
