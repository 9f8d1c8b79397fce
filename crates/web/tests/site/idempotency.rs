//! `Idempotency-Key`: a request that is sent again is answered as before and has one effect.

use std::thread;

use axum::body::Body;
use axum::http::{Method, Request, header};
use dacheng_app::hash::{hex, sha256};
use dacheng_app::idempotency::{Turn, begin};
use dacheng_app::people::access::of_session;
use dacheng_app::people::sign_in::{Browser, sign_in};
use dacheng_app::testing::company::PASSWORD;
use dacheng_app::{Actor, App, planning};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::planning::{RecognisedAt, RevenueBasis, Tax};
use dacheng_text::Lang;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::support::{Answer, Guest, Site, on_site};

const PLANS: &str = "/api/v1/plans";

fn new(code: &str) -> Value {
    json!({ "year": 2028, "code": code, "name": "基准", "recognised_at": "signing", "tax": "included" })
}

fn make(guest: &Guest<'_>, key: &str, code: &str) -> Answer {
    guest.json(Method::POST, PLANS, &new(code), &[("idempotency-key", key)])
}

/// How often a plan is recorded as made.
fn made(site: &Site, code: &str) -> usize {
    let trail = site.sign_in("aud").get(&format!("/api/v1/audit?limit=1000&kind=plan&object=plan/{code}"));
    trail.value()["items"].as_array().unwrap().len()
}

#[test]
fn the_same_request_is_answered_as_before_and_has_one_effect() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let (first, again) = (make(&operations, "k-1", "P1"), make(&operations, "k-1", "P1"));
        assert_eq!(first.status, 201, "{}", first.text);
        assert_eq!((again.status, &again.text, &again.kind), (201, &first.text, &first.kind));
        assert_eq!(made(site, "P1"), 1);
        assert_eq!(make(&operations, "k-2", "P1").status, 422, "without the key it is a second plan");
        let refused = make(&operations, "k-2", "P1");
        assert_eq!((refused.status, refused.kind.as_str()), (422, "application/problem+json"));
    });
}

#[test]
fn another_request_under_the_same_key_is_refused() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        assert_eq!(make(&operations, "k", "P1").status, 201);
        let other = make(&operations, "k", "P2");
        assert_eq!((other.status, other.kind.as_str()), (422, "application/problem+json"));
        assert!(other.text.contains("Idempotency-Key"), "{}", other.text);
        let path = format!("{PLANS}/P1/submit");
        let elsewhere = operations.json(Method::POST, &path, &new("P1"), &[("idempotency-key", "k")]);
        assert_eq!(elsewhere.status, 422);
        assert_eq!((made(site, "P1"), made(site, "P2")), (1, 0));
        for key in ["", "two words", "钥匙", &"k".repeat(201)] {
            let request = operations.request(Method::POST, PLANS).header("idempotency-key", key.as_bytes());
            let request = request.header(header::CONTENT_TYPE, "application/json");
            assert_eq!(operations.ask(request.body(Body::from("{}")).unwrap()).status, 400, "{key}");
        }
    });
}

#[test]
fn a_key_belongs_to_one_account_and_to_one_day() {
    on_site(|site| {
        assert_eq!(make(&site.sign_in("o1"), "k", "P1").status, 201);
        let solved = |guest: &Guest<'_>| {
            let body = json!({ "total": "10.00", "unit": "1.00", "children": [{ "id": "a", "weight": 1 }] });
            guest.json(Method::POST, "/api/v1/allocations:preview", &body, &[("idempotency-key", "k")]).status
        };
        assert_eq!((solved(&site.sign_in("d1")), solved(&site.sign_in("o1"))), (200, 422));
        let (mut later, clock) = (site.app.clone(), &site.app.clock);
        later.clock = clock.advanced(SignedDuration::from_hours(25));
        assert_eq!(dacheng_app::idempotency::sweep(&later).unwrap(), 2);
        assert_eq!(solved(&site.sign_in("o1")), 200);
    });
}

