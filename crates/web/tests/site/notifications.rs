//! What people are told: the bell, the list, wishes; channels proposed by one and approved by another.

use dacheng_app::outbox::{Key, Outbound};
use dacheng_domain::notification::Allowed;

use super::support::{Site, on_site};

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
