//! Who grants and ends posts.

use std::thread;

use dacheng_app::people::accounts::set_state;
use dacheng_app::people::posts::{New, end, grant};
use dacheng_app::people::rules::{Rules, change, current};
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::access::{AccountId, Action, Object, Owner, Profile, Right, Role};
use dacheng_store::accounts::State;
use dacheng_store::posts::PostId;

use crate::company::*;

fn give(app: &App, context: &Context, account: AccountId, role: Role, unit: Option<&str>) -> Result<PostId> {
    let new = New { account, role, unit, starts: context.today, ends: None };
    grant(app, context, &organisation(), &new)
}

#[test]
fn a_security_administrator_grants_posts_but_never_their_own() {
    on_both(|app| {
        let security = acting(app, "security", Role::SecurityAdmin);
        let Some(own) = security.access.person(&organisation()).unwrap().account else { panic!() };
        let lin = register(app, "lin", Some("S1"));
        let post = give(app, &security, lin, Role::Specialist, Some("HN-1")).unwrap();
        assert_forbidden(give(app, &security, own, Role::Auditor, None), "自己的岗位");
        assert_refused(give(app, &security, lin, Role::Specialist, Some("HN-1")), "已担任");
        assert_refused(give(app, &security, lin, Role::TeamLeader, Some("nowhere")), "nowhere");

        let director = acting(app, "director", Role::Director);
        assert!(matches!(give(app, &director, lin, Role::Director, None), Err(Error::Missing { .. })));
        end(app, &security, &organisation(), post, security.today).unwrap();
        assert_refused(end(app, &security, &organisation(), post, security.today), "已结束");
    });
}

#[test]
fn a_second_account_of_the_same_member_is_still_oneself() {
    on_both(|app| {
        let first = register(app, "first", Some("S1"));
        appoint(app, first, Role::SecurityAdmin, None);
        let second = register(app, "second", Some("S1"));
        let context = request_of(app, first);
        assert_forbidden(give(app, &context, second, Role::Specialist, Some("HN-1")), "自己的岗位");
        let by_operator = give(app, &operator(app), second, Role::Specialist, Some("HN-1"));
        assert_refused(by_operator, "standard profile");
    });
}

#[test]
fn the_last_security_administrator_stays() {
    on_both(|app| {
        let (one, other) = (register(app, "one", None), register(app, "other", None));
        let post = appoint(app, one, Role::SecurityAdmin, None);
        let today = operator(app).today;
        let dismiss = |post, day| end(app, &operator(app), &organisation(), post, day);
        assert_refused(dismiss(post, today), "must remain");
        assert_refused(dismiss(post, today.tomorrow().unwrap()), "must remain");
        let suspend = |id| set_state(app, &operator(app), &organisation(), (id, 1), State::Suspended);
        assert_refused(suspend(one), "must remain");

        let ends = Some(today.tomorrow().unwrap());
        let substitute = New { account: other, role: Role::SecurityAdmin, unit: None, starts: today, ends };
        grant(app, &operator(app), &organisation(), &substitute).unwrap();
        assert_refused(dismiss(post, today), "must remain");
        assert_refused(suspend(one), "must remain");
        let second = register(app, "second", None);
        appoint(app, second, Role::SecurityAdmin, None);
        suspend(second).unwrap();
        assert_refused(dismiss(post, today), "must remain");
        let third = register(app, "third", None);
        appoint(app, third, Role::SecurityAdmin, None);
        dismiss(post, today).unwrap();
        suspend(one).unwrap();
    });
}

#[test]
fn two_security_administrators_do_not_dismiss_each_other_at_once() {
    on_both(|app| {
        let ids = ["one", "other"].map(|login| register(app, login, None));
        let posts = ids.map(|id| appoint(app, id, Role::SecurityAdmin, None));
        let contexts = [request_of(app, ids[1]), request_of(app, ids[0])];
        let threads: Vec<_> = contexts
            .into_iter()
            .zip(posts)
            .map(|(context, post)| {
                let app = app.clone();
                thread::spawn(move || end(&app, &context, &organisation(), post, context.today))
            })
            .collect();
        let answers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    });
}

#[test]
fn the_standard_profile_keeps_roles_apart_and_the_small_team_does_not() {
    on_both(|app| {
        let security = acting(app, "security", Role::SecurityAdmin);
        let lin = register(app, "lin", None);
        give(app, &security, lin, Role::TeamLeader, Some("HN-1")).unwrap();
        give(app, &security, lin, Role::RegionManager, Some("HN")).unwrap();
        assert_refused(give(app, &security, lin, Role::Finance, None), "标准模式");

        let (rules, seen) = current(&mut app.store.read().unwrap()).unwrap();
        let small = Rules { profile: Profile::SmallTeam, ..rules };
        assert!(change(app, &visitor(app), &organisation(), seen, small).is_err());
        change(app, &security, &organisation(), seen, small).unwrap();
        let again = change(app, &security, &organisation(), seen, small);
        assert!(matches!(again, Err(Error::Stale { seen: 0, found: 1 })), "{again:?}");
        let never_seen = change(app, &security, &organisation(), 9, small);
        assert!(matches!(never_seen, Err(Error::Stale { seen: 9, found: 1 })), "{never_seen:?}");
        assert_eq!(current(&mut app.store.read().unwrap()).unwrap(), (small, 1));
        assert_eq!(recorded(app, "setting.change"), 1);
        give(app, &security, lin, Role::Finance, None).unwrap();
        let forever = Rules { session_hours: 0, ..small };
        assert_refused(change(app, &security, &organisation(), 1, forever), "有效期");
    });
}

#[test]
fn rights_reach_as_far_as_the_post() {
    on_both(|app| {
        let organisation = organisation();
        let leader = register(app, "leader", Some("T1"));
        appoint(app, leader, Role::TeamLeader, Some("HN-1"));
        let context = request_of(app, leader);
        let read = |member| {
            let member = organisation.member_of_code(member).unwrap().id;
            let object = Object::on(Owner::Member(member), context.today);
            context.may(&organisation, Action::Reports, Right::Read, &object)
        };
        assert!(read("S1").is_ok() && read("T1").is_ok());
        assert!(matches!(read("D1"), Err(Error::Missing { kind: "member", .. })));
        let scope = context.scope(&organisation, Action::Reports, Right::Read).unwrap();
        assert_eq!(scope.members(context.today).count(), 3);
        assert!(context.may_at_all(&organisation, Action::Reports, Right::Read).is_ok());
        assert_forbidden(context.may_at_all(&organisation, Action::PayRules, Right::Update), "薪酬");
    });
}
