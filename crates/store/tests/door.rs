//! The door behaves the same on both engines.

use std::thread;

use dacheng_store::testing::on_both;
use dacheng_store::{Store, counter, migrate};

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
        migrate::check(&store)
    })
    .unwrap();
}
