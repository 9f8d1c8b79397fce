//! Signing in, staying signed in, and guessing.

use std::thread;

use dacheng_app::people::own_password::{change, confirm};
use dacheng_app::people::sign_in::Browser;
use dacheng_app::people::{accounts, sessions};
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{App, Error};
use dacheng_domain::access::{AccountId, Role};
use dacheng_store::accounts::State;
use jiff::SignedDuration;

use crate::company::*;

const OTHER: &str = "correct horse battery";

#[test]
fn whoever_may_not_enter_gets_the_same_answer() {
    on_both(|app| {
        register(app, "yang", None);
        register(app, "leaver", Some("L1"));
        let suspended = register(app, "suspended", None);
        accounts::set_state(app, &operator(app), &organisation(), (suspended, 1), State::Suspended).unwrap();
        let attempts =
            [("yang", OTHER), ("nobody", OTHER), ("suspended", PASSWORD), ("leaver", PASSWORD), ("", "")];
        for (login, password) in attempts {
            let answer = try_to_sign_in(app, login, password, &browser("192.0.2.1"));
            assert!(matches!(answer, Err(Error::NotSignedIn)), "{login}: {answer:?}");
        }
        assert_eq!(recorded(app, "account.sign_in_fail"), attempts.len());
        let trail = format!("{:?}", trail(app));
        assert!(!trail.contains("nobody"), "what is typed may be a password");
        assert!(try_to_sign_in(app, " YANG ", PASSWORD, &browser("192.0.2.1")).is_ok());
    });
}

#[test]
fn a_session_ends_when_idle_and_at_the_latest_after_a_week() {
    on_both(|app| {
        register(app, "yang", None);
        let used = sign_in(app, "yang").session;
        let unused = sign_in(app, "yang").session;
        assert_ne!(used, unused);
        let at = |hours| later(app, SignedDuration::from_hours(hours));
        for hours in (0..168).step_by(11) {
            assert!(signed_in(&at(hours), &used).is_some(), "{hours}");
        }
        assert!(signed_in(&at(168), &used).is_none());
        let nearly = later(app, SignedDuration::from_secs(12 * 3600 - 1));
        assert!(signed_in(&at(12), &unused).is_none());
        assert!(signed_in(&nearly, &unused).is_some());
        assert!(signed_in(app, "").is_none());
    });
}

#[test]
fn being_seen_is_written_once_a_minute() {
    on_both(|app| {
        register(app, "yang", None);
        let begun = sign_in(app, "yang");
        let seen_at = |app: &App| {
            let context = signed_in(app, &begun.session).unwrap().caller.context(app);
            sessions::list(app, &context).unwrap()[0].seen_at
        };
        let start = app.clock.now().as_millisecond();
        assert_eq!(seen_at(&later(app, SignedDuration::from_secs(59))), start);
        assert_eq!(seen_at(&later(app, SignedDuration::from_secs(60))), start + 60_000);
        assert_eq!(seen_at(app), start + 60_000, "a slower clock takes nothing back");
    });
}

#[test]
fn only_hashes_of_secrets_are_kept() {
    on_both(|app| {
        let id = register(app, "yang", None);
        let begun = sign_in(app, "yang");
        let signed = signed_in(app, &begun.session).unwrap();
        assert_ne!(signed.session, begun.session);
        assert_eq!(signed.csrf, begun.csrf);
        let mut tx = app.store.read().unwrap();
        let hash = dacheng_store::accounts::password(&mut tx, id).unwrap().unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let trail = format!("{:?}", trail(app));
        for secret in [PASSWORD, &hash, &begun.session, &begun.device, &begun.csrf] {
            assert!(!trail.contains(secret));
        }
    });
}

#[test]
fn signing_in_again_replaces_the_session_of_the_browser() {
    on_both(|app| {
        register(app, "yang", None);
        let first = sign_in(app, "yang");
        let again =
            Browser { session: Some(&first.session), device: Some(&first.device), ..browser("192.0.2.1") };
        let second = try_to_sign_in(app, "yang", PASSWORD, &again).unwrap();
        assert!(signed_in(app, &first.session).is_none());
        assert!(signed_in(app, &second.session).is_some());
        assert_eq!(second.device, first.device);
    });
}

