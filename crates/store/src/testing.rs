//! Databases for tests: every body runs on SQLite and, where `DACHENG_TEST_POSTGRES` names one, on PostgreSQL.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Read, Result, Store, Write, migrate};

static SCHEMAS: AtomicU32 = AtomicU32::new(0);

/// Runs `body` on a new, migrated database of each engine.
pub fn on_both(body: impl Fn(Store) -> Result<()>) -> Result<()> {
    on_new(|address| {
        let store = Store::open(address)?;
        migrate::run(&store)?;
        body(store)
    })
}

/// Runs `body` with the address of a new database of each engine that nobody has migrated.
pub fn on_new(body: impl Fn(&str) -> Result<()>) -> Result<()> {
    on_sqlite(&body)?;
    on_postgres(&body)
}

fn on_sqlite(body: impl Fn(&str) -> Result<()>) -> Result<()> {
    let folder = tempfile::tempdir().map_err(|reason| crate::Error::Stored(reason.to_string()))?;
    body(&format!("sqlite:{}", folder.path().join("test.db").display()))
}

fn on_postgres(body: impl Fn(&str) -> Result<()>) -> Result<()> {
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
    let outcome = body(&format!("{address}?options=-csearch_path%3D{schema}"));
    alter(format!("drop schema {schema} cascade"))?;
    outcome
}

/// Changes the detail of an audit entry behind its back, as somebody with the database could.
pub fn change_audit_detail(tx: &mut Write, leaf: i64, detail: &str) -> Result<()> {
    tx.change("update audit set detail = $2 where leaf = $1", &[leaf.into(), detail.into()])?;
    Ok(())
}

/// The answer of a statement in SQL, a text and a whole number a row: what other code says of the same rows is compared with it.
pub fn counted(tx: &mut Read, statement: &str) -> Result<Vec<(String, i64)>> {
    tx.all(statement, &[], |row| Ok((row.text(0)?, row.int(1)?)))
}
