//! Search in a browser and for programs: what is found leads to a page that opens, and nobody is told of anything else.

use axum::http::Method;
use dacheng_app::testing::company;
use serde_json::{Value, json};

use crate::support::{Guest, on_site};

fn encoded(text: &str) -> String {
    dacheng_web::http::encoded(text)
}

/// Every address that an answer leads to.
fn pages(answer: &Value) -> Vec<String> {
    let groups = answer["groups"].as_array().unwrap().iter();
    let items = groups.flat_map(|group| group["items"].as_array().unwrap());
    items.map(|item| item["page"].as_str().unwrap().to_owned()).collect()
}

fn found(guest: &Guest<'_>, typed: &str) -> Value {
    guest.get(&format!("/api/v1/search?q={}&limit=50", encoded(typed))).value()
}

#[test]
fn what_is_found_opens_for_whoever_found_it() {
    on_site(|site| {
        let mut opened = 0;
        for (who, _) in company::PEOPLE {
            let guest = site.sign_in(who);
            for typed in ["李喆", "wm", "华", "苏州", "fengrong", "2026", "yj", "审计", "e1", "s"] {
                for page in pages(&found(&guest, typed)) {
                    assert_eq!(guest.get(&page).status, 200, "{who} finds {page} by {typed}");
                    opened += 1;
                }
            }
        }
        assert!(opened > 100, "{opened}");
    });
}

#[test]
fn what_lies_outside_a_scope_is_not_told() {
    on_site(|site| {
        let leader = site.sign_in("t1");
        let of = |typed: &str| {
            let page = leader.get(&format!("/search?q={}", encoded(typed)));
            assert_eq!(page.status, 200);
            page.text
        };
        assert!(of("lizhe").contains("/targets/E1/people/s1"));
        let elsewhere = of("jianghao");
        assert!(elsewhere.contains("没有找到“jianghao”") && !elsewhere.contains("蒋好"), "{elsewhere}");
        assert!(!of("华南").contains("华南大区"));
        assert_eq!(found(&leader, "冯镕"), json!({ "groups": [] }));
        assert_ne!(found(&site.sign_in("r1"), "冯镕"), json!({ "groups": [] }));
    });
}

#[test]
fn the_page_works_without_a_script_in_both_languages() {
    on_site(|site| {
        let guest = site.sign_in("d1");
        let page = guest.get("/search");
        assert!(page.text.contains("想找什么？") && page.text.contains("action=\"/search\""));
        let page = guest.get("/search?q=%E6%9D%8E%E5%96%86");
        assert!(page.text.contains("value=\"李喆\"") && page.text.contains("李喆</b><small>苏州组</small>"));
        let guest = guest.in_english();
        assert!(guest.get("/search?q=hddq").text.contains("Units"));
        let nothing = guest.get("/search?q=%3Cscript%3E");
        assert!(nothing.text.contains("Nothing found") && !nothing.text.contains("<script>\""), "escaped");
        let missing = guest.get("/targets/NOWHERE");
        assert_eq!(missing.status, 404);
        assert!(missing.text.contains("action=\"/search\""), "404 offers search");
        assert!(!guest.get("/settings/jobs").text.contains("Or search for it here"), "403 does not");
    });
}

#[test]
fn the_fragment_holds_options_with_names_for_a_screen_reader() {
    on_site(|site| {
        let guest = site.sign_in("d1");
        let answer = guest.get("/search/found?q=lz");
        assert!(
            answer.text.contains("role=\"option\" id=\"finder-person-1\" href=\"/targets/E1/people/s1\"")
        );
        assert!(answer.text.contains("<template data-said>") && !answer.text.contains("<html"));
        assert!(guest.get("/search/found?q=").text.trim().len() < 120, "nothing typed, nothing found");
    });
}

#[test]
fn a_hostile_question_costs_little_and_a_program_sets_the_limit() {
    on_site(|site| {
        let guest = site.sign_in("d1");
        let long = format!("/api/v1/search?q={}", "%E6%9D%8E".repeat(5_000));
        assert_eq!(guest.get(&long).value(), json!({ "groups": [] }));
        let two = guest.get("/api/v1/search?q=s&limit=2").value();
        assert_eq!(two["groups"][0]["kind"], "person");
        assert_eq!(two["groups"][0]["items"].as_array().unwrap().len(), 2);
        assert_eq!(two["groups"][0]["more"], true);
        let first = &found(&guest, "lizhe")["groups"][0]["items"][0];
        let wanted =
            json!({ "name": "李喆", "code": "s1", "about": "苏州组", "page": "/targets/E1/people/s1" });
        assert_eq!(*first, wanted);
        assert_eq!(guest.get("/api/v1/search?limit=x").status, 400);
        assert_eq!(guest.json(Method::POST, "/api/v1/search", &json!({}), &[]).status, 405);
    });
}