#[test]
fn a_new_password_ends_every_session_but_the_new_one() {
    on_both(|app| {
        let id = register(app, "yang", None);
        let (phone, desk) = (sign_in(app, "yang"), sign_in(app, "yang"));
        let context = signed_in(app, &desk.session).unwrap().caller.context(app);
        let here = browser("192.0.2.1");
        assert_refused(change(app, &context, ("wrong", OTHER), &here), "不正确");
        assert_refused(change(app, &context, (PASSWORD, "yang-yang-yang-1"), &here), "不能包含账号");
        assert!(signed_in(app, &phone.session).is_some());

        let begun = change(app, &context, (PASSWORD, OTHER), &here).unwrap();
        assert!(signed_in(app, &phone.session).is_none());
        assert!(signed_in(app, &desk.session).is_none());
        assert!(signed_in(app, &begun.session).is_some());
        assert!(matches!(try_to_sign_in(app, "yang", PASSWORD, &here), Err(Error::NotSignedIn)));
        assert!(try_to_sign_in(app, "yang", OTHER, &here).is_ok());
        assert!(!knows(app, &phone.device, id), "devices are forgotten");
    });
}

fn knows(app: &App, device: &str, id: AccountId) -> bool {
    let hash = dacheng_app::hash::hex(&dacheng_app::hash::sha256(device.as_bytes()));
    dacheng_store::sessions::knows_device(&mut app.store.read().unwrap(), &hash, id, 0).unwrap()
}

#[test]
fn a_changed_role_or_state_ends_the_sessions_at_once() {
    on_both(|app| {
        let id = register(app, "yang", None);
        let plain = sign_in(app, "yang");
        let post = appoint(app, id, Role::Marketing, None);
        assert!(signed_in(app, &plain.session).is_none());

        let appointed = sign_in(app, "yang");
        let today = operator(app).today;
        dacheng_app::people::posts::end(app, &operator(app), &organisation(), post, today).unwrap();
        assert!(signed_in(app, &appointed.session).is_none());

        let dismissed = sign_in(app, "yang");
        assert_eq!(signed_in(app, &dismissed.session).unwrap().caller.access.roles().count(), 0);
        accounts::set_state(app, &operator(app), &organisation(), (id, 1), State::Suspended).unwrap();
        assert!(signed_in(app, &dismissed.session).is_none());
        accounts::set_state(app, &operator(app), &organisation(), (id, 2), State::Active).unwrap();
        assert!(signed_in(app, &dismissed.session).is_none(), "it does not come back");
    });
}

#[test]
fn a_leavers_session_ends_on_the_day() {
    on_both(|app| {
        let two_weeks_ago = later(app, SignedDuration::from_hours(-14 * 24));
        register(&two_weeks_ago, "leaver", Some("L1"));
        let day_before = later(app, SignedDuration::from_hours(-4 * 24));
        let session = sign_in(&day_before, "leaver").session;
        let evening = later(&day_before, SignedDuration::from_hours(11));
        assert!(signed_in(&evening, &session).is_some(), "2026-11-19 23:00");
        let midnight = later(&evening, SignedDuration::from_hours(1));
        assert!(signed_in(&midnight, &session).is_none(), "2026-11-20 00:00");
    });
}

#[test]
fn guessing_makes_strangers_wait_but_not_a_known_device() {
    on_both(|app| {
        register(app, "yang", None);
        let known = sign_in(app, "yang").device;
        let attacker = later(app, SignedDuration::from_hours(1));
        for guess in 0..5 {
            let address = format!("198.51.100.{guess}");
            let answer = try_to_sign_in(&attacker, "yang", "a guess of mine", &browser(&address));
            assert!(matches!(answer, Err(Error::NotSignedIn)), "{guess}: {answer:?}");
        }
        let new_browser = browser("203.0.113.1");
        let failures = recorded(app, "account.sign_in_fail");
        for _ in 0..3 {
            let answer = try_to_sign_in(&attacker, "yang", PASSWORD, &new_browser);
            assert_refused(answer, "try again in 1 second");
        }
        assert_eq!(recorded(app, "account.sign_in_fail"), failures, "nothing was looked at");

        let owner = Browser { device: Some(&known), ..new_browser };
        assert!(try_to_sign_in(&attacker, "yang", PASSWORD, &owner).is_ok());
        let answer = try_to_sign_in(&attacker, "yang", PASSWORD, &new_browser);
        assert_refused(answer, "1 second");

        let second_later = later(&attacker, SignedDuration::from_secs(1));
        let answer = try_to_sign_in(&second_later, "yang", "another guess", &new_browser);
        assert!(matches!(answer, Err(Error::NotSignedIn)));
        assert_refused(try_to_sign_in(&second_later, "yang", PASSWORD, &new_browser), "2 seconds");
        let day_later = later(&attacker, SignedDuration::from_hours(25));
        assert!(try_to_sign_in(&day_later, "yang", "another guess", &new_browser).is_err());
        assert!(try_to_sign_in(&day_later, "yang", PASSWORD, &new_browser).is_ok(), "a new day, a new count");
    });
}

