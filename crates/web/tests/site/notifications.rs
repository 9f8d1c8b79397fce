//! What people are told: the bell, the list, wishes; channels proposed by one and approved by another.

use dacheng_app::outbox::{Key, Outbound};
use dacheng_domain::notification::Allowed;

use axum::http::Method;
use serde_json::{Value, json};

use super::support::{Guest, Site, on_site};

fn outside(site: &Site) -> Site {
    let allowed = Allowed::read("qyapi.weixin.qq.com, smtp.corp.example").unwrap();
    let outbound = Outbound { allowed, key: Key::of("a key for tests"), ..Outbound::default() };
    site.reaching(outbound)
}

#[test]
fn a_leader_sees_the_bell_opens_what_it_tells_and_it_is_read() {
    on_site(|site| {
        let leader = site.sign_in("t2");
        let list = leader.get("/notifications");
        assert!(list.text.contains("预警：") && list.text.contains("冯镕"), "{}", list.text);
        let count = |text: &str| text.matches("class=\"unread\"").count();
        let before = count(&list.text);
        assert!(before >= 2);
        let open = list.text.split("action=\"/notifications/").find(|rest| rest.contains("/open\""));
        let id = open.unwrap().split('/').next().unwrap().to_owned();
        let opened = leader.post(&format!("/notifications/{id}/open"), &[]);
        assert!(opened.location.unwrap().starts_with("/alerts/"));
        let list = leader.get("/notifications");
        assert_eq!(count(&list.text), before - 1);
        assert_eq!(site.sign_in("t1").post(&format!("/notifications/{id}/open"), &[]).status, 404);
        let newest = list.hidden("newest");
        assert_eq!(leader.post("/notifications/read", &[("newest", &newest)]).status, 303);
        let list = leader.get("/notifications");
        assert_eq!(count(&list.text), 0);
        assert!(!list.text.contains("bell-count"));
        let english = site.sign_in("t2").in_english().get("/notifications");
        assert!(english.text.contains("alert: ") && !english.text.contains("预警"), "{}", english.text);
    });
}

#[test]
fn wishes_are_kept_and_what_is_wrong_with_them_is_told() {
    on_site(|site| {
        let guest = site.sign_in("s1");
        let version = || {
            let page = guest.get("/me").text;
            let form = page.split("action=\"/me/notifications\"").nth(1).unwrap().to_owned();
            form.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let post = |mail: &str, from: &str, version: &str| {
            let fields = [("mode", "single"), ("mail", mail), ("quiet_from", from), ("quiet_until", "07:30")];
            guest.post("/me/notifications", &[&fields[..], &[("version", version)]].concat())
        };
        let wrong = post("s1@corp", "9", &version());
        assert!(wrong.status == 422 && wrong.text.contains("s1@corp") && wrong.text.contains("24 小时制"));
        assert_eq!(post("", "22:00", &version()).status, 422, "mails need an address");
        assert_eq!(post("s1@corp.example", "22:00", "0").status, 303);
        assert!(guest.get("/me").text.contains("s1@corp.example"));
        assert_eq!(post("s1@corp.example", "22:00", "0").status, 409, "it was changed meanwhile");
        assert!(!site.sign_in("s2").get("/me").text.contains("s1@corp.example"));
        let trail = site.sign_in("aud").get("/audit").text;
        assert!(!trail.contains("s1@corp.example"), "an address is personal");
    });
}

#[test]
fn one_proposes_a_channel_another_approves_it_and_its_secrets_are_never_shown() {
    on_site(|site| {
        let site = outside(site);
        let (sys, sec) = (site.sign_in("sys"), site.sign_in("sec"));
        let secret = "f00dcafe-0000-4000-8000-000000000001";
        let address = format!("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={secret}");
        let robot = |guest: &super::support::Guest<'_>, address: &str| {
            let fields = [("name", "销售群"), ("kind", "wecom"), ("address", address), ("language", "zh-CN")];
            guest.post("/settings/notifications/robots", &fields)
        };
        assert_eq!(robot(&sec, &address).status, 403);
        let elsewhere = robot(&sys, "https://evil.example/?key=1");
        assert!(elsewhere.status == 422 && elsewhere.text.contains("DACHENG_OUTBOUND_ALLOW"));
        assert!(elsewhere.text.contains("销售群") && !elsewhere.text.contains("evil.example/?key"));
        assert_eq!(robot(&sys, &address).status, 303);
        let page = sys.get("/settings/notifications").text;
        assert!(
            page.contains("待审批") && page.contains("qyapi.weixin.qq.com") && !page.contains("/approve")
        );
        assert_eq!(sys.post("/settings/notifications/1/approve", &[("version", "1")]).status, 403);
        assert!(sec.get("/notifications").text.contains("通知渠道待审批：销售群"));
        assert!(sec.get("/settings/notifications").text.contains("/settings/notifications/1/approve"));
        assert_eq!(sec.post("/settings/notifications/1/approve", &[("version", "9")]).status, 409);
        assert_eq!(sec.post("/settings/notifications/1/approve", &[("version", "1")]).status, 303);
        assert!(sys.get("/notifications").text.contains("通知渠道已批准：销售群"));
        for guest in [&sys, &sec, &site.sign_in("aud")] {
            assert!(!guest.get("/settings/notifications").text.contains(secret));
        }
        assert!(!site.sign_in("aud").get("/audit").text.contains(secret));
        assert_eq!(sys.post("/settings/notifications/1/off", &[("version", "2")]).status, 303);
        assert!(sys.get("/settings/notifications").text.contains("已停用"));
    });
}

