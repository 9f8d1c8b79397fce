//! People and accounts: who makes them, who gives roles, and the first administrator.

use dacheng_app::people::one_time_links::invite_administrator;
use dacheng_app::testing::company::PASSWORD;
use dacheng_app::testing::operator;

use super::support::{Answer, Guest, Site, on_empty_site, on_site};

/// The address of a one-time link on a page, without the site.
fn link_on(page: &Answer) -> String {
    let start = page.text.find("/setup/").unwrap_or_else(|| panic!("no link: {}", page.text));
    let rest = &page.text[start..];
    rest[..rest.find(['<', '"']).unwrap()].to_owned()
}

/// The page of somebody's account, found by the list.
pub fn page_of(site: &Site, login: &str) -> String {
    let list = site.sign_in("sys").get(&format!("/settings/people?q={login}"));
    let start = list.text.find("/settings/people/").unwrap();
    let links = list.text[start..].split("href=\"").filter_map(|rest| rest.split('"').next());
    let own = links.filter(|link| link.trim_start_matches("/settings/people/").parse::<i64>().is_ok());
    own.map(str::to_owned).next().unwrap_or_else(|| panic!("{login} is not listed: {}", list.text))
}

#[test]
fn the_first_administrator_comes_by_a_link_and_makes_the_others() {
    on_empty_site(|site| {
        let link = invite_administrator(&site.app, &operator(&site.app)).unwrap();
        let address = format!("/setup/{}", link.secret);
        let stranger = site.stranger();
        let form = stranger.get(&address);
        assert_eq!(form.status, 200);
        let stranger = stranger.with_form(&form);
        let fields = [
            ("company", "华辰智控"),
            ("name", "杨喆"),
            ("account", "yang"),
            ("password", PASSWORD),
            ("repeat", PASSWORD),
        ];
        assert_eq!(stranger.post(&address, &fields).location.as_deref(), Some("/login"));
        assert_eq!(stranger.post(&address, &fields).status, 422, "a link works once");
        let admin = site.sign_in("yang");
        let made = admin.post("/settings/people/invite", &[("name", "林远"), ("account", "lin")]);
        assert_eq!(made.status, 200, "{}", made.text);
        let theirs = link_on(&made);
        let people = admin.get("/settings/people");
        assert!(people.text.contains("林远") && people.text.contains("已邀请"), "{}", people.text);
        let form = site.stranger().get(&theirs);
        let newcomer = site.stranger().with_form(&form);
        let password = [("password", PASSWORD), ("repeat", PASSWORD)];
        assert_eq!(newcomer.post(&theirs, &password).location.as_deref(), Some("/login"));
        assert_eq!(site.sign_in("lin").get("/me").status, 200);
        assert_eq!(site.sign_in("lin").get("/settings").status, 403, "no post, no room");
    });
}

