//! Targets owner by owner and weights for programs, what metrics are on every page that shows them, and their settings.

use axum::http::Method;
use dacheng_domain::access::{Action, Right};
use serde_json::{Value, json};

use super::support::on_site;

#[test]
fn programs_set_targets_owner_by_owner_with_pointers_to_what_is_wrong() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let plan = json!({ "year": 2027, "recognised_at": "invoice", "tax": "excluded" });
        assert_eq!(operations.json(Method::POST, "/api/v1/plans", &plan, &[]).status, 201);
        let owners = "/api/v1/plans/2027/owners";
        let asked = format!("{owners}?metric=conversion_rate&unit=ALL");
        let shown = operations.get(&asked).value();
        assert_eq!(
            (shown["window_months"].as_i64(), shown["rows"][0]["owner"].as_str()),
            (Some(3), Some("unit:ALL"))
        );
        let seen = format!("\"{}\"", shown["version"]);
        let put =
            |body: &Value, seen: &str| operations.json(Method::PUT, owners, body, &[("If-Match", seen)]);
        let body = |period: &str, owner: &str, value: &str| {
            json!({ "metric": "conversion_rate", "unit": "ALL", "period": period,
                "values": [{ "owner": "unit:ALL", "value": "40%" }, { "owner": owner, "value": value }] })
        };
        let wrong = put(&body("soon", "EAST", "a lot"), &seen);
        assert_eq!(wrong.status, 422, "{}", wrong.text);
        let errors = wrong.value()["errors"].clone();
        let pointers: Vec<&str> =
            errors.as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/values/1/owner", "/values/1/value", "/period"]);
        assert_eq!(put(&body("2028-Q1", "unit:EAST", "50%"), &seen).status, 422, "of another year");
        let set = put(&body("2027-Q1", "unit:EAST", "0.5"), &seen);
        assert_eq!(set.status, 200, "{}", set.text);
        let rows = set.value()["rows"].clone();
        let of = |owner: &str| {
            let own = rows.as_array().unwrap().iter().find(|row| row["owner"] == owner).unwrap();
            own["quarters"][0].clone()
        };
        assert_eq!(
            (of("unit:ALL"), of("unit:EAST"), of("unit:SOUTH")),
            ("40.00%".into(), "50.00%".into(), Value::Null)
        );
        let check = set.value()["checks"][0].clone();
        assert_eq!((check["mean"].as_str(), check["reaches"].as_bool()), (Some("50.00%"), Some(true)));
        assert_eq!(put(&body("2027-Q1", "unit:EAST", "60%"), &seen).status, 412, "somebody was first");
        // Nobody reads above their branch, and a token that holds the company's targets alone reads and sets no breakdown.
        let leader = site.sign_in("t1");
        assert_eq!(leader.get(&format!("{owners}?metric=conversion_rate&unit=E2")).status, 404);
        let token = operations.token(&[(Action::CompanyTargets, Right::Read)]);
        let (program, bearer) = (site.stranger(), format!("Bearer {token}"));
        let read = program.json(Method::GET, &asked, &Value::Null, &[("authorization", &bearer)]);
        assert_eq!(read.status, 404, "{}", read.text);
        let now = format!("\"{}\"", set.value()["version"]);
        let headers = [("If-Match", now.as_str()), ("authorization", bearer.as_str())];
        let by_program = program.json(Method::PUT, owners, &body("2027-Q2", "unit:EAST", "60%"), &headers);
        assert_eq!(by_program.status, 403, "{}", by_program.text);
    });
}

#[test]
fn programs_set_the_weights_of_a_plan_by_the_version_they_saw() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let plan = json!({ "year": 2027, "recognised_at": "invoice", "tax": "excluded" });
        assert_eq!(operations.json(Method::POST, "/api/v1/plans", &plan, &[]).status, 201);
        for metric in ["revenue", "collections"] {
            let total = json!({ "metric": metric, "target": "1200.00", "by": "even", "version": 0 });
            assert_eq!(operations.json(Method::PUT, "/api/v1/plans/2027/targets", &total, &[]).status, 200);
        }
        let path = "/api/v1/plans/2027/weights";
        let shown = operations.get(path).value();
        assert_eq!(shown["weights"][0]["weight"], 1);
        let put = |weights: Value, seen: &str| {
            operations.json(Method::PUT, path, &json!({ "weights": weights }), &[("If-Match", seen)])
        };
        let wrong = put(
            json!([{ "metric": "visits", "weight": 1 }, { "metric": "revenue", "weight": 101 }]),
            "\"0\"",
        );
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.value()["errors"][0]["pointer"], "/weights/0/metric");
        assert_eq!(wrong.value()["errors"][1]["pointer"], "/weights/1/weight");
        let set = put(json!([{ "metric": "revenue", "weight": 60 }]), "\"0\"");
        assert_eq!((set.status, set.value()["version"].as_i64()), (200, Some(1)), "{}", set.text);
        let stale = put(json!([{ "metric": "collections", "weight": 40 }]), "\"0\"");
        assert_eq!(stale.status, 412, "all of them are what was seen");
        let weights =
            put(json!([{ "metric": "collections", "weight": 40 }]), "\"1\"").value()["weights"].clone();
        let of = |metric: &str| {
            weights.as_array().unwrap().iter().find(|own| own["metric"] == metric).unwrap()["weight"].clone()
        };
        assert_eq!((of("revenue"), of("collections")), (60.into(), 40.into()));
        assert_eq!(
            site.sign_in("r1")
                .json(Method::PUT, path, &json!({ "weights": [] }), &[("If-Match", "\"2\"")])
                .status,
            404
        );
    });
}

