//! `Idempotency-Key`: a request that is sent again is answered as before and has one effect.

use std::thread;

use axum::body::Body;
use axum::http::{Method, Request, header};
use dacheng_domain::access::{Action, Right};
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
        assert!(parameters.is_some_and(named), "{path}");
    }
}
