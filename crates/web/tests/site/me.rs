//! One's own page: password, devices, what happened at the door, API tokens.

use axum::body::Body;
use axum::http::{Method, Request, header};
use dacheng_app::testing::company::PASSWORD;

use super::support::on_site;

const NEW: &str = "秋风清，秋月明，落叶聚还散";

#[test]
fn a_password_is_changed_by_whoever_knows_the_old_one() {
    on_site(|site| {
        let (here, elsewhere) = (site.sign_in("s1"), site.sign_in("s1"));
        let with = |current, password, repeat| {
            here.post("/me/password", &[("current", current), ("password", password), ("repeat", repeat)])
        };
        assert!(with(PASSWORD, NEW, "another").text.contains("两次输入的密码不一致"));
        let wrong = with("wrong password", NEW, NEW);
        assert!(wrong.status == 422 && wrong.text.contains("密码不正确"), "{}", wrong.text);
        let weak = with(PASSWORD, "12345678", "12345678");
        assert!(weak.status == 422 && weak.text.contains("至少 10 个字符"), "{}", weak.text);
        assert!(!weak.text.contains("12345678"), "a password is never sent back");
        assert_eq!(with(PASSWORD, NEW, NEW).status, 303);
        assert_eq!(elsewhere.get("/me").status, 303, "other sessions end");
    });
}

#[test]
fn devices_are_signed_out_one_by_one_or_all_at_once() {
    on_site(|site| {
        let (here, elsewhere) = (site.sign_in("s1"), site.sign_in("s1"));
        let page = here.get("/me");
        assert!(page.text.contains("本机"), "{}", page.text);
        let end = page
            .text
            .split("action=\"")
            .find(|rest| rest.starts_with("/me/sessions/") && !rest.starts_with("/me/sessions/end"));
        let end = end.unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(here.post(&end, &[]).status, 303);
        assert_eq!((here.get("/me").status, elsewhere.get("/me").status), (200, 303));
        let third = site.sign_in("s1");
        assert_eq!(third.post("/me/sessions/end", &[]).location.as_deref(), Some("/login"));
        assert_eq!((here.get("/me").status, third.get("/me").status), (303, 303));
    });
}

#[test]
fn everybody_sees_their_own_log_ins_and_nobody_elses() {
    on_site(|site| {
        for who in ["s1", "k1", "sys"] {
            let page = site.sign_in(who).get("/me");
            assert!(
                page.text.contains("登录与账号记录")
                    && page.text.contains("设置密码") | page.text.contains("登录")
            );
        }
        let specialist = site.sign_in("s1").get("/audit");
        assert_eq!(specialist.status, 200);
        assert!(!specialist.text.contains("name=\"who\""));
        let others = site.sign_in("s1").get("/audit?object=account/1");
        assert!(!others.text.contains("林远"), "{}", others.text);
    });
}

#[test]
fn a_token_holds_what_was_chosen_until_it_is_revoked() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let none = [("token", "ERP"), ("until", "2026-12-31")];
        let none = director.post("/me/tokens", &none);
        assert!(none.status == 422 && none.text.contains("至少要有一项权限"), "{}", none.text);
        let fields =
            [("token", "ERP"), ("until", "2026-12-31"), ("company_targets.R", "on"), ("break_down.R", "on")];
        let made = director.post("/me/tokens", &fields);
        assert_eq!(made.status, 200, "{}", made.text);
        let start = made.text.find("dacheng_").unwrap();
        let secret: String = made.text[start..].chars().take_while(|letter| *letter != '<').collect();
        let ask = |path: &str| {
            let request = Request::builder().method(Method::GET).uri(path);
            let request = request.header(header::AUTHORIZATION, format!("Bearer {secret}"));
            site.stranger().ask(request.body(Body::empty()).unwrap()).status
        };
        assert_eq!(ask("/api/v1/attainment?metric=revenue&period=2026"), 200);
        assert_eq!(ask("/api/v1/units"), 403, "not chosen");
        let page = director.get("/me");
        assert!(page.text.contains("ERP") && !page.text.contains(&secret), "shown once");
        let revoke = page.text.split("action=\"").find(|rest| rest.starts_with("/me/tokens/")).unwrap();
        assert_eq!(director.post(revoke.split('"').next().unwrap(), &[]).status, 303);
        assert_eq!(ask("/api/v1/attainment?metric=revenue&period=2026"), 401);
    });
}
