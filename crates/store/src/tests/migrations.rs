//! Migrations: from every older state, once however many begin at once, and never backwards.

use std::sync::Barrier;
use std::thread;

use crate::door::Connection;
use crate::migrate::{check, known, run, up_to};
use crate::testing::{on_both, on_new};
use crate::{Error, Read, Result, Store, Write};

/// A column: its table, its name and its type.
type Column = (String, String, String);

fn columns(tx: &mut Read) -> Result<Vec<Column>> {
    let question = match tx.connection() {
        Connection::Sqlite(_) => {
            "select t.name, c.name, c.type from sqlite_master t join pragma_table_info(t.name) c
             where t.type = 'table' order by t.rowid, c.cid"
        }
        Connection::Postgres(_) => {
            "select cast(t.relname as text), cast(a.attname as text), format_type(a.atttypid, null)
             from pg_class t join pg_attribute a on a.attrelid = t.oid
             where t.relnamespace = cast(current_schema() as regnamespace) and t.relkind = 'r'
               and a.attnum > 0 and not a.attisdropped
             order by t.oid, a.attnum"
        }
    };
    tx.all(question, &[], |row| Ok((row.text(0)?, row.text(1)?, row.text(2)?)))
}

fn value(kind: &str) -> &'static str {
    match kind.to_lowercase().as_str() {
        "text" => "'1'",
        "bytea" => "'\\x31'",
        "bigint" | "integer" | "smallint" => "1",
        other => panic!("a value for the type {other}?"),
    }
}

/// One row in every table, each of its values a one: what refers to another row finds it.
fn fill(tx: &mut Write) -> Result<Vec<String>> {
    let columns = columns(tx)?;
    let mut tables: Vec<String> = columns.iter().map(|(table, ..)| table.clone()).collect();
    tables.dedup();
    tables.retain(|table| table != "migration");
    for table in &tables {
        let own = columns.iter().filter(|(of, ..)| of == table);
        let (names, values): (Vec<&str>, Vec<&str>) =
            own.map(|(_, name, kind)| (name.as_str(), value(kind))).unzip();
        tx.run(&format!("insert into {table} ({}) values ({})", names.join(", "), values.join(", ")))?;
    }
    Ok(tables)
}

#[test]
fn every_older_database_is_brought_up_with_what_is_in_it() {
    for older in 0..=known() {
        on_new(|address| {
            let store = Store::open(address)?;
            assert_eq!(up_to(&store, older)?, older);
            let mut tx = store.write()?;
            let tables = fill(&mut tx)?;
            tx.commit()?;
            assert_eq!(run(&store)?, known() - older);
            check(&store)?;
            let mut tx = store.read()?;
            let kept = columns(&mut tx)?;
            for table in tables.iter().filter(|table| kept.iter().any(|(of, ..)| of == *table)) {
                let rows = tx.first(&format!("select count(*) from {table}"), &[], |row| row.int(0))?;
                assert_eq!(rows, Some(1), "{table} from {older}");
            }
            Ok(())
        })
        .unwrap();
    }
}

/// Whatever the server's own order is. The dialect must have known every way a migration writes a column.
#[test]
fn text_is_compared_by_its_bytes_in_every_column() {
    on_both(|store| {
        let mut tx = store.read()?;
        let question = match tx.connection() {
            Connection::Sqlite(_) => {
                "select t.name || '.' || c.name from sqlite_master t join pragma_table_info(t.name) c
                 where lower(t.sql) like '%collate%' order by 1"
            }
            Connection::Postgres(_) => {
                "select t.relname || '.' || a.attname from pg_class t join pg_attribute a on a.attrelid = t.oid
                 where t.relnamespace = cast(current_schema() as regnamespace) and t.relkind = 'r'
                   and a.attnum > 0 and a.attcollation not in (0, cast('\"C\"' as regcollation)) order by 1"
            }
        };
        assert_eq!(tx.all(question, &[], |row| row.text(0))?, [""; 0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_newer_database_is_refused_with_a_sentence() {
    on_new(|address| {
        let store = Store::open(address)?;
        run(&store)?;
        let mut tx = store.write()?;
        tx.run(&format!("insert into migration (number) values ({})", known() + 1))?;
        tx.commit()?;
        let (found, known) = (known() + 1, known());
        let sentence =
            format!("the database is at migration {found}, this program knows {known}: use a newer program");
        for refused in [run(&store).map(drop), check(&store)] {
            let refused = refused.unwrap_err();
            assert!(matches!(refused, Error::Newer { .. }));
            assert_eq!(refused.to_string(), sentence);
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_older_database_is_refused_by_who_only_reads() {
    on_new(|address| {
        let store = Store::open(address)?;
        for older in 0..known() {
            up_to(&store, older)?;
            assert!(matches!(check(&store), Err(Error::Older { found, .. }) if found == older));
        }
        run(&store)?;
        check(&Store::open_existing(address)?)
    })
    .unwrap();
}

#[test]
fn a_database_that_does_not_answer_is_not_called_older() {
    on_new(|address| {
        let store = Store::open(address)?;
        assert!(matches!(check(&store), Err(Error::Older { found: 0, .. })), "it holds nothing yet");
        let mut tx = store.write()?;
        tx.run("create table migration (other bigint primary key)")?;
        tx.commit()?;
        assert!(matches!(check(&store), Err(Error::Sqlite(_) | Error::Postgres(_))));
        Ok(())
    })
    .unwrap();
}

#[test]
fn programs_that_start_at_once_migrate_once() {
    on_new(|address| {
        let together = Barrier::new(6);
        let begin = || {
            let store = Store::open(address)?;
            together.wait();
            run(&store)
        };
        let ran: Vec<Result<i64>> = thread::scope(|scope| {
            let programs: Vec<_> = (0..6).map(|_| scope.spawn(begin)).collect();
            programs.into_iter().map(|program| program.join().unwrap()).collect()
        });
        let ran = ran.into_iter().collect::<Result<Vec<i64>>>()?;
        assert_eq!(ran.iter().sum::<i64>(), known(), "{ran:?}");
        check(&Store::open(address)?)
    })
    .unwrap();
}

#[test]
fn a_migration_that_fails_leaves_nothing() {
    on_new(|address| {
        let store = Store::open(address)?;
        let mut tx = store.write()?;
        // What the first migration would make is there already.
        tx.run("create table setting (name text)")?;
        tx.commit()?;
        assert!(run(&store).is_err());
        let mut tables: Vec<String> =
            columns(&mut store.read()?)?.into_iter().map(|(table, ..)| table).collect();
        tables.dedup();
        assert_eq!(tables, ["setting"]);
        Ok(())
    })
    .unwrap();
}
