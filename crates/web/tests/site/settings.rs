//! Settings: what is seen by whom, and what sales operations and the security administrator change.

use super::support::on_site;

#[test]
fn everybody_finds_the_settings_they_may_open() {
    on_site(|site| {
        let tiles = |who: &str| site.sign_in(who).get("/settings").text;
        let admin = tiles("sys");
        assert!(admin.contains("/settings/people\"") && !admin.contains("/settings/company\""));
        let operations = tiles("o1");
        assert!(operations.contains("/settings/company\"") && !operations.contains("/settings/people\""));
        assert!(tiles("s1").contains("/settings/org\""));
        for who in ["k1", "f2"] {
            let guest = site.sign_in(who);
            let page = guest.get("/settings");
            assert_eq!(page.status, 200, "{who}: {}", page.text);
            let shown: Vec<&str> = page.text.split("class=\"tile\" href=\"").skip(1).collect();
            let shown: Vec<&str> = shown.iter().filter_map(|tile| tile.split('"').next()).collect();
            assert_eq!(
                shown,
                [
                    "/settings/calendar",
                    "/settings/metrics",
                    "/settings/pipeline",
                    "/settings/rules",
                    "/settings/company"
                ],
                "{who}"
            );
            for tile in shown {
                assert_eq!(guest.get(tile).status, 200, "{who} {tile}");
            }
        }
    });
}

#[test]
fn everybody_begins_in_a_room_that_is_open_to_them() {
    on_site(|site| {
        for (who, room) in
            [("d1", "/dashboard"), ("sys", "/settings"), ("sec", "/settings"), ("s1", "/me/targets")]
        {
            let guest = site.sign_in(who);
            let start = guest.get("/").location.unwrap();
            assert_eq!((start.as_str(), guest.get(&start).status), (room, 200), "{who}");
        }
    });
}

#[test]
fn the_tree_is_shown_as_of_a_day() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let page = director.get("/settings/org?unit=E1");
        assert!(page.text.contains("苏州组") && page.text.contains("李喆") && page.text.contains("100%"));
        assert!(!page.text.contains("/imports/new"), "a director changes no units");
        let before = director.get("/settings/org?unit=E1&on=2021-06-01");
        assert!(!before.text.contains("李喆"), "hired in 2022");
        let names = site.sign_in("s1").get("/settings/org?unit=E1");
        assert!(names.text.contains("李喆") && !names.text.contains("100%"), "names only");
        let human_resources = site.sign_in("h1").get("/settings/org");
        assert!(human_resources.text.contains("/imports/new?kind=units"));
        assert_eq!(director.get("/settings/org?unit=NONE").status, 404);
    });
}

#[test]
fn a_small_team_is_chosen_by_the_security_administrator_and_recorded() {
    on_site(|site| {
        let security = site.sign_in("sec");
        let version = security.get("/settings/roles").hidden("version");
        let fields = [("profile", "small_team"), ("idle", "60"), ("hours", "24"), ("version", &version)];
        assert_eq!(security.post("/settings/roles", &fields).status, 303);
        assert!(security.get("/settings/roles").text.contains("小团队模式"));
        let stale = security.post("/settings/roles", &fields);
        assert_eq!(stale.status, 409);
        let wrong = security.post("/settings/roles", &[("profile", "small_team"), ("idle", "long")]);
        assert_eq!(wrong.status, 422);
        let admin = site.sign_in("sys");
        assert!(!admin.get("/settings/roles").text.contains("name=\"profile\""));
        assert_eq!(admin.post("/settings/roles", &fields).status, 403);
        let trail = site.sign_in("aud").get("/audit?kind=setting");
        assert!(trail.text.contains("账号规则"), "{}", trail.text);
    });
}

#[test]
fn sales_operations_add_and_remove_days_of_the_company() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let page = operations.get("/settings/calendar?year=2026");
        assert!(page.text.contains("国庆节"), "{}", page.text);
        let version = page.hidden("version");
        let day = [("date", "2026-12-24"), ("kind", "holiday"), ("name", "司庆"), ("version", &version)];
        assert_eq!(operations.post("/settings/calendar/days", &day).status, 303);
        let added = operations.get("/settings/calendar?year=2026");
        assert!(added.text.contains("司庆"));
        assert_eq!(operations.post("/settings/calendar/days", &day).status, 409, "on a stale version");
        let version = added.hidden("version");
        let closed = [("date", "2026-10-12"), ("kind", "holiday"), ("version", &version)];
        let closed = operations.post("/settings/calendar/days", &closed);
        assert_eq!(closed.status, 422);
        assert!(closed.text.contains("已结账"), "{}", closed.text);
        let blank = operations.post("/settings/calendar/days", &[("version", &version)]);
        assert!(blank.status == 422 && blank.text.contains("请填写日期"));
        let remove = "/settings/calendar/days/2026-12-24/remove";
        assert_eq!(operations.post(remove, &[("version", &version)]).status, 303);
        assert!(!operations.get("/settings/calendar?year=2026").text.contains("司庆"));
        let reader = site.sign_in("s1").get("/settings/calendar?year=2026");
        assert!(reader.status == 200 && !reader.text.contains("/settings/calendar/days"));
    });
}