#[test]
fn of_many_at_once_one_acts() {
    on_site(|site| {
        let token = site.sign_in("o1").token(&[(Action::CompanyTargets, Right::Create)]);
        let statuses: Vec<u16> = thread::scope(|scope| {
            let ask = || {
                let guest = site.stranger();
                let request = Request::builder().method(Method::POST).uri(PLANS);
                let request = request
                    .header(header::AUTHORIZATION, format!("Bearer {token}"))
                    .header(header::CONTENT_TYPE, "application/json")
                    .header("idempotency-key", "race");
                guest.ask(request.body(Body::from(new("P1").to_string())).unwrap()).status
            };
            let all: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(statuses.contains(&201), "{statuses:?}");
        assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
        assert_eq!(made(site, "P1"), 1);
    });
}

#[test]
fn every_post_of_the_api_says_that_it_takes_a_key() {
    let described: Value = serde_json::from_str(&dacheng_web::api::description()).unwrap();
    for (path, item) in described["paths"].as_object().unwrap() {
        let Some(parameters) = item.get("post").map(|post| post["parameters"].as_array()) else { continue };
        let named = |parameters: &Vec<Value>| parameters.iter().any(|own| own["name"] == "Idempotency-Key");
        // Of a password nothing is kept, not even within the fingerprint of a request.
        assert_eq!(parameters.is_some_and(named), path != "/api/v1/me/step-up", "{path}");
    }
}

/// Takes the name of a request as a server that ends before it answers; answers what the attempt holds.
fn left_behind(site: &Site, key: &str, code: &str) -> dacheng_app::Context {
    let app = &site.app;
    let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
    let browser = Browser { address: [127, 0, 0, 1].into(), name: "test", device: None, session: None };
    let visitor = app.context(Actor::Visitor, Lang::Zh);
    let begun = sign_in(app, &visitor, &ground.organisation, ("o1", PASSWORD), &browser).unwrap();
    let signed = of_session(app, &begun.session, &ground.organisation).unwrap().unwrap();
    let context = signed.caller.context(app);
    let print = hex(&sha256(&[PLANS.as_bytes(), b"\n\n", new(code).to_string().as_bytes()].concat()));
    match begin(app, &context, key, &print).unwrap() {
        Turn::First(claim) => dacheng_app::Context { request: Some(claim), ..context },
        other => panic!("{other:?}"),
    }
}

fn created(app: &App, context: &dacheng_app::Context, code: &str) -> dacheng_app::Result<()> {
    let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
    let new = planning::NewPlan { year: 2028, code: Some(code.to_owned()), name: "基准".to_owned(), basis };
    planning::create(app, context, &new).map(drop)
}

#[test]
fn a_request_that_was_left_behind_without_effect_is_tried_again() {
    on_site(|site| {
        let late = left_behind(site, "k", "P1");
        let operations = site.sign_in("o1");
        assert_eq!(make(&operations, "k", "P1").status, 409, "it may be under way");
        let soon = site.app.clock.advanced(SignedDuration::from_mins(6));
        let soon = site.with_clock(soon);
        assert_eq!(make(&soon.sign_in("o1"), "k", "P1").status, 201);
        // Whoever still works on the first attempt commits nothing any more.
        assert!(created(&site.app, &late, "P2").is_err());
        assert_eq!((made(site, "P1"), made(site, "P2")), (1, 0));
    });
}

#[test]
fn a_request_that_took_effect_and_was_not_answered_has_no_second_effect() {
    on_site(|site| {
        let late = left_behind(site, "k", "P1");
        created(&site.app, &late, "P1").unwrap();
        for minutes in [0, 6, 23 * 60] {
            let then = site.with_clock(site.app.clock.advanced(SignedDuration::from_mins(minutes)));
            let told = make(&then.sign_in("o1"), "k", "P1");
            assert_eq!(told.status, 409);
            assert!(told.text.contains("已经生效") && told.text.contains("P1"), "{}", told.text);
        }
        assert_eq!(made(site, "P1"), 1);
    });
}
