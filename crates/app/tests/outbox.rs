//! From a close to the sinks: who is told, by mail over real SMTP and by robots whose signatures are checked, what is
//! tried again, what is given up, what waits for the morning.
#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use dacheng_app::jobs::{Places, Runner, Stop, run_due};
use dacheng_app::outbox::channels::{self, MailServer, Proposal, Security};
use dacheng_app::outbox::confirmation;
use dacheng_app::outbox::notices::{self, Notice, Which};
use dacheng_app::outbox::wishes::{self, Saved, Standing, Wishes};
use dacheng_app::outbox::{Delivered, Key, Outbound, deliver_due};
use dacheng_app::people::access::of_session;
use dacheng_app::people::sign_in::{Browser, sign_in};
use dacheng_app::testing::company::{self, PASSWORD, PEOPLE};
use dacheng_app::testing::{on_both, tamper};
use dacheng_app::tracking::close;
use dacheng_app::{Actor, App, Clock, Context, Error, trail};
use dacheng_domain::access::Role;
use dacheng_domain::calendar::Month;
use dacheng_domain::notification::{Allowed, ChannelKind, Event, MailMode, QuietHours, Reason};
use dacheng_store::outbox;
use dacheng_text::Lang;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

/// Somebody of the small company, as if they had signed in.
fn as_person(app: &App, login: &str) -> Context {
    let address = "127.0.0.1".parse().unwrap();
    let browser = Browser { address, name: "test", device: None, session: None };
    let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
    let visitor = app.context(Actor::Visitor, Lang::Zh);
    let begun = sign_in(app, &visitor, &ground.organisation, (login, PASSWORD), &browser).unwrap();
    of_session(app, &begun.session, &ground.organisation).unwrap().unwrap().caller.context(app)
}

/// A mail server that takes every letter: enough of SMTP to be spoken to by a real client.
fn mail_sink() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let letters = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&letters);
    thread::spawn(move || {
        for stream in listener.incoming() {
            take_letter(stream.unwrap(), &kept);
        }
    });
    (port, letters)
}

fn take_letter(mut stream: TcpStream, letters: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    stream.write_all(b"220 sink ESMTP\r\n").unwrap();
    while let Some(Ok(line)) = lines.next() {
        let answer = match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => "250 sink\r\n",
            "DATA" => {
                stream.write_all(b"354 go on\r\n").unwrap();
                let body: Vec<String> =
                    lines.by_ref().map(Result::unwrap).take_while(|own| own != ".").collect();
                letters.lock().unwrap().push(body.join("\n"));
                "250 taken\r\n"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").unwrap();
                return;
            }
            _ => "250 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).unwrap();
    }
}

/// A robot that answers what it is told to, and keeps what it was asked: path and body.
struct Robot {
    port: u16,
    asked: Arc<Mutex<Vec<(String, String)>>>,
    answer: Arc<Mutex<String>>,
}

fn robot_sink() -> Robot {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let answer = Arc::new(Mutex::new("{\"errcode\":0,\"errmsg\":\"ok\"}".to_owned()));
    let robot = Robot { port, asked: Arc::default(), answer };
    let (asked, answer) = (Arc::clone(&robot.asked), Arc::clone(&robot.answer));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = Vec::new();
            for line in reader.by_ref().lines() {
                let line = line.unwrap();
                if line.is_empty() {
                    break;
                }
                head.push(line);
            }
            let length = head
                .iter()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
            let mut body = vec![0; length.unwrap().parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let path = head[0].split(' ').nth(1).unwrap().to_owned();
            asked.lock().unwrap().push((path, String::from_utf8(body).unwrap()));
            let answer = answer.lock().unwrap().clone();
            let whole = if answer.starts_with("HTTP/") {
                answer
            } else {
                format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
                    answer.len()
                )
            };
            stream.write_all(whole.as_bytes()).unwrap();
        }
    });
    robot
}