#[test]
fn a_new_company_is_led_through_its_first_steps() {
    on_empty_site(|site| {
        let link = invite_administrator(&site.app, &operator(&site.app)).unwrap();
        let address = format!("/setup/{}", link.secret);
        let stranger = site.stranger().with_form(&site.stranger().get(&address));
        let fields = [
            ("company", "华辰智控"),
            ("name", "杨喆"),
            ("account", "yang"),
            ("password", PASSWORD),
            ("repeat", PASSWORD),
        ];
        assert_eq!(stranger.post(&address, &fields).status, 303);
        let admin = site.sign_in("yang");
        assert_eq!(admin.get("/").location.as_deref(), Some("/first-steps"));
        let steps = admin.get("/first-steps");
        assert!(steps.text.contains("已完成 1 / 9"), "the calendar ships: {}", steps.text);
        assert!(admin.get("/settings").text.contains("href=\"/first-steps\""));
        let links = |page: &Answer| -> Vec<String> {
            let main = page.text.split("<ol class=\"tasks\">").nth(1).unwrap().split("</ol>").next().unwrap();
            let links = main.split("<a ").skip(1).map(|rest| rest.split("href=\"").nth(1).unwrap());
            links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        for link in links(&steps) {
            assert_eq!((link.as_str(), admin.get(&link).status), ("/settings/people", 200));
        }
        // Sales operations come in: a step is done, and theirs are others.
        appoint(site, &admin);
        let operations = site.sign_in("o1");
        assert_eq!(operations.get("/").location.as_deref(), Some("/first-steps"));
        let theirs = operations.get("/first-steps");
        assert!(theirs.text.contains("已完成 2 / 9"), "{}", theirs.text);
        let open = links(&theirs);
        assert!(
            open.contains(&"/settings/company".to_owned()) && open.contains(&"/plans".to_owned()),
            "{open:?}"
        );
        assert!(!open.contains(&"/settings/people".to_owned()), "{open:?}");
        for link in open {
            assert_eq!(operations.get(&link).status, 200, "{link}");
        }
    });
    on_site(|site| {
        for who in ["sys", "sec", "o1", "d1", "s1"] {
            let gone = site.sign_in(who).get("/first-steps");
            assert_eq!((gone.status, gone.location.as_deref()), (303, Some("/")), "{who}: all is done");
            assert!(!site.sign_in(who).get("/settings").text.contains("/first-steps"), "{who}");
        }
    });
}

/// The first administrator makes an account for sales operations and grants the post.
fn appoint(site: &Site, admin: &Guest<'_>) {
    let made = admin.post("/settings/people/invite", &[("name", "韩运营"), ("account", "o1")]);
    let link = link_on(&made);
    let newcomer = site.stranger().with_form(&site.stranger().get(&link));
    assert_eq!(newcomer.post(&link, &[("password", PASSWORD), ("repeat", PASSWORD)]).status, 303);
    let list = admin.get("/settings/people?q=o1").text;
    let page =
        list.split("href=\"").find(|rest| rest.starts_with("/settings/people/") && rest.contains("韩运营"));
    let page = page.unwrap().split('"').next().unwrap();
    let fields = [("role", "sales_operations"), ("from", "2026-11-23")];
    assert_eq!(admin.post(&format!("{page}/posts"), &fields).status, 303);
}

#[test]
fn a_system_administrator_makes_accounts_but_gives_no_roles() {
    on_site(|site| {
        let admin = site.sign_in("sys");
        let page = page_of(site, "s1");
        let person = admin.get(&page);
        assert!(
            person.text.contains("停用账号") && !person.text.contains("授予岗位</h2>"),
            "{}",
            person.text
        );
        let granted = admin.post(&format!("{page}/posts"), &[("role", "director"), ("from", "2026-11-23")]);
        assert_eq!(granted.status, 403);
        assert!(granted.text.contains("安全管理员"), "{}", granted.text);
        let taken = admin.post("/settings/people/invite", &[("name", "李"), ("account", "s1")]);
        assert_eq!(taken.status, 422);
        assert!(taken.text.contains("已被使用") && taken.text.contains("value=\"李\""), "{}", taken.text);
        let link = admin.post(&format!("{page}/link"), &[]);
        assert!(link.text.contains("/setup/"), "{}", link.text);
        let guarded = admin.post(&format!("{}/link", page_of(site, "sec")), &[]);
        assert_eq!(guarded.status, 403, "else a system administrator could become any other");
    });
}

#[test]
fn a_suspended_account_is_out_at_once() {
    on_site(|site| {
        let (admin, somebody) = (site.sign_in("sys"), site.sign_in("s1"));
        let page = page_of(site, "s1");
        let version = admin.get(&page).hidden("version");
        let done = admin.post(&format!("{page}/suspend"), &[("version", &version)]);
        assert_eq!((done.status, done.location.as_deref()), (303, Some(page.as_str())));
        assert_eq!(somebody.get("/me").status, 303, "to the log-in");
        let stale = admin.post(&format!("{page}/activate"), &[("version", &version)]);
        assert_eq!(stale.status, 409);
        let version = admin.get(&page).hidden("version");
        assert_eq!(admin.post(&format!("{page}/activate"), &[("version", &version)]).status, 303);
        assert_eq!(site.sign_in("s1").get("/me").status, 200);
    });
}

#[test]
fn a_security_administrator_gives_roles_but_not_their_own() {
    on_site(|site| {
        let security = site.sign_in("sec");
        let page = page_of(site, "s1");
        let before = security.get(&page);
        assert!(before.text.contains("授予岗位") && !before.text.contains("停用账号"), "{}", before.text);
        let fields = [("role", "team_leader"), ("unit", "E1"), ("from", "2026-11-23")];
        assert_eq!(security.post(&format!("{page}/posts"), &fields).status, 303);
        let after = security.get(&page);
        assert!(after.text.contains("组长"), "{}", after.text);
        let twice = security.post(&format!("{page}/posts"), &fields);
        assert_eq!(twice.status, 422);
        assert!(twice.text.contains("已担任这个岗位"), "{}", twice.text);
        let blank = security.post(&format!("{page}/posts"), &[("unit", "E1")]);
        assert_eq!(blank.status, 422);
        assert!(blank.text.contains("请选择角色"), "{}", blank.text);
        let conflict = [("role", "finance"), ("from", "2026-11-23")];
        let conflict = security.post(&format!("{page}/posts"), &conflict);
        assert!(conflict.text.contains("标准模式下"), "{}", conflict.text);
        let own = page_of(site, "sec");
        let own_post = [("role", "auditor"), ("from", "2026-11-23")];
        assert_eq!(security.post(&format!("{own}/posts"), &own_post).status, 403);
    });
}

#[test]
fn a_post_ends_on_a_day_and_its_holder_signs_in_again() {
    on_site(|site| {
        let security = site.sign_in("sec");
        let page = page_of(site, "t1");
        let leader = site.sign_in("t1");
        let text = security.get(&page).text;
        let end = text.split("action=\"").find(|rest| rest.contains("/end\"")).unwrap();
        let end = end.split('"').next().unwrap().to_owned();
        assert_eq!(security.post(&end, &[("to", "")]).status, 422);
        assert_eq!(security.post(&end, &[("to", "2026-11-23")]).status, 303);
        assert_eq!(leader.get("/dashboard").status, 303, "other rights begin with a log-in");
        assert_eq!(site.sign_in("t1").get("/dashboard").status, 403);
    });
}

#[test]
fn the_last_security_administrator_stays() {
    on_site(|site| {
        let admin = site.sign_in("sys");
        let page = page_of(site, "sec");
        let person = admin.get(&page);
        assert!(person.text.contains("最后一名安全管理员") && !person.text.contains("停用账号</button>"));
        let version = person.hidden("version");
        let refused = admin.post(&format!("{page}/suspend"), &[("version", &version)]);
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("至少保留一名"), "{}", refused.text);
    });
}