#[test]
fn guesses_made_at_once_all_count() {
    on_both(|app| {
        register(app, "yang", None);
        let guess = |at: u8| {
            let app = app.clone();
            thread::spawn(move || {
                let address = format!("198.51.100.{at}");
                try_to_sign_in(&app, "yang", "a guess of mine", &browser(&address))
            })
        };
        let threads: Vec<_> = (0..8).map(guess).collect();
        let answers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        let looked_at = answers.iter().filter(|answer| matches!(answer, Err(Error::NotSignedIn)));
        assert_eq!(looked_at.count(), 5, "{answers:?}");
    });
}

#[test]
fn a_device_known_to_one_account_is_a_stranger_to_another() {
    on_both(|app| {
        register(app, "yang", None);
        register(app, "lin", None);
        let device = sign_in(app, "yang").device;
        let insider = Browser { device: Some(&device), ..browser("192.0.2.1") };
        for _ in 0..5 {
            assert!(try_to_sign_in(app, "lin", "a guess of mine", &insider).is_err());
        }
        assert_refused(try_to_sign_in(app, "lin", PASSWORD, &insider), "1 second");
    });
}

#[test]
fn typing_the_password_again_is_asked_of_the_person() {
    on_both(|app| {
        let context = request_of(app, register(app, "yang", None));
        assert!(confirm(app, &context, PASSWORD).is_ok());
        assert_refused(confirm(app, &context, OTHER), "不正确");
        assert!(matches!(confirm(app, &operator(app), PASSWORD), Err(Error::NotSignedIn)));
    });
}

#[test]
fn an_old_hash_is_made_anew_at_the_next_log_in() {
    on_both(|app| {
        let id = register(app, "yang", None);
        // PASSWORD at a cost that was never used: m = 64 KiB, t = 1.
        let cheap = cheap_hash();
        let mut tx = app.store.write().unwrap();
        dacheng_store::accounts::set_password(&mut tx, id, &cheap).unwrap();
        tx.commit().unwrap();
        sign_in(app, "yang");
        let hash = dacheng_store::accounts::password(&mut app.store.read().unwrap(), id).unwrap().unwrap();
        assert!(hash.contains("m=19456,t=2,p=1"), "{hash}");
        sign_in(app, "yang");
    });
}

fn cheap_hash() -> String {
    use argon2::password_hash::PasswordHasher;
    use argon2::{Algorithm, Argon2, Params, Version};
    let params = Params::new(64, 1, 1, None).unwrap();
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    hasher.hash_password_with_salt("长安一片月,万户捣衣声".as_bytes(), &[7; 16]).unwrap().to_string()
}

#[test]
fn people_end_their_own_sessions_and_no_others() {
    on_both(|app| {
        register(app, "yang", None);
        register(app, "lin", None);
        let (phone, desk, lin) = (sign_in(app, "yang"), sign_in(app, "yang"), sign_in(app, "lin"));
        let context = signed_in(app, &desk.session).unwrap().caller.context(app);
        let other = signed_in(app, &lin.session).unwrap().session;
        sessions::end(app, &context, &other).unwrap();
        assert!(signed_in(app, &lin.session).is_some());
        sessions::sign_out(app, &context, &desk.session).unwrap();
        assert!(signed_in(app, &desk.session).is_none());
        assert!(signed_in(app, &phone.session).is_some());
        sessions::sign_out_everywhere(app, &context).unwrap();
        assert!(signed_in(app, &phone.session).is_none());
        assert!(signed_in(app, &lin.session).is_some());
    });
}

#[test]
fn people_see_what_happened_at_their_own_door() {
    on_both(|app| {
        register(app, "yang", None);
        register(app, "lin", None);
        assert!(try_to_sign_in(app, "yang", OTHER, &browser("198.51.100.7")).is_err());
        let session = sign_in(app, "yang").session;
        sign_in(app, "lin");
        let context = signed_in(app, &session).unwrap().caller.context(app);
        let happened = sessions::history(app, &context, (None, 2)).unwrap();
        let acts: Vec<_> = happened.iter().map(|entry| entry.act.as_str()).collect();
        assert_eq!(acts, ["account.sign_in", "account.sign_in_fail"]);
        assert!(happened[1].detail.as_ref().unwrap().contains("198.51.100.7"));
        assert!(sessions::history(app, &visitor(app), (None, 2)).is_err());
    });
}

#[test]
fn a_clock_that_was_set_back_makes_nobody_wait_for_it() {
    on_both(|app| {
        register(app, "yang", None);
        let tomorrow = later(app, SignedDuration::from_hours(24));
        for _ in 0..8 {
            let _ = try_to_sign_in(&tomorrow, "yang", OTHER, &browser("192.0.2.1"));
        }
        assert_refused(try_to_sign_in(&tomorrow, "yang", PASSWORD, &browser("192.0.2.1")), "1 ");
        assert!(try_to_sign_in(app, "yang", PASSWORD, &browser("192.0.2.1")).is_ok());
    });
}
