//! Alerts with their improvement plans, closes of months, and what waits for whom.

use axum::http::Method;
use dacheng_app::testing::load;
use dacheng_domain::facts::kind::Kind;
use jiff::civil::date;
use serde_json::json;

use super::people::page_of;
use super::support::{Guest, Site, on_site};

/// The number of the alert of an owner, as the director finds it.
#[track_caller]
fn alert_of(site: &Site, owner: &str, level: &str) -> i64 {
    let listed = site.sign_in("d1").get("/api/v1/alerts?limit=1000").value();
    let own = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|alert| alert["owner"] == owner && alert["level"] == level && alert["metric"] == "revenue");
    own.unwrap_or_else(|| panic!("no {level} alert of {owner}: {listed}"))["id"].as_i64().unwrap()
}

/// A plan as its form sends it.
fn plan_of<'f>(version: &'f str, act: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("version", version),
        ("act", act),
        ("cause", "两家大客户推迟签约"),
        ("goal", "11月完成率恢复到 85%"),
        ("step-1-text", "逐一回访"),
        ("step-1-who", "冯镕"),
        ("step-1-from", "2026-11-24"),
        ("step-1-to", "2026-11-27"),
        ("support", "=HYPERLINK(\"http://x\")"),
        ("last-month", "2026-12"),
    ]
}

/// Posts a form to the case, with the version that the case shows.
#[track_caller]
fn post(guest: &Guest<'_>, id: i64, act: &str, fields: &[(&str, &str)]) -> super::support::Answer {
    let version = guest.get(&format!("/alerts/{id}")).hidden("version");
    let fields: Vec<(&str, &str)> = [("version", version.as_str())].iter().chain(fields).copied().collect();
    guest.post(&format!("/alerts/{id}/{act}"), &fields)
}

#[test]
fn everybody_sees_the_alerts_of_their_scope_and_no_others() {
    on_site(|site| {
        let (yellow, red) = (alert_of(site, "member:s2", "yellow"), alert_of(site, "member:s4", "red"));
        for (login, sees_yellow, sees_red) in [
            ("d1", true, true),
            ("r1", true, true),
            ("r2", false, false),
            ("t1", true, false),
            ("t2", false, true),
            ("s1", false, false),
            ("s2", true, false),
            ("s4", false, true),
            ("o1", true, true),
            ("aud", true, true),
        ] {
            let guest = site.sign_in(login);
            let list = guest.get("/alerts");
            assert_eq!(list.status, 200, "{login}");
            assert_eq!(list.text.contains(&format!("\"/alerts/{yellow}\"")), sees_yellow, "{login}");
            assert_eq!(list.text.contains(&format!("\"/alerts/{red}\"")), sees_red, "{login}");
            let status = |id: i64| guest.get(&format!("/alerts/{id}")).status;
            let expected = |sees| if sees { 200 } else { 404 };
            assert_eq!((status(yellow), status(red)), (expected(sees_yellow), expected(sees_red)), "{login}");
            let program = guest.get(&format!("/api/v1/alerts/{red}"));
            assert_eq!(program.status, expected(sees_red), "{login}");
        }
        for login in ["k1", "f2", "h1", "sys"] {
            assert_eq!(site.sign_in(login).get("/alerts").status, 403, "{login}");
        }
    });
}

#[test]
fn the_ledger_shows_what_the_rule_saw_and_filters_by_light() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let red = director.get("/alerts?show=red");
        assert!(red.text.contains("9月 65.0%、10月 60.0%，连续两月低于 70%"), "{}", red.text);
        assert!(!red.text.contains("10月 75.0%"));
        let yellow = director.get("/alerts?show=yellow");
        assert!(yellow.text.contains("10月 75.0%，低于 80%"));
        assert!(director.get("/alerts?show=2026").text.contains("65.0%"));
        assert!(site.sign_in("s4").get("/alerts?show=mine").text.contains("10月 60.0%"));
        assert!(site.sign_in("o1").get("/alerts?show=mine").text.contains("没有符合条件的预警"));
        let english = site.sign_in("d1").in_english().get("/alerts");
        assert!(english.text.contains("two months running below 70%"), "{}", english.text);
    });
}

/// The numbers of the alerts of a ledger page, in the order shown.
#[track_caller]
fn rows_of(page: &str) -> Vec<i64> {
    let cells = page.split("<th scope=\"row\" class=\"name\"><a href=\"/alerts/").skip(1);
    cells.map(|cell| cell.split('"').next().unwrap().parse().unwrap()).collect()
}