#[test]
fn a_change_that_somebody_else_made_first_is_shown_beside_mine() {
    on_site(|site| {
        let admin = site.sign_in("sys");
        let page = page_of(site, "aud");
        let change = format!("{page}/change");
        let version = admin.get(&page).hidden("version");
        assert_eq!(admin.post(&change, &[("name", "审计一"), ("version", &version)]).status, 303);
        let stale = admin.post(&change, &[("name", "审计二"), ("version", &version)]);
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("审计一") && stale.text.contains("审计二"), "{}", stale.text);
        assert!(stale.text.contains("id=\"conflict\""));
    });
}

#[test]
fn people_are_found_by_name_number_and_account() {
    on_site(|site| {
        let admin = site.sign_in("sys");
        for text in ["李喆", "s1", "S1"] {
            let found = admin.get(&format!("/settings/people?q={}", dacheng_web::http::encoded(text)));
            assert!(found.text.contains("李喆") && !found.text.contains("吴堃"), "{text}");
        }
        let nobody = admin.get("/settings/people?q=nobody");
        assert!(nobody.text.contains("没有找到") && nobody.text.contains("清除筛选"));
        let without = admin.get("/settings/people?state=without");
        assert_eq!(without.status, 200);
        for who in ["d1", "h1", "o1", "s1"] {
            assert_eq!(site.sign_in(who).get("/settings/people").status, 404, "{who}");
        }
    });
}

#[test]
fn units_and_members_are_given_to_programs_in_parts() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let units = director.get("/api/v1/units?limit=2").value();
        assert_eq!(units["items"][0]["code"], "ALL");
        assert_eq!(units["items"][1]["parent"], "ALL");
        let next = units["next"].as_str().unwrap();
        let rest = director.get(&format!("/api/v1/units?cursor={next}")).value();
        assert_eq!(rest["items"].as_array().unwrap().len(), 4);
        let members = director.get("/api/v1/members?on=2021-06-01").value();
        let codes: Vec<&str> = members["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|member| member["code"].as_str().unwrap())
            .collect();
        assert!(codes.contains(&"t1") && !codes.contains(&"s1"), "{codes:?}");
        let names = site.sign_in("s1").get("/api/v1/members").value();
        assert!(names["items"][0]["position"].is_null() && names["items"][0]["name"].is_string());
        assert_eq!(site.sign_in("k1").get("/api/v1/members").status, 403);
        let me = director.get("/api/v1/me").value();
        assert_eq!((&me["account"], &me["roles"][0]), (&"d1".into(), &"director".into()));
    });
}
