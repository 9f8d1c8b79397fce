//! A row as a line of JSON, and the digest over the lines of a table. Bytes are base64.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use dacheng_store::Read;
use dacheng_store::backup::{Cell, Kind, Table, each_row};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::hash::hex;
use crate::{Error, Result};

/// The lines of a table, counted and hashed while they pass.
#[derive(Default)]
pub struct Tally {
    rows: u64,
    sha256: Sha256,
}

impl Tally {
    /// Takes a line with its line feed.
    pub fn add(&mut self, line: &str) {
        self.rows += 1;
        self.sha256.update(line.as_bytes());
    }

    /// How many, and their digest in hex.
    pub fn finish(self) -> (u64, String) {
        (self.rows, hex(&self.sha256.finalize()))
    }
}

/// A row as a line with its line feed.
pub fn line(cells: &[Cell]) -> String {
    let value = |cell: &Cell| match cell {
        Cell::Null => Value::Null,
        Cell::Int(number) => Value::from(*number),
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Bytes(bytes) => Value::from(BASE64_STANDARD.encode(bytes)),
    };
    let mut line = Value::Array(cells.iter().map(value).collect()).to_string();
    line.push('\n');
    line
}

/// The row of a line; `None` where it is not one of this table.
pub fn row(table: &Table, line: &str) -> Option<Vec<Cell>> {
    let values: Vec<Value> = serde_json::from_str(line).ok()?;
    let fits = values.len() == table.columns.len();
    let cells = values.into_iter().zip(&table.columns).map(|(value, column)| cell(value, column.kind));
    if fits { cells.collect() } else { None }
}

fn cell(value: Value, kind: Kind) -> Option<Cell> {
    match (value, kind) {
        (Value::Null, _) => Some(Cell::Null),
        (Value::Number(number), Kind::Int) => number.as_i64().map(Cell::Int),
        (Value::String(text), Kind::Text) => Some(Cell::Text(text)),
        (Value::String(text), Kind::Bytes) => BASE64_STANDARD.decode(text).ok().map(Cell::Bytes),
        (Value::Number(_) | Value::String(_) | Value::Bool(_) | Value::Array(_) | Value::Object(_), _) => {
            None
        }
    }
}

/// Hands the lines of a table on, and says how many there were and their digest.
pub fn each_line(
    tx: &mut Read,
    table: &Table,
    mut take: impl FnMut(&str) -> std::io::Result<()>,
) -> Result<(u64, String)> {
    let (mut tally, mut broken) = (Tally::default(), None);
    let read = each_row(tx, table, |cells| {
        let line = line(cells);
        tally.add(&line);
        take(&line).map_err(|wrong| {
            let said = wrong.to_string();
            broken = Some(wrong);
            dacheng_store::Error::Stored(said)
        })
    });
    match broken {
        Some(wrong) => Err(Error::Internal(format!("the backup cannot be written: {wrong}"))),
        None => Ok(read.map(|()| tally.finish())?),
    }
}
