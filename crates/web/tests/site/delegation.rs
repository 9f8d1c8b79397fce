//! Standing in for somebody who is away: what the delegate finds and does, with both names, and when it ends.

use jiff::civil::date;

use super::support::{Answer, Site, on_site};

const WRITTEN: [(&str, &str); 7] = [
    ("cause", "客户推迟采购"),
    ("goal", "恢复到 85%"),
    ("step-1-text", "逐一回访"),
    ("step-1-who", "本人"),
    ("step-1-from", "2026-11-24"),
    ("step-1-to", "2026-12-18"),
    ("last-month", "2026-12"),
];

fn lend(site: &Site, giver: &str, taker: &str, first: &str, last: &str) -> Answer {
    site.sign_in(giver).post("/me/delegation", &[("to", taker), ("first", first), ("last", last)])
}

/// `s2` hands in the plan of a yellow alert, which `t1` checks: the numbers of both.
fn hand_in(site: &Site) -> (i64, i64) {
    let writer = site.sign_in("s2");
    let alerts = writer.get("/api/v1/alerts").value();
    let number = |of: &serde_json::Value| of.as_i64().unwrap();
    let (alert, plan) = (number(&alerts["items"][0]["id"]), number(&alerts["items"][0]["plan"]["id"]));
    let version = writer.get(&format!("/alerts/{alert}")).hidden("version");
    let mut fields = vec![("version", version.as_str())];
    fields.extend(WRITTEN);
    let done = writer.post(&format!("/alerts/{alert}/plan"), &fields);
    assert_eq!(done.status, 303, "{}", done.text);
    (alert, plan)
}

#[test]
fn a_delegate_finds_the_task_settles_it_and_both_names_are_kept() {
    on_site(|site| {
        let (alert, _) = hand_in(site);
        let case = format!("/alerts/{alert}");
        let peer = site.sign_in("t2");
        assert_eq!(peer.get(&case).status, 404, "not before it is lent");
        assert!(!peer.get("/inbox").text.contains(&case));
        assert_eq!(lend(site, "t1", "t2", "2026-11-23", "2026-11-27").status, 303);
        let inbox = peer.get("/inbox");
        assert!(inbox.text.contains("代王敏刚") && inbox.text.contains(&case), "{}", inbox.text);
        assert_eq!(peer.get("/dashboard?org=E1").status, 404, "only what is lent");
        assert_eq!(peer.get("/targets/E1").status, 404);
        let page = peer.get(&case);
        let version = page.hidden("version");
        let checked = peer.post(&format!("{case}/check"), &[("version", &version), ("act", "accept")]);
        assert_eq!(checked.status, 303, "{}", checked.text);
        let after = site.sign_in("t1").get(&case);
        assert!(after.text.contains("赵启（代王敏刚）"), "{}", after.text);
        let trail = site.sign_in("aud").get("/audit?kind=improvement_plan");
        assert!(trail.text.contains("赵启（代王敏刚）"), "{}", trail.text);
    });
}

#[test]
fn it_ends_by_itself_and_by_its_giver() {
    on_site(|site| {
        let (alert, _) = hand_in(site);
        let case = format!("/alerts/{alert}");
        lend(site, "t1", "t2", "2026-11-23", "2026-11-27");
        assert_eq!(site.sign_in("t2").get(&case).status, 200);
        assert_eq!(site.on(date(2026, 11, 28)).sign_in("t2").get(&case).status, 404, "the day after");
        let giver = site.sign_in("t1");
        let page = giver.get("/me/delegation");
        assert!(page.text.contains("赵启"), "{}", page.text);
        let end = page.text.split("action=\"").find(|rest| rest.starts_with("/me/delegation/")).unwrap();
        let end = end.split('"').next().unwrap();
        assert_eq!(site.sign_in("t2").post(end, &[]).status, 404, "not the taker's to end");
        assert_eq!(giver.post(end, &[]).status, 303);
        assert_eq!(site.sign_in("t2").get(&case).status, 404);
    });
}

#[test]
fn nobody_checks_their_own_by_standing_in_and_nothing_is_lent_on() {
    on_site(|site| {
        let (alert, plan) = hand_in(site);
        lend(site, "t1", "s2", "2026-11-23", "2026-11-27");
        let writer = site.sign_in("s2");
        let path = format!("/api/v1/improvement-plans/{plan}");
        let version = writer.get(&path).value()["version"].as_i64().unwrap();
        let seen = format!("\"{version}\"");
        let accept = |who: &str| {
            site.sign_in(who).json(
                axum::http::Method::POST,
                &format!("{path}/accept"),
                &serde_json::json!({}),
                &[("if-match", &seen)],
            )
        };
        assert_eq!(accept("s2").status, 403, "one's own plan");
        assert_eq!(
            lend(site, "s2", "s3", "2026-11-23", "2026-11-27").status,
            422,
            "a seller has nothing to lend"
        );
        assert_eq!(site.sign_in("s3").get(&format!("/alerts/{alert}")).status, 404, "no chain");
    });
}

#[test]
fn what_cannot_be_is_refused_with_the_form_as_typed() {
    on_site(|site| {
        let today = "2026-11-23";
        for (to, first, last, said) in [
            ("t1", today, today, "不能请自己代理"),
            ("nobody", today, today, "没有找到可以登录的人"),
            ("t2", "2026-11-22", today, "不能早于今天"),
            ("t2", "2026-11-25", "2026-11-24", "最长 92 天"),
            ("t2", today, "2027-12-31", "最长 92 天"),
            ("t2", "soon", today, "请填写日期"),
        ] {
            let refused = lend(site, "t1", to, first, last);
            assert!(refused.status == 422 && refused.text.contains(said), "{to} {first}: {}", refused.text);
            assert!(refused.text.contains(&format!("value=\"{to}\"")), "what was typed is kept");
        }
        assert_eq!(lend(site, "t1", "赵启", today, today).status, 303, "by name");
        assert_eq!(lend(site, "r1", "R2", today, today).status, 303, "log-in names have no case");
        let twice = lend(site, "t1", "r1", today, "2026-11-30");
        assert!(twice.status == 422 && twice.text.contains("已经设置过代理"));
        assert!(site.sign_in("s1").get("/me/delegation").text.contains("没有可以代理的待办"));
    });
}
