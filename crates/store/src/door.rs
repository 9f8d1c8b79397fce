//! The door: a store, and its two kinds of transaction. A [`Read`] cannot write because it has no such function.

use std::ops::{Deref, DerefMut};

use crate::{Error, Result, Row, Value, postgres, sqlite};

/// A database, SQLite or PostgreSQL. Cheap to clone; every clone shares its connections.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
}

#[derive(Clone)]
enum Engine {
    Sqlite(sqlite::Pools),
    Postgres(r2d2::Pool<postgres::Connections>),
}

#[expect(clippy::large_enum_variant, reason = "one per transaction, never stored in numbers")]
pub(crate) enum Connection {
    Sqlite(r2d2::PooledConnection<sqlite::Connections>),
    Postgres(r2d2::PooledConnection<postgres::Connections>),
}

/// Whether opening may create what is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absent {
    Create,
    Refuse,
}

/// Connections that are kept for one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// `read`, `write`, or `all` where one pool does both.
    pub purpose: &'static str,
    /// Open connections.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// As many as may be open.
    pub most: u32,
}

impl Pool {
    fn of<M: r2d2::ManageConnection>(purpose: &'static str, pool: &r2d2::Pool<M>) -> Self {
        let state = pool.state();
        Self { purpose, open: state.connections, idle: state.idle_connections, most: pool.max_size() }
    }
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`, creating an absent SQLite file. Migrations are [`crate::migrate`].
    pub fn open(address: &str) -> Result<Self> {
        Self::connect(address, Absent::Create)
    }

    /// Opens a database that must exist, for commands that only read.
    pub fn open_existing(address: &str) -> Result<Self> {
        Self::connect(address, Absent::Refuse)
    }

    fn connect(address: &str, absent: Absent) -> Result<Self> {
        let engine = if let Some(path) = address.strip_prefix("sqlite:") {
            if absent == Absent::Refuse && !std::path::Path::new(path).exists() {
                return Err(Error::Missing(address.to_owned()));
            }
            Engine::Sqlite(sqlite::open(path)?)
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Engine::Postgres(postgres::open(address)?)
        } else {
            return Err(Error::Address(address.to_owned()));
        };
        Ok(Self { engine })
    }

    /// The connections that are kept.
    pub fn pools(&self) -> Vec<Pool> {
        match &self.engine {
            Engine::Sqlite(pools) => vec![Pool::of("read", &pools.readers), Pool::of("write", &pools.writer)],
            Engine::Postgres(pool) => vec![Pool::of("all", pool)],
        }
    }

    /// Begins a read: one snapshot of the database until it is dropped.
    pub fn read(&self) -> Result<Read> {
        let connection = match &self.engine {
            Engine::Sqlite(pools) => Connection::Sqlite(pools.readers.get()?),
            Engine::Postgres(pool) => Connection::Postgres(pool.get()?),
        };
        let begin = match &connection {
            Connection::Sqlite(_) => "begin deferred",
            Connection::Postgres(_) => "begin isolation level repeatable read read only",
        };
        Read::begin(connection, begin)
    }

    /// Begins a write. It is undone unless it is committed. On SQLite there is one writer at a time.
    pub fn write(&self) -> Result<Write> {
        let (connection, begin) = match &self.engine {
            Engine::Sqlite(pools) => (Connection::Sqlite(pools.writer.get()?), "begin immediate"),
            Engine::Postgres(pool) => (Connection::Postgres(pool.get()?), "begin"),
        };
        Ok(Write { read: Read::begin(connection, begin)? })
    }
}

/// A read transaction. What writes takes a [`Write`], and does not compile with a `Read`:
///
/// ```compile_fail,E0308
/// fn count(store: &dacheng_store::Store) -> dacheng_store::Result<i64> {
///     dacheng_store::counter::next(&mut store.read()?, "row")
/// }
/// ```
///
/// The same with a write compiles, so it is the transaction that was refused:
///
/// ```
/// fn count(store: &dacheng_store::Store) -> dacheng_store::Result<i64> {
///     dacheng_store::counter::next(&mut store.write()?, "row")
/// }
/// ```
pub struct Read {
    connection: Connection,
    open: bool,
}

impl Read {
    fn begin(connection: Connection, statement: &str) -> Result<Self> {
        let mut read = Self { connection, open: false };
        read.run(statement)?;
        read.open = true;
        Ok(read)
    }

    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Statements without parameters or answer.
    pub(crate) fn run(&mut self, statements: &str) -> Result<()> {
        match &mut self.connection {
            Connection::Sqlite(connection) => Ok(connection.execute_batch(statements)?),
            Connection::Postgres(connection) => Ok(connection.client.batch_execute(statements)?),
        }
    }

    /// Calls `take` with each row of the answer, in constant memory.
    pub(crate) fn each(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        take: impl FnMut(Row<'_>) -> Result<()>,
    ) -> Result<()> {
        match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::each(connection, statement, values, take),
            Connection::Postgres(connection) => postgres::each(connection, statement, values, take),
        }
    }

    /// The answer, a value a row.
    pub(crate) fn all<T>(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut answer = Vec::new();
        self.each(statement, values, |row| {
            answer.push(read(row)?);
            Ok(())
        })?;
        Ok(answer)
    }

    /// The first row of the answer, if there is one.
    pub(crate) fn first<T>(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        read: impl FnMut(Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.all(statement, values, read)?.into_iter().next())
    }
}

impl Drop for Read {
    fn drop(&mut self) {
        if self.open {
            // A connection that cannot even roll back is broken; the pool finds out and replaces it.
            let _ = self.run("rollback");
        }
    }
}

/// A write transaction: everything a [`Read`] can, and changes.
pub struct Write {
    read: Read,
}

impl Write {
    /// Makes the changes durable and visible.
    pub fn commit(mut self) -> Result<()> {
        self.read.run("commit")?;
        self.read.open = false;
        Ok(())
    }

    /// Runs one changing statement and says how many rows it touched.
    pub(crate) fn change(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64> {
        match &mut self.read.connection {
            Connection::Sqlite(connection) => sqlite::change(connection, statement, values),
            Connection::Postgres(connection) => postgres::change(connection, statement, values),
        }
    }
}

impl Deref for Write {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}
