//! Acts that ask for the password again: who is asked for which, what the page carries on, and what does not get past it.

use axum::body::Body;
use axum::http::{Method, Request, header};
use dacheng_app::testing::company::PASSWORD;
use dacheng_domain::access::{Action, Right, Role, TABLE};
use dacheng_web::http::Need;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::access::{WHO, ask, walk};
use super::relations::About;
use super::support::{Answer, Guest, Site, on_site};

const FIELD: &str = "step-up-password";
const ALONE: &str = "/me/step-up";
const PROGRAMS: &str = "/api/v1/me/step-up";
const PROBLEM: &str = "urn:dacheng:problem:step-up-required";
/// How long a password counts.
const LASTS: SignedDuration = SignedDuration::from_mins(10);
const MOMENT: SignedDuration = SignedDuration::from_millis(1);

/// The same company so much later.
fn later(site: &Site, by: SignedDuration) -> Site {
    site.with_clock(site.app.clock.advanced(by))
}

/// The same company when a password that was given at noon counts no more.
fn too_late(site: &Site) -> Site {
    later(site, LASTS + MOMENT)
}

fn asks_person(answer: &Answer) -> bool {
    answer.status == 422 && answer.text.contains(&format!("name=\"{FIELD}\""))
}

fn asks_program(answer: &Answer) -> bool {
    answer.status == 403 && answer.kind == "application/problem+json" && answer.value()["type"] == PROBLEM
}

/// The hidden fields of the page that asks, as a browser reads them; the tokens of forms are left to the guest.
fn carried(page: &Answer) -> Vec<(String, String)> {
    let form =
        page.text.split("<form class=\"gallery-item form\"").nth(1).unwrap().split("</form>").next().unwrap();
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        (unescaped(name), unescaped(rest.split('"').next().unwrap()))
    };
    inputs.map(pair).filter(|(name, _)| name != "csrf").collect()
}

fn unescaped(text: &str) -> String {
    let marks = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    marks.iter().fold(text.to_owned(), |text, (mark, letter)| text.replace(mark, letter))
}

/// Where the page that asks is sent to.
fn address(page: &Answer) -> String {
    let form = page.text.split("<form class=\"gallery-item form\" method=\"post\" action=\"").nth(1).unwrap();
    unescaped(form.split('"').next().unwrap())
}

/// Fills in the page that asks.
fn confirm(guest: &Guest<'_>, page: &Answer, password: &str) -> Answer {
    let mut fields = carried(page);
    fields.push((FIELD.to_owned(), password.to_owned()));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    guest.post(&address(page), &fields)
}

/// What was recorded of giving passwords again, the newest first: what was done, and for which act.
fn recorded(site: &Site) -> Vec<(String, String)> {
    let trail = site.sign_in("aud").get("/api/v1/audit?limit=1000&kind=account").value();
    let entries = trail["items"].as_array().unwrap().clone();
    let mine = entries.iter().filter(|entry| entry["act"].as_str().unwrap().contains("step_up"));
    mine.map(|entry| {
        let of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (of(&entry["act"]), of(&entry["detail"]["for"]))
    })
    .collect()
}

/// Whether the table marks the right for a role, worked out without the guard that asks.
fn table_asks(role: Role, action: Action, right: Right) -> bool {
    let line = TABLE.iter().find(|line| line.action == action).unwrap();
    let leaders = [Role::TeamLeader, Role::RegionManager, Role::Director, Role::Executive];
    let mut columns = vec![role];
    columns.extend(leaders.contains(&role).then_some(Role::Specialist));
    columns.into_iter().flat_map(|column| line.cells.of(column)).any(|grant| grant.step_up.contains(&right))
}

const REOPENING: [(&str, &str); 2] = [("version", "0"), ("reason", "漏录退货")];

#[test]
fn every_route_asks_whom_the_table_says_and_nobody_else() {
    on_site(|site| {
        let (later, walk) = (too_late(site), walk(site));
        let mut asked_at = 0;
        for (who, role) in WHO {
            let mut session = site.sign_in(who);
            for (route, row) in &walk {
                let answer = ask(&session.at(&later), route, row.example);
                let told = format!("{who} {} {}: {}", route.method, row.example, answer.status);
                let rights = match route.need {
                    Need::Open | Need::SignedIn => Vec::new(),
                    Need::Right(action, right) => vec![(action, right)],
                    Need::AnyOf(rights) => rights.to_vec(),
                };
                let asks = rights.iter().any(|(action, right)| table_asks(role, *action, *right));
                let asks = asks && route.method != Method::GET;
                let is_program = route.path.starts_with("/api/");
                let asked = if is_program { asks_program(&answer) } else { asks_person(&answer) };
                // The page of its own shows the field to everybody whose password is wrong.
                if route.path != ALONE {
                    assert_eq!(asked, asks, "{told}: {}", answer.text);
                }
                asked_at += usize::from(asked);
                if row.about == About::Own && route.method != Method::GET {
                    session = site.sign_in(who);
                }
            }
        }
        assert!(asked_at > 50, "{asked_at}");
    });
}

