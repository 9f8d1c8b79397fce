//! Backups go from either engine into either engine, whole or not at all.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::thread;

use dacheng_app::backup::{Manifest, Target, check, restore, save};
use dacheng_app::facts::verify::differing_blocks;
use dacheng_app::figures::attainment::table;
use dacheng_app::figures::{Ask, Dimension, read_period};
use dacheng_app::people::access::{of_session, of_token};
use dacheng_app::people::sign_in::{Browser, sign_in};
use dacheng_app::people::{one_time_links, tokens};
use dacheng_app::testing::{company, on_both, operator, program};
use dacheng_app::{Actor, App, Error, audit};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::calendar::FiscalStart;
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use dacheng_store::testing::on_new;
use dacheng_store::{Store, accounts, counter, imports, migrate, uploads};
use dacheng_text::Lang;
use serde_json::json;

fn attainment(app: &App) -> String {
    let period = read_period("2026", FiscalStart::default()).unwrap();
    let by = vec![Dimension::Member, Dimension::Month];
    let ask = Ask { metric: Metric::Revenue, period, by, owner: Owner::Company, as_of: None };
    table(app, &operator(app), ask).unwrap().json("then").to_string()
}

fn is_whole(app: &App) -> bool {
    let mut tx = app.store.read().unwrap();
    differing_blocks(&mut tx).unwrap().is_empty() && audit::first_damaged(&mut tx).unwrap().is_none()
}

/// What is in the tables, by a second backup.
fn tables(app: &App) -> Manifest {
    let folder = tempfile::tempdir().unwrap();
    save(app, &folder.path().join("again")).unwrap()
}

