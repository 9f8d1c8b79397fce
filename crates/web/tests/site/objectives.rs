//! Strategic objectives, and qualitative targets with their raters, by whom the table lets and whom a target names.

use axum::http::Method;
use serde_json::{Value, json};

use super::support::{Answer, Guest, on_site};

#[test]
fn objectives_are_kept_linked_and_show_what_nothing_serves() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let new = [
            ("code", "S2"),
            ("name", "提升新产品占比"),
            ("description", ""),
            ("year", "2026"),
            ("owner", "d1"),
        ];
        let made = operations.post("/objectives", &new);
        assert_eq!((made.status, made.location.as_deref()), (303, Some("/objectives/S2")), "{}", made.text);
        assert_eq!(operations.post("/objectives", &new).status, 422, "the code is taken");
        let nobody =
            [("code", "S3"), ("name", "x"), ("description", ""), ("year", "2026"), ("owner", "nobody")];
        assert_eq!(operations.post("/objectives", &nobody).status, 422);
        let list = operations.get("/objectives");
        assert!(list.text.contains("1 / 2 个战略目标有目标服务"), "{}", list.text);
        let uncovered = |text: &str| text.split("id=\"uncovered\"").nth(1).unwrap().to_owned();
        let before = uncovered(&list.text);
        // The small company has targets of the company and two regions for two metrics; the east's revenue serves S1.
        assert!(before.contains("回款额 · 全公司") && before.contains("销售额 · 华南大区"), "{before}");
        assert!(!before.contains("销售额 · 华东大区"), "{before}");

        let link = |act: &str, target: &str, version: &str| {
            operations.post(&format!("/objectives/S2/{act}"), &[("target", target), ("version", version)])
        };
        assert_eq!(link("link", "revenue|SOUTH|2026", "1").status, 303);
        assert_eq!(link("link", "revenue|SOUTH|2026", "1").status, 409, "somebody was first");
        assert_eq!(link("link", "revenue|SOUTH|2026", "2").status, 422, "it is linked already");
        assert_eq!(link("link", "visits|SOUTH|2026", "2").status, 422, "there is no such target");
        assert_eq!(link("link", "collections|ALL|2026", "2").status, 303, "the top unit is the company");
        let after = uncovered(&operations.get("/objectives").text);
        assert!(!after.contains("回款额") && !after.contains("销售额 · 华南大区"), "{after}");
        assert!(after.contains("销售额 · 全公司"), "{after}");
        assert_eq!(link("unlink", "collections||2026", "3").status, 303);
        assert_eq!(link("unlink", "collections||2026", "4").status, 422);
        let kept = site.sign_in("d1").get("/api/v1/objectives/S2").value();
        assert_eq!(
            kept["targets"],
            json!([{ "plan": "2026", "metric": "revenue", "unit": "SOUTH", "amount": "2400000.00" }])
        );

        let seller = site.sign_in("s1").get("/objectives");
        assert!(seller.status == 200 && seller.text.contains("拓展华东市场"), "{}", seller.text);
        assert!(!seller.text.contains("新建战略目标"), "they keep none");
        assert_eq!(site.sign_in("r1").post("/objectives", &new).status, 403);
    });
}

#[test]
fn what_is_changed_meanwhile_is_shown_beside_ones_own_words() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let change = |name: &str, version: &str| {
            let fields = [
                ("name", name),
                ("description", ""),
                ("year", "2026"),
                ("owner", "d1"),
                ("version", version),
            ];
            operations.post("/objectives/S1", &fields)
        };
        assert_eq!(change("深耕华东", "2").status, 303);
        let stale = change("拓展华东与华中", "2");
        assert!(
            stale.status == 409 && stale.text.contains("深耕华东") && stale.text.contains("拓展华东与华中")
        );
        assert_eq!(change("拓展华东与华中", "3").status, 303);
        let body = json!({ "name": " ", "year": 2026, "owner": "d1", "version": 4 });
        assert_eq!(operations.json(Method::PUT, "/api/v1/objectives/S1", &body, &[]).status, 422);
        let entries = site.sign_in("aud").get("/api/v1/audit?kind=objective&limit=50").value();
        let changes =
            entries["items"].as_array().unwrap().iter().filter(|own| own["act"] == "objective.change");
        let newest = changes.clone().next().unwrap();
        assert_eq!(changes.count(), 2);
        assert_eq!(newest["detail"]["before"]["name"], json!("深耕华东"), "{newest}");
    });
}

