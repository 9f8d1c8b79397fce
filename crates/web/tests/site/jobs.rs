//! What runs beside the requests: who sees it, what can be done about it, and the trail as a file.

use axum::http::Method;
use dacheng_app::jobs::{Kind, enqueue};
use dacheng_app::testing::operator;
use serde_json::json;

use super::support::{Site, on_site};

fn export_of(site: &Site, who: &str, fields: &[(&str, &str)]) -> String {
    let begun = site.sign_in(who).post("/audit/exports", fields);
    assert_eq!(begun.status, 303, "{}", begun.text);
    begun.location.unwrap()
}

#[test]
fn the_administrator_sees_what_ran_and_no_business_rows() {
    on_site(|site| {
        assert_eq!(site.run_jobs(), 3);
        assert_eq!(site.run_jobs(), 0, "each occasion once");
        let keeper = site.sign_in("sys");
        let page = keeper.get("/settings/jobs");
        assert!(page.status == 200 && page.text.contains("没有失败的作业"), "{}", page.text);
        assert!(page.text.contains("逾期改进计划升级") && page.text.contains("2026-11-23"));
        assert!(page.text.contains("升级 4 份计划"), "{}", page.text);
        assert!(page.text.contains("校验审计日志") && page.text.contains("条日志完整无缺"), "{}", page.text);
        assert!(page.text.contains("导入：订单") && !page.text.contains("orders.csv"));
        assert!(keeper.get("/settings").text.contains("/settings/jobs"));
        assert!(!site.sign_in("sec").get("/settings").text.contains("/settings/jobs"));
        let english = site.sign_in("sys").in_english().get("/settings/jobs");
        assert!(english.text.contains("Escalation of overdue plans"), "{}", english.text);
        let none = keeper.get("/settings/jobs?state=failed");
        assert!(none.text.contains("没有这个状态的作业"));
        assert_eq!(site.sign_in("d1").get("/settings/jobs").status, 403);
    });
}

#[test]
fn damage_that_the_nightly_verification_found_is_told_to_whoever_sees_jobs_and_reads_the_trail() {
    on_site(|site| {
        dacheng_app::testing::tamper(&site.app, 5);
        site.run_jobs();
        let jobs = site.sign_in("sys").get("/settings/jobs");
        assert!(jobs.text.contains("第 5 条日志损坏或缺失"), "{}", jobs.text);
        let english = site.sign_in("aud").in_english().get("/settings/jobs");
        assert!(english.text.contains("entry 5 is damaged or missing"), "{}", english.text);
        let trail = site.sign_in("aud").get("/audit");
        assert!(trail.text.contains("由 系统 校验全部日志：从第 5 条起"), "{}", trail.text);
    });
}

#[test]
fn a_failed_job_is_told_with_its_reason_and_run_again() {
    on_site(|site| {
        let mut tx = site.app.store.write().unwrap();
        // An export that nobody asked for.
        let filter = json!({ "who": "", "kind": "", "object": "", "from": null, "to": null });
        let detail = json!({ "filter": filter, "reach": "own", "last": 1, "english": false });
        let id = enqueue(&mut tx, &operator(&site.app), Kind::Export, "x", &detail).unwrap().unwrap();
        tx.commit().unwrap();
        site.run_jobs();
        let keeper = site.sign_in("sys");
        let page = keeper.get("/settings/jobs?state=failed");
        assert!(page.text.contains("1 次未成功") && page.text.contains("not signed in"), "{}", page.text);
        assert!(page.text.contains("1 项作业失败"));
        let retry = format!("/settings/jobs/{id}/retry");
        assert!(page.text.contains(&retry));
        let auditor = site.sign_in("aud");
        assert!(!auditor.get("/settings/jobs?state=failed").text.contains(&retry));
        assert_eq!(auditor.post(&retry, &[]).status, 403);
        assert_eq!(keeper.post(&retry, &[]).status, 303);
        let twice = keeper.post(&retry, &[]);
        assert!(twice.status == 422 && twice.text.contains("作业没有失败"), "{}", twice.text);
        assert_eq!(keeper.post(&format!("/settings/jobs/{id}/cancel"), &[]).status, 303);
        assert_eq!(keeper.post("/settings/jobs/999/cancel", &[]).status, 404);
        assert!(site.sign_in("aud").get("/audit?kind=job").text.contains("重试作业"));
    });
}

