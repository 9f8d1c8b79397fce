//! Lists of accounts and searches of the audit trail answer alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_store::accounts::{self, AccountId};
use dacheng_store::audit::{self, Entry, Filter};
use dacheng_store::sessions::{self, Session};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};

fn add(tx: &mut Write, login: &str, name: &str) -> Result<AccountId> {
    let (language, theme) = ("zh-CN", "system");
    let new = accounts::New { login, name, member: None, language, theme, created_at: 1 };
    Ok(accounts::insert(tx, &new)?.unwrap())
}

#[test]
fn every_account_is_listed_and_whether_it_has_a_password() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(accounts::all(&mut tx)?, []);
        for login in ["b", "喆", "B"] {
            add(&mut tx, login, "赟")?;
        }
        let b = accounts::by_login(&mut tx, "b")?.unwrap();
        accounts::set_password(&mut tx, b.id, "")?;
        let all = accounts::all(&mut tx)?;
        let told: Vec<_> = all.iter().map(|own| (own.account.login.as_str(), own.has_password)).collect();
        assert_eq!(told, [("B", false), ("b", true), ("喆", false)]);
        assert_eq!(all[1].account, b);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_login_is_found_by_itself_or_by_the_name_shown() {
    on_both(|store| {
        let mut tx = store.write()?;
        for (login, name) in [("z", "杨喆"), ("y", "杨喆"), ("杨喆", "another"), ("x", "y")] {
            add(&mut tx, login, name)?;
        }
        assert_eq!(accounts::logins_of(&mut tx, "杨喆", 9)?, ["y", "z", "杨喆"]);
        assert_eq!(accounts::logins_of(&mut tx, "杨喆", 2)?, ["y", "z"]);
        assert_eq!(accounts::logins_of(&mut tx, "y", 9)?, ["x", "y"]);
        for nobody in ["杨", "%", "", "Y"] {
            assert_eq!(accounts::logins_of(&mut tx, nobody, 9)?, [""; 0]);
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_account_was_last_seen_in_its_newest_session() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(sessions::last_seen(&mut tx)?, []);
        let (yang, lin) = (add(&mut tx, "yang", "杨")?, add(&mut tx, "lin", "林")?);
        add(&mut tx, "never", "赟")?;
        for (hash, account, seen_at) in
            [("a", lin, -5), ("b", yang, 7), ("c", yang, i64::MAX), ("d", yang, 3)]
        {
            let session = Session {
                hash: hash.into(),
                account,
                address: "192.0.2.1".into(),
                device: "Firefox".into(),
                started_at: 1,
                password_at: 1,
                seen_at,
                idle_for: 1,
                expires_at: 9,
            };
            sessions::insert(&mut tx, &session)?;
        }
        assert_eq!(sessions::last_seen(&mut tx)?, [(yang, i64::MAX), (lin, -5)]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn entries_are_found_by_who_what_to_what_and_when() {
    on_both(|store| {
        let mut tx = store.write()?;
        let entries = [
            ("杨喆", "plan.create", "plan/镕"),
            ("杨喆 (夜间同步)", "plan.approve", "plan/镕"),
            ("杨喆2", "planning.see", "plan/镕2"),
            ("operator", "PLAN.create", "plan/%"),
            ("杨喆", "account.sign_in", "account/1"),
        ];
        for (leaf, (actor, act, object)) in (1..).zip(entries) {
            let entry = Entry {
                leaf,
                at: leaf * 10 - 30,
                actor: actor.into(),
                act: act.into(),
                object: object.into(),
                detail: None,
                salt: String::new(),
                commitment: "11".into(),
                leaf_hash: "22".into(),
            };
            audit::append(&mut tx, &entry)?;
        }
        let mut found = |filter: &Filter<'_>, below, limit| -> Result<Vec<i64>> {
            let entries = audit::search(&mut tx, filter, below, limit)?;
            Ok(entries.into_iter().map(|entry| entry.leaf).collect())
        };
        let every = Filter::default();
        assert_eq!(found(&every, None, 9)?, [5, 4, 3, 2, 1]);
        assert_eq!(found(&every, None, 2)?, [5, 4]);
        assert_eq!(found(&every, Some(4), 2)?, [3, 2]);
        assert_eq!(found(&every, Some(1), 2)?, [0; 0]);
        assert_eq!(found(&Filter { actor: Some("杨喆"), ..every }, None, 9)?, [5, 2, 1], "and by a token");
        assert_eq!(found(&Filter { actor: Some("杨"), ..every }, None, 9)?, [0; 0]);
        assert_eq!(found(&Filter { act: Some("plan."), ..every }, None, 9)?, [2, 1]);
        assert_eq!(found(&Filter { act: Some("plan"), ..every }, None, 9)?, [3, 2, 1]);
        assert_eq!(found(&Filter { act: Some("plan_%"), ..every }, None, 9)?, [0; 0], "no pattern");
        assert_eq!(found(&Filter { object: Some("plan/镕"), ..every }, None, 9)?, [2, 1]);
        assert_eq!(found(&Filter { object: Some("plan/%"), ..every }, None, 9)?, [4]);
        assert_eq!(found(&Filter { since: Some(-10), before: Some(10), ..every }, None, 9)?, [3, 2]);
        assert_eq!(found(&Filter { since: Some(10), before: Some(-10), ..every }, None, 9)?, [0; 0]);
        let one = Filter { actor: Some("杨喆"), act: Some("plan."), object: Some("plan/镕"), ..every };
        assert_eq!(found(&one, Some(2), 9)?, [1]);
        Ok(())
    })
    .unwrap();
}
