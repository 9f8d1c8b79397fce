//! Accounts and posts for every member at once.

use dacheng_app::people::member_accounts::{Passwords, create, grant};
use dacheng_app::people::one_time_links;
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{App, Error};
use dacheng_domain::access::Role;
use dacheng_store::posts::of_account;
use dacheng_text::Lang;

use crate::company::*;

#[test]
fn every_member_gets_an_account_and_the_posts_of_their_position() {
    on_both(|app| {
        let context = operator(app);
        let show = (Passwords::ForShow(PASSWORD), Lang::Zh);
        let made = create(app, &context, &organisation(), show).unwrap();
        let logins: Vec<_> = made.iter().map(|made| made.login.as_str()).collect();
        assert_eq!(logins, ["d1", "f1", "m1", "s1", "s2", "t1"], "the leaver gets none");
        assert_eq!(grant(app, &context, &organisation()).unwrap(), 6);
        let expected = [
            ("d1", Role::Director, None),
            ("f1", Role::Finance, None),
            ("m1", Role::RegionManager, Some("HN")),
            ("s1", Role::Specialist, Some("HN-1")),
            ("s2", Role::Specialist, Some("HN-1")),
            ("t1", Role::TeamLeader, Some("HN-1")),
        ];
        for (made, (login, role, unit)) in made.iter().zip(expected) {
            let posts = of_account(&mut app.store.read().unwrap(), made.id).unwrap();
            let posts: Vec<_> = posts.iter().map(|post| (post.role, post.unit.as_deref())).collect();
            assert_eq!((made.login.as_str(), posts), (login, vec![(role, unit)]));
        }
        sign_in(app, "S1");

        assert_eq!(create(app, &context, &organisation(), show).unwrap(), []);
        assert_eq!(grant(app, &context, &organisation()).unwrap(), 0);
    });
}

#[test]
fn each_step_is_taken_by_whoever_may() {
    on_both(|app| {
        let system = acting(app, "system-admin", Role::SystemAdmin);
        let security = acting(app, "security-admin", Role::SecurityAdmin);
        let links = (Passwords::Links, Lang::Zh);
        assert!(create(app, &security, &organisation(), links).is_err());
        let show = create(app, &system, &organisation(), (Passwords::ForShow(PASSWORD), Lang::Zh));
        assert_forbidden(show, "命令行");
        let made = create(app, &system, &organisation(), links).unwrap();
        assert!(grant(app, &system, &organisation()).is_err());
        assert_eq!(grant(app, &security, &organisation()).unwrap(), 6);

        let link = made[0].link.as_ref().unwrap();
        assert!(matches!(try_d1(app), Err(Error::NotSignedIn)));
        one_time_links::set_password(app, &visitor(app), &link.secret, PASSWORD).unwrap();
        assert!(try_d1(app).is_ok());
    });
}

fn try_d1(app: &App) -> dacheng_app::Result<()> {
    try_to_sign_in(app, "D1", PASSWORD, &browser("192.0.2.1")).map(|_| ())
}
