//! Every table as rows of plain values, out and in, the same on both engines. The file they are kept in is `app`'s.

use std::collections::BTreeSet;

use crate::door::Connection;
use crate::{Error, Read, Result, Row, Value, Write, bulk};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Int,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// The columns that tell its rows apart; rows are read in their order.
    pub key: Vec<String>,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl<'c> From<&'c Cell> for Value<'c> {
    fn from(cell: &'c Cell) -> Self {
        match cell {
            Cell::Null => Value::Null,
            Cell::Int(number) => Value::Int(*number),
            Cell::Text(text) => Value::Text(text),
            Cell::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

/// The table that numbers migrations; it is made, not copied.
const MIGRATION: &str = "migration";

/// Every table but the one of migrations, each after those it refers to.
pub fn tables(tx: &mut Read) -> Result<Vec<Table>> {
    let question = match tx.connection() {
        Connection::Sqlite(_) => {
            "select t.name, c.name, lower(c.type), c.pk - 1 from sqlite_master t join pragma_table_info(t.name) c
             where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.cid"
        }
        Connection::Postgres(_) => {
            "select cast(t.relname as text), cast(a.attname as text), format_type(a.atttypid, null),
               cast(coalesce(array_position(cast(i.indkey as smallint[]), a.attnum), -1) as bigint)
             from pg_class t join pg_attribute a on a.attrelid = t.oid
             left join pg_index i on i.indrelid = t.oid and i.indisprimary
             where t.relnamespace = cast(current_schema() as regnamespace) and t.relkind = 'r'
               and a.attnum > 0 and not a.attisdropped
             order by cast(t.relname as text) collate \"C\", a.attnum"
        }
    };
    let columns = tx.all(question, &[], |row| Ok((row.text(0)?, row.text(1)?, row.text(2)?, row.int(3)?)))?;
    let mut tables: Vec<(Table, Vec<(i64, String)>)> = Vec::new();
    for (table, name, kind, place) in columns.into_iter().filter(|(table, ..)| table != MIGRATION) {
        if tables.last().is_none_or(|(last, _)| last.name != table) {
            tables.push((Table { name: table, columns: Vec::new(), key: Vec::new() }, Vec::new()));
        }
        let Some((table, key)) = tables.last_mut() else { continue };
        if place >= 0 {
            key.push((place, name.clone()));
        }
        table.columns.push(Column { kind: kind_of(&kind)?, name });
    }
    let keyed = tables.into_iter().map(|(table, mut key)| {
        key.sort();
        Table { key: key.into_iter().map(|(_, name)| name).collect(), ..table }
    });
    let references = references(tx)?;
    Ok(referred_first(keyed.collect(), &references))
}

fn kind_of(kind: &str) -> Result<Kind> {
    match kind {
        "bigint" | "integer" | "smallint" => Ok(Kind::Int),
        "text" => Ok(Kind::Text),
        "bytea" => Ok(Kind::Bytes),
        other => Err(Error::Stored(format!("a column of the type {other}"))),
    }
}

/// Which table refers to which.
fn references(tx: &mut Read) -> Result<BTreeSet<(String, String)>> {
    let question = match tx.connection() {
        Connection::Sqlite(_) => {
            "select t.name, f.\"table\" from sqlite_master t join pragma_foreign_key_list(t.name) f
             where t.type = 'table' order by t.name, f.\"table\""
        }
        Connection::Postgres(_) => {
            "select cast(t.relname as text), cast(o.relname as text)
             from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class o on o.oid = c.confrelid
             where c.contype = 'f' and t.relnamespace = cast(current_schema() as regnamespace)
             order by cast(t.relname as text), cast(o.relname as text), c.oid"
        }
    };
    Ok(tx.all(question, &[], |row| Ok((row.text(0)?, row.text(1)?)))?.into_iter().collect())
}

/// By name, but each after those it refers to. A circle, which no migration makes, would stay by name.
fn referred_first(tables: Vec<Table>, references: &BTreeSet<(String, String)>) -> Vec<Table> {
    let (mut ordered, mut left): (Vec<Table>, Vec<Table>) = (Vec::new(), tables);
    while !left.is_empty() {
        let waits = |table: &Table| {
            left.iter().any(|other| {
                other.name != table.name && references.contains(&(table.name.clone(), other.name.clone()))
            })
        };
        let next = left.iter().position(|table| !waits(table)).unwrap_or(0);
        ordered.push(left.remove(next));
    }
    ordered
}

/// The migration the database is at; 0 where there is none.
pub fn migration(tx: &mut Read) -> Result<i64> {
    crate::migrate::found(tx)
}

/// Every row of a table in the order of its key, in constant memory.
pub fn each_row(tx: &mut Read, table: &Table, mut take: impl FnMut(&[Cell]) -> Result<()>) -> Result<()> {
    let columns = names(&table.columns);
    let key = if table.key.is_empty() { columns.clone() } else { table.key.join(", ") };
    let mut cells = Vec::with_capacity(table.columns.len());
    tx.each(&format!("select {columns} from {} order by {key}", table.name), &[], |row| {
        cells.clear();
        for (place, column) in table.columns.iter().enumerate() {
            cells.push(cell(&row, place, column.kind)?);
        }
        take(&cells)
    })
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn cell(row: &Row<'_>, place: usize, kind: Kind) -> Result<Cell> {
    Ok(match kind {
        Kind::Int => row.maybe_int(place)?.map_or(Cell::Null, Cell::Int),
        Kind::Text => row.maybe_text(place)?.map_or(Cell::Null, Cell::Text),
        Kind::Bytes => row.maybe_bytes(place)?.map_or(Cell::Null, Cell::Bytes),
    })
}

/// Appends rows to a table, each with a value for every column.
pub fn append(tx: &mut Write, table: &Table, rows: &[Vec<Cell>]) -> Result<()> {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    bulk::append(tx, &table.name, &columns, rows, |row, values| values.extend(row.iter().map(Value::from)))
}

/// Whether no table holds a row.
pub fn is_empty(tx: &mut Read) -> Result<bool> {
    for table in tables(tx)? {
        let question = format!("select count(*) from (select 1 from {} limit 1) found", table.name);
        if tx.first(&question, &[], |row| row.int(0))?.unwrap_or(0) > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes every table away, the one of migrations too. Only a restore does this, in the transaction that makes them anew.
pub fn clear(tx: &mut Write) -> Result<()> {
    let tables = tables(tx)?;
    let names = tables.iter().rev().map(|table| table.name.as_str()).chain([MIGRATION]);
    let statements: Vec<String> = names.map(|name| format!("drop table if exists {name};\n")).collect();
    tx.run(&statements.concat())
}

/// What a restore leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Sessions that were open.
    pub sessions: u64,
    /// Links that were not used yet.
    pub links: u64,
    /// API tokens.
    pub tokens: u64,
    /// Exports whose files are not there.
    pub exports: u64,
    /// Messages that waited to leave.
    pub messages: u64,
}

/// Takes away what must not come back to life with a backup: whoever holds an old session, link or token may have lost
/// it since. Known devices go with the sessions. Exports that ended after an instant (UTC milliseconds) would still be
/// given out, and have no file: they are cancelled. Messages that waited have left since, as far as anybody knows: they are
/// given up, and a system administrator may send them again.
pub fn leave_out(tx: &mut Write, since: i64) -> Result<LeftOut> {
    tx.change("delete from known_device", &[])?;
    Ok(LeftOut {
        sessions: tx.change("delete from session", &[])?,
        links: tx.change("delete from invitation", &[])? + tx.change("delete from mail_confirmation", &[])?,
        tokens: tx.change("delete from token", &[])?,
        exports: tx.change(
            "update job set state = 'cancelled', outcome = null
             where kind = 'export' and state = 'done' and ended_at > $1",
            &[since.into()],
        )?,
        messages: tx.change(
            "update message set state = 'dead', leased_until = null where state in ('waiting', 'sending')",
            &[],
        )?,
    })
}