/// The company with loopback pinned, by day: 2026-11-23 12:00, and its November closed months later.
fn outside(app: &App) -> App {
    let allowed = Allowed::read("mail.test=127.0.0.1, robot.test=127.0.0.1").unwrap();
    let (site, key) = ("https://dacheng.test".into(), Key::of("a key for tests"));
    let outbound = Outbound { site, allowed, key, authorities: Vec::new() };
    App { outbound: Arc::new(outbound), ..app.clone() }
}

fn later(app: &App, by: SignedDuration) -> App {
    App { clock: Clock::Fixed(app.clock.now() + by), ..app.clone() }
}

/// The 2nd of December, when November can be closed.
fn in_december(app: &App) -> App {
    App { clock: Clock::at_noon(date(2026, 12, 2), &app.zone).unwrap(), ..app.clone() }
}

fn approved(app: &App, name: &str, proposal: &Proposal) -> i64 {
    let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
    let organisation = &ground.organisation;
    let id = channels::propose(app, &as_person(app, "sys"), organisation, None, (name, proposal)).unwrap();
    channels::approve(app, &as_person(app, "sec"), organisation, (id, 1)).unwrap();
    id
}

/// Somebody's messages, the newest first.
fn told(app: &App, login: &str) -> Vec<Notice> {
    notices::list(app, &as_person(app, login), Which::All, (None, 50)).unwrap().notices
}

/// Somebody wants mail at an address of the company.
fn wish(app: &App, login: &str, mode: MailMode) -> Saved {
    let address = Some(format!("{login}@corp.example").parse().unwrap());
    let wishes = Wishes { mode, address, quiet: QuietHours::default() };
    let context = as_person(app, login);
    let seen = wishes::current(app, &context).unwrap().version;
    wishes::change(app, &context, seen, &wishes).unwrap()
}

/// A letter with the parts that came in base64 or quoted-printable as they are read.
fn read(letter: &str) -> String {
    let mut parts = letter.split("\n--").map(|part| match part.split_once("\n\n") {
        Some((head, body)) if head.contains("base64") => {
            let bytes = BASE64_STANDARD.decode(body.replace('\n', "")).unwrap();
            format!("{head}\n\n{}", String::from_utf8(bytes).unwrap())
        }
        _ => part.replace("=\n", "").replace("=3D", "="),
    });
    let first = parts.next().unwrap();
    parts.fold(first, |all, part| all + "\n--" + &part)
}

/// The secret of the newest link that was mailed.
fn mailed_secret(letters: &Mutex<Vec<String>>) -> String {
    let letters = letters.lock().unwrap();
    let newest = letters.iter().rev().map(|own| read(own)).find(|own| own.contains("/me/mail/")).unwrap();
    let rest = newest.split("/me/mail/").nth(1).unwrap();
    rest.chars().take_while(|own| own.is_ascii_alphanumeric() || "-_".contains(*own)).collect()
}

/// The same, with an address that they have confirmed.
fn mail_to(app: &App, login: &str, mode: MailMode, letters: &Mutex<Vec<String>>) {
    assert_eq!(wish(app, login, mode), Saved::ToBeConfirmed);
    deliver_due(app, app.clock.now()).unwrap();
    confirmation::confirm(app, &as_person(app, login), &mailed_secret(letters)).unwrap();
    letters.lock().unwrap().clear();
}

fn server(port: u16) -> Proposal {
    let server = MailServer {
        host: "mail.test".into(),
        port,
        security: Security::Plain,
        user: String::new(),
        from: "达成 <dacheng@corp.example>".into(),
        domains: vec!["corp.example".into()],
    };
    Proposal::Mail(server, String::new())
}

fn dingtalk(robot: &Robot) -> Proposal {
    let address = format!("http://robot.test:{}/robot/send?access_token=token", robot.port);
    Proposal::Robot(ChannelKind::Dingtalk, address, "SEC-for-tests".into(), Lang::Zh)
}