#[test]
fn a_year_that_is_not_loaded_says_so_and_how_to_load_it() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let page = operations.get("/settings/calendar?year=2031");
        assert!(page.text.contains("尚未导入") && page.text.contains("/imports/new?kind=calendar"));
        let version = page.hidden("version");
        let fields = [("year", "2031"), ("version", version.as_str())];
        assert_eq!(operations.post("/settings/calendar/weekends", &fields).status, 303);
        assert!(operations.get("/settings/calendar?year=2031").text.contains("按周一至周五"));
    });
}

#[test]
fn the_company_is_settled_anew_by_sales_operations() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let version = operations.get("/settings/company").hidden("version");
        let with = |name, start, version| {
            let fields = [
                ("name", name),
                ("fiscal_start", start),
                ("go_live", "2026-09"),
                ("ranking", "everyone"),
                ("version", version),
            ];
            operations.post("/settings/company", &fields)
        };
        let fixed = with("华辰", "4", &version);
        assert_eq!(fixed.status, 422);
        assert!(fixed.text.contains("财年起始月不能再改"), "{}", fixed.text);
        assert_eq!(with("华辰智控股份", "1", &version).status, 303);
        let stale = with("华辰", "1", &version);
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("华辰智控股份") && stale.text.contains("id=\"conflict\""));
        let reader = site.sign_in("d1").get("/settings/company");
        assert!(reader.text.contains("华辰智控股份") && !reader.text.contains("name=\"name\""));
        let trail = site.sign_in("aud").get("/audit?kind=company");
        assert!(trail.text.contains("华辰智控股份"), "{}", trail.text);
    });
}

#[test]
fn an_alert_rule_gets_a_version_for_months_that_are_open() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let page = operations.get("/settings/rules");
        assert!(page.text.contains("80%") && page.text.contains("70%"), "{}", page.text);
        let version = page.hidden("version");
        let with = |from, yellow, red| {
            let fields = [
                ("metric", "revenue"),
                ("from", from),
                ("yellow", yellow),
                ("red", red),
                ("person", "on"),
                ("version", version.as_str()),
            ];
            operations.post("/settings/rules", &fields)
        };
        assert_eq!(with("2026-10", "85", "75").status, 422, "October is closed");
        let wrong = with("2026-12", "70", "80");
        assert!(wrong.text.contains("红灯线不能高于黄灯线"), "{}", wrong.text);
        assert_eq!(with("2026-12", "85", "75").status, 303);
        let added = operations.get("/settings/rules");
        assert!(added.text.contains("第 2 版") && added.text.contains("85%"), "{}", added.text);
    });
}

#[test]
fn a_setting_of_a_metric_holds_from_a_month_that_was_never_closed() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let page = operations.get("/settings/metrics");
        assert_eq!(page.status, 200);
        for said in ["投诉率", "complaint_rate", "越低越好", "滚动季度"] {
            assert!(page.text.contains(said), "{said}");
        }
        let post = |from: &str, most: &str| {
            let page = operations.get("/settings/metrics");
            let version = page.hidden("version");
            let fields = [
                ("version", version.as_str()),
                ("metric", "complaint_rate"),
                ("from", from),
                ("window", "6"),
                ("most", most),
            ];
            operations.post("/settings/metrics", &fields)
        };
        assert_eq!(post("2020-01", "130").status, 422, "closed");
        assert_eq!(post("2026-12", "99").status, 422);
        assert_eq!(post("2026-12", "130").status, 303);
        let added = operations.get("/settings/metrics").text;
        assert!(added.contains("第 1 版") && added.contains("130%") && added.contains("6 个月"));
        assert_eq!(post("2026-12", "140").status, 422, "one that begins later only");
        let finance = site.sign_in("f2").get("/settings/metrics");
        assert!(finance.status == 200 && !finance.text.contains("name=\"most\""));
    });
}
