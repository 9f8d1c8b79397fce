//! Who stands in for whom: on which days, until it ends or is ended, and only for accounts that may sign in.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::people::Span;
use dacheng_store::accounts::{self, Account, AccountId};
use dacheng_store::delegations::{self, Delegation};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};
use jiff::civil::date;

fn account(tx: &mut Write, login: &str) -> Result<AccountId> {
    let (member, language, theme) = (Some(login), "zh-CN", "system");
    let new = accounts::New { login, name: "喆", member, language, theme, created_at: 1 };
    Ok(accounts::insert(tx, &new)?.unwrap())
}

#[test]
fn a_delegation_is_there_on_its_days_and_ends_by_itself_or_by_its_giver() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (giver, taker) = (account(&mut tx, "g")?, account(&mut tx, "t")?);
        let (first, end) = (date(2026, 11, 30), date(2026, 12, 5));
        delegations::lock(&mut tx)?;
        let id = delegations::insert(&mut tx, (giver, taker), (first, end), 7)?;
        let lent = |tx: &mut Write, on| -> Result<Vec<Delegation>> { delegations::lent_to(tx, taker, on) };
        assert_eq!(lent(&mut tx, date(2026, 11, 29))?, []);
        let found = lent(&mut tx, first)?.remove(0);
        assert_eq!((found.id, found.giver.account, found.taker.account), (id, giver, taker));
        assert_eq!((found.giver.login.as_str(), found.giver.name.as_str()), ("g", "喆"));
        assert_eq!((found.giver.member.as_deref(), found.taker.member.as_deref()), (Some("g"), Some("t")));
        assert_eq!(found.span(), Span::new(Some(first), Some(end)));
        assert_eq!(lent(&mut tx, date(2026, 12, 4))?.len(), 1);
        assert_eq!(lent(&mut tx, end)?, []);
        assert_eq!(delegations::lent_to(&mut tx, giver, first)?, [], "not the other way round");
        for own in [giver, taker] {
            assert_eq!(delegations::of_account(&mut tx, own, first)?.len(), 1);
        }
        assert!(!delegations::end(&mut tx, id, taker, date(2026, 12, 2))?, "the giver's to end");
        assert!(delegations::end(&mut tx, id, giver, date(2026, 12, 2))?);
        assert!(!delegations::end(&mut tx, id, giver, date(2026, 12, 3))?, "never longer");
        assert_eq!(lent(&mut tx, date(2026, 12, 2))?, []);
        assert_eq!(lent(&mut tx, date(2026, 12, 1))?.len(), 1);
        let own = accounts::by_id(&mut tx, giver)?.unwrap();
        assert!(accounts::update(&mut tx, &Account { state: accounts::State::Suspended, ..own })?);
        assert_eq!(lent(&mut tx, date(2026, 12, 1))?, [], "a suspended account lends nothing");
        assert_eq!(delegations::of_account(&mut tx, giver, date(2026, 12, 2))?, []);
        tx.commit()
    })
    .unwrap();
}
