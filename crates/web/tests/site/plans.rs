//! Planning: plans made, set, broken down, edited, locked and put in force, by whom the table allows.

use axum::http::Method;
use serde_json::{Value, json};

use super::support::{Answer, Guest, on_site};

const PLAN: &str = "/plans/2027";

/// Sales operations make the plan of 2027 and set its total: 1,200 万元, evenly.
fn draft(operations: &Guest<'_>) {
    let made = operations.post(
        "/plans",
        &[
            ("year", "2027"),
            ("name", "基准方案"),
            ("code", ""),
            ("recognised_at", "signing"),
            ("tax", "included"),
        ],
    );
    assert_eq!((made.status, made.location.as_deref()), (303, Some(PLAN)));
    let set = set_total(operations, "1200", "0");
    assert_eq!(set.status, 303, "{}", set.text);
}

fn set_total(guest: &Guest<'_>, amount: &str, version: &str) -> Answer {
    let fields = [
        ("at", "ALL"),
        ("metric", "revenue"),
        ("amount", amount),
        ("floor", ""),
        ("stretch", ""),
        ("by", "even"),
        ("rounding", "1"),
        ("version", version),
    ];
    guest.post(&format!("{PLAN}/targets"), &fields)
}

fn spread<'f>(at: &'f str, method: &'f str, act: &'f str, version: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("at", at),
        ("metric", "revenue"),
        ("method", method),
        ("unit", "1"),
        ("reserve", ""),
        ("buffer", ""),
        ("act", act),
        ("version", version),
    ]
}

fn broken_down(guest: &Guest<'_>, at: &str) {
    let done = guest.post(&format!("{PLAN}/spread"), &spread(at, "even", "save", "0"));
    assert_eq!(done.status, 303, "{at}: {}", done.text);
}

#[test]
fn operations_make_a_plan_set_the_total_and_break_it_down() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        let page = operations.get(PLAN);
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("1,200.0 万元") && page.text.contains("基准方案"));
        broken_down(&operations, "ALL");
        broken_down(&operations, "EAST");
        let region = operations.get("/plans/2027?at=EAST&metric=revenue");
        assert!(region.text.contains("苏州组") && region.text.contains("每个月的下级合计都与目标一致"));
        let list = operations.get("/plans");
        assert!(list.text.contains("基准方案") && list.text.contains("1,200.0 万元"), "{}", list.text);
    });
}

#[test]
fn a_preview_changes_nothing_and_an_impossible_one_says_why() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        let path = format!("{PLAN}/spread");
        let preview = operations.post(&path, &spread("ALL", "even", "preview", "0"));
        assert_eq!(preview.status, 200, "{}", preview.text);
        assert!(preview.text.contains("id=\"preview\"") && preview.text.contains("华东大区"));
        assert!(operations.get(PLAN).text.contains("还没有分解到下级"), "a preview wrote something");
        let mut bounded = spread("ALL", "even", "preview", "0");
        bounded.extend([
            ("heir-0", "unit:EAST"),
            ("max-0", "100"),
            ("heir-1", "unit:SOUTH"),
            ("max-1", "200"),
        ]);
        let refused = operations.post(&path, &bounded);
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("2 人上限合计 300 万，差 900 万"), "{}", refused.text);
        assert!(refused.text.contains("value=\"200\""), "what was typed is kept");
        let odd = operations.post(&path, &spread("ALL", "own", "preview", "0"));
        assert_eq!(odd.status, 422, "no weight is above 0");
    });
}

#[test]
fn a_stale_version_meets_the_conflict_panel_and_what_was_typed_is_kept() {
    on_site(|site| {
        let (operations, director) = (site.sign_in("o1"), site.sign_in("d1"));
        draft(&operations);
        let late = set_total(&director, "1300", "0");
        assert_eq!(late.status, 409);
        assert!(late.text.contains("id=\"conflict\"") && late.text.contains("value=\"1300\""));
        assert_eq!(set_total(&director, "1300", "1").status, 303, "mine, knowingly");
        broken_down(&operations, "ALL");
        let path = format!("{PLAN}/spread");
        let stale = director.post(&path, &spread("ALL", "even", "save", "0"));
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("id=\"conflict\""), "{}", stale.text);
    });
}

