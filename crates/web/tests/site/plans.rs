//! Planning: plans made, set, broken down, edited, locked and put in force, by whom the table allows.

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
        assert!(operations.get(PLAN).text.contains("6 / 6 人有目标"));
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
