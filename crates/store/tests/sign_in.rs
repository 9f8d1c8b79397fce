//! Sessions, known devices, one-time links, failures and tokens are kept alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::thread;

use dacheng_store::accounts::{self, AccountId};
use dacheng_store::guesses::{self, Failures};
use dacheng_store::invitations::{self, Invitation};
use dacheng_store::sessions::{self, Session};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Store, tokens};

fn account(store: &Store, login: &str) -> Result<AccountId> {
    let mut tx = store.write()?;
    let (language, theme) = ("zh-CN", "system");
    let new = accounts::New { login, name: login, member: None, language, theme, created_at: 1 };
    let id = accounts::insert(&mut tx, &new)?.unwrap();
    tx.commit()?;
    Ok(id)
}

fn session(account: AccountId, hash: &str, started_at: i64) -> Session {
    Session {
        hash: hash.into(),
        account,
        address: "192.0.2.1".into(),
        device: "Firefox".into(),
        started_at,
        password_at: started_at,
        seen_at: started_at,
        idle_for: 10,
        expires_at: started_at + 100,
    }
}

#[test]
fn a_session_is_found_with_its_account_until_it_ends() {
    on_both(|store| {
        let (yang, lin) = (account(&store, "yang")?, account(&store, "lin")?);
        let mut tx = store.write()?;
        for (id, hash, at) in [(yang, "a", 1), (yang, "b", 2), (lin, "c", 3)] {
            sessions::insert(&mut tx, &session(id, hash, at))?;
        }
        let (found, owner) = sessions::by_hash(&mut tx, "b")?.unwrap();
        assert_eq!((found, owner.login.as_str()), (session(yang, "b", 2), "yang"));
        sessions::touch(&mut tx, "b", 9)?;
        sessions::touch(&mut tx, "b", 5)?;
        assert_eq!(sessions::by_hash(&mut tx, "b")?.unwrap().0.seen_at, 9);
        assert!(!sessions::give_password(&mut tx, lin, "b", 8)?, "another's session");
        assert!(sessions::give_password(&mut tx, yang, "b", 8)?);
        let given = sessions::by_hash(&mut tx, "b")?.unwrap().0;
        assert_eq!((given.password_at, given.seen_at), (8, 9));
        assert_eq!(
            sessions::by_hash(&mut tx, "a")?.unwrap().0.password_at,
            1,
            "another session of the account"
        );
        let hashes: Vec<_> = sessions::of_account(&mut tx, yang)?.into_iter().map(|row| row.hash).collect();
        assert_eq!(hashes, ["b", "a"]);
        assert!(!sessions::delete(&mut tx, lin, "a")?, "another's session");
        assert!(sessions::delete(&mut tx, yang, "a")?);
        assert_eq!(sessions::delete_all(&mut tx, yang)?, 1);
        assert_eq!(sessions::by_hash(&mut tx, "b")?, None);
        assert!(!sessions::give_password(&mut tx, yang, "b", 9)?, "it has ended");
        sessions::forget(&mut tx, 102, 0)?;
        assert!(sessions::by_hash(&mut tx, "c")?.is_some());
        sessions::forget(&mut tx, 103, 0)?;
        assert_eq!(sessions::by_hash(&mut tx, "c")?, None);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_device_is_known_for_the_accounts_that_used_it_lately() {
    on_both(|store| {
        let (yang, lin) = (account(&store, "yang")?, account(&store, "lin")?);
        let mut tx = store.write()?;
        sessions::know_device(&mut tx, "d", yang, 5)?;
        sessions::know_device(&mut tx, "d", yang, 8)?;
        assert!(sessions::knows_device(&mut tx, "d", yang, 8)?);
        assert!(!sessions::knows_device(&mut tx, "d", yang, 9)?);
        assert!(!sessions::knows_device(&mut tx, "d", lin, 0)?);
        sessions::forget(&mut tx, 0, 8)?;
        assert!(sessions::knows_device(&mut tx, "d", yang, 0)?);
        sessions::forget_devices(&mut tx, yang)?;
        assert!(!sessions::knows_device(&mut tx, "d", yang, 0)?);
        tx.commit()
    })
    .unwrap();
}

fn invite(store: &Store, hash: &str, account: Option<AccountId>, created_at: i64) -> Result<Invitation> {
    let new = Invitation { hash: hash.into(), account, created_at, expires_at: created_at + 10 };
    let mut tx = store.write()?;
    invitations::insert(&mut tx, &new)?;
    tx.commit()?;
    Ok(new)
}

#[test]
fn a_one_time_link_expires_and_the_newest_one_counts() {
    on_both(|store| {
        let yang = account(&store, "yang")?;
        invite(&store, "old", Some(yang), 1)?;
        let new = invite(&store, "new", Some(yang), 2)?;
        let first = invite(&store, "first", None, 3)?;
        let mut tx = store.write()?;
        assert_eq!(invitations::by_hash(&mut tx, "old", 2)?, None);
        assert_eq!(invitations::by_hash(&mut tx, "new", 11)?, Some(new));
        assert_eq!(invitations::by_hash(&mut tx, "new", 12)?, None);
        assert!(!invitations::take(&mut tx, "new", 12)?);
        invitations::withdraw(&mut tx, Some(yang))?;
        assert_eq!(invitations::by_hash(&mut tx, "new", 3)?, None);
        assert_eq!(invitations::by_hash(&mut tx, "first", 3)?.as_ref(), Some(&first));
        invitations::withdraw(&mut tx, None)?;
        assert_eq!(invitations::by_hash(&mut tx, "first", 3)?, None);
        invitations::insert(&mut tx, &first)?;
        invitations::forget(&mut tx, 12)?;
        assert_eq!(invitations::by_hash(&mut tx, "first", 3)?.as_ref(), Some(&first));
        invitations::forget(&mut tx, 13)?;
        assert_eq!(invitations::by_hash(&mut tx, "first", 3)?, None);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_one_time_link_is_taken_once_however_many_try() {
    on_both(|store| {
        invite(&store, "only", None, 1)?;
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                thread::spawn(move || {
                    let mut tx = store.write().unwrap();
                    let taken = invitations::take(&mut tx, "only", 2).unwrap();
                    tx.commit().unwrap();
                    taken
                })
            })
            .collect();
        let taken = threads.into_iter().map(|thread| thread.join().unwrap()).filter(|taken| *taken);
        assert_eq!(taken.count(), 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn no_failure_is_lost_however_many_fail_at_once() {
    on_both(|store| {
        let threads: Vec<_> = (0..8)
            .map(|at| {
                let store = store.clone();
                thread::spawn(move || {
                    let mut tx = store.write().unwrap();
                    let Failures { count, .. } = guesses::lock(&mut tx, "yang").unwrap();
                    guesses::set(&mut tx, "yang", Failures { count: count + 1, last_at: at }).unwrap();
                    tx.commit().unwrap();
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        let mut tx = store.write()?;
        assert_eq!(guesses::lock(&mut tx, "yang")?.count, 8);
        guesses::take_back(&mut tx, "yang")?;
        assert_eq!(guesses::lock(&mut tx, "yang")?.count, 7);
        guesses::set(&mut tx, "yang", Failures { count: 0, last_at: 20 })?;
        guesses::take_back(&mut tx, "yang")?;
        guesses::forget(&mut tx, 20)?;
        assert_eq!(guesses::lock(&mut tx, "yang")?, Failures { count: 0, last_at: 20 });
        guesses::forget(&mut tx, 21)?;
        guesses::clear(&mut tx, "never seen")?;
        assert_eq!(guesses::lock(&mut tx, "yang")?, Failures { count: 0, last_at: 0 });
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_token_is_found_with_its_account_until_it_is_deleted() {
    on_both(|store| {
        let (yang, lin) = (account(&store, "yang")?, account(&store, "lin")?);
        let mut tx = store.write()?;
        let new = |account, hash| tokens::New {
            hash,
            account,
            name: "夜间同步",
            scopes: "facts.read",
            created_at: 1,
            expires_at: 9,
        };
        let first = tokens::insert(&mut tx, &new(yang, "a"))?;
        let second = tokens::insert(&mut tx, &new(yang, "b"))?;
        tokens::insert(&mut tx, &new(lin, "c"))?;
        let (token, owner) = tokens::by_hash(&mut tx, "a")?.unwrap();
        assert_eq!((token.id, token.name.as_str(), owner.login.as_str()), (first, "夜间同步", "yang"));
        assert_eq!((token.scopes.as_str(), token.created_at, token.expires_at), ("facts.read", 1, 9));
        let ids: Vec<_> = tokens::of_account(&mut tx, yang)?.into_iter().map(|token| token.id).collect();
        assert_eq!(ids, [second, first]);
        assert!(!tokens::delete(&mut tx, lin, first)?, "another's token");
        assert!(tokens::delete(&mut tx, yang, first)?);
        assert!(tokens::by_hash(&mut tx, "a")?.is_none());
        assert!(!tokens::delete(&mut tx, yang, first)?, "it is gone");
        assert!(tokens::by_hash(&mut tx, "b")?.is_some());
        assert!(tokens::by_hash(&mut tx, "c")?.is_some());
        tx.commit()
    })
    .unwrap();
}

#[test]
fn an_account_was_last_seen_in_its_newest_use() {
    on_both(|store| {
        let (yang, lin) = (account(&store, "yang")?, account(&store, "lin")?);
        account(&store, "chen")?;
        let mut tx = store.write()?;
        for (id, hash, at) in [(yang, "a", 1), (yang, "b", 7), (lin, "c", 3)] {
            sessions::insert(&mut tx, &session(id, hash, at))?;
        }
        tx.commit()?;
        assert_eq!(sessions::last_seen(&mut store.read()?)?, [(yang, 7), (lin, 3)]);
        Ok(())
    })
    .unwrap();
}