#[test]
fn months_are_edited_without_scripts_and_every_cell_is_compared() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        broken_down(&operations, "ALL");
        let page = operations.get("/plans/2027?at=ALL&metric=revenue&edit=all");
        assert!(page.text.contains("name=\"cell-0-0\""), "{}", page.text);
        let (old_0, old_1) = (page.hidden("old-0"), page.hidden("old-1"));
        let first: i64 = old_0.split(',').next().unwrap().parse().unwrap();
        let second: i64 = old_1.split(',').next().unwrap().parse().unwrap();
        let (more, less) = (first / 1_000_000 + 1, second / 1_000_000 - 1);
        let (more, less) = (more.to_string(), less.to_string());
        let edited = |old_0: &str, new_0: &str, new_1: &str, difference: &str| {
            let fields = [
                ("at", "ALL"),
                ("metric", "revenue"),
                ("edit", "all"),
                ("owner-0", "unit:EAST"),
                ("owner-1", "unit:SOUTH"),
                ("old-0", old_0),
                ("old-1", &old_1),
                ("cell-0-0", new_0),
                ("cell-1-0", new_1),
                ("difference", difference),
            ];
            operations.post(&format!("{PLAN}/cells"), &fields)
        };
        let alone = edited(&old_0, &more, "", "refuse");
        assert_eq!(alone.status, 422);
        assert!(
            alone.text.contains("超出 1 万") && alone.text.contains(&format!("value=\"{more}\"")),
            "{}",
            alone.text
        );
        let unreadable = edited(&old_0, "五", "", "refuse");
        assert!(unreadable.status == 422 && unreadable.text.contains("aria-invalid"));
        assert_eq!(edited(&old_0, &more, &less, "refuse").status, 303);
        let late = edited(&old_0, "7", "", "declare");
        assert_eq!(late.status, 409, "the cell is not as its editor saw it");
        assert!(late.text.contains("id=\"conflict\"") && late.text.contains("value=\"7\""));
        let declared = edited(
            &operations.get("/plans/2027?at=ALL&metric=revenue&edit=all").hidden("old-0"),
            "1",
            "",
            "declare",
        );
        assert_eq!(declared.status, 303);
        assert!(operations.get(PLAN).text.contains("预留"));
    });
}

#[test]
fn a_locked_cell_stays_and_says_who_and_why() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        broken_down(&operations, "ALL");
        let lock = |act: &str, reason: &str| {
            let fields = [
                ("at", "ALL"),
                ("metric", "revenue"),
                ("owner", "unit:EAST"),
                ("month", "2027-03"),
                ("act", act),
                ("reason", reason),
            ];
            operations.post(&format!("{PLAN}/locks"), &fields)
        };
        assert_eq!(lock("lock", " ").status, 422, "a reason is needed");
        assert_eq!(lock("lock", "已与客户签约").status, 303);
        let page = operations.get(PLAN);
        assert!(page.text.contains("韩运营：已与客户签约"), "{}", page.text);
        assert!(!operations.get("/plans/2027?edit=all").text.contains("name=\"cell-0-2\""));
        assert_eq!(lock("unlock", "重新分配").status, 303);
        assert!(!operations.get(PLAN).text.contains("已与客户签约"));
    });
}

#[test]
fn everything_below_is_broken_down_at_once() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        let fields = [
            ("at", "ALL"),
            ("metric", "revenue"),
            ("below-method", "last_year"),
            ("below-unit", ""),
            ("version", "0"),
        ];
        let done = operations.post(&format!("{PLAN}/below"), &fields);
        assert_eq!(done.status, 303, "{}", done.text);
        let team = operations.get("/plans/2027?at=E1&metric=revenue");
        assert!(team.text.contains("李喆") && team.text.contains("每个月的下级合计都与目标一致"));
        assert_eq!(operations.post(&format!("{PLAN}/below"), &fields).status, 409, "it has a version now");
        assert!(operations.get(PLAN).text.contains("6 / 6 人目标齐全"));
    });
}