/// Closes November as sales operations and finance do.
fn close_november(app: &App) {
    let month: Month = "2026-11".parse().unwrap();
    let seen = close::propose(app, &as_person(app, "o1"), month, 0, &[]).unwrap();
    close::close(app, &as_person(app, "f2"), month, seen).unwrap();
}

#[test]
fn a_close_tells_those_it_concerns_once() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let unread = |login: &str| notices::unread(&app, &as_person(&app, login)).unwrap();
        let before = ["t1", "s1", "d1", "o1", "k1"].map(unread);
        close_november(&app);
        let told = told(&app, "d1");
        assert!(told.iter().any(|own| matches!(own.event, Event::Close { .. })), "the director hears of it");
        assert_eq!(unread("k1"), before[4], "marketing is not concerned");
        assert_eq!(unread("s1"), before[1], "who was on target hears nothing");
        // Judging again raises no second message.
        let count = unread("d1");
        let month = "2026-11".parse().unwrap();
        close::judge_again(&app, &app.context(Actor::Operator, Lang::Zh), month).unwrap();
        assert_eq!(unread("d1"), count);
        // Whoever opens one has read it, and nobody opens another's.
        let first = told[0].id;
        notices::open(&app, &as_person(&app, "d1"), first).unwrap();
        assert_eq!(unread("d1"), count - 1);
        let other = notices::open(&app, &as_person(&app, "t1"), first);
        assert!(matches!(other, Err(Error::Missing { .. })));
    });
}

#[test]
fn a_history_that_is_closed_tells_alerts_to_writer_leader_and_checker() {
    on_both(|app| {
        company::make(app);
        let events = |login: &str| {
            let alerts = told(app, login).into_iter().filter(|own| matches!(own.event, Event::Alert { .. }));
            alerts.count()
        };
        // s4 was alerted in September and October (red); t2 leads them, d1 checks red ones.
        assert!(events("s4") >= 2 && events("t2") >= 2 && events("d1") >= 1);
        assert_eq!((events("s3"), events("t3")), (0, 0));
    });
}

#[test]
fn mail_and_robot_leave_only_if_the_change_was_committed() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let ((port, letters), robot) = (mail_sink(), robot_sink());
        approved(&app, "邮件", &server(port));
        approved(&app, "销售群", &dingtalk(&robot));
        mail_to(&app, "d1", MailMode::Single, &letters);
        assert_eq!(deliver_due(&app, app.clock.now()).unwrap(), Delivered::default());
        close_november(&app);
        let delivered = deliver_due(&app, app.clock.now()).unwrap();
        assert!(delivered.sent >= 2 && delivered.dead == 0, "{delivered:?}");
        assert_eq!(deliver_due(&app, app.clock.now()).unwrap(), Delivered::default(), "each once");
        let letters = letters.lock().unwrap();
        let all = letters.join("\n");
        assert!(all.contains("To: d1@corp.example") && all.contains("dacheng-message-"), "{all}");
        let asked = robot.asked.lock().unwrap();
        assert_eq!(asked.len(), 1);
        let (path, body) = &asked[0];
        assert!(path.starts_with("/robot/send?access_token=token&timestamp=") && path.contains("&sign="));
        assert!(body.contains("2026年11月") && body.contains("https://dacheng.test/closes/2026-11"));
        for name in ["冯镕", "李喆", "0000", "s4"] {
            assert!(!body.contains(name), "{name} in {body}");
        }
    });
}

#[test]
fn a_change_that_is_undone_sends_nothing() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let robot = robot_sink();
        approved(&app, "销售群", &dingtalk(&robot));
        let month: Month = "2026-11".parse().unwrap();
        let seen = close::propose(&app, &as_person(&app, "o1"), month, 0, &[]).unwrap();
        // Sales operations may not close, and a stale close is refused: both are undone.
        assert!(close::close(&app, &as_person(&app, "o1"), month, seen).is_err());
        assert!(close::close(&app, &as_person(&app, "f2"), month, seen + 7).is_err());
        assert_eq!(deliver_due(&app, app.clock.now()).unwrap(), Delivered::default());
        assert!(robot.asked.lock().unwrap().is_empty());
    });
}