/// The attainment of each row of a ledger page, in the order shown: the last one its evidence names.
#[track_caller]
fn attainments(page: &str) -> Vec<String> {
    let cells = page.split("class=\"second wrap wide-only\">").skip(1);
    cells.map(|cell| cell.split("%，").next().unwrap().rsplit(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn the_ledger_is_red_first_and_sorts_by_the_heads_of_its_columns() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let shown = |address: &str| attainments(&director.get(address).text);
        let usual = director.get("/alerts");
        assert_eq!(attainments(&usual.text), ["63.8", "60.0", "79.7", "75.0", "69.1", "65.0"]);
        assert!(usual.text.contains(
            "aria-sort=\"descending\"><a class=\"sort\" href=\"/alerts?show=open&#38;sort=-level\""
        ));
        assert_eq!(shown("/alerts?sort=nothing"), attainments(&usual.text));
        assert_eq!(shown("/alerts?sort=-level"), ["79.7", "75.0", "69.1", "65.0", "63.8", "60.0"]);
        assert_eq!(shown("/alerts?sort=-attainment"), ["60.0", "63.8", "65.0", "69.1", "75.0", "79.7"]);
        assert_eq!(shown("/alerts?sort=attainment"), ["79.7", "75.0", "69.1", "65.0", "63.8", "60.0"]);
        // October fired on the first of November; Hangzhou is due on 10 October, Suzhou on 4 November.
        assert_eq!(shown("/alerts?sort=-fired"), ["69.1", "65.0", "63.8", "60.0", "79.7", "75.0"]);
        assert_eq!(shown("/alerts?sort=due"), ["79.7", "75.0", "63.8", "60.0", "69.1", "65.0"]);
        let sorted = director.get("/alerts?sort=-due");
        assert!(sorted.text.contains("/alerts?show=red&#38;sort=-due"), "the filters keep the order");
        assert!(sorted.text.contains("/alerts.xlsx?show=open&#38;sort=-due"), "so does the workbook");
    });
}

#[test]
fn the_door_and_the_filter_count_the_same_plans() {
    on_site(|site| {
        // October is yellow again in November: a second month joins the plan of s2.
        let site = site.on(date(2026, 12, 2));
        let cancelled =
            "order,customer,member,date,amount,status\n202611-s2,c2,s2,2026-11-10,90000.00,cancelled\n";
        load(&site.app, Kind::Orders, cancelled);
        assert_eq!(propose(&site, "600000", "ERP 未记取消").status, 303);
        let finance = site.sign_in("f2");
        let version = close_version(&finance, "2026-11");
        assert_eq!(finance.post("/closes/2026-11/close", &[("version", &version)]).status, 303);
        for (login, waits) in [("s2", 1), ("s4", 0), ("s1", 0)] {
            let page = site.sign_in(login).get("/alerts?show=mine");
            let said = format!("待我处理 {waits}<");
            assert!(page.text.contains(&said), "{login}: {}", page.text);
            assert_eq!(rows_of(&page.text).len(), waits, "{login}");
        }
        for login in ["s2", "s4", "t1", "d1"] {
            let page = site.sign_in(login).get("/alerts?show=mine");
            let door = page.text.split("href=\"/alerts\"").nth(1).unwrap();
            let door = door.split("</a>").next().unwrap();
            let count = door
                .split("class=\"count")
                .nth(1)
                .map_or("0", |count| count.split('>').nth(1).unwrap().split('<').next().unwrap());
            assert!(page.text.contains(&format!("待我处理 {count}<")), "{login}: {count}");
        }
    });
}

#[test]
fn a_month_closed_with_history_says_when_how_many_and_by_the_command_line() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let page = director.get("/closes/2026-10");
        for said in ["2026年11月1日", "命令行 随历史数据结账，触发红灯", "随历史数据结账，触发黄灯"]
        {
            assert!(page.text.contains(said), "{said}: {}", page.text);
        }
        assert!(!page.text.contains("刚刚") && !page.text.contains("operator"));
        let before_go_live = director.get("/closes/2026-02");
        assert!(before_go_live.text.contains("触发黄灯 0 个、红灯 0 个"), "{}", before_go_live.text);
        assert!(director.get("/closes").text.contains("命令行 11-01"));
        let english = director.in_english();
        let page = english.get("/closes/2026-10");
        assert!(page.text.contains("Command line closed it with imported history"), "{}", page.text);
        assert!(!english.get("/closes").text.contains("operator"));
    });
}