#[test]
fn a_plan_comes_into_force_by_an_executive_with_a_reason_for_who_carries_nothing() {
    on_site(|site| {
        let (operations, director, executive) = (site.sign_in("o1"), site.sign_in("d1"), site.sign_in("x1"));
        draft(&operations);
        let version = [("at", "ALL"), ("metric", "revenue"), ("version", "1")];
        assert_eq!(operations.post(&format!("{PLAN}/submit"), &version).status, 303);
        let stale = operations.post(&format!("{PLAN}/submit"), &version);
        assert!(stale.status == 409 && stale.text.contains("评审中"), "{}", stale.status);
        let force = |guest: &Guest<'_>, reason: &str| {
            guest.post(&format!("{PLAN}/force"), &[("at", "ALL"), ("version", "2"), ("reason", reason)])
        };
        assert_eq!(force(&director, "待入职").status, 403, "company targets are approved above the director");
        let asked = force(&executive, "");
        assert_eq!(asked.status, 422);
        assert!(asked.text.contains("无人承担目标") && asked.text.contains("李喆"), "{}", asked.text);
        assert_eq!(force(&executive, "二季度前完成分解").status, 303);
        let page = director.get(PLAN);
        assert!(page.text.contains("二季度前完成分解") && page.text.contains("生效（锁定）"));
        assert!(!page.text.contains("id=\"spread\""), "nothing is edited any more");
        assert_eq!(set_total(&operations, "1300", "1").status, 422);
    });
}

#[test]
fn an_executive_may_return_a_plan_with_a_reason() {
    on_site(|site| {
        let (operations, executive) = (site.sign_in("o1"), site.sign_in("x1"));
        draft(&operations);
        operations.post(&format!("{PLAN}/submit"), &[("version", "1")]);
        let back =
            |reason: &str| executive.post(&format!("{PLAN}/return"), &[("version", "2"), ("reason", reason)]);
        assert_eq!(back("").status, 422);
        assert_eq!(back("华南偏低").status, 303);
        assert!(operations.get(PLAN).text.contains("华南偏低"));
    });
}

#[test]
fn each_role_does_and_sees_what_the_table_gives() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        for unit in ["ALL", "EAST", "E1"] {
            broken_down(&operations, unit);
        }
        let (region, leader) = (site.sign_in("r1"), site.sign_in("t1"));
        // A region manager and a team leader see their branch of the draft and break it down.
        for (guest, own, other) in [(&region, "EAST", "SOUTH"), (&leader, "E1", "E2")] {
            let page = guest.get(PLAN);
            assert_eq!(page.status, 200);
            assert!(page.text.contains("id=\"spread\"") && !page.text.contains("id=\"total\""), "{own}");
            assert!(page.text.contains(&format!("value=\"{own}\"")));
            assert_eq!(guest.get(&format!("{PLAN}?at={other}")).status, 404, "{other}");
            let foreign = guest.post(&format!("{PLAN}/spread"), &spread(other, "even", "save", "0"));
            assert_eq!(foreign.status, 404);
            assert_eq!(guest.post(&format!("{PLAN}/submit"), &[("version", "1")]).status / 100, 4);
        }
        let again = leader.post(&format!("{PLAN}/spread"), &spread("E1", "even", "save", "1"));
        assert_eq!(again.status, 303, "{}", again.text);
        assert_eq!(
            set_total(&region, "1", "1").status / 100,
            4,
            "nobody but operations and director set the total"
        );
        // A draft is nobody's business who neither plans nor reads the company's targets.
        for login in ["s1", "sys", "sec"] {
            let page = site.sign_in(login).get(PLAN);
            assert!([403, 404].contains(&page.status), "{login}: {}", page.status);
            assert!(!page.text.contains("基准方案"), "{login}");
        }
        // Marketing and finance read aggregates, no rows of persons.
        for login in ["k1", "f2"] {
            let page = site.sign_in(login).get("/plans/2027?at=E1&metric=revenue");
            assert_eq!(page.status, 200, "{login}");
            assert!(!page.text.contains("李喆") && !page.text.contains("id=\"spread\""), "{login}");
        }
        for login in ["x1", "aud", "h1"] {
            let page = site.sign_in(login).get(PLAN);
            assert_eq!(page.status, 200, "{login}");
            assert!(page.text.contains("1,200.0 万元") && !page.text.contains("id=\"spread\""), "{login}");
        }
        // What is in force is announced to everybody who has a target.
        let specialist = site.sign_in("s1");
        assert!(specialist.get("/plans").text.contains("/plans/2026"));
        assert!(!specialist.get("/plans").text.contains("/plans/2027"));
        let announced = specialist.get("/plans/2026");
        assert_eq!(announced.status, 200);
        assert!(!announced.text.contains("吴堃"), "a specialist sees no colleague's target");
        assert!(!announced.text.contains("id=\"coverage\""), "nor who carries nothing");
        assert_eq!(site.sign_in("sys").get("/plans").status, 403);
    });
}