#[test]
fn what_fails_waits_longer_each_time_and_what_never_will_work_is_given_up() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let robot = robot_sink();
        let channel = approved(&app, "销售群", &dingtalk(&robot));
        "{\"errcode\":130101,\"errmsg\":\"send too fast\"}".clone_into(&mut robot.answer.lock().unwrap());
        close_november(&app);
        let postponed = Delivered { postponed: 1, ..Delivered::default() };
        assert_eq!(deliver_due(&app, app.clock.now()).unwrap(), postponed);
        assert_eq!(deliver_due(&app, app.clock.now()).unwrap(), Delivered::default(), "not at once");
        let soon = later(&app, SignedDuration::from_secs(59));
        assert_eq!(deliver_due(&soon, soon.clock.now()).unwrap(), Delivered::default());
        let soon = later(&app, SignedDuration::from_mins(1));
        assert_eq!(deliver_due(&soon, soon.clock.now()).unwrap(), postponed);
        "{\"errcode\":300001,\"errmsg\":\"token is not exist\"}"
            .clone_into(&mut robot.answer.lock().unwrap());
        let later_on = later(&app, SignedDuration::from_mins(6));
        let dead = Delivered { dead: 1, ..Delivered::default() };
        assert_eq!(deliver_due(&later_on, later_on.clock.now()).unwrap(), dead);
        // The administrator is told, sees why, and sends it again.
        let sys = as_person(&later_on, "sys");
        assert!(matches!(told(&later_on, "sys")[0].event, Event::Channel { .. }));
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let letters = channels::dead_letters(&later_on, &sys, &ground.organisation, (None, 9)).unwrap();
        let reason = Reason::Unknown("300001: token is not exist".into());
        assert_eq!((letters[0].channel, letters[0].reason.as_ref()), (channel, Some(&reason)));
        "{\"errcode\":0}".clone_into(&mut robot.answer.lock().unwrap());
        channels::send_again(&later_on, &sys, &ground.organisation, letters[0].id).unwrap();
        let sent = Delivered { sent: 1, ..Delivered::default() };
        assert_eq!(deliver_due(&later_on, later_on.clock.now()).unwrap(), sent);
    });
}

#[test]
fn damage_of_the_trail_is_told_once_a_day_to_whoever_guards_it() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let (robot, folder) = (robot_sink(), tempfile::tempdir().unwrap());
        approved(&app, "安全群", &dingtalk(&robot));
        let pass = |app: &App| {
            run_due(app, &Runner::new(app, Places::within(folder.path()), Stop::default()).unwrap()).unwrap()
        };
        let heard = |app: &App, login: &str| {
            let told = told(app, login).into_iter();
            let days = told.filter_map(|own| match own.event {
                Event::Damage { entry, day } => Some((entry, day.day())),
                _other => None,
            });
            days.collect::<Vec<_>>()
        };
        pass(&app);
        assert!(heard(&app, "sec").is_empty(), "the trail is whole");
        tamper(&app, 9);
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let verify = |app: &App| trail::verify(app, &as_person(app, "aud"), &ground.organisation).unwrap();
        assert_eq!((verify(&app), verify(&app)), (Some(9), Some(9)));
        assert_eq!(heard(&app, "sec"), [(9, 2)], "once, however often it is verified");
        assert!(heard(&app, "aud").is_empty(), "who found it knows");
        let next = later(&app, SignedDuration::from_hours(24));
        pass(&next);
        assert_eq!((heard(&next, "sec"), heard(&next, "aud")), (vec![(9, 3), (9, 2)], vec![(9, 3)]));
        for (login, role) in PEOPLE {
            if !matches!(role, Role::SecurityAdmin | Role::Auditor) {
                assert!(heard(&next, login).is_empty(), "{login}");
            }
        }
        deliver_due(&next, next.clock.now()).unwrap();
        let asked = robot.asked.lock().unwrap();
        assert!(!asked.iter().any(|(_, body)| body.contains("审计日志")), "no matter of a group: {asked:?}");
    });
}

