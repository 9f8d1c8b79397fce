//! SMART: a sentence read, judged against hand-computed figures of the small company, and taken into a plan.

use std::fmt::Write as _;

use axum::http::Method;
use serde_json::{Value, json};

use super::support::{Guest, on_site};

fn check(guest: &Guest<'_>, sentence: &str, plan: Option<&str>) -> Value {
    let body = json!({ "sentence": sentence, "plan": plan });
    let answer = guest.json(Method::POST, "/api/v1/targets:check", &body, &[]);
    assert_eq!(answer.status, 200, "{sentence}: {}", answer.text);
    answer.value()
}

/// A page of a plan with a sentence in its address.
fn asked(page: &str, sentence: &str) -> String {
    let mut address = format!("/plans/{page}?q=");
    for byte in sentence.bytes() {
        write!(address, "%{byte:02X}").unwrap();
    }
    address
}

fn verdicts(target: &Value) -> Vec<&str> {
    let verdicts = target["verdicts"].as_array().unwrap();
    verdicts.iter().map(|own| own["verdict"].as_str().unwrap()).collect()
}

#[test]
fn a_sentence_is_read_and_judged_by_what_the_company_sold() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let found = check(&director, "Q4 销售额达 180 万元，其中新产品占比 30%", Some("2026"));
        let [revenue, share] = &found["targets"].as_array().unwrap()[..] else { panic!("{found}") };
        assert_eq!((&revenue["metric"], &revenue["figure"]), (&json!("revenue"), &json!("1800000.00")));
        assert_eq!((&revenue["first"], &revenue["ends"]), (&json!("2026-10"), &json!("2026-12-31")));
        assert_eq!((&share["metric"], &share["figure"]), (&json!("new_product_share"), &json!("30.00%")));
        assert_eq!(verdicts(revenue), ["pass", "pass", "pass", "warn", "pass"], "{revenue}");
        let achievable = revenue["verdicts"][2]["reasons"][0].as_str().unwrap();
        assert!(
            achievable.contains("达成概率") && achievable.contains("30%–80%"),
            "the forecast's: {achievable}"
        );
        // November 2025 to October 2026: 2 × 540 000 + 8 × 600 000 + 565 000 + 545 000 = 6 990 000 by 72 months of people,
        // so 97 083.33 a month, and as many months of people this year bring 6 989 999.76: 700 万 is 100.1 % of it.
        let by_a_day = check(&director, "2026-12-15 前销售额达 700 万元", Some("2026"));
        let by_a_day = &by_a_day["targets"][0];
        assert_eq!(verdicts(by_a_day), ["pass", "pass", "warn", "warn", "pass"], "{by_a_day}");
        let achievable = by_a_day["verdicts"][2]["reasons"][0].as_str().unwrap();
        assert!(
            achievable.contains("72.0") && achievable.contains("100.1%"),
            "no whole period: {achievable}"
        );
        assert!(revenue["verdicts"][1]["reasons"][0].as_str().unwrap().contains("2026-11-10"), "{revenue}");
        assert_eq!(revenue["takeable"], json!(false), "the plan is in force");

        // Of the year before: 3 × 540 000, and a fifth more.
        let grown = check(&director, "Q4 销售额同比增长 20%", Some("2026"));
        assert_eq!(grown["targets"][0]["total"], json!("1944000.00"), "{grown}");
        assert_eq!(verdicts(&grown["targets"][0])[0], "pass");
        let east = check(&director, "华东 Q4 销售额达 120 万元", Some("2026"));
        let east = &east["targets"][0];
        assert_eq!(east["scopes"], json!(["unit:EAST"]));
        assert_eq!(verdicts(east)[3], "pass", "the objective is served: {east}");
        assert!(east["verdicts"][3]["reasons"][0].as_str().unwrap().contains("拓展华东市场"));

        let vague = check(&director, "提升销售额", Some("2026"));
        assert_eq!(verdicts(&vague["targets"][0]), ["fail", "pass", "fail", "warn", "fail"], "{vague}");
        let monthly = check(&director, "Q4 月均新增客户 20 家", None);
        let monthly = &monthly["targets"][0];
        assert_eq!((&monthly["form"], &monthly["total"]), (&json!("monthly_average"), &json!("60")));
        for wrong in [json!({ "sentence": " " }), json!({ "sentence": "长".repeat(501) })] {
            let answer = director.json(Method::POST, "/api/v1/targets:check", &wrong, &[]);
            assert_eq!(answer.status, 422, "{}", answer.text);
        }
    });
}