#[test]
fn pages_of_planning_are_there_in_english() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        broken_down(&operations, "ALL");
        let english = operations.in_english();
        let page = english.get("/plans/2027?edit=all");
        assert!(page.text.contains("In every month the children sum to the target."), "{}", page.text);
        assert!(english.get("/plans").text.contains("Not broken down"));
    });
}

/// The header of a plan's sheet with what must be there.
const SHEET: &str =
    "目标年度,计划,指标,对象编号,1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月,Q1,年度合计\n";

fn sheet_row(code: &str, month: &str, quarter: &str, year: &str) -> String {
    format!("2027,2027,销售额,{code},{},{quarter},{year}\n", [month; 12].join(","))
}

#[test]
fn the_sheet_is_brought_back_all_or_nothing_with_row_and_column() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        let bring = |text: &str| {
            let file = format!("{SHEET}{text}");
            operations.upload("/plans/2027/import", &[], &[("file", "sheet.csv", file.as_bytes())])
        };
        let wrong_sum =
            bring(&(sheet_row("unit:ALL", "100", "301", "1200") + &sheet_row("unit:EAST", "x", "", "")));
        assert_eq!(wrong_sum.status, 422);
        assert!(
            wrong_sum.text.contains("<td>Q1</td>") && wrong_sum.text.contains("301"),
            "{}",
            wrong_sum.text
        );
        let unreadable = bring(&sheet_row("unit:EAST", "x", "", ""));
        assert!(unreadable.text.contains("<td>12月</td>"), "{}", unreadable.text);
        let apart = bring(
            &(sheet_row("unit:ALL", "100", "300", "1200")
                + &sheet_row("unit:EAST", "60", "", "")
                + &sheet_row("unit:SOUTH", "30", "", "")),
        );
        assert_eq!(apart.status, 422, "the regions do not sum to the company");
        assert!(apart.text.contains("<td>3月</td>") && apart.text.contains("未分解"), "{}", apart.text);
        assert!(operations.get(PLAN).text.contains("1,200.0 万元"), "nothing was written");
        let whole = sheet_row("unit:ALL", "100", "300", "1200")
            + &sheet_row("unit:EAST", "60", "180", "720")
            + &sheet_row("unit:SOUTH", "40", "", "");
        assert_eq!(bring(&whole).status, 303);
        assert!(operations.get(PLAN).text.contains("1,200 元"));
        let again = bring(&whole);
        assert!(
            again.status == 303 && again.flash.unwrap().starts_with("info"),
            "the same file twice changes nothing"
        );
        let foreign =
            site.sign_in("t1").upload("/plans/2027/import", &[], &[("file", "sheet.csv", SHEET.as_bytes())]);
        assert!([403, 404].contains(&foreign.status));
        assert_eq!(bring("").status, 422);
    });
}

#[test]
fn the_sheet_is_exported_within_what_is_seen() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        draft(&operations);
        let file = operations.get("/plans/2027/sheet.xlsx?at=ALL&metric=revenue");
        assert_eq!(file.status, 200);
        assert!(file.bytes.starts_with(b"PK"));
        assert_eq!(site.sign_in("t1").get("/plans/2027/sheet.xlsx?at=EAST&metric=revenue").status, 404);
        assert_eq!(site.sign_in("s1").get("/plans/2027/sheet.xlsx").status, 404);
    });
}

