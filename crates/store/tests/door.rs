//! The door behaves the same on both engines.

use std::thread;

use dacheng_store::testing::on_both;
use dacheng_store::{Error, Store, counter, migrate};

#[test]
fn a_number_is_given_out_once_however_many_ask() {
    on_both(|store| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let store: Store = store.clone();
                thread::spawn(move || {
                    for _ in 0..10 {
                        let mut tx = store.write().unwrap();
                        counter::next(&mut tx, "row").unwrap();
                        tx.commit().unwrap();
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(counter::last(&mut store.read()?, "row")?, 80);
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_is_not_committed_is_undone() {
    on_both(|store| {
        let mut tx = store.write()?;
        counter::next(&mut tx, "row")?;
        drop(tx);
        assert_eq!(counter::last(&mut store.read()?, "row")?, 0);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_read_sees_one_moment() {
    on_both(|store| {
        let mut before = store.read()?;
        assert_eq!(counter::last(&mut before, "row")?, 0);
        let mut tx = store.write()?;
        counter::next(&mut tx, "row")?;
        tx.commit()?;
        assert_eq!(counter::last(&mut before, "row")?, 0);
        drop(before);
        assert_eq!(counter::last(&mut store.read()?, "row")?, 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn migrating_again_does_nothing() {
    on_both(|store| {
        assert_eq!(migrate::run(&store)?, 0);
        assert!(migrate::known() > 0);
        migrate::check(&store)
    })
    .unwrap();
}

#[test]
fn an_address_says_which_database_or_is_refused() {
    for wrong in ["", "store.db", "mysql://host/name", "SQLITE:store.db", "postgres:/host"] {
        let refused = Store::open(wrong).err().unwrap();
        assert!(matches!(&refused, Error::Address(address) if address == wrong), "{wrong}: {refused}");
    }
}

#[test]
fn a_command_that_only_reads_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("absent.db");
    let address = format!("sqlite:{}", path.display());
    assert!(matches!(Store::open_existing(&address), Err(Error::Missing(at)) if at == address));
    assert!(!path.exists());
    Store::open(&address).unwrap();
    assert!(path.exists());
    assert!(Store::open_existing(&address).is_ok());
}

#[test]
fn a_connection_in_use_is_not_idle() {
    on_both(|store| {
        let idle = |store: &Store| store.pools().iter().map(|pool| pool.idle).sum::<u32>();
        let used = |store: &Store| store.pools().iter().map(|pool| pool.open - pool.idle).sum::<u32>();
        let _read = store.read()?;
        assert_eq!(used(&store), 1);
        assert!(store.pools().iter().all(|pool| pool.idle <= pool.open && pool.open <= pool.most));
        let _write = store.write()?;
        assert_eq!(used(&store), 2, "{}", idle(&store));
        Ok(())
    })
    .unwrap();
}
