//! What went wrong is told as a page within the shell, or as problem+json, whatever refused it.

use axum::body::Body;
use axum::http::{Method, header};
use serde_json::json;

use super::support::on_site;

#[test]
fn a_page_that_is_not_there_offers_a_way_on() {
    on_site(|site| {
        let page = site.sign_in("d1").get("/nothing/here");
        assert_eq!(page.status, 404);
        assert!(page.text.contains("找不到这个页面") && page.text.contains("href=\"/\""), "{}", page.text);
        let english = site.sign_in("d1").in_english().get("/nothing/here");
        assert!(english.text.contains("Page not found"));
        let program = site.sign_in("d1").get("/api/v1/nothing");
        assert_eq!((program.status, program.kind.as_str()), (404, "application/problem+json"));
        assert_eq!(program.value()["status"], 404);
    });
}

#[test]
fn who_may_not_hears_whom_to_ask() {
    on_site(|site| {
        let page = site.sign_in("d1").post("/audit/verify", &[]);
        assert_eq!(page.status, 403);
        assert!(page.text.contains("审计员"), "{}", page.text);
    });
}

#[test]
fn what_the_framework_refuses_is_told_like_the_rest() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let query = director.get("/settings/calendar?year=soon");
        assert_eq!((query.status, query.kind.as_str()), (400, "text/html; charset=utf-8"));
        assert!(query.text.contains("无法处理这个请求") && query.text.contains("main"), "{}", query.text);
        let path = director.get("/settings/people/none");
        assert_eq!((path.status, path.kind.as_str()), (400, "text/html; charset=utf-8"));
        let program = director.get("/api/v1/units?limit=many");
        assert_eq!((program.status, program.kind.as_str()), (400, "application/problem+json"));
        assert!(program.value()["detail"].as_str().unwrap().contains("limit"));
        let form = director.request(Method::POST, "/me/password").header(header::CONTENT_TYPE, "text/plain");
        assert_eq!(director.ask(form.body(Body::from("x")).unwrap()).status, 415);
    });
}

#[test]
fn a_method_that_is_not_there_is_told() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let page = director.ask(director.request(Method::DELETE, "/me").body(Body::empty()).unwrap());
        assert_eq!((page.status, page.kind.as_str()), (405, "text/html; charset=utf-8"));
        assert!(page.text.contains("无法处理这个请求"), "{}", page.text);
        let program = director.json(Method::PUT, "/api/v1/units", &json!({}), &[]);
        assert_eq!((program.status, program.kind.as_str()), (405, "application/problem+json"));
    });
}

#[test]
fn a_body_too_large_is_told() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let large = "x".repeat(2 << 20);
        let page = director.post("/me/tokens", &[("token", &large)]);
        assert_eq!((page.status, page.kind.as_str()), (413, "text/html; charset=utf-8"));
        assert!(page.text.contains("超过上限"), "{}", page.text);
        let program = director.json(Method::POST, "/api/v1/allocations:preview", &json!(large), &[]);
        assert_eq!((program.status, program.kind.as_str()), (413, "application/problem+json"));
    });
}
