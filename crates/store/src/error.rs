//! What can go wrong at the door. What a person reads of it is said by `text`.

use std::error::Error as _;

use ::postgres::error::SqlState;

/// The result of every function of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure of the database or of the way it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is neither `sqlite:PATH` nor `postgres://…`.
    #[error("not a database address: {0} (sqlite:PATH or postgres://…)")]
    Address(String),
    /// The address asks for a guard of the connection that is not known.
    #[error("sslmode={0} is not supported: disable, prefer, require or verify-full (with sslrootcert=FILE)")]
    SslMode(String),
    /// The connection cannot be guarded as the address asks.
    #[error("TLS: {0}")]
    Tls(String),
    /// A reading command met no database.
    #[error("no database at {0}")]
    Missing(String),
    /// The database was written by a newer program.
    #[error("the database is at migration {found}, this program knows {known}: use a newer program")]
    Newer {
        /// What the database holds.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// The database has migrations outstanding and the command only reads.
    #[error("the database is at migration {found} of {known}: run `dacheng migrate`")]
    Older {
        /// What the database holds.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// No connection came free in time.
    #[error("no database connection: {0}")]
    Connection(#[from] r2d2::Error),
    /// SQLite refused.
    #[error("sqlite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL refused.
    #[error("postgres: {}", postgres_reason(.0))]
    Postgres(#[from] ::postgres::Error),
    /// A stored value is not what this program wrote there.
    #[error("stored value cannot be read: {0}")]
    Stored(String),
}

impl Error {
    /// Whether the database answered that a table is not there.
    pub(crate) fn is_missing_table(&self) -> bool {
        match self {
            Self::Sqlite(error) => error.to_string().contains("no such table"),
            Self::Postgres(error) => error.code() == Some(&SqlState::UNDEFINED_TABLE),
            Self::Address(_)
            | Self::SslMode(_)
            | Self::Tls(_)
            | Self::Missing(_)
            | Self::Newer { .. }
            | Self::Older { .. }
            | Self::Connection(_)
            | Self::Stored(_) => false,
        }
    }
}

fn postgres_reason(error: &::postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => said.to_string(),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}
