//! API tokens: a part of one's own rights, for a while.

use dacheng_app::people::access::{Caller, of_token};
use dacheng_app::people::accounts::set_state;
use dacheng_app::people::own_password;
use dacheng_app::people::tokens::{New, create, list, revoke};
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{App, Context, Error, Result, audit};
use dacheng_domain::access::{Action, Object, Owner, Right, Role, Through};
use dacheng_store::accounts::State;
use dacheng_store::tokens::TokenId;
use jiff::SignedDuration;

use crate::company::*;

const READ_AND_ENTER: &[(Action, Right)] = &[(Action::Facts, Right::Read), (Action::Facts, Right::Create)];

fn operations(app: &App) -> Context {
    acting(app, "ops", Role::SalesOperations)
}

fn make(app: &App, context: &Context, rights: &[(Action, Right)]) -> Result<(TokenId, String)> {
    create(app, context, &organisation(), &New { name: "夜间同步", rights, until: context.today })
}

fn caller(app: &App, secret: &str) -> Option<Caller> {
    of_token(app, secret, &organisation()).unwrap()
}

#[test]
fn a_token_holds_a_part_of_its_owners_rights_and_never_decides() {
    on_both(|app| {
        let owner = operations(app);
        assert_refused(make(app, &owner, &[]), "令牌");
        assert_refused(make(app, &owner, &[(Action::PayFigures, Right::Read)]), "令牌");
        assert_refused(make(app, &owner, &[(Action::Facts, Right::Confirm)]), "令牌");
        let (_, secret) = make(app, &owner, READ_AND_ENTER).unwrap();
        assert!(secret.starts_with("dacheng_") && !format!("{:?}", trail(app)).contains(&secret));

        let organisation = organisation();
        let context = caller(app, &secret).unwrap().context(app);
        let may = |action, right| {
            let object = Object::on(Owner::Company, context.today);
            context.may(&organisation, action, right, &object).is_ok()
        };
        assert!(may(Action::Facts, Right::Read) && may(Action::Facts, Right::Create));
        assert!(!may(Action::Facts, Right::Update) && !may(Action::CompanyTargets, Right::Read));
        assert_eq!(context.access.deciding(&organisation).unwrap().through, Through::Token);
    });
}

#[test]
fn a_token_does_not_guard_its_owner() {
    on_both(|app| {
        let security = acting(app, "security", Role::SecurityAdmin);
        let rights = [(Action::AccountsOrg, Right::Create), (Action::AccountsOrg, Right::Read)];
        let (_, secret) = make(app, &security, &rights).unwrap();
        let context = caller(app, &secret).unwrap().context(app);
        assert_forbidden(make(app, &context, &rights), "令牌");
        let changed = own_password::change(app, &context, (PASSWORD, "correct horse"), &browser("192.0.2.1"));
        assert_forbidden(changed, "令牌");
        let lin = register(app, "lin", None);
        let post = dacheng_app::people::posts::New {
            account: lin,
            role: Role::Director,
            unit: None,
            starts: context.today,
            ends: None,
        };
        let granted = dacheng_app::people::posts::grant(app, &context, &organisation(), &post);
        assert_forbidden(granted, "令牌");
    });
}

#[test]
fn a_token_ends_by_itself_by_its_owner_and_with_its_owner() {
    on_both(|app| {
        let owner = operations(app);
        let too_long = New {
            name: "x",
            rights: READ_AND_ENTER,
            until: owner.today.checked_add(jiff::Span::new().days(367)).unwrap(),
        };
        assert_refused(create(app, &owner, &organisation(), &too_long), "366");
        let (first, secret) = make(app, &owner, READ_AND_ENTER).unwrap();
        assert!(caller(&later(app, SignedDuration::from_mins(12 * 60 - 1)), &secret).is_some(), "23:59");
        assert!(caller(&later(app, SignedDuration::from_hours(12)), &secret).is_none(), "24:00");

        revoke(app, &owner, first).unwrap();
        assert!(caller(app, &secret).is_none());
        assert!(matches!(revoke(app, &owner, first), Err(Error::Missing { .. })));
        let (_, secret) = make(app, &owner, READ_AND_ENTER).unwrap();
        assert_eq!(list(app, &owner).unwrap().len(), 1);
        let id = caller(app, &secret).unwrap().account.id;
        set_state(app, &operator(app), &organisation(), (id, 1), State::Suspended).unwrap();
        assert!(caller(app, &secret).is_none());
        assert!(caller(app, "").is_none());
    });
}

#[test]
fn the_audit_trail_names_the_token() {
    on_both(|app| {
        let (_, secret) = make(app, &operations(app), READ_AND_ENTER).unwrap();
        let context = caller(app, &secret).unwrap().context(app);
        let mut tx = app.store.write().unwrap();
        audit::record(app, &mut tx, &context, "fact.import", "orders", &serde_json::json!({})).unwrap();
        tx.commit().unwrap();
        assert_eq!(trail(app).last().unwrap().0, "ops (夜间同步)");
    });
}