#[test]
fn a_password_counts_for_ten_minutes_from_signing_in_or_giving_it() {
    on_site(|site| {
        let session = site.sign_in("d1");
        let post = |site: &Site| session.at(site).post("/closes/2026-10/reopen", &[("version", "0")]);
        assert!(!asks_person(&post(&later(site, LASTS))), "at ten minutes");
        let asked = post(&too_late(site));
        assert!(asks_person(&asked), "a moment after: {}", asked.text);
        assert!(asked.text.contains("请再次输入密码") && asked.text.contains("重新打开已结账的月份"));
        let now = too_late(site);
        let done = confirm(&session.at(&now), &asked, PASSWORD);
        assert_eq!(done.status, 409, "it went on to the act, which knows a newer version: {}", done.text);
        assert!(!asks_person(&post(&later(site, LASTS + LASTS))), "it counts from now");
        assert!(asks_person(&post(&later(site, LASTS + LASTS + MOMENT + MOMENT))));
        let elsewhere = site.sign_in("d1");
        assert!(
            asks_person(&elsewhere.at(&now).post("/closes/2026-10/reopen", &[])),
            "each session for itself"
        );
        assert!(!asks_person(&post(&later(site, MOMENT))), "clocks of two nodes differ by a little");
        assert!(
            asks_person(&post(&later(site, -SignedDuration::from_hours(1)))),
            "a clock that was set back asks"
        );
    });
}

#[test]
fn what_was_typed_goes_on_with_the_password_in_one_step() {
    on_site(|site| {
        let now = too_late(site);
        let director = site.sign_in("d1").at(&now);
        let name = "夜间对账 <库> & \"报表\" 'A'+B=100%";
        let fields = [
            ("token", "前一个名字"),
            ("until", "2026-12-31"),
            ("company_targets.R", "on"),
            ("token", name),
            ("备注", "第一行\r\n第二行"),
            ("备注", ""),
        ];
        let page = director.post("/me/tokens?from=me", &fields);
        assert!(asks_person(&page), "{}", page.text);
        assert_eq!(address(&page), "/me/tokens?from=me");
        let kept: Vec<_> =
            carried(&page).into_iter().filter(|(name, _)| !name.starts_with("step-up-")).collect();
        let sent: Vec<_> = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(kept, sent, "all of it, in its order");

        let wrong = confirm(&director, &page, "not the password");
        assert!(asks_person(&wrong) && wrong.text.contains("密码不正确"), "{}", wrong.text);
        assert_eq!(carried(&wrong), carried(&page));
        assert!(!wrong.text.contains("not the password"), "a password is never sent back");
        let empty = confirm(&director, &wrong, "");
        assert!(asks_person(&empty) && empty.text.contains("请输入密码。"), "{}", empty.text);

        let made = confirm(&director, &empty, PASSWORD);
        assert!(made.status == 200 && made.text.contains("dacheng_"), "{}", made.text);
        let listed = director.get("/me").text;
        assert!(listed.contains("夜间对账 &#60;库&#62;") && !listed.contains("前一个名字"), "{listed}");
        let act = |act: &str| (act.to_owned(), "POST /me/tokens".to_owned());
        assert_eq!(recorded(site), [act("account.step_up"), act("account.step_up_fail")]);
    });
}

#[test]
fn too_many_wrong_ones_wait_and_the_right_one_waits_too() {
    on_site(|site| {
        let now = too_late(site);
        let director = site.sign_in("d1").at(&now);
        let page = director.post("/closes/2026-10/reopen", &REOPENING);
        for _ in 0..5 {
            assert!(confirm(&director, &page, "wrong").text.contains("密码不正确"));
        }
        for password in ["wrong", PASSWORD] {
            let waits = confirm(&director, &page, password);
            assert!(
                asks_person(&waits) && waits.text.contains("尝试次数过多，请 1 秒后再试"),
                "{}",
                waits.text
            );
            assert_eq!(carried(&waits), carried(&page));
        }
        assert_eq!(recorded(site).len(), 5, "what waits is not looked at");
        let after = later(&now, SignedDuration::from_secs(1));
        let done = confirm(&director.at(&after), &page, PASSWORD);
        assert!(!asks_person(&done), "{}", done.text);
    });
}