fn set(guest: &Guest<'_>, owner: &str, rater: &str) -> Answer {
    let level = |number: usize| (["level-1", "level-2", "level-3", "level-4", "level-5"][number], "做到了");
    let mut fields = vec![
        ("name", "客户关系"),
        ("owner", owner),
        ("rater", rater),
        ("from", "2026-10"),
        ("to", "2026-12"),
        ("target", "4"),
    ];
    fields.extend((0..5).map(level));
    guest.post("/rubrics", &fields)
}

fn rate(guest: &Guest<'_>, address: &str, score: &str, version: &str) -> Answer {
    guest.post(&format!("{address}/rate"), &[("score", score), ("note", "稳定"), ("version", version)])
}

#[test]
fn only_the_named_rater_scores_once_and_never_the_owner() {
    on_site(|site| {
        let (leader, rater, owner) = (site.sign_in("t1"), site.sign_in("k1"), site.sign_in("s2"));
        assert_eq!(set(&owner, "member:s2", "k1").status, 403, "specialists set none");
        assert_eq!(set(&leader, "member:t1", "k1").status, 422, "nobody sets their own");
        assert_eq!(set(&leader, "member:s2", "s2").status, 422, "nobody scores their own");
        assert_eq!(
            set(&site.sign_in("r1"), "unit:E1", "t1").status,
            422,
            "the leader of a unit carries its target"
        );
        let outside = set(&leader, "member:s3", "k1");
        assert!(outside.status == 422 && outside.text.contains("没有责任对象"), "{}", outside.text);
        let made = set(&leader, "member:s2", "k1");
        let address = made.location.clone().unwrap();
        assert_eq!(made.status, 303);
        let inbox = rater.get("/inbox").text;
        assert!(inbox.contains("评分：客户关系") && inbox.contains(&address), "{inbox}");
        assert!(!owner.get("/inbox").text.contains("评分：客户关系"));

        assert!(owner.get(&address).status == 200, "whoever carries it reads it");
        let own = rate(&owner, &address, "5", "1");
        assert!(own.status == 422 && own.text.contains("不能给自己评分"), "{}", own.text);
        let other = rate(&site.sign_in("r1"), &address, "5", "1");
        assert!(other.status == 422 && other.text.contains("杨市场"), "{}", other.text);
        assert_eq!(rate(&site.sign_in("s1"), &address, "5", "1").status, 404, "not theirs to know");
        assert_eq!(rate(&rater, &address, "6", "1").status, 422);
        assert_eq!(rate(&rater, &address, "5", "7").status, 409);
        assert_eq!(rate(&rater, &address, "5", "1").status, 303);
        assert_eq!(rate(&rater, &address, "3", "2").status, 422, "once");
        assert!(owner.get(&address).text.contains("125.0%"));
        assert!(!rater.get("/inbox").text.contains("评分：客户关系"));
        let api = site.sign_in("t1").get(&format!("/api/v1{address}")).value();
        assert_eq!((&api["score"], &api["attainment"]), (&json!(5), &json!("1.2500")), "{api}");
        let entries: Value = site.sign_in("aud").get("/api/v1/audit?kind=rubric&limit=50").value();
        let acts: Vec<&str> =
            entries["items"].as_array().unwrap().iter().map(|own| own["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["rubric.rate", "rubric.set", "rubric.set"]);
    });
}