fn refusal<T: std::fmt::Debug>(outcome: dacheng_app::Result<T>) -> String {
    match outcome {
        Err(Error::Refused(told)) => told.join("\n"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_backup_of_either_engine_restores_into_either() {
    on_both(|app| {
        company::make(app);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("company.backup");
        let saved = save(app, &path).unwrap();
        assert!(saved.audit.leaf > 0 && saved.tables.iter().any(|part| part.rows > 100));
        on_new(|address| {
            let restored = program(Store::open(address)?);
            assert_eq!(restore(&restored.store, &path, Target::Empty).unwrap().manifest, saved);
            let again = tables(&restored);
            assert_eq!((again.tables, again.audit), (saved.tables.clone(), saved.audit.clone()));
            assert_eq!(attainment(&restored), attainment(app));
            assert!(is_whole(&restored));
            migrate::check(&restored.store)
        })
        .unwrap();
    });
}

#[test]
fn a_damaged_byte_is_refused_by_name() {
    on_both(|app| {
        company::make(app);
        let folder = tempfile::tempdir().unwrap();
        let (path, damaged) = (folder.path().join("whole"), folder.path().join("damaged"));
        save(app, &path).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        for place in (0..bytes.len()).step_by(bytes.len() / 97).chain(bytes.len() - 100..bytes.len()) {
            let mut changed = bytes.clone();
            changed[place] ^= 0x20;
            std::fs::write(&damaged, &changed).unwrap();
            let told = refusal(check(&damaged));
            assert!(told.contains("damaged"), "byte {place}: {told}");
        }
        let inside = |name: &str| {
            let name = format!("tables/{name}.jsonl");
            bytes.windows(name.len()).position(|window| window == name.as_bytes()).unwrap() + name.len() + 40
        };
        let mut changed = bytes.clone();
        changed[inside("audit")] ^= 1;
        std::fs::write(&damaged, &changed).unwrap();
        assert!(
            refusal(restore(&app.store, &damaged, Target::Replaced))
                .contains("tables/audit.jsonl is damaged")
        );
        for length in [0, 10, bytes.len() / 2, bytes.len() - 1] {
            std::fs::write(&damaged, &bytes[..length]).unwrap();
            refusal(check(&damaged));
        }
        assert!(is_whole(app));
    });
}

#[test]
fn a_backup_under_twenty_writers_is_of_one_moment() {
    on_both(|app| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("busy");
        let saved = thread::scope(|scope| {
            let writers: Vec<_> = (0..20)
                .map(|writer| {
                    scope.spawn(move || {
                        for number in 0..15 {
                            let mut tx = app.store.write().unwrap();
                            counter::next(&mut tx, "written").unwrap();
                            let (act, object) = ("test.write", format!("test/{writer}"));
                            audit::record(
                                app,
                                &mut tx,
                                &operator(app),
                                act,
                                &object,
                                &json!({ "n": number }),
                            )
                            .unwrap();
                            tx.commit().unwrap();
                        }
                    })
                })
                .collect();
            while counter::last(&mut app.store.read().unwrap(), "written").unwrap() == 0 {
                thread::yield_now();
            }
            let saved = save(app, &path).unwrap();
            for writer in writers {
                writer.join().unwrap();
            }
            saved
        });
        assert!(saved.audit.leaf >= 1);
        on_new(|address| {
            let restored = program(Store::open(address)?);
            restore(&restored.store, &path, Target::Empty).unwrap();
            let mut tx = restored.store.read()?;
            assert_eq!(audit::first_damaged(&mut tx).unwrap(), None);
            assert_eq!(counter::last(&mut tx, "written")?, saved.audit.leaf);
            assert_eq!(counter::last(&mut tx, "audit")?, saved.audit.leaf);
            Ok(())
        })
        .unwrap();
        assert_eq!(counter::last(&mut app.store.read().unwrap(), "written").unwrap(), 300);
    });
}

#[test]
fn a_database_that_holds_something_is_replaced_only_by_the_word() {
    on_both(|app| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty");
        let empty = save(app, &path).unwrap();
        company::make(app);
        let before = tables(app);
        assert!(refusal(restore(&app.store, &path, Target::Empty)).contains("not empty"));
        assert_eq!(tables(app).tables, before.tables);
        restore(&app.store, &path, Target::Replaced).unwrap();
        assert_eq!(tables(app).tables, empty.tables);
    });
}

#[test]
fn a_backup_of_an_older_program_is_migrated() {
    on_new(|address| {
        for older in 1..migrate::known() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("older");
            let app = program(Store::open(address)?);
            let mut tx = app.store.write()?;
            dacheng_store::backup::clear(&mut tx)?;
            migrate::within(&mut tx, older)?;
            counter::next(&mut tx, "kept")?;
            tx.commit()?;
            assert_eq!(save(&app, &path).unwrap().migration, older);
            restore(&app.store, &path, Target::Replaced).unwrap();
            migrate::check(&app.store)?;
            assert_eq!(counter::last(&mut app.store.read()?, "kept")?, 1);
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_file_that_is_there_is_not_overwritten_and_nothing_else_is_left() {
    on_both(|app| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        std::fs::write(&path, "mine").unwrap();
        assert!(refusal(save(app, &path)).contains("not overwritten"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(save(app, &folder.path().join("no/such/folder")).is_err());
    });
}

#[test]
fn a_backup_is_read_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    on_both(|app| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine");
        save(app, &path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
    });
}

#[test]
fn what_would_come_back_to_life_is_left_out_and_told() {
    on_both(|app| {
        company::make(app);
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let browser = Browser { address: [127, 0, 0, 1].into(), name: "test", device: None, session: None };
        let visitor = app.context(Actor::Visitor, Lang::Zh);
        let login =
            |app: &App| sign_in(app, &visitor, &ground.organisation, ("t1", company::PASSWORD), &browser);
        let begun = login(app).unwrap();
        let signed = of_session(app, &begun.session, &ground.organisation).unwrap().unwrap();
        let context = signed.caller.context(app);
        let new =
            tokens::New { name: "sync", rights: &[(Action::Alerts, Right::Read)], until: context.today };
        let (_, secret) = tokens::create(app, &context, &ground.organisation, &new).unwrap();
        let account = accounts::by_login(&mut app.store.read().unwrap(), "s1").unwrap().unwrap().id;
        one_time_links::invite(app, &operator(app), &ground.organisation, account).unwrap();
        // An upload that waits to be confirmed, and one that is being written.
        let waiting = receive_both(app);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alive");
        save(app, &path).unwrap();
        on_new(|address| {
            let restored = program(Store::open(address)?);
            let told = restore(&restored.store, &path, Target::Empty).unwrap();
            let left = told.left_out;
            assert_eq!((left.sessions, left.links, left.tokens), (1, 1, 1));
            assert_eq!(told.imports, waiting.len());
            let ground = restored.memory.ground(&mut restored.store.read()?).unwrap();
            assert!(of_session(&restored, &begun.session, &ground.organisation).unwrap().is_none());
            assert!(of_token(&restored, &secret, &ground.organisation).unwrap().is_none());
            for import in &waiting {
                let import = imports::by_id(&mut restored.store.read()?, *import)?.unwrap();
                assert_eq!((import.state, import.upload), (imports::State::Discarded, None));
            }
            assert!(login(&restored).is_ok(), "people sign in as before");
            assert!(is_whole(&restored));
            Ok(())
        })
        .unwrap();
    });
}

/// Two imports that came by a page: one is checked, one is being written.
fn receive_both(app: &App) -> Vec<i64> {
    let mut tx = app.store.write().unwrap();
    let mut upload = |state, upload| {
        let new = uploads::Upload {
            kind: "orders",
            state,
            source: "orders.csv",
            sha256: "",
            mapping: None,
            actor: "o1",
            now: 0,
            bytes: 1,
            upload,
            request: None,
        };
        uploads::receive(&mut tx, &new).unwrap().unwrap()
    };
    let both = vec![upload(imports::State::Checked, "a"), upload(imports::State::Writing, "b")];
    tx.commit().unwrap();
    both
}
