//! SQLite: opening with its pragmas, statements, bulk append. One writer, many readers, WAL.

use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Statement};

use crate::{Result, Row, Value};

/// Readers at once; each is a snapshot and blocks nobody.
const READERS: u32 = 8;
/// How long a writer waits for another process.
const BUSY: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub(crate) struct Pools {
    pub readers: r2d2::Pool<Connections>,
    pub writer: r2d2::Pool<Connections>,
}

/// Opens connections to one file.
#[derive(Debug)]
pub(crate) struct Connections {
    path: String,
    purpose: Purpose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

pub(crate) fn open(path: &str) -> Result<Pools> {
    let connections = |purpose| Connections { path: path.to_owned(), purpose };
    let writer = r2d2::Pool::builder().max_size(1).build(connections(Purpose::Write))?;
    let readers = r2d2::Pool::builder().max_size(READERS).min_idle(Some(1));
    let readers = readers.build(connections(Purpose::Read))?;
    Ok(Pools { readers, writer })
}

impl r2d2::ManageConnection for Connections {
    type Connection = Connection;
    type Error = rusqlite::Error;

    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(200);
        connection.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
             pragma cache_size = -65536; pragma temp_store = memory;",
        )?;
        // Last: making the file a WAL is a write.
        connection.pragma_update(None, "query_only", self.purpose == Purpose::Read)?;
        Ok(connection)
    }

    fn is_valid(&self, _: &mut Connection) -> rusqlite::Result<()> {
        Ok(())
    }

    fn has_broken(&self, _: &mut Connection) -> bool {
        false
    }
}

/// Binds `$n` by its number: to SQLite `$2` is a name, and its place is where it first occurs.
fn bind(statement: &mut Statement<'_>, values: &[Value<'_>]) -> rusqlite::Result<()> {
    for place in 1..=statement.parameter_count() {
        let number = statement.parameter_name(place).and_then(|name| name[1..].parse::<usize>().ok());
        let value = number.and_then(|number| values.get(number.wrapping_sub(1)));
        let value = value.ok_or(rusqlite::Error::InvalidParameterCount(values.len(), place))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

pub(crate) fn each(
    connection: &Connection,
    text: &str,
    values: &[Value<'_>],
    mut take: impl FnMut(Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(text)?;
    bind(&mut statement, values)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        take(Row::Sqlite(row))?;
    }
    Ok(())
}

pub(crate) fn change(connection: &Connection, text: &str, values: &[Value<'_>]) -> Result<u64> {
    let mut statement = connection.prepare_cached(text)?;
    bind(&mut statement, values)?;
    Ok(statement.raw_execute()? as u64)
}

/// How a row is taken that others look for at the same time: there is one writer, so none is locked.
pub(crate) const PASSING_OVER_LOCKED: &str = "";

/// Rows one insert statement carries; more gains nothing (`docs/decisions/0001`).
const ROWS_A_STATEMENT: usize = 50;

/// Appends rows, fifty a statement; `fill` gives the values of a row in the order of `columns`.
pub(crate) fn append<'v, T>(
    connection: &Connection,
    table: &str,
    columns: &[&str],
    rows: &'v [T],
    fill: impl Fn(&'v T, &mut Vec<Value<'v>>),
) -> Result<()> {
    put(connection, |rows| insert(table, columns, rows), columns.len(), rows, fill)
}

/// As [`append`], but leaves a row out whose key is there.
pub(crate) fn append_new<'v, T>(
    connection: &Connection,
    table: &str,
    columns: &[&str],
    rows: &'v [T],
    fill: impl Fn(&'v T, &mut Vec<Value<'v>>),
) -> Result<()> {
    let insert = |rows| insert(table, columns, rows) + " on conflict do nothing";
    put(connection, insert, columns.len(), rows, fill)
}

fn put<'v, T>(
    connection: &Connection,
    insert: impl Fn(usize) -> String,
    width: usize,
    rows: &'v [T],
    fill: impl Fn(&'v T, &mut Vec<Value<'v>>),
) -> Result<()> {
    let mut values = Vec::with_capacity(width * ROWS_A_STATEMENT);
    let mut put = |statement: &mut Statement<'_>, rows: &'v [T]| -> Result<()> {
        values.clear();
        for row in rows {
            fill(row, &mut values);
        }
        for (place, value) in (1..).zip(&values) {
            statement.raw_bind_parameter(place, value)?;
        }
        statement.raw_execute()?;
        Ok(())
    };
    let (whole, rest) = rows.as_chunks::<ROWS_A_STATEMENT>();
    if !whole.is_empty() {
        let mut statement = connection.prepare_cached(&insert(ROWS_A_STATEMENT))?;
        whole.iter().try_for_each(|rows| put(&mut statement, rows))?;
    }
    if !rest.is_empty() {
        put(&mut *connection.prepare_cached(&insert(rest.len()))?, rest)?;
    }
    Ok(())
}

fn insert(table: &str, columns: &[&str], rows: usize) -> String {
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    format!("insert into {table} ({}) values {}", columns.join(", "), vec![row; rows].join(", "))
}