#[test]
fn programs_make_set_break_down_edit_and_submit_a_plan() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let ask = |method: Method, path: &str, body: Value, seen: &[(&str, &str)]| {
            operations.json(method, &format!("/api/v1{path}"), &body, seen)
        };
        let new = json!({ "year": 2027, "name": "接口", "recognised_at": "invoice", "tax": "excluded" });
        let made = ask(Method::POST, "/plans", new.clone(), &[]);
        assert_eq!((made.status, made.value()["state"].as_str()), (201, Some("draft")), "{}", made.text);
        assert_eq!(ask(Method::POST, "/plans", new, &[]).status, 422, "the code is taken");
        let total = json!({ "metric": "revenue", "target": "12000000.00", "by": "even" });
        assert_eq!(ask(Method::PUT, "/plans/2027/targets", total.clone(), &[]).status, 400, "no version");
        let set = ask(Method::PUT, "/plans/2027/targets", total.clone(), &[("if-match", "\"0\"")]);
        assert_eq!(set.value()["months"][0], "1000000.00");
        assert_eq!(
            ask(Method::PUT, "/plans/2027/targets", total.clone(), &[("if-match", "\"0\"")]).status,
            412
        );
        let mut named = total;
        named["version"] = 0.into();
        assert_eq!(ask(Method::PUT, "/plans/2027/targets", named, &[]).status, 409);
        let breakdown = json!({ "metric": "revenue", "unit": "ALL", "method": "own", "rounding": "10000.00", "version": 0,
            "numbers": [{ "owner": "unit:EAST", "number": "2" }, { "owner": "unit:SOUTH", "number": "1" }] });
        let preview = ask(Method::POST, "/plans/2027/breakdown:preview", breakdown.clone(), &[]);
        assert_eq!(preview.value()["children"][0]["year"], "8000000.00", "{}", preview.text);
        assert_eq!(preview.value()["version"], 0, "nothing was written");
        let done = ask(Method::POST, "/plans/2027/breakdown", breakdown.clone(), &[]);
        assert_eq!((done.status, done.value()["version"].as_i64()), (200, Some(1)));
        assert_eq!(ask(Method::POST, "/plans/2027/breakdown", breakdown, &[]).status, 409);
        let cell = |old: &str, new: &str| {
            json!({ "metric": "revenue", "difference": "declare",
                "cells": [{ "owner": "unit:EAST", "month": "2027-03", "old": old, "new": new }] })
        };
        let east = operations.get("/api/v1/targets?plan=2027&metric=revenue&owner=unit:EAST&period=2027-03");
        let stored = east.value()["items"][0]["target"].as_str().unwrap().to_owned();
        let wrong = ask(Method::PATCH, "/plans/2027/targets", cell("1.00", "2.00"), &[]);
        assert_eq!(
            (wrong.status, wrong.value()["errors"][0]["stored"].as_str()),
            (409, Some(stored.as_str()))
        );
        assert_eq!(wrong.value()["errors"][0]["pointer"], "/cells/0/old");
        assert_eq!(ask(Method::PATCH, "/plans/2027/targets", cell(&stored, "2.00"), &[]).status, 200);
        assert_eq!(ask(Method::POST, "/plans/2027/submit", json!({ "version": 9 }), &[]).status, 409);
        let submitted = ask(Method::POST, "/plans/2027/submit", json!({ "version": 1 }), &[]);
        assert_eq!(submitted.value()["state"], "review");
        let force = ask(Method::POST, "/plans/2027/force", json!({ "version": 2, "reason": "试点" }), &[]);
        assert_eq!(force.status, 403, "not by operations");
        let executive = site.sign_in("x1");
        let body = json!({ "version": 2, "reason": "试点" });
        let force = executive.json(Method::POST, "/api/v1/plans/2027/force", &body, &[]);
        assert_eq!(force.value()["state"], "in_force", "{}", force.text);
        let plans = operations.get("/api/v1/plans?limit=1").value();
        assert_eq!(plans["items"][0]["code"], "2027");
        let rest = format!("/api/v1/plans?cursor={}", plans["next"].as_str().unwrap());
        assert_eq!(operations.get(&rest).value()["items"][0]["code"], "2026");
    });
}

#[test]
fn the_list_of_targets_goes_on_to_its_end_within_what_is_seen() {
    on_site(|site| {
        let all = |login: &str, limit: usize| {
            let guest = site.sign_in(login);
            let (mut found, mut cursor) = (Vec::new(), String::new());
            loop {
                let part = guest.get(&format!("/api/v1/targets?metric=revenue&limit={limit}{cursor}"));
                assert_eq!(part.status, 200, "{login}: {}", part.text);
                let value = part.value();
                found.extend(value["items"].as_array().unwrap().iter().map(|item| {
                    format!("{} {}", item["owner"].as_str().unwrap(), item["period"].as_str().unwrap())
                }));
                match value["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => return found,
                }
            }
        };
        let director = all("d1", 7);
        assert_eq!(director, all("d1", 1_000), "parts make the whole");
        assert_eq!(director.len(), 12 * (6 + 6), "six units and six specialists");
        let leader = all("t1", 5);
        assert!(leader.iter().any(|row| row.starts_with("member:s1")));
        assert!(leader.iter().all(|row| !row.contains("s3") && !row.contains("EAST")), "{leader:?}");
        assert!(all("f2", 50).iter().all(|row| row.starts_with("unit:")), "finance reads aggregates");
        let own = all("s1", 5);
        assert_eq!(own.len(), 12);
        assert!(own.iter().all(|row| row.starts_with("member:s1")));
        assert_eq!(site.sign_in("s1").get("/api/v1/targets?metric=revenue&cursor=x").status, 400);
    });
}
