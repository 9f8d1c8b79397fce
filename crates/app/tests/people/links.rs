//! The first administrator, and how the others get their passwords.

use std::thread;

use dacheng_app::people::one_time_links::{
    self, Purpose, become_administrator, invite, invite_administrator, look, set_password,
};
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{App, Error};
use dacheng_domain::access::{AccountId, Role};
use jiff::SignedDuration;

use crate::company::*;

#[test]
fn a_new_company_has_no_account() {
    on_both(|app| {
        let everybody = dacheng_store::accounts::page(&mut app.store.read().unwrap(), "", 10).unwrap();
        assert_eq!(everybody, []);
        for login in ["admin", "root", "operator", "system", ""] {
            let answer = try_to_sign_in(app, login, "", &browser("192.0.2.1"));
            assert!(matches!(answer, Err(Error::NotSignedIn)), "{login}: {answer:?}");
        }
    });
}

#[test]
fn the_first_administrator_comes_by_a_link_that_one_person_uses_once() {
    on_both(|app| {
        let link = invite_administrator(app, &operator(app)).unwrap();
        assert_eq!(look(app, &visitor(app), &link.secret).unwrap(), Purpose::Administrator);
        let threads: Vec<_> = ["yang", "lin", "chen"]
            .map(|login| {
                let (app, secret): (App, _) = (app.clone(), link.secret.clone());
                thread::spawn(move || {
                    become_administrator(&app, &visitor(&app), &secret, (login, "杨喆", PASSWORD))
                })
            })
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect();
        let (won, lost): (Vec<_>, Vec<_>) = threads.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 2));
        for answer in lost {
            assert_refused(answer, "was used");
        }
        assert_refused(look(app, &visitor(app), &link.secret), "was used");

        let id = won.into_iter().next().unwrap().unwrap();
        let session = sign_in(app, &account(app, id).login).session;
        let caller = signed_in(app, &session).unwrap().caller;
        assert_eq!(caller.access.roles().collect::<Vec<_>>(), [Role::SystemAdmin, Role::SecurityAdmin]);
        assert_eq!(recorded(app, "account.create"), 1);
        assert_eq!(recorded(app, "post.grant"), 2);
    });
}

#[test]
fn a_link_works_for_a_day_and_only_the_newest() {
    on_both(|app| {
        let id = register(app, "yang", None);
        let old = invite(app, &operator(app), &organisation(), id).unwrap();
        let new = invite(app, &operator(app), &organisation(), id).unwrap();
        assert_refused(look(app, &visitor(app), &old.secret), "not valid");
        assert!(
            matches!(look(app, &visitor(app), &new.secret), Ok(Purpose::Password(found)) if found.id == id)
        );
        let next_day = later(app, SignedDuration::from_hours(24));
        let answer = set_password(&next_day, &visitor(&next_day), &new.secret, PASSWORD);
        assert_refused(answer, "expired");

        let first = invite_administrator(app, &operator(app)).unwrap();
        let second = invite_administrator(app, &operator(app)).unwrap();
        assert_refused(look(app, &visitor(app), &first.secret), "not valid");
        let answer = set_password(app, &visitor(app), &second.secret, PASSWORD);
        assert_refused(answer, "not valid");
    });
}

#[test]
fn a_refused_password_leaves_the_link_usable() {
    on_both(|app| {
        let link = invite_administrator(app, &operator(app)).unwrap();
        let with = |login, password| {
            become_administrator(app, &visitor(app), &link.secret, (login, "杨喆", password))
        };
        assert_refused(with("yang", "password123"), "too common");
        assert_refused(with("yang zhe", PASSWORD), "no spaces");
        register(app, "lin", None);
        assert_refused(with("Lin", PASSWORD), "taken");
        assert!(with("yang", PASSWORD).is_ok());
    });
}

#[test]
fn only_the_operator_invites_administrators() {
    on_both(|app| {
        let admin = acting(app, "admin", Role::SystemAdmin);
        assert_forbidden(invite_administrator(app, &admin), "命令行");
        assert_forbidden(invite_administrator(app, &visitor(app)), "command line");

        let auditor = register(app, "auditor", None);
        appoint(app, auditor, Role::Auditor, None);
        assert_forbidden(invite(app, &admin, &organisation(), auditor), "命令行");
        let plain = register(app, "yang", None);
        assert!(invite(app, &admin, &organisation(), plain).is_ok());
        let unknown = one_time_links::invite(app, &admin, &organisation(), AccountId(99));
        assert!(matches!(unknown, Err(Error::Missing { kind: "account", .. })));
    });
}