#[test]
fn the_mail_server_is_changed_by_a_form_that_keeps_what_was_typed() {
    on_site(|site| {
        let site = outside(site);
        let (sys, sec) = (site.sign_in("sys"), site.sign_in("sec"));
        let with = |port: &str, version: &str| {
            let fields = [
                ("host", "smtp.corp.example"),
                ("port", port),
                ("security", "tls"),
                ("user", "dacheng"),
                ("password", "geheim-0815"),
                ("from", "dacheng@corp.example"),
                ("domains", "corp.example"),
                ("version", version),
            ];
            sys.post("/settings/notifications/mail", &fields)
        };
        let wrong = with("0", "0");
        assert!(wrong.status == 422 && wrong.text.contains("value=\"smtp.corp.example\""));
        assert!(!wrong.text.contains("geheim-0815"));
        assert_eq!(with("465", "0").status, 303);
        assert_eq!(sec.post("/settings/notifications/1/reject", &[("version", "1")]).status, 303);
        let page = sys.get("/settings/notifications").text;
        assert!(page.contains("未获批准") && !page.contains("geheim-0815"));
        assert_eq!(with("587", "1").status, 409, "it was decided on meanwhile");
        assert_eq!(with("587", "2").status, 303);
    });
}

/// Proposes a channel as the system administrator and approves it as the security administrator.
fn mail_server(site: &Site) {
    let fields = [
        ("host", "smtp.corp.example"),
        ("port", "465"),
        ("security", "tls"),
        ("from", "dacheng@corp.example"),
        ("domains", "corp.example"),
        ("version", "0"),
    ];
    assert_eq!(site.sign_in("sys").post("/settings/notifications/mail", &fields).status, 303);
    assert_eq!(
        site.sign_in("sec").post("/settings/notifications/1/approve", &[("version", "1")]).status,
        303
    );
}

