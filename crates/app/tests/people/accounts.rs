//! Making, changing and listing accounts.

use dacheng_app::Error;
use dacheng_app::people::accounts::{Change, New, Theme, change, choose_look, create, list, set_state};
use dacheng_app::people::posts;
use dacheng_app::testing::{on_both, operator};
use dacheng_domain::access::Role;
use dacheng_store::accounts::State;
use dacheng_text::Lang;

use crate::company::*;

fn new(login: &str) -> New<'_> {
    New { login, name: "林 喆", member: None, lang: Lang::Zh }
}

#[test]
fn a_system_administrator_makes_accounts_without_roles() {
    on_both(|app| {
        let admin = acting(app, "admin", Role::SystemAdmin);
        let id = create(app, &admin, &organisation(), &New { member: Some("S1"), ..new("Lin") }).unwrap();
        let made = account(app, id);
        assert_eq!((made.login.as_str(), made.member.as_deref()), ("lin", Some("S1")));
        assert_refused(create(app, &admin, &organisation(), &new("LIN")), "已被使用");
        let unknown = create(app, &admin, &organisation(), &New { member: Some("S9"), ..new("x") });
        assert_refused(unknown, "S9");
        let post =
            posts::New { account: id, role: Role::Specialist, unit: None, starts: admin.today, ends: None };
        assert_forbidden(posts::grant(app, &admin, &organisation(), &post), "安全管理员");
        let by: Vec<_> = trail(app).into_iter().filter(|entry| entry.1 == "account.create").collect();
        assert_eq!(by.last().unwrap().0, "admin");
    });
}

#[test]
fn nobody_else_makes_accounts_or_sees_them() {
    on_both(|app| {
        let security = acting(app, "security", Role::SecurityAdmin);
        assert_forbidden(create(app, &security, &organisation(), &new("lin")), "系统管理员");
        assert_eq!(list(app, &security, &organisation(), ("", 50)).unwrap().len(), 1);
        let director = acting(app, "director", Role::Director);
        let hidden = create(app, &director, &organisation(), &new("lin"));
        assert!(matches!(hidden, Err(Error::Missing { .. })), "{hidden:?}");
        assert!(list(app, &director, &organisation(), ("", 50)).is_err());
        let visitor = visitor(app);
        assert!(matches!(create(app, &visitor, &organisation(), &new("lin")), Err(Error::NotSignedIn)));
        assert!(matches!(list(app, &visitor, &organisation(), ("", 50)), Err(Error::NotSignedIn)));
    });
}

#[test]
fn a_change_on_a_stale_version_is_refused() {
    on_both(|app| {
        let (id, context) = (register(app, "lin", None), operator(app));
        let rename =
            |seen, name| change(app, &context, &organisation(), (id, seen), &Change { name, member: None });
        rename(1, "林喆").unwrap();
        assert!(matches!(rename(1, "林吉"), Err(Error::Stale { seen: 1, found: 2 })));
        let suspended = set_state(app, &context, &organisation(), (id, 1), State::Suspended);
        assert!(matches!(suspended, Err(Error::Stale { seen: 1, found: 2 })));
        assert_eq!(account(app, id).name, "林喆");
        assert_refused(rename(2, " "), "1 to 64");
        let changed = trail(app).into_iter().find(|entry| entry.1 == "account.change").unwrap().3;
        assert!(changed.contains("\"name\":\"lin\"") && changed.contains("\"name\":\"林喆\""), "{changed}");
    });
}

#[test]
fn two_changes_at_once_have_one_winner() {
    on_both(|app| {
        let id = register(app, "lin", None);
        let threads: Vec<_> = ["一", "二", "三", "四"]
            .map(|name| {
                let app = app.clone();
                std::thread::spawn(move || {
                    let change_to = Change { name, member: None };
                    change(&app, &operator(&app), &organisation(), (id, 1), &change_to)
                })
            })
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect();
        assert_eq!(threads.iter().filter(|answer| answer.is_ok()).count(), 1);
        assert_eq!((account(app, id).version, recorded(app, "account.change")), (2, 1));
    });
}

#[test]
fn the_member_of_an_account_with_posts_stays() {
    on_both(|app| {
        let (id, context) = (register(app, "lin", None), operator(app));
        let link =
            |seen, member| change(app, &context, &organisation(), (id, seen), &Change { name: "林", member });
        let before = sign_in(app, "lin").session;
        link(1, Some("S1")).unwrap();
        assert!(signed_in(app, &before).is_none(), "other rights begin with a log-in");
        appoint(app, id, Role::Specialist, Some("HN-1"));
        assert_refused(link(2, Some("D1")), "holds posts");
        assert_refused(link(2, None), "holds posts");
        link(2, Some("S1")).unwrap();
    });
}

#[test]
fn people_choose_how_their_own_pages_look() {
    on_both(|app| {
        let context = request_of(app, register(app, "lin", None));
        choose_look(app, &context, Lang::En, Theme::Dark).unwrap();
        let session = sign_in(app, "lin").session;
        let caller = signed_in(app, &session).unwrap().caller;
        assert_eq!(caller.context(app).lang, Lang::En);
        assert_eq!(Theme::of_code(&caller.account.theme), Theme::Dark);
        assert!(matches!(choose_look(app, &operator(app), Lang::En, Theme::Dark), Err(Error::NotSignedIn)));
    });
}