#[test]
fn programs_list_jobs_in_parts_and_act_on_them() {
    on_site(|site| {
        site.run_jobs();
        let keeper = site.sign_in("sys");
        let all = keeper.get("/api/v1/jobs").value();
        let count = all["items"].as_array().unwrap().len();
        assert!(count > 5);
        let (mut seen, mut address) = (0, "/api/v1/jobs?limit=3".to_owned());
        loop {
            let part = keeper.get(&address).value();
            seen += part["items"].as_array().unwrap().len();
            let Some(next) = part["next"].as_str() else { break };
            address = format!("/api/v1/jobs?limit=3&cursor={next}");
        }
        assert_eq!(seen, count);
        let jobs = all["items"].as_array().unwrap();
        let job = jobs.iter().find(|job| job["kind"] == "escalation").unwrap();
        assert_eq!((&job["state"], &job["occasion"]), (&json!("done"), &json!("2026-11-23")));
        let id = job["id"].as_i64().unwrap();
        assert_eq!(keeper.get(&format!("/api/v1/jobs/{id}")).value()["origin"], "job");
        let refused = keeper.json(Method::POST, &format!("/api/v1/jobs/{id}/cancel"), &json!({}), &[]);
        assert_eq!((refused.status, refused.kind.as_str()), (422, "application/problem+json"));
        assert_eq!(keeper.get("/api/v1/jobs?state=asleep").status, 400);
        assert_eq!(keeper.get("/api/v1/jobs?cursor=x").status, 400);
        assert_eq!(keeper.get("/api/v1/jobs/999").status, 404);
    });
}

#[test]
fn the_trail_is_exported_left_found_again_and_fetched_by_who_asked() {
    on_site(|site| {
        let page = export_of(site, "aud", &[("kind", "post")]);
        let auditor = site.sign_in("aud");
        let running = auditor.get(&page);
        assert!(running.text.contains("可以离开此页") && running.text.contains("hx-get"), "{}", running.text);
        let file = format!("{page}/file");
        let early = auditor.get(&file);
        assert!(early.status == 422 && early.text.contains("文件还没有生成"), "{}", early.text);
        site.run_jobs();
        assert!(auditor.get("/audit").text.contains(&format!("href=\"{page}\"")), "found again");
        assert!(auditor.get(&page).text.contains("文件已生成"));
        let fetched = auditor.get(&file);
        assert_eq!((fetched.status, fetched.kind.as_str()), (200, "text/csv; charset=utf-8"));
        assert!(fetched.bytes.starts_with("\u{FEFF}".as_bytes()), "for spreadsheets");
        let lines: Vec<&str> = fetched.text.lines().collect();
        assert!(lines.len() > 10 && lines.iter().skip(1).all(|line| line.contains("授予岗位")), "{lines:?}");
        assert_eq!(site.sign_in("sec").get(&file).status, 404, "another's");
        assert_eq!(site.sign_in("h1").post("/audit/exports", &[]).status, 403);
    });
}

#[test]
fn an_export_is_stopped_before_it_is_written() {
    on_site(|site| {
        let page = export_of(site, "s1", &[]);
        let seller = site.sign_in("s1");
        assert_eq!(seller.post(&format!("{page}/cancel"), &[]).status, 303);
        site.run_jobs();
        assert!(seller.get(&page).text.contains("导出已取消"));
        assert_eq!(seller.post(&format!("{page}/cancel"), &[]).status, 422);
        assert_eq!(seller.get(&format!("{page}/file")).status, 422);
        assert_eq!(site.sign_in("s2").get(&page).status, 404);
    });
}