fn read(guest: &Guest<'_>, path: &str) -> Value {
    let answer = guest.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

#[test]
fn programs_of_a_session_list_notifications_and_mark_them() {
    on_site(|site| {
        let leader = site.sign_in("t2");
        let all = read(&leader, "/api/v1/notifications");
        let ids = |list: &Value| -> Vec<i64> {
            list["items"].as_array().unwrap().iter().map(|own| own["id"].as_i64().unwrap()).collect()
        };
        let whole = ids(&all);
        assert!(whole.len() >= 2 && whole.is_sorted_by(|one, next| one > next));
        assert!(all["items"].as_array().unwrap().iter().any(|own| own["kind"] == "alert.raised"));
        let first = read(&leader, "/api/v1/notifications?limit=1");
        let next = first["next"].as_str().unwrap();
        let second = read(&leader, &format!("/api/v1/notifications?limit=1&cursor={next}"));
        assert_eq!([ids(&first), ids(&second)].concat(), whole[..2]);
        let post = |guest: &Guest<'_>, path: &str, body: &Value| guest.json(Method::POST, path, body, &[]);
        let path = format!("/api/v1/notifications/{}/read", whole[0]);
        assert_eq!(post(&site.sign_in("t1"), &path, &json!({})).status, 404, "another's is not there");
        assert!(post(&leader, &path, &json!({})).text.contains("\"read\":true"));
        assert!(!ids(&read(&leader, "/api/v1/notifications?unread=true")).contains(&whole[0]));
        assert_eq!(ids(&read(&leader, "/api/v1/notifications")), whole, "read ones stay in the list");
        let marked = post(&leader, "/api/v1/notifications/read", &json!({ "up_to": whole[1] }));
        assert!(marked.text.contains(&format!("\"marked\":{}", whole.len() - 1)), "{}", marked.text);
        assert_eq!(ids(&read(&leader, "/api/v1/notifications?unread=true")), [0; 0]);
    });
}

#[test]
fn programs_of_a_session_keep_wishes_for_the_version_they_saw() {
    on_site(|site| {
        let site = outside(site);
        mail_server(&site);
        let (guest, path) = (site.sign_in("s1"), "/api/v1/me/notification-preferences");
        let answer = guest.get(path);
        assert_eq!(answer.headers.get("etag").unwrap(), "\"0\"");
        let put = |body: &Value, seen: &str| guest.json(Method::PUT, path, body, &[("If-Match", seen)]);
        let wishes = |address: &str, from: &str| json!({ "mode": "single", "address": address, "quiet_from": from, "quiet_until": "07:30" });
        assert_eq!(put(&wishes("s1@corp.example", "half past"), "\"0\"").status, 422);
        assert_eq!(put(&wishes("s1@elsewhere.example", "22:00"), "\"0\"").status, 422);
        assert_eq!(
            put(&json!({ "mode": "loud", "quiet_from": "22:00", "quiet_until": "07:30" }), "\"0\"").status,
            400
        );
        let kept = put(&wishes("s1@corp.example", "22:00"), "\"0\"");
        assert!(kept.status == 200 && kept.text.contains("\"confirmed\":false"), "{}", kept.text);
        assert_eq!(put(&wishes("s1@corp.example", "22:00"), "\"0\"").status, 412, "it was changed meanwhile");
        let page = guest.get("/me").text;
        assert!(page.contains("待确认") && page.contains("/me/notifications/confirm"), "{page}");
        assert_eq!(guest.post("/me/notifications/confirm", &[]).status, 303);
        assert_eq!(guest.get("/me/mail/unknown").status, 404);
        assert_eq!(
            site.sign_in("s2").post("/me/notifications/confirm", &[]).status,
            422,
            "nothing to confirm"
        );
    });
}

#[test]
fn a_webhook_is_proposed_and_programs_see_channels_without_secrets() {
    on_site(|site| {
        let site = outside(site);
        let sys = site.sign_in("sys");
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let hook = |address: &str, sign: &str| {
            let fields = [("hook_name", "ERP"), ("hook_address", address), ("hook_sign", sign)];
            sys.post("/settings/notifications/webhooks", &fields)
        };
        let wrong = hook("https://smtp.corp.example/hook/s3cret", "too short");
        assert!(
            wrong.status == 422 && wrong.text.contains("value=\"ERP\"") && !wrong.text.contains("s3cret")
        );
        assert_eq!(hook("https://elsewhere.example/hook", secret).status, 422);
        assert_eq!(hook("http://smtp.corp.example/hook", secret).status, 422, "never in plain text");
        assert_eq!(hook("https://smtp.corp.example/hook/s3cret", secret).status, 303);
        let channels = sys.get("/api/v1/notification-channels");
        let list: Value = serde_json::from_str(&channels.text).unwrap();
        let own = &list["items"][0];
        assert_eq!(
            (own["kind"].as_str(), own["proposed_host"].as_str()),
            (Some("webhook"), Some("smtp.corp.example"))
        );
        assert!(
            own["host"].is_null() && !channels.text.contains("s3cret") && !channels.text.contains(secret)
        );
        assert_eq!(read(&sys, "/api/v1/dead-letters")["items"], json!([]));
        assert_eq!(sys.json(Method::POST, "/api/v1/dead-letters/7/send-again", &json!({}), &[]).status, 404);
        assert_eq!(site.sign_in("s1").get("/api/v1/notification-channels").status, 403);
    });
}