#[test]
fn the_ledger_is_a_workbook_with_the_columns_of_the_form() {
    on_site(|site| {
        let file = site.sign_in("t1").get("/alerts.xlsx?show=open");
        assert_eq!(file.status, 200);
        assert!(file.kind.contains("spreadsheetml"), "{}", file.kind);
        assert!(file.bytes.starts_with(b"PK"));
        assert_eq!(site.sign_in("f2").get("/alerts.xlsx").status, 403);
    });
}

#[test]
fn a_plan_is_written_returned_handed_in_again_accepted_and_begun() {
    on_site(|site| {
        let red = alert_of(site, "member:s4", "red");
        let (owner, director) = (site.sign_in("s4"), site.sign_in("d1"));
        let address = format!("/alerts/{red}");
        let version = owner.get(&address).hidden("version");

        // What is missing is named at its field, and what was typed is kept.
        let mut typed = plan_of(&version, "submit");
        typed.retain(|(name, _)| !["cause", "step-1-who", "step-1-to"].contains(name));
        typed.extend([("cause", ""), ("step-1-who", ""), ("step-1-to", "")]);
        let refused = owner.post(&format!("{address}/plan"), &typed);
        assert_eq!(refused.status, 422);
        for said in
            ["请填写原因分析", "第 1 步缺少责任人", "第 1 步缺少完成日", "逐一回访", "11月完成率恢复到 85%"]
        {
            assert!(refused.text.contains(said), "{said}: {}", refused.text);
        }
        let more = owner.post(&format!("{address}/plan"), &plan_of(&version, "add"));
        assert_eq!(more.status, 200);
        assert!(more.text.contains("step-3-text") && more.text.contains("两家大客户推迟签约"));

        // Another who reads the case does not write it; the checker of another team does not check it.
        assert_eq!(
            site.sign_in("t2").post(&format!("{address}/plan"), &plan_of(&version, "submit")).status,
            403
        );
        let handed_in = owner.post(&format!("{address}/plan"), &plan_of(&version, "submit"));
        assert_eq!((handed_in.status, handed_in.location.as_deref()), (303, Some(address.as_str())));
        let again = owner.post(&format!("{address}/plan"), &plan_of(&version, "submit"));
        assert_eq!(again.status, 409);
        assert!(again.text.contains("conflict"));

        let leader = site.sign_in("t2");
        assert!(!leader.get(&address).text.contains("value=\"accept\""));
        let version = director.get(&address).hidden("version");
        let fields = [("version", version.as_str()), ("act", "accept")];
        assert_eq!(leader.post(&format!("{address}/check"), &fields).status, 403);
        let silent = post(&director, red, "check", &[("act", "return"), ("note", " ")]);
        assert_eq!(silent.status, 422);
        assert_eq!(post(&director, red, "check", &[("act", "return"), ("note", "缺少客户名单")]).status, 303);
        let returned = owner.get(&address);
        assert!(returned.text.contains("缺少客户名单") && returned.text.contains("两家大客户推迟签约"));
        let version = returned.hidden("version");
        assert_eq!(owner.post(&format!("{address}/plan"), &plan_of(&version, "submit")).status, 303);
        assert_eq!(post(&director, red, "check", &[("act", "accept")]).status, 303);
        assert_eq!(post(&owner, red, "start", &[]).status, 303);
        let wrong = post(&owner, red, "progress", &[("note", "回访 3 家"), ("done-1", "120")]);
        assert_eq!(wrong.status, 422);
        assert_eq!(post(&owner, red, "progress", &[("note", "回访 3 家"), ("done-1", "40")]).status, 303);
        assert_eq!(post(&director, red, "progress", &[("note", "请加快")]).status, 303);
        let shown = site.sign_in("t2").get(&address);
        for said in ["40%", "回访 3 家", "请加快", "林远 批准计划", "缺少客户名单"] {
            assert!(shown.text.contains(said), "{said}: {}", shown.text);
        }
    });
}

