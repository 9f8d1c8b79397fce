//! Many rows at once: appending them, and asking for many keys in one statement.

use crate::door::Connection;
use crate::{Read, Result, Value, Write, postgres, sqlite};

/// Rows of one import that are written before anybody else may write: no long lock (`architecture.md`).
pub const CHUNK: usize = 20_000;

/// Appends rows to `table`; `fill` gives the values of each in the order of `columns`.
pub(crate) fn append<'v, T>(
    tx: &mut Write,
    table: &str,
    columns: &[&str],
    rows: &'v [T],
    fill: impl Fn(&'v T, &mut Vec<Value<'v>>),
) -> Result<()> {
    match tx.connection() {
        Connection::Sqlite(connection) => sqlite::append(connection, table, columns, rows, fill),
        Connection::Postgres(connection) => postgres::append(connection, table, columns, rows, fill),
    }
}

/// Appends rows to `table` unless one with the same key is there; otherwise as [`append`].
pub(crate) fn append_new<'v, T>(
    tx: &mut Write,
    table: &str,
    columns: &[&str],
    rows: &'v [T],
    fill: impl Fn(&'v T, &mut Vec<Value<'v>>),
) -> Result<()> {
    match tx.connection() {
        Connection::Sqlite(connection) => sqlite::append_new(connection, table, columns, rows, fill),
        Connection::Postgres(connection) => postgres::append_new(connection, table, columns, rows, fill),
    }
}

/// A table expression with one column `value`: the texts of the JSON array `$4` (see [`list`]).
pub(crate) fn keys(tx: &mut Read) -> &'static str {
    match tx.connection() {
        Connection::Sqlite(_) => "json_each($4)",
        Connection::Postgres(_) => "jsonb_array_elements_text(cast(cast($4 as text) as jsonb))",
    }
}

/// As [`keys`], of the JSON array `$1`.
pub(crate) fn first_keys(tx: &mut Read) -> &'static str {
    match tx.connection() {
        Connection::Sqlite(_) => "json_each($1)",
        Connection::Postgres(_) => "jsonb_array_elements_text(cast(cast($1 as text) as jsonb))",
    }
}

/// As [`keys`], of the JSON array `$3`.
pub(crate) fn third_keys(tx: &mut Read) -> &'static str {
    match tx.connection() {
        Connection::Sqlite(_) => "json_each($3)",
        Connection::Postgres(_) => "jsonb_array_elements_text(cast(cast($3 as text) as jsonb))",
    }
}

/// The JSON array for [`keys`].
pub(crate) fn list<'k>(keys: impl IntoIterator<Item = &'k str>) -> String {
    let keys: Vec<serde_json::Value> = keys.into_iter().map(serde_json::Value::from).collect();
    serde_json::Value::from(keys).to_string()
}
