//! Scenarios on pages and for programs: copied, compared, merged, chosen, by whom the table allows.

use axum::http::Method;
use serde_json::{Value, json};

use super::support::{Answer, Guest, on_site};

/// Sales operations carry the plan of 2026 forward and copy it once more, with growth.
fn two(operations: &Guest<'_>) {
    for (from, code, growth) in [("2026", "A", "0"), ("A", "B", "10")] {
        let made = copied(operations, from, code, growth, "copy");
        assert_eq!((made.status, made.location), (303, Some(format!("/plans/{code}"))), "{}", made.text);
    }
}

fn copied(guest: &Guest<'_>, from: &str, code: &str, growth: &str, act: &str) -> Answer {
    let fields = [
        ("year", "2027"),
        ("code", code),
        ("name", code),
        ("growth-revenue", growth),
        ("leavers", "reserve"),
        ("locks", "left"),
        ("act", act),
    ];
    guest.post(&format!("/plans/{from}/copy"), &fields)
}

const SIDE: &str = "/plans/compare?plan=A&plan=B&metric=revenue&open=ALL,EAST";

fn comparison(guest: &Guest<'_>) -> Value {
    guest.get("/api/v1/plans:compare?plan=A&plan=B&open=*").value()
}

#[test]
fn a_plan_is_copied_after_a_look_that_changes_nothing() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let form = operations.get("/plans/2026/copy");
        assert_eq!(form.status, 200, "{}", form.text);
        assert!(form.text.contains("结转到新年度") && form.text.contains("销售额增长"));
        let look = copied(&operations, "2026", "A", "8", "check");
        assert_eq!(look.status, 200, "{}", look.text);
        assert!(look.text.contains("id=\"result\"") && look.text.contains("value=\"8\""));
        assert_eq!(operations.get("/plans/A").status, 404, "looking made a plan");
        for wrong in ["viel", "-101", "1001"] {
            let refused = copied(&operations, "2026", "A", wrong, "copy");
            assert_eq!(refused.status, 422, "{wrong}");
            assert!(refused.text.contains(&format!("value=\"{wrong}\"")), "what was typed is kept");
        }
        two(&operations);
        assert!(operations.get("/plans/B").text.contains("复制自 A（A）"));
        assert_eq!(copied(&operations, "2026", "A", "0", "copy").status, 422, "the code is taken");
        assert_eq!(copied(&operations, "2026", "compare", "0", "copy").status, 422, "it is an address");
        assert_eq!(site.sign_in("r1").post("/plans/2026/copy", &[("year", "2027")]).status, 403);
    });
}

#[test]
fn the_comparison_is_the_same_on_pages_in_files_and_for_programs() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        two(&operations);
        let page = operations.get(SIDE);
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("概率可信吗") && page.text.contains("+10.0%"));
        let found = comparison(&operations);
        let rows = found["rows"].as_array().unwrap();
        let of = |owner: &str| rows.iter().find(|row| row["owner"] == owner).unwrap();
        for owner in ["unit:ALL", "unit:EAST", "unit:E1", "member:s1"] {
            let cells = of(owner)["cells"].as_array().unwrap();
            let yuan = |place: usize| cells[place]["target"].as_str().unwrap().parse::<f64>().unwrap();
            assert!((yuan(1) / yuan(0) - 1.1).abs() < 0.001, "{owner}");
        }
        let sum = |owners: &[&str]| -> f64 {
            let yuan =
                |owner: &&str| of(owner)["cells"][1]["target"].as_str().unwrap().parse::<f64>().unwrap();
            owners.iter().map(yuan).sum()
        };
        assert!((sum(&["unit:EAST", "unit:SOUTH"]) - sum(&["unit:ALL"])).abs() < 0.001);
        let csv = operations.get(&SIDE.replace("/plans/compare?", "/plans/compare.csv?"));
        assert_eq!(csv.status, 200);
        assert!(
            csv.text.contains("苏州组")
                && csv.text.contains(of("unit:E1")["cells"][1]["target"].as_str().unwrap())
        );
        // One of them, one that is not there, and two of different years.
        assert_eq!(operations.get("/plans/compare?plan=A").status, 422);
        assert_eq!(operations.get("/plans/compare?plan=A&plan=Z").status, 404);
        assert_eq!(operations.get("/plans/compare?plan=A&plan=2026").status, 422);
    });
}

#[test]
fn a_draft_is_compared_by_who_plans_and_only_as_far_as_they_see() {
    on_site(|site| {
        two(&site.sign_in("o1"));
        assert_eq!(site.sign_in("s1").get(SIDE).status, 404, "a draft is nobody else's business");
        let region = site.sign_in("r1");
        let page = region.get(SIDE);
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("苏州组") && !page.text.contains("华南大区"));
        let found = comparison(&region);
        let owners: Vec<&str> =
            found["rows"].as_array().unwrap().iter().map(|row| row["owner"].as_str().unwrap()).collect();
        assert!(owners.contains(&"member:s1") && !owners.contains(&"member:s5"), "{owners:?}");
        assert_eq!(owners[0], "unit:EAST");
    });
}