#[test]
fn every_page_that_shows_a_metric_says_what_it_is() {
    let pages = [
        ("d1", "/dashboard?m=revenue", ["销售额", "回款额"]),
        ("d1", "/targets?m=revenue", ["销售额", "销售额"]),
        ("r1", "/targets/EAST?m=collections", ["回款额", "回款额"]),
        ("t1", "/targets/E1/people/s1?m=revenue", ["销售额", "回款额"]),
        ("s1", "/me/targets?m=revenue", ["销售额", "回款额"]),
        ("s1", "/targets/E1/ranking?m=revenue", ["销售额", "销售额"]),
        ("d1", "/analysis?m=revenue", ["销售额", "销售额"]),
        ("x1", "/forecast?m=revenue", ["销售额", "销售额"]),
        ("r1", "/forecast/coverage", ["销售额", "客户转化率"]),
        ("t1", "/forecast/people", ["销售额", "销售额"]),
        ("s1", "/forecast/people/s1", ["销售额", "销售额"]),
        ("o1", "/plans/2026?metric=revenue", ["销售额", "销售额"]),
        ("o1", "/plans/2026/owners?metric=conversion_rate", ["客户转化率", "销售额"]),
        ("o1", "/plans/2026/proposal?metric=revenue", ["销售额", "销售额"]),
        ("o1", "/plans/compare?metric=revenue", ["销售额", "销售额"]),
        ("d1", "/alerts?show=all", ["销售额", "销售额"]),
        ("d1", "/alerts/1", ["销售额", "销售额"]),
        ("s1", "/explain?m=revenue&p=2026-10&owner=member:s1", ["销售额", "销售额"]),
        ("aud", "/settings/metrics", ["公式", "版本"]),
    ];
    on_site(|site| {
        for (who, path, words) in pages {
            let page = site.sign_in(who).get(path);
            assert_eq!(page.status, 200, "{who} {path}");
            for word in words {
                let is_there =
                    page.text.contains(&format!("指标定义：{word}")) || path == "/settings/metrics";
                assert!(is_there, "{who} {path}: no definition of {word}");
            }
            for line in ["公式", "方向", "数据来源", "版本"] {
                assert!(page.text.contains(&format!("<dt>{line}</dt>")), "{who} {path}: no {line}");
            }
        }
    });
}

#[test]
fn days_of_silence_are_settled_from_a_month_on_and_said_where_the_rate_is() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let rate = |text: &str| {
            text.split("指标定义：客户转化率").nth(1).unwrap().split("</dl>").next().unwrap().to_owned()
        };
        let before = rate(&operations.get("/forecast/coverage").text);
        assert!(before.contains("90 天") && before.contains("初始设置"), "{before}");
        let form = |days: &'static str| {
            [
                ("metric", "conversion_rate"),
                ("from", "2026-11"),
                ("window", "3"),
                ("most", "120"),
                ("silent", days),
                ("version", "0"),
            ]
        };
        for wrong in ["six", "6", "366"] {
            let refused = operations.post("/settings/metrics", &form(wrong));
            assert!(refused.status == 422 && refused.text.contains("静默天数须在 7 到 365 之间"), "{wrong}");
        }
        assert_eq!(operations.post("/settings/metrics", &form("60")).status, 303);
        let after = rate(&operations.get("/forecast/coverage").text);
        assert!(after.contains("60 天") && after.contains("第 1 版，自2026年11月起"), "{after}");
        let body = json!({ "metric": "conversion_rate", "from": "2026-12", "window_months": 3, "lower_at_most_percent": 120, "silent_days": 45 });
        let settings = "/api/v1/metric-settings";
        let set = operations.json(Method::POST, settings, &body, &[("If-Match", "\"1\"")]);
        assert_eq!(
            (set.status, set.value()["versions"][1]["silent_days"].as_i64()),
            (200, Some(45)),
            "{}",
            set.text
        );
        let other = json!({ "metric": "complaint_rate", "from": "2026-12", "window_months": 3, "lower_at_most_percent": 120, "silent_days": 45 });
        assert_eq!(operations.json(Method::POST, settings, &other, &[("If-Match", "\"2\"")]).status, 422);
        assert_eq!(site.sign_in("t1").post("/settings/metrics", &form("60")).status, 403);
    });
}