#[test]
fn who_sees_nobodys_figures_is_told_none() {
    on_site(|site| {
        let specialist = site.sign_in("s1");
        let found = check(&specialist, "Q4 销售额同比增长 20%", Some("2026"));
        assert_eq!(found["targets"][0]["total"], Value::Null, "the company's sales are not theirs to read");
        let found = check(&specialist, "吴堃 Q4 销售额 30 万元", Some("2026"));
        assert_eq!(found["targets"][0]["scopes"], json!([]), "a colleague is no name for them");
        let found = check(&specialist, "李喆 Q4 销售额 30 万元", Some("2026"));
        assert_eq!(found["targets"][0]["scopes"], json!(["member:s1"]));
        let missing = json!({ "sentence": "Q4 销售额 30 万元", "plan": "2027" });
        assert_eq!(specialist.json(Method::POST, "/api/v1/targets:check", &missing, &[]).status, 404);
    });
}

fn months(guest: &Guest<'_>) -> Vec<String> {
    let found = guest.get("/api/v1/targets?plan=2027&metric=revenue&owner=unit:ALL").value();
    let items = found["items"].as_array().unwrap();
    items.iter().map(|own| own["target"].as_str().unwrap().to_owned()).collect()
}

fn yuan(months: &[String]) -> i64 {
    months.iter().map(|month| month.trim_end_matches(".00").parse::<i64>().unwrap()).sum()
}

#[test]
fn a_target_is_taken_into_a_draft_and_submitting_records_the_verdicts() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let year =
            [("year", "2027"), ("name", ""), ("code", ""), ("recognised_at", "signing"), ("tax", "included")];
        assert_eq!(operations.post("/plans", &year).status, 303);
        let take = |sentence: &str, version: &str| {
            operations
                .post("/plans/2027/smart/take", &[("q", sentence), ("place", "0"), ("version", version)])
        };
        let early = take("Q3 销售额达 500 万元", "0");
        assert_eq!(early.status, 422, "the year comes first");
        let shown = operations.get(&asked("2027/smart", "全年销售额达 1200 万元"));
        assert!(shown.status == 200 && shown.text.contains("写入计划"), "{}", shown.text);
        assert_eq!(take("全年销售额达 1200 万元", "0").status, 303);
        let before = months(&operations);
        assert_eq!((before.len(), yuan(&before)), (12, 12_000_000));
        assert_eq!(take("Q3 销售额达 500 万元", "0").status, 409, "the total has a version now");
        assert_eq!(take("Q3 销售额达 500 万元", "1").status, 303);
        let after = months(&operations);
        assert_eq!(yuan(&after[6..9]), 5_000_000);
        assert_eq!((&after[..6], &after[9..]), (&before[..6], &before[9..]), "the other months stay");
        for (sentence, why) in [
            ("Q3 复购率 60%", "不能相加"),
            ("华东 Q3 销售额 100 万元", "全公司"),
            ("Q3 销售额同比增长 20%", "不写变化"),
            ("2028 年销售额 100 万元", "年度内"),
            ("销售额 100 万元", "时间"),
            ("2027-08-15 前销售额 100 万元", "月末"),
        ] {
            let refused = take(sentence, "2");
            assert!(refused.status == 422 && refused.text.contains(why), "{sentence}: {}", refused.text);
        }
        assert_eq!(take("月均新增客户 20 家，2027 年完成", "0").status, 303, "a count adds up, too");

        let page = operations.get("/plans/2027");
        assert!(page.text.contains("SMART：通过"), "the verdicts stand beside the button");
        let submitted =
            operations.post("/plans/2027/submit", &[("at", "ALL"), ("metric", "revenue"), ("version", "1")]);
        assert_eq!(submitted.status, 303, "{}", submitted.text);
        let entries = site.sign_in("aud").get("/api/v1/audit?kind=plan&limit=200").value();
        let entry =
            entries["items"].as_array().unwrap().iter().find(|own| own["act"] == "plan.submit").unwrap();
        let smart = &entry["detail"]["smart"];
        let of = |metric: &str| {
            smart.as_array().unwrap().iter().find(|own| own["metric"] == metric).unwrap()["verdicts"].clone()
        };
        assert_eq!(of("revenue")["specific"], json!("pass"), "{entry}");
        assert_eq!(of("revenue")["measurable"], json!("pass"));
        assert_eq!(of("new_customers")["measurable"], json!("pass"), "recorded for each metric");
    });
}

#[test]
fn while_somebody_types_only_what_was_read_is_answered() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let found = operations.get(&asked("2026/smart/found", "提升销售额"));
        assert!(
            found.status == 200 && found.text.starts_with("<section") && found.text.contains("没有数字"),
            "{}",
            found.text
        );
        assert!(!found.text.contains("<html"));
        let english = operations.in_english();
        let found = english.get(&asked("2026/smart/found", "Raise revenue in Q4"));
        assert!(found.text.contains("There is no number"), "{}", found.text);
        let hostile = english.get(&asked("2026/smart", "<script>alert(1)</script> 500"));
        assert!(hostile.status == 200 && !hostile.text.contains("<script>alert"), "{}", hostile.text);
    });
}
