//! Databases for tests: every body runs on SQLite and, where `DACHENG_TEST_POSTGRES` names one, on PostgreSQL.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Result, Store, migrate};

static SCHEMAS: AtomicU32 = AtomicU32::new(0);

/// Runs `body` on a new, migrated database of each engine.
pub fn on_both(body: impl Fn(Store) -> Result<()>) -> Result<()> {
    on_sqlite(&body)?;
    on_postgres(&body)
}

fn on_sqlite(body: impl Fn(Store) -> Result<()>) -> Result<()> {
    let folder = tempfile::tempdir().map_err(|reason| crate::Error::Stored(reason.to_string()))?;
    let store = Store::open(&format!("sqlite:{}", folder.path().join("test.db").display()))?;
    migrate::run(&store)?;
    body(store)
}

fn on_postgres(body: impl Fn(Store) -> Result<()>) -> Result<()> {
    let Ok(address) = std::env::var("DACHENG_TEST_POSTGRES") else {
        eprintln!("SKIPPED on PostgreSQL: DACHENG_TEST_POSTGRES names no server (`make test` starts one)");
        return Ok(());
    };
    let schema = format!("t{}_{}", std::process::id(), SCHEMAS.fetch_add(1, Ordering::Relaxed));
    let outside = Store::open(&address)?;
    let alter = |statement: String| -> Result<()> {
        let mut tx = outside.write()?;
        tx.run(&statement)?;
        tx.commit()
    };
    alter(format!("create schema {schema}"))?;
    let store = Store::open(&format!("{address}?options=-csearch_path%3D{schema}"))?;
    migrate::run(&store)?;
    let outcome = body(store);
    alter(format!("drop schema {schema} cascade"))?;
    outcome
}