#[test]
fn a_redirect_is_not_followed_and_a_long_answer_is_cut_off() {
    on_both(|app| {
        company::make(app);
        let app = outside(app);
        let (robot, elsewhere) = (robot_sink(), robot_sink());
        let channel = approved(&app, "销售群", &dingtalk(&robot));
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let sys = as_person(&app, "sys");
        let tried = || channels::try_out(&app, &sys, &ground.organisation, channel).unwrap();
        let leads = format!(
            "HTTP/1.1 307 Go\r\nLocation: http://robot.test:{}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            elsewhere.port
        );
        leads.clone_into(&mut robot.answer.lock().unwrap());
        assert_eq!(tried(), Err(Reason::Refused("307: HTTP".into())));
        assert!(elsewhere.asked.lock().unwrap().is_empty());
        " ".repeat(70_000).clone_into(&mut robot.answer.lock().unwrap());
        assert!(matches!(tried(), Err(Reason::Unreachable(_))));
        "{\"errcode\":0}".clone_into(&mut robot.answer.lock().unwrap());
        assert_eq!(tried(), Ok(()));
    });
}

#[test]
fn only_another_person_approves_and_until_then_nothing_is_sent() {
    on_both(|app| {
        company::make(app);
        let app = outside(app);
        let robot = robot_sink();
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let organisation = &ground.organisation;
        let (sys, sec) = (as_person(&app, "sys"), as_person(&app, "sec"));
        let id = channels::propose(&app, &sys, organisation, None, ("群", &dingtalk(&robot))).unwrap();
        assert_eq!(channels::try_out(&app, &sys, organisation, id).unwrap(), Err(Reason::Off));
        assert!(channels::approve(&app, &sys, organisation, (id, 1)).is_err(), "it has no such right");
        assert!(channels::propose(&app, &sec, organisation, None, ("群", &dingtalk(&robot))).is_err());
        assert!(matches!(channels::approve(&app, &sec, organisation, (id, 2)), Err(Error::Stale { .. })));
        channels::approve(&app, &sec, organisation, (id, 1)).unwrap();
        assert_eq!(channels::try_out(&app, &sys, organisation, id).unwrap(), Ok(()));
        let elsewhere =
            Proposal::Robot(ChannelKind::Dingtalk, "https://evil.example/x".into(), String::new(), Lang::Zh);
        let refused = channels::propose(&app, &sys, organisation, None, ("群", &elsewhere));
        assert!(matches!(refused, Err(Error::Refused(_))), "the server's list does not have it");
        // With another key of the server the secrets are of no use.
        let outbound = Outbound { key: Key::of("another"), ..(*app.outbound).clone() };
        let other = App { outbound: Arc::new(outbound), ..app.clone() };
        assert_eq!(channels::try_out(&other, &sys, organisation, id).unwrap(), Err(Reason::Secret));
    });
}

#[test]
fn a_mail_of_the_night_waits_for_the_morning_and_a_digest_comes_once() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let (port, letters) = mail_sink();
        approved(&app, "邮件", &server(port));
        mail_to(&app, "d1", MailMode::Single, &letters);
        mail_to(&app, "x1", MailMode::Digest, &letters);
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let night = App { clock: Clock::Fixed(at("2026-12-02T22:30:00+08")), ..app.clone() };
        close_november(&night);
        // The digest of the 2nd is sent late, as the server was not asked before; single mails wait.
        let sent = |now: &str| {
            let app = App { clock: Clock::Fixed(at(now)), ..app.clone() };
            deliver_due(&app, at(now)).unwrap().sent
        };
        assert_eq!(sent("2026-12-02T22:31:00+08"), 0);
        assert_eq!(sent("2026-12-03T07:59:00+08"), 0);
        let morning = sent("2026-12-03T08:00:00+08");
        assert!(morning >= 1, "what was told at night");
        let digests = || {
            let letters = letters.lock().unwrap();
            letters.iter().filter(|letter| letter.contains("To: x1@corp.example")).count()
        };
        let before = digests();
        assert_eq!(sent("2026-12-03T08:29:00+08"), 0);
        assert_eq!(sent("2026-12-03T08:30:00+08"), 1);
        assert_eq!(sent("2026-12-03T09:00:00+08"), 0, "once a morning");
        assert_eq!(digests(), before + 1);
        assert_eq!(sent("2026-12-05T09:00:00+08"), 0, "a Saturday");
    });
}