#[test]
fn programs_write_plans_with_the_version_they_saw_and_a_token_never_accepts() {
    on_site(|site| {
        let yellow = alert_of(site, "member:s2", "yellow");
        let owner = site.sign_in("s2");
        let alert = owner.get(&format!("/api/v1/alerts/{yellow}")).value();
        assert_eq!((&alert["attainment"], &alert["target"]), (&json!("0.7500"), &json!("100000.00")));
        let plan = alert["plan"]["id"].as_i64().unwrap();
        let address = format!("/api/v1/improvement-plans/{plan}");
        let version = owner.get(&address).value()["version"].to_string();
        let body = json!({
            "cause": "推迟", "goal": "恢复", "support": "", "last_month": "2026-12",
            "actions": [{ "what": "回访", "who": "吴堃", "from": "2026-11-24", "by": "2026-11-27" }],
        });
        let submit = format!("{address}/submit");
        let stale = owner.json(Method::POST, &submit, &body, &[("if-match", "\"99\"")]);
        assert_eq!(stale.status, 412);
        let none = owner.json(Method::POST, &submit, &body, &[]);
        assert_eq!(none.status, 400);
        let seen = format!("\"{version}\"");
        let done = owner.json(Method::POST, &submit, &body, &[("if-match", seen.as_str())]);
        assert_eq!((done.status, &done.value()["state"]), (200, &json!("submitted")), "{}", done.text);
        let seen = format!("\"{}\"", done.value()["version"]);
        let accepted = site.sign_in("t1").json(
            Method::POST,
            &format!("{address}/accept"),
            &json!({}),
            &[("if-match", &seen)],
        );
        assert_eq!((accepted.status, &accepted.value()["state"]), (200, &json!("accepted")));
    });
}

/// The version of a month's close.
#[track_caller]
fn close_version(guest: &Guest<'_>, month: &str) -> String {
    guest.get(&format!("/closes/{month}")).hidden("version")
}

/// Proposes November 2026 as sales operations: 6 people sold 600 000 yuan less what was cancelled.
#[track_caller]
pub fn propose(site: &Site, revenue: &str, reason: &str) -> super::support::Answer {
    let operations = site.sign_in("o1");
    let version = close_version(&operations, "2026-11");
    let fields = [
        ("version", version.as_str()),
        ("total-revenue", revenue),
        ("reason-revenue", reason),
        ("total-collections", "510,000"),
        ("reason-collections", ""),
    ];
    operations.post("/closes/2026-11/propose", &fields)
}

#[test]
fn finance_closes_a_month_that_operations_proposed_and_its_alerts_open() {
    on_site(|site| {
        let running = site.sign_in("o1").get("/closes/2026-11");
        assert!(running.text.contains("尚未结束"));
        let site = site.on(date(2026, 12, 2));
        let cancelled =
            "order,customer,member,date,amount,status\n202611-s3,c3,s3,2026-11-10,100000.00,cancelled\n";
        load(&site.app, Kind::Orders, cancelled);

        // What closing would raise is shown, and showing it writes nothing.
        let shown = site.sign_in("o1").get("/closes/2026-11");
        assert!(shown.text.contains("郑赟") && shown.text.contains("11月 0.0%，低于 80%"), "{}", shown.text);
        let november = |site: &Site| site.sign_in("d1").get("/api/v1/alerts?month=2026-11").value();
        assert_eq!(november(&site)["items"], json!([]));

        assert_eq!(propose(&site, "", "").status, 422);
        let differs = propose(&site, "60万", "");
        assert_eq!(differs.status, 422);
        assert!(
            differs.text.contains("请写明原因") && differs.text.contains("value=\"60万\""),
            "{}",
            differs.text
        );
        assert_eq!(site.sign_in("f2").post("/closes/2026-11/propose", &[]).status, 403);
        assert_eq!(propose(&site, "60万", "ERP 未记取消").status, 303);

        let finance = site.sign_in("f2");
        let version = close_version(&finance, "2026-11");
        let stale = finance.post("/closes/2026-11/close", &[("version", "0")]);
        assert_eq!(stale.status, 409);
        assert_eq!(site.sign_in("o1").post("/closes/2026-11/close", &[("version", &version)]).status, 403);
        let closed = finance.post("/closes/2026-11/close", &[("version", &version)]);
        assert_eq!((closed.status, closed.location.as_deref()), (303, Some("/closes/2026-11")));
        let raised = november(&site);
        // The member, and with them the team at 50 % and the region at 75 %.
        let owners = raised["items"].as_array().unwrap().iter().map(|alert| alert["owner"].as_str().unwrap());
        assert_eq!(owners.collect::<Vec<_>>(), ["unit:E2", "unit:EAST", "member:s3"], "{raised}");
        let page = finance.get("/closes/2026-11");
        assert!(
            page.text.contains("黄灯 3 个、红灯 0 个") && page.text.contains("ERP 未记取消"),
            "{}",
            page.text
        );
        assert!(!page.text.contains("查看预警"), "finance does not read alerts");
        assert!(site.sign_in("d1").get("/closes/2026-11").text.contains("查看预警"));
    });
}

