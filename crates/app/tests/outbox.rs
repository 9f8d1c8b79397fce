//! From a close to the sinks: who is told, by mail over real SMTP and by robots whose signatures are checked, what is
//! tried again, what is given up, what waits for the morning.
#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use dacheng_app::outbox::channels::{self, MailServer, Proposal, Security};
use dacheng_app::outbox::notices;
use dacheng_app::outbox::wishes::{self, Wishes};
use dacheng_app::outbox::{Delivered, Key, Outbound, deliver_due};
use dacheng_app::people::access::of_session;
use dacheng_app::people::sign_in::{Browser, sign_in};
use dacheng_app::testing::company::{self, PASSWORD};
use dacheng_app::testing::on_both;
use dacheng_app::tracking::close;
use dacheng_app::{Actor, App, Clock, Context, Error};
use dacheng_domain::calendar::Month;
use dacheng_domain::notification::{Allowed, ChannelKind, Event, MailMode, QuietHours, Reason};
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
    let outbound = Outbound { site: "https://dacheng.test".into(), allowed, key: Key::of("a key for tests") };
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

fn mail_to(app: &App, login: &str, mode: MailMode) {
    let address = Some(format!("{login}@corp.example").parse().unwrap());
    let wishes = Wishes { mode, address, quiet: QuietHours::default() };
    let context = as_person(app, login);
    let (_, seen) = wishes::current(app, &context).unwrap();
    wishes::change(app, &context, seen, &wishes).unwrap();
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
        let told = notices::list(&app, &as_person(&app, "d1"), None, 50).unwrap();
        assert!(
            told.notices.iter().any(|own| matches!(own.event, Event::Close { .. })),
            "the director hears of it"
        );
        assert_eq!(unread("k1"), before[4], "marketing is not concerned");
        assert_eq!(unread("s1"), before[1], "who was on target hears nothing");
        // Judging again raises no second message.
        let count = unread("d1");
        let month = "2026-11".parse().unwrap();
        close::judge_again(&app, &app.context(Actor::Operator, Lang::Zh), month).unwrap();
        assert_eq!(unread("d1"), count);
        // Whoever opens one has read it, and nobody opens another's.
        let first = told.notices[0].id;
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
            let part = notices::list(app, &as_person(app, login), None, 50).unwrap();
            let alerts = part.notices.into_iter().filter(|own| matches!(own.event, Event::Alert { .. }));
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
        mail_to(&app, "d1", MailMode::Single);
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
        let told = notices::list(&later_on, &sys, None, 5).unwrap();
        assert!(matches!(told.notices[0].event, Event::Channel { .. }));
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let (_, letters) = channels::list(&later_on, &sys, &ground.organisation).unwrap();
        let reason = Reason::Unknown("300001: token is not exist".into());
        assert_eq!((letters[0].channel, letters[0].reason.as_ref()), (channel, Some(&reason)));
        "{\"errcode\":0}".clone_into(&mut robot.answer.lock().unwrap());
        channels::send_again(&later_on, &sys, &ground.organisation, letters[0].id).unwrap();
        let sent = Delivered { sent: 1, ..Delivered::default() };
        assert_eq!(deliver_due(&later_on, later_on.clock.now()).unwrap(), sent);
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
        mail_to(&app, "d1", MailMode::Single);
        mail_to(&app, "x1", MailMode::Digest);
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