#[test]
fn nothing_that_another_site_made_up_is_carried_on() {
    on_site(|site| {
        let now = too_late(site);
        let (director, finance) = (site.sign_in("d1").at(&now), site.sign_in("f2").at(&now));
        let forged = site.sign_in("d1").at(&now).with_token_of(&finance);
        for fields in [&REOPENING[..], &[("version", "0"), ("reason", "漏录"), (FIELD, PASSWORD)]] {
            let answer = forged.post("/closes/2026-10/reopen", fields);
            assert_eq!(answer.status, 400, "{}", answer.text);
            assert!(!answer.text.contains(FIELD) && !answer.text.contains("漏录"), "{}", answer.text);
            let no_token = site.sign_in("d1").at(&now).with_token_of(&site.stranger());
            assert_eq!(no_token.post("/closes/2026-10/reopen", fields).status, 400);
        }
        assert_eq!(forged.post(ALONE, &[(FIELD, PASSWORD)]).status, 400);
        let page = director.post("/closes/2026-10/reopen", &REOPENING);
        let others = confirm(&finance.at(&now).with_token_of(&director), &page, PASSWORD);
        assert_eq!(others.status, 400, "somebody else signed in meanwhile: {}", others.text);
        assert_eq!(recorded(site), [], "no password was looked at");
    });
}

#[test]
fn a_page_leads_nowhere_but_to_its_own_act_and_back_into_the_site() {
    on_site(|site| {
        let now = too_late(site);
        let director = site.sign_in("d1").at(&now);
        for evil in
            ["//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "evil"]
        {
            let page = director.post("/closes/2026-10/reopen", &[("version", "0"), ("step-up-back", evil)]);
            assert!(asks_person(&page) && !page.text.contains("evil"), "{evil}: {}", page.text);
            let alone = director.post(ALONE, &[(FIELD, "wrong"), ("step-up-back", evil)]);
            assert!(asks_person(&alone) && !alone.text.contains("evil"), "{evil}: {}", alone.text);
        }
        // The same page sent to another address meets the guard of that address, with the rights it needs there.
        let page = director.post("/closes/2026-10/reopen", &REOPENING);
        let mut fields = carried(&page);
        fields.push((FIELD.to_owned(), PASSWORD.to_owned()));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(director.post("/closes/2026-10/close", &fields).status, 403);
        assert_eq!(director.post("/settings/roles", &fields).status, 403);
        assert!(
            asks_person(&director.post("/closes/2026-10/reopen", &REOPENING)),
            "nothing was confirmed by that"
        );
        let from = [("//evil.example", "step-up.test"), ("http://evil.example/x", "step-up.test")];
        for (referer, host) in from {
            let request = director.request(Method::POST, "/closes/2026-10/reopen");
            let request = request.header(header::REFERER, referer).header(header::HOST, host);
            let request = request.header(header::CONTENT_TYPE, "text/plain").body(Body::from("x")).unwrap();
            assert!(!director.ask(request).text.contains("evil"));
        }
    });
}

#[test]
fn a_form_with_files_is_confirmed_first_and_then_sent_again() {
    on_site(|site| {
        let now = too_late(site);
        let director = site.sign_in("d1").at(&now);
        let file: (&str, &str, &[u8]) = ("file", "说明.txt", "附件".as_bytes());
        let page = director.upload("/closes/2026-10/reopen", &REOPENING, &[file]);
        assert!(asks_person(&page) && page.text.contains("附带文件的内容没有保留"), "{}", page.text);
        assert_eq!(address(&page), ALONE);
        assert_eq!(carried(&page).len(), 1, "the way back only");
        let wrong = confirm(&director, &page, "wrong");
        assert!(asks_person(&wrong) && wrong.text.contains("密码不正确"));
        let done = confirm(&director, &wrong, PASSWORD);
        assert_eq!((done.status, done.location.as_deref()), (303, Some("/")), "{}", done.text);
        assert!(!asks_person(&director.post("/closes/2026-10/reopen", &REOPENING)));
    });
}

#[test]
fn a_program_with_a_session_is_told_where_to_give_it() {
    on_site(|site| {
        let now = too_late(site);
        let director = site.sign_in("d1").at(&now);
        let reopen = |guest: &Guest<'_>| {
            guest.json(
                Method::POST,
                "/api/v1/closes/2026-10/reopen",
                &json!({ "version": 0, "reason": "漏录" }),
                &[],
            )
        };
        let asked = reopen(&director);
        assert!(asks_program(&asked), "{}", asked.text);
        let problem = asked.value();
        assert_eq!((&problem["status"], &problem["step_up"]), (&json!(403), &json!(PROGRAMS)));
        assert!(problem["detail"].as_str().unwrap().contains(PROGRAMS), "{problem}");
        let give = |password: &str, headers: &[(&str, &str)]| {
            director.json(Method::POST, PROGRAMS, &json!({ "password": password }), headers)
        };
        let wrong = give("wrong", &[("Idempotency-Key", "k1")]);
        assert_eq!((wrong.status, wrong.kind.as_str()), (422, "application/problem+json"), "{}", wrong.text);
        assert!(asks_program(&reopen(&director)));
        let given = give(PASSWORD, &[("Idempotency-Key", "k1")]);
        assert_eq!(given.status, 200, "nothing is kept under a key: {}", given.text);
        assert_eq!(given.value()["until"], json!(later(&now, LASTS).app.clock.now().to_string()));
        assert!(!asks_program(&reopen(&director)));
        assert!(asks_program(&reopen(&site.sign_in("d1").at(&now))), "another session of the same person");
    });
}

