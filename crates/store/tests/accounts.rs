//! Accounts are kept alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_store::accounts::{
    AccountId, New, State, all, by_id, by_login, insert, lock, logins_of, of_member, page, password,
    set_password, update,
};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Store};

fn new(login: &str) -> New<'_> {
    New { login, name: "杨喆", member: Some("001234"), language: "zh-CN", theme: "system", created_at: 7 }
}

fn add(store: &Store, login: &str) -> Result<AccountId> {
    let mut tx = store.write()?;
    let id = insert(&mut tx, &new(login))?.unwrap();
    tx.commit()?;
    Ok(id)
}

#[test]
fn an_account_is_read_as_written() {
    on_both(|store| {
        let id = add(&store, "yang")?;
        let mut tx = store.read()?;
        let account = by_id(&mut tx, id)?.unwrap();
        assert_eq!((account.login.as_str(), account.name.as_str()), ("yang", "杨喆"));
        assert_eq!(
            (account.member.as_deref(), account.state, account.version),
            (Some("001234"), State::Active, 1)
        );
        assert_eq!((account.language.as_str(), account.theme.as_str()), ("zh-CN", "system"));
        assert_eq!(by_login(&mut tx, "yang")?.as_ref(), Some(&account));
        assert_eq!(of_member(&mut tx, "001234")?, [account]);
        assert_eq!(by_login(&mut tx, "Yang")?, None);
        assert_eq!(of_member(&mut tx, "1234")?, []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_log_in_name_is_given_once() {
    on_both(|store| {
        add(&store, "yang")?;
        let mut tx = store.write()?;
        assert_eq!(insert(&mut tx, &new("yang"))?, None);
        assert!(insert(&mut tx, &new("yang2"))?.is_some(), "the transaction goes on");
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_stale_version_changes_nothing() {
    on_both(|store| {
        let id = add(&store, "yang")?;
        let mut tx = store.write()?;
        let mut seen = by_id(&mut tx, id)?.unwrap();
        seen.state = State::Suspended;
        seen.member = None;
        assert!(update(&mut tx, &seen)?);
        seen.name = "later".into();
        assert!(!update(&mut tx, &seen)?);
        let now = by_id(&mut tx, id)?.unwrap();
        assert_eq!((now.state, now.member, now.version), (State::Suspended, None, 2));
        assert_eq!(now.name, "杨喆");
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_password_is_kept_beside_the_account() {
    on_both(|store| {
        let id = add(&store, "yang")?;
        let mut tx = store.write()?;
        lock(&mut tx, id)?;
        assert_eq!(password(&mut tx, id)?, None);
        set_password(&mut tx, id, "$argon2id$1")?;
        assert_eq!(password(&mut tx, id)?.as_deref(), Some("$argon2id$1"));
        assert_eq!(password(&mut tx, AccountId(99))?, None);
        assert_eq!(by_id(&mut tx, id)?.unwrap().version, 1);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn pages_of_the_list_follow_one_another() {
    on_both(|store| {
        for login in ["chen", "an", "bai"] {
            add(&store, login)?;
        }
        let mut tx = store.read()?;
        let logins = |accounts: Vec<dacheng_store::accounts::Account>| -> Vec<String> {
            accounts.into_iter().map(|account| account.login).collect()
        };
        assert_eq!(logins(page(&mut tx, "", 2)?), ["an", "bai"]);
        assert_eq!(logins(page(&mut tx, "bai", 2)?), ["chen"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn everybody_is_listed_with_whether_they_have_a_password() {
    on_both(|store| {
        let (yang, lin) = (add(&store, "yang")?, add(&store, "lin")?);
        let mut tx = store.write()?;
        set_password(&mut tx, yang, "hash")?;
        tx.commit()?;
        let mut tx = store.read()?;
        let known: Vec<_> =
            all(&mut tx)?.into_iter().map(|known| (known.account.id, known.has_password)).collect();
        assert_eq!(known, [(lin, false), (yang, true)]);
        assert_eq!(logins_of(&mut tx, "yang", 9)?, ["yang"]);
        assert_eq!(logins_of(&mut tx, "杨喆", 9)?, ["lin", "yang"]);
        assert_eq!(logins_of(&mut tx, "杨喆", 1)?, ["lin"]);
        assert_eq!(logins_of(&mut tx, "杨", 9)?, Vec::<String>::new());
        Ok(())
    })
    .unwrap();
}