#[test]
fn mail_goes_to_an_address_only_once_its_owner_has_confirmed_it() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let (port, letters) = mail_sink();
        let sent = |app: &App| deliver_due(app, app.clock.now()).unwrap().sent;
        // Without a mail server nothing can be confirmed yet.
        assert_eq!(wish(&app, "d1", MailMode::Single), Saved::Done);
        let director = as_person(&app, "d1");
        assert!(matches!(confirmation::ask_again(&app, &director), Err(Error::Refused(_))));
        approved(&app, "邮件", &server(port));
        confirmation::ask_again(&app, &director).unwrap();
        assert_eq!(sent(&app), 1);
        let first = mailed_secret(&letters);
        close_november(&app);
        assert_eq!(sent(&app), 0, "nothing else goes there");
        // Nobody else confirms it, and no other secret does.
        let missing = |answer: Result<(), Error>| assert!(matches!(answer, Err(Error::Missing { .. })));
        missing(confirmation::confirm(&app, &as_person(&app, "s1"), &first));
        missing(confirmation::confirm(&app, &director, "another"));
        assert_eq!(confirmation::address_of(&app, &director, &first).unwrap(), "d1@corp.example");
        confirmation::confirm(&app, &director, &first).unwrap();
        missing(confirmation::confirm(&app, &director, &first));
        assert_eq!(wishes::current(&app, &director).unwrap().standing, Standing::Confirmed);
        // Another address is not confirmed by the link of the first.
        let seen = wishes::current(&app, &director).unwrap().version;
        let at = |text: &str| Wishes {
            mode: MailMode::Single,
            address: Some(text.parse().unwrap()),
            quiet: QuietHours::default(),
        };
        let elsewhere = wishes::change(&app, &director, seen, &at("d1@elsewhere.example"));
        assert!(matches!(elsewhere, Err(Error::Refused(_))), "not an address of the company");
        wishes::change(&app, &director, seen, &at("other@corp.example")).unwrap();
        assert_eq!(wishes::current(&app, &director).unwrap().standing, Standing::Unconfirmed);
        assert_eq!(sent(&app), 1);
        let all: String = letters.lock().unwrap().iter().map(|own| read(own)).collect();
        assert!(all.contains("To: other@corp.example") && !all.contains("/closes/"), "{all}");
        // Whoever asks again and again floods nobody.
        let soon = |minutes| later(&app, SignedDuration::from_mins(minutes));
        let asked = (1..9).filter(|minutes| {
            confirmation::ask_again(&soon(*minutes), &as_person(&soon(*minutes), "d1")).is_ok()
        });
        assert_eq!(asked.count(), 3, "with the two before: five a day");
        // A day later the link of the second address works no more.
        let (second, tomorrow) = (mailed_secret(&letters), later(&app, SignedDuration::from_hours(24)));
        missing(confirmation::confirm(&app, &as_person(&app, "s1"), &second));
        assert!(confirmation::address_of(&app, &director, &second).is_ok());
        // Nor for somebody who stayed signed in: whoever signs in sweeps old links away.
        let still_here = Context { now: tomorrow.clock.now(), ..as_person(&app, "d1") };
        missing(confirmation::confirm(&tomorrow, &still_here, &second));
        missing(confirmation::confirm(&tomorrow, &as_person(&tomorrow, "d1"), &second));
        // The secret of a link is in the mail alone.
        let dump = format!("{:?}", told(&app, "d1"));
        assert!(!dump.contains(&first));
    });
}