#[test]
fn a_token_gives_no_password_and_does_nothing_that_asks_for_one() {
    on_site(|site| {
        let rights = [(Action::AccountsOrg, Right::Read), (Action::AccountsOrg, Right::Update)];
        let token = site.sign_in("sec").token(&rights);
        let by_token = |path: &str| {
            let request = Request::builder().method(Method::POST).uri(path);
            let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            let request = request.header(header::CONTENT_TYPE, "application/json");
            site.stranger()
                .ask(request.body(Body::from(json!({ "password": PASSWORD }).to_string())).unwrap())
        };
        for path in ["/settings/roles", PROGRAMS] {
            let refused = by_token(path);
            assert!(
                refused.status == 403 && refused.text.contains("接口令牌不能做这件事"),
                "{path}: {}",
                refused.text
            );
        }
    });
}

#[test]
fn a_session_that_has_ended_confirms_nothing() {
    on_site(|site| {
        let now = too_late(site);
        let director = site.sign_in("d1").at(&now);
        let page = director.post("/closes/2026-10/reopen", &REOPENING);
        let elsewhere = site.sign_in("d1");
        let new = "秋风清，秋月明，落叶聚还散";
        let changed = [("current", PASSWORD), ("password", new), ("repeat", new)];
        assert_eq!(elsewhere.post("/me/password", &changed).status, 303);
        for password in [PASSWORD, new] {
            let gone = confirm(&director, &page, password);
            assert!(gone.status == 303 && gone.location.unwrap().starts_with("/login"), "{}", gone.text);
        }
    });
}

#[test]
fn who_stands_in_gives_their_own_password() {
    on_site(|site| {
        let lent = [("to", "t2"), ("first", "2026-11-23"), ("last", "2026-11-27")];
        let before = site.sign_in("t2");
        let check = |guest: &Guest<'_>| guest.post("/alerts/1/check", &[("version", "1"), ("act", "accept")]);
        assert!(!asks_person(&check(&before.at(&too_late(site)))), "yellow plans only");
        assert_eq!(site.sign_in("d1").post("/me/delegation", &lent).status, 303);
        let now = too_late(site);
        let delegate = before.at(&now);
        let page = check(&delegate);
        assert!(asks_person(&page) && page.text.contains("核查改进计划"), "{}", page.text);
        assert!(!asks_person(&confirm(&delegate, &page, PASSWORD)));
        assert_eq!(recorded(site).len(), 1);
        let trail = site.sign_in("aud").get("/audit?kind=account").text;
        assert!(trail.contains("再次输入密码") && trail.contains("赵启"), "{trail}");
    });
}

#[test]
fn it_is_asked_in_english_too() {
    on_site(|site| {
        let now = too_late(site);
        let page =
            site.sign_in("sec").in_english().at(&now).post("/settings/roles", &[("profile", "standard")]);
        assert!(asks_person(&page) && page.text.contains("Enter your password again"), "{}", page.text);
        assert!(page.text.contains("change accounts, posts or the rules for accounts"), "{}", page.text);
        assert!(page.text.contains("You are not asked again for 10 minutes."), "{}", page.text);
        let matrix = site.sign_in("sec").get("/settings/roles").text;
        assert!(
            matrix.contains("新建、编辑须再次输入密码") && matrix.contains("批准须再次输入密码"),
            "{matrix}"
        );
    });
}
