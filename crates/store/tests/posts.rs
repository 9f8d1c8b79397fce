//! Posts are kept alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::access::Role;
use dacheng_store::accounts::{self, AccountId};
use dacheng_store::posts::{New, PostId, by_id, end, held_since, insert, lock, of_account};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};
use jiff::civil::date;

fn account(tx: &mut Write, login: &str) -> Result<AccountId> {
    let (language, theme) = ("zh-CN", "system");
    let new = accounts::New { login, name: login, member: None, language, theme, created_at: 1 };
    Ok(accounts::insert(tx, &new)?.unwrap())
}

#[test]
fn a_post_is_held_from_its_first_day_to_the_day_before_it_ends() {
    on_both(|store| {
        let mut tx = store.write()?;
        let yang = account(&mut tx, "yang")?;
        lock(&mut tx)?;
        let starts = date(2026, 11, 1);
        let new = New { account: yang, role: Role::TeamLeader, unit: Some("HN-1"), starts, ends: None };
        let id = insert(&mut tx, &new)?;
        let post = by_id(&mut tx, id)?.unwrap();
        assert_eq!((post.account, post.role, post.unit.as_deref()), (yang, Role::TeamLeader, Some("HN-1")));
        assert!(!post.is_held(date(2026, 10, 31)) && post.is_held(starts));

        assert!(end(&mut tx, id, date(2026, 11, 23))?);
        assert!(!end(&mut tx, id, date(2026, 11, 23))?, "it ends then already");
        assert!(!end(&mut tx, PostId(99), date(2026, 11, 23))?);
        let post = by_id(&mut tx, id)?.unwrap();
        assert!(post.is_held(date(2026, 11, 22)) && !post.is_held(date(2026, 11, 23)));
        assert_eq!(of_account(&mut tx, yang)?, [post]);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn posts_that_ended_are_left_out_of_those_held() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (yang, lin) = (account(&mut tx, "yang")?, account(&mut tx, "lin")?);
        let starts = date(2026, 1, 1);
        let post = |account, ends| New { account, role: Role::Specialist, unit: None, starts, ends };
        let open = insert(&mut tx, &post(yang, None))?;
        insert(&mut tx, &post(yang, Some(date(2026, 11, 23))))?;
        let later = insert(&mut tx, &post(lin, Some(date(2026, 11, 24))))?;
        let held: Vec<_> = held_since(&mut tx, date(2026, 11, 23))?.into_iter().map(|post| post.id).collect();
        assert_eq!(held, [open, later]);
        assert_eq!(of_account(&mut tx, yang)?.len(), 2);
        tx.commit()
    })
    .unwrap();
}