#[test]
fn a_link_is_of_use_to_its_owner_alone_also_where_two_give_the_same_address() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let (port, letters) = mail_sink();
        approved(&app, "邮件", &server(port));
        let missing = |answer: Result<(), Error>| assert!(matches!(answer, Err(Error::Missing { .. })));
        let standing = |who: &Context| wishes::current(&app, who).unwrap().standing;
        let (director, seller) = (as_person(&app, "d1"), as_person(&app, "s1"));
        wish(&app, "d1", MailMode::Single);
        deliver_due(&app, app.clock.now()).unwrap();
        let of_director = mailed_secret(&letters);
        letters.lock().unwrap().clear();
        // The seller says that the director's address is theirs; the mail that asks goes to the director.
        let address = Some("d1@corp.example".parse().unwrap());
        let same = Wishes { mode: MailMode::Single, address, quiet: QuietHours::default() };
        wishes::change(&app, &seller, wishes::current(&app, &seller).unwrap().version, &same).unwrap();
        deliver_due(&app, app.clock.now()).unwrap();
        let of_seller = mailed_secret(&letters);
        for (who, link) in [(&director, &of_seller), (&seller, &of_director)] {
            assert!(confirmation::address_of(&app, who, link).is_err());
            missing(confirmation::confirm(&app, who, link));
        }
        assert_eq!((standing(&director), standing(&seller)), (Standing::Unconfirmed, Standing::Unconfirmed));
        confirmation::confirm(&app, &director, &of_director).unwrap();
        assert_eq!((standing(&director), standing(&seller)), (Standing::Confirmed, Standing::Unconfirmed));
    });
}

/// How often somebody has asked a server that never answers, since this was counted last.
fn asked(silent: &TcpListener) -> usize {
    silent.set_nonblocking(true).unwrap();
    silent.incoming().take_while(Result::is_ok).count()
}

#[test]
fn a_silent_server_is_asked_once_a_pass_however_many_letters_wait() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        approved(&app, "邮件", &server(silent.local_addr().unwrap().port()));
        for (login, _) in &PEOPLE[..12] {
            assert_eq!(wish(&app, login, MailMode::Single), Saved::ToBeConfirmed);
        }
        let postponed = |postponed| Delivered { postponed, ..Delivered::default() };
        assert_eq!(deliver_due(&app, app.clock.now()).unwrap(), postponed(10), "a part of the twelve");
        assert_eq!(asked(&silent), 1);
        assert_eq!(deliver_due(&app, app.clock.now()).unwrap(), postponed(2), "the rest, a pass later");
        assert_eq!(asked(&silent), 1);
    });
}

#[test]
fn a_server_that_is_down_is_asked_once_a_pass_and_stops_no_other_channel() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let (port, letters) = mail_sink();
        approved(&app, "邮件", &server(port));
        for login in ["d1", "x1", "f2", "r1"] {
            mail_to(&app, login, MailMode::Single, &letters);
        }
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let (sys, sec) = (as_person(&app, "sys"), as_person(&app, "sec"));
        let down = server(silent.local_addr().unwrap().port());
        channels::propose(&app, &sys, &ground.organisation, Some((1, 2)), ("邮件", &down)).unwrap();
        channels::approve(&app, &sec, &ground.organisation, (1, 3)).unwrap();
        let robot = robot_sink();
        approved(&app, "销售群", &dingtalk(&robot));
        close_november(&app);
        let before = std::time::Instant::now();
        let delivered = deliver_due(&app, app.clock.now()).unwrap();
        assert!(delivered.postponed >= 3 && delivered.sent == 1 && delivered.dead == 0, "{delivered:?}");
        assert!(before.elapsed().as_secs() < 9, "one wait of five seconds, not one a letter");
        assert_eq!(asked(&silent), 1);
        assert_eq!(robot.asked.lock().unwrap().len(), 1);
    });
}