#[test]
fn a_director_and_finance_reopen_a_month_together() {
    on_site(|site| {
        let (director, finance) = (site.sign_in("d1"), site.sign_in("f2"));
        let reopen = |guest: &Guest<'_>, reason: &str| {
            let version = close_version(guest, "2026-10");
            guest.post("/closes/2026-10/reopen", &[("version", version.as_str()), ("reason", reason)])
        };
        assert_eq!(reopen(&director, "").status, 422);
        assert_eq!(reopen(&director, "漏录退货").status, 303);
        assert!(director.get("/closes/2026-10").text.contains("另一方签字"));
        assert!(director.get("/api/v1/closes").value()["items"][1]["state"] == "closed");
        assert_eq!(reopen(&finance, "漏录退货").status, 303);
        let listed = finance.get("/api/v1/closes").value();
        assert_eq!(
            (&listed["items"][1]["month"], &listed["items"][1]["state"]),
            (&json!("2026-10"), &json!("reopened"))
        );
        assert_eq!(site.sign_in("s1").get("/closes").status, 403);
        assert_eq!(site.sign_in("r1").get("/closes").status, 200);
        assert_eq!(site.sign_in("r1").post("/closes/2026-10/reopen", &[]).status, 403);
    });
}

#[test]
fn the_inbox_holds_nothing_that_lies_outside_a_scope() {
    on_site(|site| {
        let waits = || site.sign_in("t1").get("/inbox").text.contains("苏州组 · 吴堃");
        assert!(waits(), "the leader of E1 checks its plans");
        let security = site.sign_in("sec");
        let page = page_of(site, "t1");
        let account = security.get(&page).text;
        let end = account.split("action=\"").find(|rest| rest.starts_with(&page) && rest.contains("/end\""));
        let end = end.unwrap().split('"').next().unwrap();
        assert_eq!(security.post(end, &[("to", "2026-11-23")]).status, 303);
        let fields = [("role", "team_leader"), ("unit", "S1"), ("from", "2026-11-23")];
        assert_eq!(security.post(&format!("{page}/posts"), &fields).status, 303);
        assert!(!waits(), "their post is for another team now");
    });
}

#[test]
fn the_inbox_holds_what_waits_for_its_owner_and_the_doors_count_it() {
    on_site(|site| {
        let owner = site.sign_in("s4").get("/inbox");
        assert_eq!(owner.status, 200);
        let overdue = owner.text.find("已逾期").unwrap();
        assert!(owner.text.find("填写改进计划：杭州组 · 冯镕").unwrap() > overdue, "{}", owner.text);
        assert!(site.sign_in("d1").get("/inbox").text.contains("改进计划逾期未提交：杭州组 · 冯镕"));
        assert!(!site.sign_in("t2").get("/inbox").text.contains("冯镕"), "red is the director's");
        assert!(site.sign_in("t1").get("/inbox").text.contains("改进计划逾期未提交：苏州组 · 吴堃"));
        assert!(site.sign_in("s1").get("/inbox").text.contains("提交第 48 周的预测"));
        assert!(site.sign_in("k1").get("/inbox").text.contains("没有待办"));
        let operations = site.sign_in("o1").get("/inbox");
        assert!(operations.text.contains("导入 2027 年工作日历"));
        assert!(!operations.text.contains("月结：") && !operations.text.contains("提请2026年11月"));

        let december = site.on(date(2026, 12, 2));
        let waits = |login: &str, what: &str| december.sign_in(login).get("/inbox").text.contains(what);
        assert!(waits("o1", "核对并提请2026年11月月结") && !waits("f2", "2026年11月"));
        assert_eq!(propose(&december, "600000", "").status, 303);
        assert!(!waits("o1", "提请2026年11月") && waits("f2", "2026年11月月结"));
        let finance = december.sign_in("f2").get("/inbox");
        assert!(finance.text.contains("href=\"/closes/2026-11\""));
    });
}

#[test]
fn one_who_signed_a_reopening_waits_for_the_other_side() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let version = close_version(&director, "2026-10");
        let fields = [("version", version.as_str()), ("reason", "漏单")];
        assert_eq!(director.post("/closes/2026-10/reopen", &fields).status, 303);
        assert!(site.sign_in("f2").get("/inbox").text.contains("签字重新打开2026年10月"));
        assert!(!director.get("/inbox").text.contains("签字重新打开"));
    });
}
