//! Responsibility letters over the site: read and signed by people on the text they saw, never by a token, the same on paper.

use axum::http::Method;
use dacheng_domain::access::{Action, Right};
use serde_json::{Value, json};

use super::support::{Answer, Guest, on_site};

const LETTER: &str = "/letters/ZR-2026-0001";
const PROGRAMS: &str = "/api/v1/letters/ZR-2026-0001";

/// What a page hands on to the step after it, with the ticks.
fn fields(page: &Answer) -> Vec<(String, String)> {
    let own = ["version", "digest"].map(|name| (name.to_owned(), page.hidden(name)));
    own.into_iter()
        .chain([("read", "yes"), ("agree", "yes")].map(|(a, b)| (a.to_owned(), b.to_owned())))
        .collect()
}

fn post(guest: &Guest<'_>, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    guest.post(path, &fields)
}

fn state(guest: &Guest<'_>) -> Value {
    guest.get(PROGRAMS).value()["state"].clone()
}

#[test]
fn a_letter_is_signed_on_its_page_by_its_member_and_then_by_the_superior() {
    on_site(|site| {
        let (member, leader) = (site.sign_in("s1"), site.sign_in("t1"));
        let page = member.get(LETTER);
        assert!(page.text.contains("李喆") && page.text.contains("120 万"), "{}", page.text);
        assert!(!leader.get(LETTER).text.contains("/countersign"), "it is not the leader's turn");
        let ticked = fields(&page);
        let without = post(&member, &format!("{LETTER}/sign"), &ticked[..3]);
        assert_eq!(without.status, 422, "both statements are ticked");
        assert_eq!(post(&member, &format!("{LETTER}/sign"), &ticked).status, 303);
        assert_eq!(state(&member), "signed");
        let again = post(&member, &format!("{LETTER}/sign"), &ticked);
        assert!(again.status >= 400, "nobody signs twice: {}", again.status);
        let ticked = fields(&leader.get(LETTER));
        assert_eq!(post(&leader, &format!("{LETTER}/countersign"), &ticked).status, 303);
        assert_eq!(state(&leader), "in_force");
    });
}

#[test]
fn a_returned_letter_waits_for_who_issues_it_with_its_reason() {
    on_site(|site| {
        let (member, leader) = (site.sign_in("s1"), site.sign_in("t1"));
        let mut said = fields(&member.get(LETTER));
        let blank = post(&member, &format!("{LETTER}/return"), &said);
        assert!(blank.status == 422 && blank.text.contains("请填写原因"), "{}", blank.text);
        said.push(("reason".to_owned(), "回款权重过高".to_owned()));
        assert_eq!(post(&member, &format!("{LETTER}/return"), &said).status, 303);
        let page = leader.get(LETTER);
        assert!(page.text.contains("回款权重过高") && page.text.contains(&format!("{LETTER}/edit")));
        let form = leader.get(&format!("{LETTER}/edit"));
        assert_eq!(form.status, 200);
        let (version, revision) = (form.hidden("version"), form.hidden("revision"));
        let edited = |weights: [&str; 2]| {
            let rest = [("version", version.as_str()), ("revision", revision.as_str())];
            let items = [("weight-0", weights[0]), ("weight-1", weights[1])];
            let days = [("deadline-0", "2026-12-31"), ("deadline-1", "2026-12-31")];
            leader.post(&format!("{LETTER}/edit"), &[rest, items, days].concat())
        };
        let unread = edited(["六十", "40"]);
        assert!(
            unread.status == 422 && unread.text.contains("六十"),
            "what was typed stays: {}",
            unread.text
        );
        assert_eq!(edited(["60", "40"]).status, 303);
        assert_eq!(edited(["55", "45"]).status, 409, "somebody else saved it meanwhile");
        assert_eq!(leader.post(&format!("{LETTER}/issue"), &[]).status, 303);
        let changed = member.get(&format!("{LETTER}/compare?from=1&to=2"));
        assert!(changed.text.contains("50%") && changed.text.contains("60%"), "{}", changed.text);
    });
}

#[test]
fn a_token_reads_and_issues_and_never_signs() {
    on_site(|site| {
        let member = site.sign_in("s1");
        let digest = member.get(PROGRAMS).value()["digest"].clone();
        let bearer = format!("Bearer {}", member.token(&[(Action::Letters, Right::Read)]));
        let body = json!({ "version": 1, "digest": digest });
        let headers = [("authorization", bearer.as_str())];
        let refused = site.stranger().json(Method::POST, &format!("{PROGRAMS}/sign"), &body, &headers);
        assert_eq!(refused.status, 403, "{}", refused.text);
        assert_eq!(state(&member), "issued");
        let wrong = json!({ "version": 1, "digest": "00" });
        assert_eq!(member.json(Method::POST, &format!("{PROGRAMS}/sign"), &wrong, &[]).status, 422);
        assert_eq!(member.json(Method::POST, &format!("{PROGRAMS}/sign"), &body, &[]).status, 200);
        let code = &digest.as_str().unwrap()[..32];
        let found = member.get(&format!("{PROGRAMS}/verification?code={code}")).value();
        assert_eq!((&found["signed"], &found["needed"]), (&json!(1), &json!(2)));
        let page = member.get(&format!("/verify?no=ZR-2026-0001&code={code}"));
        assert!(page.text.contains("内容一致"), "{}", page.text);
        let other = member.get(&format!("/verify?no=ZR-2026-0001&code={}", code.replace(&code[..1], "x")));
        assert!(other.text.contains("没有内容与此编号"), "{}", other.text);
    });
}