#[test]
fn programs_are_told_with_a_signature_and_robots_and_names_apart() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let robot = robot_sink();
        let address = format!("http://robot.test:{}/hook", robot.port);
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let weak = Proposal::Webhook(address.clone(), "whsec_c2hvcnQ=".into());
        let refused =
            channels::propose(&app, &as_person(&app, "sys"), &ground.organisation, None, ("ERP", &weak));
        assert!(matches!(refused, Err(Error::Refused(_))), "a secret that can be guessed");
        approved(&app, "ERP", &Proposal::Webhook(address, secret));
        close_november(&app);
        let delivered = deliver_due(&app, app.clock.now()).unwrap();
        assert!(delivered.sent >= 2 && delivered.dead == 0, "{delivered:?}");
        let asked = robot.asked.lock().unwrap();
        let all: Vec<&str> = asked.iter().map(|(_, body)| body.as_str()).collect();
        assert!(all.iter().any(|own| own.contains("\"type\":\"close.proposed\"")), "{all:?}");
        let closed = all.iter().find(|own| own.contains("\"type\":\"close.closed\"")).unwrap();
        assert!(closed.contains("\"month\":\"2026-11\""), "{closed}");
        for name in ["冯镕", "李喆", "销售", "@"] {
            assert!(!all.join("").contains(name), "{name}");
        }
    });
}

#[test]
fn housekeeping_forgets_what_was_read_or_delivered_long_ago_and_nothing_else() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let (robot, folder) = (robot_sink(), tempfile::tempdir().unwrap());
        approved(&app, "销售群", &dingtalk(&robot));
        close_november(&app);
        deliver_due(&app, app.clock.now()).unwrap();
        let mut all = told(&app, "d1");
        assert!(all.len() >= 2, "one is read, the others are not");
        let read = all.remove(0).id;
        notices::open(&app, &as_person(&app, "d1"), read).unwrap();
        let kept = |days: i64| {
            let then = later(&app, SignedDuration::from_hours(24 * days));
            run_due(&then, &Runner::new(&then, Places::within(folder.path()), Stop::default()).unwrap())
                .unwrap();
            let mut tx = app.store.read().unwrap();
            let ids = outbox::of_account(&mut tx, as_person(&app, "d1").in_person().unwrap(), i64::MAX, 50);
            let ids: Vec<i64> = ids.unwrap().iter().map(|own| own.id).collect();
            let sent = (1..500).filter_map(|id| outbox::by_id(&mut tx, id).unwrap());
            (ids, sent.filter(|own| own.channel.is_some()).count())
        };
        let (ids, delivered) = kept(29);
        assert!(ids.contains(&read) && delivered == 1);
        let (ids, delivered) = kept(31);
        assert!(ids.contains(&read) && delivered == 0, "what the group was told is forgotten after 30 days");
        assert!(kept(179).0.contains(&read));
        let (ids, _) = kept(181);
        assert!(!ids.contains(&read), "what was read is forgotten after 180 days");
        assert!(all.iter().all(|own| ids.contains(&own.id)), "what nobody read is kept");
    });
}

#[test]
fn what_was_given_up_is_kept_for_180_days() {
    on_both(|app| {
        company::make(app);
        let app = in_december(&outside(app));
        let (robot, folder) = (robot_sink(), tempfile::tempdir().unwrap());
        approved(&app, "销售群", &dingtalk(&robot));
        "{\"errcode\":300001,\"errmsg\":\"token is not exist\"}"
            .clone_into(&mut robot.answer.lock().unwrap());
        close_november(&app);
        assert_eq!(deliver_due(&app, app.clock.now()).unwrap().dead, 1);
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let kept = |days: i64| {
            let then = later(&app, SignedDuration::from_hours(24 * days));
            run_due(&then, &Runner::new(&then, Places::within(folder.path()), Stop::default()).unwrap())
                .unwrap();
            let keeper = as_person(&then, "sys");
            channels::dead_letters(&then, &keeper, &ground.organisation, (None, 9)).unwrap().len()
        };
        assert_eq!((kept(179), kept(181)), (1, 0));
    });
}
