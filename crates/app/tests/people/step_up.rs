//! A password given again is noted at its session, for a while, and nowhere else.

use dacheng_app::people::own_password::change;
use dacheng_app::people::sessions::sign_out;
use dacheng_app::people::step_up::step_up;
use dacheng_app::testing::on_both;
use dacheng_app::{App, Error};
use dacheng_domain::access::step_up::Lasting;
use jiff::{SignedDuration, Timestamp};

use crate::company::*;

const ACT: &str = "POST /closes/2026-10/reopen";

fn given_at(app: &App, session: &str) -> Timestamp {
    signed_in(app, session).unwrap().password_at
}

#[test]
fn signing_in_counts_and_giving_it_again_counts_for_that_session() {
    on_both(|app| {
        register(app, "yang", None);
        let (here, elsewhere) = (sign_in(app, "yang").session, sign_in(app, "yang").session);
        let start = app.clock.now();
        assert_eq!((given_at(app, &here), given_at(app, &elsewhere)), (start, start));
        let hour = later(app, SignedDuration::from_hours(1));
        let context = signed_in(&hour, &here).unwrap().context(&hour);
        let wrong = step_up(&hour, &context, (&here, "a guess of mine"), ACT, Lasting::default());
        assert_refused(wrong, "密码不正确");
        assert_eq!(given_at(&hour, &here), start);
        let until = step_up(&hour, &context, (&here, PASSWORD), ACT, Lasting::default()).unwrap();
        assert_eq!(until, hour.clock.now() + SignedDuration::from_mins(10));
        assert_eq!((given_at(&hour, &here), given_at(&hour, &elsewhere)), (hour.clock.now(), start));
        assert_eq!((recorded(app, "account.step_up"), recorded(app, "account.step_up_fail")), (1, 1));
        let trail = format!("{:?}", trail(app));
        assert!(trail.contains(ACT) && !trail.contains("a guess of mine") && !trail.contains(PASSWORD));
    });
}

#[test]
fn a_session_that_ended_meanwhile_notes_nothing() {
    on_both(|app| {
        register(app, "yang", None);
        let session = sign_in(app, "yang").session;
        let context = signed_in(app, &session).unwrap().context(app);
        sign_out(app, &context, &session).unwrap();
        let gone = step_up(app, &context, (&session, PASSWORD), ACT, Lasting::default());
        assert!(matches!(gone, Err(Error::NotSignedIn)), "{gone:?}");
        let session = sign_in(app, "yang").session;
        let context = signed_in(app, &session).unwrap().context(app);
        change(app, &context, (PASSWORD, "correct horse battery"), &browser("192.0.2.1")).unwrap();
        assert_refused(step_up(app, &context, (&session, PASSWORD), ACT, Lasting::default()), "密码不正确");
        let new = (session.as_str(), "correct horse battery");
        let gone = step_up(app, &context, new, ACT, Lasting::default());
        assert!(matches!(gone, Err(Error::NotSignedIn)), "{gone:?}");
        assert_eq!(recorded(app, "account.step_up"), 0);
    });
}

#[test]
fn the_session_of_somebody_else_is_not_noted() {
    on_both(|app| {
        register(app, "yang", None);
        register(app, "lin", None);
        let (yang, lin) = (sign_in(app, "yang").session, sign_in(app, "lin").session);
        let hour = later(app, SignedDuration::from_hours(1));
        let context = signed_in(&hour, &yang).unwrap().context(&hour);
        let other = step_up(&hour, &context, (&lin, PASSWORD), ACT, Lasting::default());
        assert!(matches!(other, Err(Error::NotSignedIn)), "{other:?}");
        assert_eq!(given_at(&hour, &lin), app.clock.now());
    });
}
