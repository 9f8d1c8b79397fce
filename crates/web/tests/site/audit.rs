//! The audit trail: who reads it, what is filtered, whether it is whole, and what is exported.

use dacheng_domain::access::{Action, Right};

use super::support::on_site;

#[test]
fn auditors_and_security_administrators_read_all_of_it() {
    on_site(|site| {
        for who in ["aud", "sec"] {
            let page = site.sign_in(who).get("/audit");
            assert_eq!(page.status, 200);
            assert!(
                page.text.contains("与记录时一致") && page.text.contains("name=\"who\""),
                "{}",
                page.text
            );
        }
        for who in ["sys", "o1", "h1", "k1", "f2"] {
            assert_eq!(site.sign_in(who).get("/audit").status, 403, "{who}");
        }
    });
}

#[test]
fn entries_are_filtered_and_leafed_through() {
    on_site(|site| {
        let auditor = site.sign_in("aud");
        let first = auditor.get("/audit");
        let older = first.text.split("href=\"").find(|rest| rest.starts_with("/audit?before=")).unwrap();
        let second = auditor.get(older.split('"').next().unwrap());
        assert!(second.status == 200 && second.text.contains("最新的记录"));
        let posts = auditor.get("/audit?kind=post");
        assert!(posts.text.contains("授予岗位") && !posts.text.contains("新建账号</"), "{}", posts.text);
        let by_name = auditor.get("/audit?who=%E5%AE%A1%E8%AE%A1%E5%91%98");
        assert!(by_name.text.contains("登录") && !by_name.text.contains("授予岗位"), "{}", by_name.text);
        let nothing = auditor.get("/audit?from=2031-01-01");
        assert!(nothing.text.contains("没有符合条件的记录"));
        assert_eq!(auditor.get("/audit?from=soon").status, 400);
    });
}

#[test]
fn an_auditor_verifies_all_of_it_and_that_is_recorded() {
    on_site(|site| {
        let auditor = site.sign_in("aud");
        assert!(auditor.get("/audit").text.contains("还没有校验过"));
        assert_eq!(auditor.post("/audit/verify", &[]).status, 303);
        assert!(auditor.get("/audit").text.contains("校验全部日志，完整无缺"));
        let security = site.sign_in("sec");
        assert!(!security.get("/audit").text.contains("/audit/verify"));
        assert_eq!(security.post("/audit/verify", &[]).status, 403);
    });
}

#[test]
fn an_entry_that_was_tampered_with_is_named() {
    on_site(|site| {
        let auditor = site.sign_in("aud");
        let before = auditor.get("/api/v1/audit?limit=1").value();
        let leaf = before["items"][0]["leaf"].as_i64().unwrap();
        dacheng_app::testing::tamper(&site.app, leaf);
        let page = auditor.get("/audit");
        assert!(
            page.text.contains("与记录时不一致") && page.text.contains(&leaf.to_string()),
            "{}",
            page.text
        );
        let flash = auditor.post("/audit/verify", &[]).flash.unwrap();
        assert!(flash.starts_with("bad."), "{flash}");
    });
}

#[test]
fn the_rights_of_a_token_are_told_in_words() {
    on_site(|site| {
        site.sign_in("d1").token(&[(Action::CompanyTargets, Right::Read), (Action::BreakDown, Right::Read)]);
        let page = site.sign_in("aud").get("/audit?kind=token");
        assert!(page.text.contains("目标分解") && !page.text.contains("company_targets"), "{}", page.text);
    });
}

#[test]
fn programs_read_it_in_parts() {
    on_site(|site| {
        let auditor = site.sign_in("aud");
        let first = auditor.get("/api/v1/audit?limit=3").value();
        let leaves = |part: &serde_json::Value| -> Vec<i64> {
            part["items"].as_array().unwrap().iter().map(|entry| entry["leaf"].as_i64().unwrap()).collect()
        };
        let next = first["next"].as_str().unwrap();
        let second = auditor.get(&format!("/api/v1/audit?limit=3&cursor={next}")).value();
        assert_eq!(leaves(&first).last().unwrap() - 1, leaves(&second)[0]);
        assert_eq!(auditor.get("/api/v1/audit?cursor=none").status, 400);
        let own = site.sign_in("s1").get("/api/v1/audit").value();
        assert!(
            own["items"].as_array().unwrap().iter().all(|entry| entry["object"] == own["items"][0]["object"])
        );
    });
}
