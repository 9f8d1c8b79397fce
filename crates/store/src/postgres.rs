//! PostgreSQL: opening, statements prepared once a connection, bulk append by binary COPY.

use std::collections::HashMap;
use std::time::Duration;

use postgres::binary_copy::BinaryCopyInWriter;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, Statement};

use crate::tls::Way;
use crate::{Result, Row, Value};

/// Connections at once, readers and writers together.
const CONNECTIONS: u32 = 24;

/// A connection and what it has prepared.
pub(crate) struct Prepared {
    pub client: Client,
    statements: HashMap<String, Statement>,
}

impl Prepared {
    fn statement(&mut self, text: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(text) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(text)?;
        self.statements.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// Opens connections to one server.
pub(crate) struct Connections {
    way: Way,
}

pub(crate) fn open(address: &str) -> Result<r2d2::Pool<Connections>> {
    let mut way: Way = address.parse()?;
    way.config.connect_timeout(Duration::from_secs(5));
    // One attempt now, so that a wrong address says why instead of timing out in the pool.
    drop(way.config.connect(way.tls.clone())?);
    let pool = r2d2::Pool::builder().max_size(CONNECTIONS).min_idle(Some(1));
    Ok(pool.build(Connections { way })?)
}

impl r2d2::ManageConnection for Connections {
    type Connection = Prepared;
    type Error = postgres::Error;

    fn connect(&self) -> std::result::Result<Prepared, postgres::Error> {
        Ok(Prepared { client: self.way.config.connect(self.way.tls.clone())?, statements: HashMap::new() })
    }

    fn is_valid(&self, connection: &mut Prepared) -> std::result::Result<(), postgres::Error> {
        connection.client.is_valid(Duration::from_secs(5))
    }

    fn has_broken(&self, connection: &mut Prepared) -> bool {
        connection.client.is_closed()
    }
}

fn parameters<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

pub(crate) fn each(
    connection: &mut Prepared,
    text: &str,
    values: &[Value<'_>],
    mut take: impl FnMut(Row<'_>) -> Result<()>,
) -> Result<()> {
    let statement = connection.statement(text)?;
    let mut rows = connection.client.query_raw(&statement, parameters(values))?;
    while let Some(row) = rows.next()? {
        take(Row::Postgres(&row))?;
    }
    Ok(())
}

pub(crate) fn change(connection: &mut Prepared, text: &str, values: &[Value<'_>]) -> Result<u64> {
    let statement = connection.statement(text)?;
    Ok(connection.client.execute(&statement, &parameters(values))?)
}

/// How a row is taken that others look for at the same time: what somebody else has locked is passed over.
pub(crate) const PASSING_OVER_LOCKED: &str = "for update skip locked";

/// Appends rows by binary COPY; `fill` gives the values of a row in the order of `columns`.
pub(crate) fn append<'v, T>(
    connection: &mut Prepared,
    table: &str,
    columns: &[&str],
    rows: &'v [T],
    fill: impl Fn(&'v T, &mut Vec<Value<'v>>),
) -> Result<()> {
    let columns = columns.join(", ");
    let types = types(connection, table, &columns)?;
    copy(connection, table, &columns, &types, rows, fill)
}

/// The types of some columns of a table, which a binary COPY has to name.
fn types(connection: &mut Prepared, table: &str, columns: &str) -> Result<Vec<Type>> {
    let none = connection.statement(&format!("select {columns} from {table} where false"))?;
    Ok(none.columns().iter().map(|column| column.type_().clone()).collect())
}

fn copy<'v, T>(
    connection: &mut Prepared,
    table: &str,
    columns: &str,
    types: &[Type],
    rows: &'v [T],
    fill: impl Fn(&'v T, &mut Vec<Value<'v>>),
) -> Result<()> {
    let sink = connection.client.copy_in(&format!("copy {table} ({columns}) from stdin binary"))?;
    let mut writer = BinaryCopyInWriter::new(sink, types);
    let mut values = Vec::with_capacity(types.len());
    for row in rows {
        values.clear();
        fill(row, &mut values);
        writer.write_raw(values.iter().map(|value| value as &(dyn ToSql + Sync)))?;
    }
    writer.finish()?;
    Ok(())
}

/// As [`append`], but leaves a row out whose key is there: COPY knows no conflict, so rows arrive in a table of this
/// transaction first.
pub(crate) fn append_new<'v, T>(
    connection: &mut Prepared,
    table: &str,
    columns: &[&str],
    rows: &'v [T],
    fill: impl Fn(&'v T, &mut Vec<Value<'v>>),
) -> Result<()> {
    let list = columns.join(", ");
    connection.client.batch_execute(&format!(
        "create temporary table if not exists arriving_{table} (like {table}) on commit drop;
         truncate arriving_{table}"
    ))?;
    let types = types(connection, table, &list)?;
    copy(connection, &format!("arriving_{table}"), &list, &types, rows, fill)?;
    connection.client.batch_execute(&format!(
        "insert into {table} ({list}) select {list} from arriving_{table} on conflict do nothing"
    ))?;
    Ok(())
}
