//! What of the first steps is done is found alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::access::Role;
use dacheng_store::accounts::{self, AccountId};
use dacheng_store::first_steps::Done::{BothAdministrators, MemberAccount, Orders, Plan, SalesOperations};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write, first_steps, imports, plans, posts};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 11, 23);

fn account(tx: &mut Write, login: &str, member: Option<&str>) -> Result<AccountId> {
    let (language, theme) = ("zh-CN", "system");
    let new = accounts::New { login, name: login, member, language, theme, created_at: 1 };
    Ok(accounts::insert(tx, &new)?.unwrap())
}

fn grant(tx: &mut Write, account: AccountId, role: Role, ends: Option<Date>) -> Result<posts::PostId> {
    posts::insert(tx, &posts::New { account, role, unit: None, starts: date(2026, 11, 1), ends })
}

#[test]
fn a_step_is_found_once_it_is_done() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(first_steps::found(&mut tx, DAY)?, []);
        let first = account(&mut tx, "first", None)?;
        grant(&mut tx, first, Role::SystemAdmin, None)?;
        let security = grant(&mut tx, first, Role::SecurityAdmin, None)?;
        assert_eq!(first_steps::found(&mut tx, DAY)?, [BothAdministrators]);
        assert_eq!(first_steps::found(&mut tx, date(2026, 10, 31))?, [], "not yet held");
        let second = account(&mut tx, "second", None)?;
        grant(&mut tx, second, Role::SecurityAdmin, None)?;
        grant(&mut tx, second, Role::SalesOperations, Some(DAY))?;
        assert!(posts::end(&mut tx, security, DAY)?);
        assert_eq!(first_steps::found(&mut tx, DAY)?, [], "two persons; the post has ended");
        grant(&mut tx, second, Role::SalesOperations, None)?;
        assert_eq!(first_steps::found(&mut tx, DAY)?, [SalesOperations]);
        account(&mut tx, "third", Some("HC0417"))?;
        let id = imports::begin(&mut tx, "orders", "file", None, "ops", 5, 9)?;
        assert_eq!(first_steps::found(&mut tx, DAY)?, [MemberAccount, SalesOperations]);
        assert!(imports::commit(&mut tx, id, 1, None, "", 7)?);
        let plan = |code: &str, state: &str| plans::Plan {
            id: 0,
            code: code.into(),
            name: code.into(),
            year: 2026,
            state: state.into(),
            basis: "{}".into(),
            reason: None,
            created_at: 1,
            actor: "ops".into(),
            version: 1,
        };
        plans::insert(&mut tx, &plan("draft", "draft"))?;
        assert_eq!(first_steps::found(&mut tx, DAY)?, [MemberAccount, Orders, SalesOperations]);
        plans::insert(&mut tx, &plan("old", "archived"))?;
        assert_eq!(first_steps::found(&mut tx, DAY)?, [MemberAccount, Orders, Plan, SalesOperations]);
        tx.commit()
    })
    .unwrap();
}
