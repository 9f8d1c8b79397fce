//! What people say a month will come to, and leaders beside it: by whom, while the week runs, and never over one another.

use axum::http::Method;
use jiff::civil::date;
use serde_json::{Value, json};

use super::support::{Answer, Guest, on_site};

const S1: &str = "/forecast/people/s1";

fn say(guest: &Guest<'_>, of: &str, amounts: [&str; 4], version: &str) -> Answer {
    let names = ["month-commit", "month-best", "quarter-commit", "quarter-best"];
    let mut fields: Vec<(&str, &str)> = names.into_iter().zip(amounts).collect();
    fields.extend([("m", "revenue"), ("note", "在走合同"), ("version", version)]);
    guest.post(&format!("{of}/state"), &fields)
}

fn judge(guest: &Guest<'_>, amount: &str, reason: &str, version: &str) -> Answer {
    let fields = [
        ("of", "month"),
        ("m", "revenue"),
        ("amount", amount),
        ("reason", reason),
        ("version-month", version),
    ];
    guest.post(&format!("{S1}/judge"), &fields)
}

fn team(guest: &Guest<'_>, owner: &str) -> Value {
    guest.get(&format!("/api/v1/forecast/people?metric=revenue&of=month&owner={owner}")).value()
}

#[test]
fn a_member_speaks_for_themselves_and_every_version_stays() {
    on_site(|site| {
        let own = site.sign_in("s1");
        assert!(own.get("/inbox").text.contains(S1), "it waits for them on Monday");
        let to = own.get("/forecast/people").location;
        assert_eq!(to.as_deref(), Some("/forecast/people/s1?m=revenue"), "they see no unit");
        let below = say(&own, S1, ["10", "9", "30", "36"], "0");
        assert!(below.status == 422 && below.text.contains("争取不能小于承诺"), "{}", below.text);
        assert!(below.text.contains("在走合同"), "what was typed stays");
        assert_eq!(say(&own, S1, ["x", "9", "30", "36"], "0").status, 422);
        assert_eq!(say(&own, S1, ["", "9", "30", "36"], "0").status, 422);
        assert_eq!(say(&own, S1, ["10", "12", "30", "36"], "0").status, 303);
        let waits = own.get("/inbox").text;
        assert!(!waits.contains(&format!("{S1}\"")), "revenue is said");
        assert!(waits.contains(&format!("{S1}?m=collections")), "of collections they have a target, too");
        let amounts = ["8", "9", "24", "27"];
        let names = ["month-commit", "month-best", "quarter-commit", "quarter-best"];
        let mut fields: Vec<(&str, &str)> = names.into_iter().zip(amounts).collect();
        fields.extend([("m", "collections"), ("version", "0")]);
        assert_eq!(own.post(&format!("{S1}/state"), &fields).status, 303);
        assert!(!own.get("/inbox").text.contains(S1), "and nothing waits any more");
        let stale = say(&own, S1, ["11", "12", "30", "36"], "0");
        assert!(stale.status == 409 && stale.text.contains("11"), "{}", stale.text);
        assert_eq!(say(&own, S1, ["11", "12", "30", "36"], "1").status, 303);
        let told = own.get("/api/v1/forecast/people/s1").value();
        assert_eq!(told["version"], 2);
        let kept = told["statements"].as_array().unwrap();
        let commits: Vec<&Value> = kept.iter().map(|own| &own["month"]["commit"]).collect();
        assert_eq!(commits, ["110000.00", "100000.00"], "the newest first");
        assert_eq!(told["periods"][0]["word"]["standing"], "on_time");

        assert_eq!(
            say(&own, "/forecast/people/s2", ["1", "1", "1", "1"], "0").status,
            404,
            "not theirs to know"
        );
        assert_eq!(
            say(&site.sign_in("t1"), S1, ["1", "1", "1", "1"], "2").status,
            403,
            "nobody for somebody else"
        );
        let entries = site.sign_in("aud").get("/api/v1/audit?kind=statement&limit=50").value();
        let acts: Vec<&str> =
            entries["items"].as_array().unwrap().iter().map(|own| own["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["statement.state"; 3]);
        let weeks = own.get(&format!("{S1}/weeks.csv"));
        assert!(weeks.status == 200 && weeks.text.contains("110000.00"), "{}", weeks.text);
    });
}

#[test]
fn a_leader_speaks_beside_and_sums_add_up() {
    on_site(|site| {
        let (own, leader) = (site.sign_in("s1"), site.sign_in("t1"));
        assert_eq!(say(&own, S1, ["10", "12", "30", "36"], "0").status, 303);
        assert_eq!(say(&site.sign_in("s2"), "/forecast/people/s2", ["8", "9", "24", "30"], "0").status, 303);
        let bare = judge(&leader, "7", "", "0");
        assert!(bare.status == 422 && bare.text.contains("请写明理由"), "{}", bare.text);
        assert_eq!(judge(&leader, "", "算错了", "0").status, 422, "there is nothing to take back");
        assert_eq!(judge(&site.sign_in("t2"), "7", "猜的", "0").status, 404, "another team's leader");
        assert_eq!(judge(&site.sign_in("o1"), "7", "猜的", "0").status, 403, "operations lead nobody");
        assert_eq!(judge(&own, "7", "我自己", "0").status, 403);
        assert_eq!(judge(&leader, "7", "最大的一单要到下月", "0").status, 303);
        assert_eq!(judge(&site.sign_in("r1"), "6", "同意", "0").status, 409, "somebody was first");
        let told = team(&leader, "unit:E1");
        let said = &told["said"];
        assert_eq!(
            (&said["commit"], &said["judged"], &said["best"]),
            (&json!("180000.00"), &json!("150000.00"), &json!("210000.00")),
            "{told}"
        );
        let company = team(&site.sign_in("d1"), "unit:ALL");
        let sum = |name: &str| {
            let below = company["below"].as_array().unwrap().iter();
            below.map(|own| own["said"][name].as_str().unwrap().parse::<f64>().unwrap()).sum::<f64>()
        };
        for name in ["commit", "judged", "best"] {
            let whole = company["said"][name].as_str().unwrap().parse::<f64>().unwrap();
            assert!((whole - sum(name)).abs() < 0.001, "{name}: {company}");
        }
        assert_eq!((&company["said"]["asked"], &company["said"]["on_time"]), (&json!(6), &json!(2)));
        // The member reads the leader's word beside their own, which is as it was.
        let page = own.get(S1).text;
        assert!(page.contains("最大的一单要到下月") && page.contains("10.0 万元"), "{page}");
        assert_eq!(judge(&leader, "", "已经谈妥", "1").status, 303);
        assert_eq!(team(&leader, "unit:E1")["said"]["judged"], "180000.00");
        let finance = site.sign_in("f2").get("/forecast/people");
        assert!(finance.status == 200 && !finance.text.contains("李喆"), "aggregates only");
    });
}

#[test]
fn two_leaders_who_judge_at_once_see_each_other_and_the_member_is_told() {
    on_site(|site| {
        let (own, leader, manager) = (site.sign_in("s1"), site.sign_in("t1"), site.sign_in("r1"));
        assert_eq!(say(&own, S1, ["10", "12", "30", "36"], "0").status, 303);
        assert_eq!(judge(&leader, "7", "最大的一单要到下月", "0").status, 303);
        let told = own.get("/notifications").text;
        assert!(told.contains("预测旁写下了判断") && told.contains(S1), "{told}");
        assert!(!leader.get("/notifications").text.contains("写下了判断"), "they know what they did");

        let stale = judge(&manager, "6", "同意", "0");
        assert_eq!(stale.status, 409);
        for shown in ["最大的一单要到下月", "同意", "id=\"conflict\"", "name=\"version-of\" value=\"month\""]
        {
            assert!(stale.text.contains(shown), "{shown}: {}", stale.text);
        }
        assert!(!stale.text.contains("name=\"version-month\""), "the same button does not overwrite unseen");
        let mine = |reach: &str| {
            let form = [
                ("of", reach),
                ("m", "revenue"),
                ("amount", "6"),
                ("reason", "同意"),
                ("version-of", "month"),
                ("version", "1"),
            ];
            manager.post(&format!("{S1}/judge"), &form)
        };
        assert_eq!(mine("month").status, 303, "having seen it, mine is kept");
        assert_eq!(mine("month").status, 409, "once");
        assert_eq!(mine("quarter").status, 303, "the quarter was judged by nobody");
    });
}

#[test]
fn the_next_week_counts_the_last_word_and_calls_for_a_new_one() {
    on_site(|site| {
        let own = site.sign_in("s1");
        assert_eq!(say(&own, S1, ["10", "12", "30", "36"], "0").status, 303);
        let wednesday = site.on(date(2026, 12, 2));
        let december = team(&wednesday.sign_in("t1"), "unit:E1");
        assert_eq!(december["said"]["people_counted"], 0, "December is another month: {december}");
        assert_eq!(december["said"]["missing"], 2, "it was due on Monday");
        let quarter = wednesday
            .sign_in("t1")
            .get("/api/v1/forecast/people?metric=revenue&of=quarter&owner=unit:E1")
            .value();
        assert_eq!(quarter["said"]["commit"], "300000.00", "the quarter is the same: {quarter}");
        let late = wednesday.sign_in("s1");
        assert!(late.get(S1).text.contains("value=\"30\""), "last week's quarter is filled in");
        assert_eq!(say(&late, S1, ["9", "10", "31", "36"], "0").status, 303);
        let told = late.get("/api/v1/forecast/people/s1").value();
        assert_eq!(told["standing"], "late", "{told}");
        let before = "/api/v1/forecast/people?metric=revenue&of=month&week=2026-W48&owner=unit:E1";
        assert_eq!(wednesday.sign_in("t1").get(before).value()["said"]["commit"], "100000.00");
        let future = "/api/v1/forecast/people?metric=revenue&week=2026-W50";
        assert_eq!(wednesday.sign_in("t1").get(future).status, 400);
    });
}

#[test]
fn programs_say_it_too() {
    on_site(|site| {
        let own = site.sign_in("s1");
        let amounts = |commit: &str, best: &str| json!({ "commit": commit, "best": best });
        let body = json!({
            "metric": "revenue", "month": amounts("100000", "120000"), "quarter": amounts("300000", "360000"),
        });
        let path = "/api/v1/forecast/people/s1/statements";
        assert_eq!(own.json(Method::POST, path, &body, &[]).status, 201);
        assert_eq!(own.json(Method::POST, path, &body, &[]).status, 409);
        assert_eq!(own.json(Method::POST, path, &body, &[("if-match", "\"1\"")]).status, 201);
        let opinion = json!({ "metric": "revenue", "of": "month", "amount": "90000", "reason": "推迟" });
        let path = "/api/v1/forecast/people/s1/judgements";
        assert_eq!(own.json(Method::POST, path, &opinion, &[]).status, 403);
        assert_eq!(site.sign_in("t1").json(Method::POST, path, &opinion, &[]).status, 201);
        let wrong = json!({ "metric": "visits", "of": "month", "amount": "9", "reason": "推迟" });
        assert!(site.sign_in("t1").json(Method::POST, path, &wrong, &[]).status >= 400);
    });
}

#[test]
fn what_stages_weigh_is_settled_from_a_month_on() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let settle = |guest: &Guest<'_>, from: &str, red: &str, stages: &str, version: &str| {
            let fields = [("from", from), ("red", red), ("stages", stages), ("version", version)];
            guest.post("/settings/pipeline", &fields)
        };
        assert_eq!(settle(&operations, "2026-10", "3", "", "0").status, 422, "past months stay");
        assert_eq!(settle(&operations, "2026-11", "0", "", "0").status, 422);
        let unread = settle(&operations, "2026-11", "3", "报价 = 45\n方案", "0");
        assert!(unread.status == 422 && unread.text.contains("第 2 行看不懂"), "{}", unread.text);
        assert_eq!(settle(&operations, "2026-11", "3", "报价 = 145", "0").status, 422);
        assert_eq!(settle(&site.sign_in("d1"), "2026-11", "2.5", "", "0").status, 403);
        assert_eq!(settle(&operations, "2026-11", "2.5", "报价 = 45", "0").status, 303);
        assert_eq!(settle(&operations, "2026-12", "2", "", "0").status, 409, "somebody was first");
        let page = operations.get("/settings/pipeline").text;
        assert!(page.contains("2.50 倍") && page.contains("报价 45.0%"), "{page}");
        let told = operations.get("/api/v1/forecast/coverage?period=2026-11").value();
        assert_eq!((&told["red_below"], &told["settings_version"]), (&json!("2.5000"), &json!(1)), "{told}");
    });
}
