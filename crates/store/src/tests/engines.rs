//! What every connection is set to, what a lost one does, and which SQLite it is.

use crate::door::Connection;
use crate::testing::on_both;
use crate::{Read, Result, counter};

fn is_sqlite(tx: &mut Read) -> bool {
    matches!(tx.connection(), Connection::Sqlite(_))
}

fn number(tx: &mut Read, question: &str) -> Result<i64> {
    Ok(tx.first(question, &[], |row| row.int(0))?.unwrap_or(0))
}

fn word(tx: &mut Read, question: &str) -> Result<String> {
    Ok(tx.first(question, &[], |row| row.text(0))?.unwrap_or_default())
}

/// Older ones can corrupt a WAL.
#[test]
fn sqlite_is_at_least_3_51_3() {
    on_both(|store| {
        let mut tx = store.read()?;
        if is_sqlite(&mut tx) {
            let version = word(&mut tx, "select sqlite_version()")?;
            let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
            assert!(parts >= vec![3, 51, 3], "SQLite {version}");
        }
        Ok(())
    })
    .unwrap();
}

/// The names of crates that link to SQLite: two in one program would be two sets of locks on one file.
#[test]
fn one_sqlite_only_is_in_the_program() {
    let lock = include_str!("../../../../Cargo.lock");
    let names = ["libsqlite3-sys", "sqlite3-sys", "sqlite3-src", "libsqlite3-hotbundle", "sqlite-wasm-rs"];
    let linked: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .filter(|name| names.contains(name))
        .collect();
    assert_eq!(linked, ["libsqlite3-sys"]);
}

#[test]
fn every_connection_is_durable_checks_references_and_waits() {
    on_both(|store| {
        let mut every = (0..8).map(|_| store.read()).collect::<Result<Vec<_>>>()?;
        let mut writer = store.write()?;
        let readers = every.iter_mut().map(|reader| (reader, 1));
        for (tx, reads_only) in readers.chain([(&mut *writer, 0)]) {
            if is_sqlite(tx) {
                assert_eq!(word(tx, "pragma journal_mode")?, "wal");
                assert_eq!(number(tx, "pragma synchronous")?, 2, "full");
                assert_eq!(number(tx, "pragma foreign_keys")?, 1);
                assert_eq!(number(tx, "pragma busy_timeout")?, 20_000);
                assert_eq!(number(tx, "pragma query_only")?, reads_only);
            } else {
                let isolation = ["read committed", "repeatable read"][usize::from(reads_only == 1)];
                assert_eq!(word(tx, "select current_setting('transaction_isolation')")?, isolation);
                let read_only = ["off", "on"][usize::from(reads_only == 1)];
                assert_eq!(word(tx, "select current_setting('transaction_read_only')")?, read_only);
            }
        }
        Ok(())
    })
    .unwrap();
}

/// A [`Read`] has no function that writes; should one come to be, the engine refuses it.
#[test]
fn a_read_is_refused_to_write_by_the_engine_too() {
    on_both(|store| {
        assert!(store.read()?.run("insert into counter (name, value) values ('row', 1)").is_err());
        assert!(store.read()?.run("create table anything (number bigint)").is_err());
        assert_eq!(counter::last(&mut store.read()?, "row")?, 0);
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_refers_to_nothing_is_refused() {
    on_both(|store| {
        let mut tx = store.write()?;
        let orphan = "insert into known_device (hash, account_id, seen_at) values ('d', 99, 1)";
        assert!(tx.run(orphan).is_err());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_lost_connection_fails_its_transaction_only() {
    on_both(|store| {
        let lose = "select pg_terminate_backend(pg_backend_pid())";
        let mut tx = store.write()?;
        if is_sqlite(&mut tx) {
            return Ok(());
        }
        counter::next(&mut tx, "row")?;
        assert!(tx.run(lose).is_err());
        assert!(counter::next(&mut tx, "row").is_err());
        assert!(tx.commit().is_err());
        let mut readers = (0..3).map(|_| store.read()).collect::<Result<Vec<_>>>()?;
        for reader in &mut readers {
            assert!(reader.run(lose).is_err());
        }
        drop(readers);
        let mut readers = (0..4).map(|_| store.read()).collect::<Result<Vec<_>>>()?;
        for reader in &mut readers {
            assert_eq!(counter::last(reader, "row")?, 0, "the pool opens others");
        }
        let mut tx = store.write()?;
        counter::next(&mut tx, "row")?;
        tx.commit()?;
        assert_eq!(counter::last(&mut store.read()?, "row")?, 1);
        Ok(())
    })
    .unwrap();
}