#[test]
fn pay_is_an_assumption_of_two_rates_and_shown_for_units_only() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        two(&operations);
        let set = |rate: &str, beyond: &str, version: &str| {
            let fields = [("rate", rate), ("beyond", beyond), ("version", version), ("back", SIDE)];
            operations.post("/plans/B/pay", &fields)
        };
        let kept = set("1", "2", "1");
        assert_eq!((kept.status, kept.location.as_deref()), (303, Some(SIDE)), "{}", kept.text);
        let found = comparison(&operations);
        for row in found["rows"].as_array().unwrap() {
            assert_eq!(row["cells"][0]["pay_at_target"], Value::Null, "A has no assumption");
            let is_unit = row["owner"].as_str().unwrap().starts_with("unit:");
            assert_eq!(row["cells"][1]["pay_at_target"].is_string(), is_unit, "{row}");
        }
        let version = |rate: &str, version: &str| {
            set(rate, "", version);
            comparison(&operations)["plans"][1]["pay_assumption"]["rate"].clone()
        };
        assert_eq!(version("101", "2"), json!("1.00"), "no rate above everything");
        assert_eq!(version("5", "1"), json!("1.00"), "somebody was first");
        assert_eq!(version("5", "2"), json!("5.00"));
        let elsewhere =
            operations.post("/plans/B/pay", &[("version", "3"), ("back", "https://evil.example/")]);
        assert_eq!(elsewhere.location.as_deref(), Some("/plans/compare"));
        assert_eq!(comparison(&operations)["plans"][1]["pay_assumption"], Value::Null, "taken back");
    });
}

#[test]
fn a_merge_is_previewed_and_a_stale_one_shows_mine_and_theirs() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        two(&operations);
        let address = "/plans/merge?from=B&into=A&owner=unit:EAST&metric=revenue&settle=siblings";
        let page = operations.get(address);
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("华南大区") && page.text.contains("同级"), "{}", page.text);
        let fields = |page: &Answer| -> Vec<(&'static str, String)> {
            ["from", "into", "owner", "metric", "settle", "token", "old", "new"]
                .map(|name| (name, hidden(page, name)))
                .to_vec()
        };
        let send = |fields: &[(&'static str, String)]| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            operations.post("/plans/merge", &fields)
        };
        let seen = fields(&page);
        // Somebody changes the branch where it comes from.
        let body = json!({
            "metric": "revenue", "from": "A", "owner": "unit:E1", "settle": "parents"
        });
        let other = operations.json(Method::POST, "/api/v1/plans/B/merge:preview", &body, &[]).value();
        let body = json!({
            "metric": "revenue", "from": "A", "owner": "unit:E1", "settle": "parents", "token": other["token"]
        });
        let done = operations.json(Method::POST, "/api/v1/plans/B/merge", &body, &[]);
        assert_eq!(done.status, 200, "{}", done.text);
        let late = send(&seen);
        assert_eq!(late.status, 409, "{}", late.text);
        assert!(late.text.contains("id=\"conflict\"") && late.text.contains("华东大区，B"), "{}", late.text);
        let knowingly = send(&fields(&late));
        assert_eq!(knowingly.status, 303, "{}", knowingly.text);
        let found = comparison(&operations);
        let rows = found["rows"].as_array().unwrap();
        let cells = |owner: &str| rows.iter().find(|row| row["owner"] == owner).unwrap()["cells"].clone();
        assert_eq!(cells("unit:EAST")[0]["target"], cells("unit:EAST")[1]["target"]);
        let stale = operations.json(Method::POST, "/api/v1/plans/B/merge", &body, &[]);
        assert_eq!(stale.status, 409, "the token was used");
        // A region manager takes what is theirs, and does not move the company's total.
        let region = site.sign_in("r1");
        let theirs = "/plans/merge?from=A&into=B&owner=unit:E2&metric=revenue";
        assert_eq!(region.get(&format!("{theirs}&settle=siblings")).status, 200);
        let total = region.get(&format!("{theirs}&settle=parents"));
        assert!(
            total.status == 422 && total.text.contains("公司总目标由销售运营或总监设定"),
            "{}",
            total.text
        );
        assert!(region.get(SIDE).text.contains("settle=siblings"), "what they may is offered");
        assert_eq!(region.get("/plans/merge?from=A&into=B&owner=unit:SOUTH&metric=revenue").status, 404);
    });
}

/// The value of a hidden field of the form that merges, which stands last on the page.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.text.rsplit_once(&mark).unwrap_or_else(|| panic!("{name}: {}", page.text));
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn who_approves_is_told_what_is_archived_and_a_scenario_that_came_meanwhile_stops_it() {
    on_site(|site| {
        let (operations, executive) = (site.sign_in("o1"), site.sign_in("x1"));
        two(&operations);
        assert_eq!(operations.post("/plans/B/submit", &[("version", "1")]).status, 303);
        let page = executive.get("/plans/B");
        assert!(
            page.text.contains("同年的其他方案将归档") && page.text.contains("name=\"archives\" value=\"A\"")
        );
        assert_eq!(copied(&operations, "2026", "C", "0", "copy").status, 303);
        let force = |archives: &str| {
            let fields = [("version", "2"), ("reason", "待入职"), ("archives", archives)];
            executive.post("/plans/B/force", &fields)
        };
        let late = force("A");
        assert_eq!(late.status, 422, "{}", late.text);
        assert!(late.text.contains("“C”（C）刚刚加入"), "{}", late.text);
        assert_eq!(force("C/A").status, 303);
        let state = |code: &str| operations.get(&format!("/api/v1/plans/{code}")).value()["state"].clone();
        assert_eq!(["A", "B", "C"].map(state), [json!("archived"), json!("in_force"), json!("archived")]);
        let restored = operations.post("/plans/A/restore", &[("version", "2")]);
        assert_eq!(restored.status, 303, "{}", restored.text);
        assert_eq!(state("A"), json!("draft"));
    });
}
