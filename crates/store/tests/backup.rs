//! Tables go out and come in as they were, on both engines.

use dacheng_store::backup::{self, Cell, Kind};
use dacheng_store::testing::on_both;
use dacheng_store::{Read, Result, accounts, counter, migrate};

fn everything(tx: &mut Read) -> Result<Vec<(String, Vec<Vec<Cell>>)>> {
    let mut all = Vec::new();
    for table in backup::tables(tx)? {
        let mut rows = Vec::new();
        backup::each_row(tx, &table, |row| {
            rows.push(row.to_vec());
            Ok(())
        })?;
        all.push((table.name, rows));
    }
    Ok(all)
}

#[test]
fn what_is_read_and_appended_again_is_the_same() {
    on_both(|store| {
        let mut tx = store.write()?;
        for name in ["b", "a", "ü"] {
            counter::next(&mut tx, name)?;
        }
        let tables = backup::tables(&mut tx)?;
        let block = tables.iter().find(|table| table.name == "rollup_block").unwrap();
        assert_eq!(block.columns.last().unwrap().kind, Kind::Bytes);
        assert_eq!(block.key, ["measure", "month", "grain"]);
        let row =
            [Cell::Int(1), Cell::Int(202_611), Cell::Int(2), Cell::Int(9), Cell::Bytes(vec![0, 255, 10])];
        backup::append(&mut tx, block, &[row.to_vec()])?;
        let import = tables.iter().find(|table| table.name == "import").unwrap();
        let nothing = import.columns.iter().map(|column| match (column.name.as_str(), column.kind) {
            ("sequence" | "request" | "digest", _) => Cell::Null,
            (_, Kind::Int) => Cell::Int(i64::MIN),
            (_, Kind::Text | Kind::Bytes) => Cell::Text("一\n\"'\u{1F600}".to_owned()),
        });
        backup::append(&mut tx, import, &[nothing.collect()])?;
        let before = everything(&mut tx)?;
        assert!(!backup::is_empty(&mut tx)?);
        let at = backup::migration(&mut tx)?;
        backup::clear(&mut tx)?;
        assert_eq!(migrate::within(&mut tx, at)?, at);
        assert!(backup::is_empty(&mut tx)?);
        for (name, rows) in &before {
            let table = tables.iter().find(|table| table.name == *name).unwrap();
            backup::append(&mut tx, table, rows)?;
        }
        assert_eq!(everything(&mut tx)?, before);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_table_comes_after_those_it_refers_to_and_in_one_order_on_both_engines() {
    let seen = std::cell::RefCell::new(Vec::new());
    on_both(|store| {
        let names = backup::tables(&mut store.read()?)?;
        let names: Vec<String> = names.into_iter().map(|table| table.name).collect();
        let place = |name: &str| names.iter().position(|own| own == name).unwrap();
        assert!(place("account") < place("session") && place("improvement_plan") < place("alert"));
        assert!(!names.iter().any(|name| name == "migration"));
        seen.borrow_mut().push(names);
        Ok(())
    })
    .unwrap();
    let seen = seen.into_inner();
    assert!(seen.iter().all(|names| *names == seen[0]));
}

#[test]
fn sessions_links_tokens_and_files_of_exports_do_not_outlive_a_backup() {
    on_both(|store| {
        let mut tx = store.write()?;
        let new = accounts::New {
            login: "one",
            name: "王",
            member: None,
            language: "zh-CN",
            theme: "system",
            created_at: 1,
        };
        let account = accounts::insert(&mut tx, &new)?.unwrap();
        let tables = backup::tables(&mut tx)?;
        for (name, rows) in
            [("session", 3), ("known_device", 1), ("invitation", 2), ("mail_confirmation", 1), ("token", 1)]
        {
            let table = tables.iter().find(|table| table.name == name).unwrap();
            for number in 0..rows {
                let row = table.columns.iter().map(|column| match (column.name.as_str(), column.kind) {
                    ("account_id", _) => Cell::Int(account.0),
                    (_, Kind::Int) => Cell::Int(number),
                    (_, Kind::Text | Kind::Bytes) => Cell::Text(number.to_string()),
                });
                backup::append(&mut tx, table, &[row.collect()])?;
            }
        }
        let jobs = tables.iter().find(|table| table.name == "job").unwrap();
        for (number, kind, state, ended) in [
            (1, "export", "done", 90),
            (2, "export", "done", 50),
            (3, "export", "waiting", 0),
            (4, "other", "done", 90),
        ] {
            let row = jobs.columns.iter().map(|column| match (column.name.as_str(), column.kind) {
                ("kind", _) => Cell::Text(kind.to_owned()),
                ("state", _) => Cell::Text(state.to_owned()),
                ("ended_at", _) => {
                    if ended == 0 {
                        Cell::Null
                    } else {
                        Cell::Int(ended)
                    }
                }
                (_, Kind::Int) => Cell::Int(number),
                (_, Kind::Text | Kind::Bytes) => Cell::Text(number.to_string()),
            });
            backup::append(&mut tx, jobs, &[row.collect()])?;
        }
        let left = backup::leave_out(&mut tx, 60)?;
        assert_eq!((left.sessions, left.links, left.tokens, left.exports), (3, 3, 1, 1));
        let empty = ["session", "known_device", "invitation", "mail_confirmation", "token"];
        for (name, rows) in everything(&mut tx)? {
            assert!(!empty.contains(&name.as_str()) || rows.is_empty(), "{name}");
        }
        assert_eq!(backup::leave_out(&mut tx, 60)?, backup::LeftOut::default());
        tx.commit()
    })
    .unwrap();
}
