//! Targets: the tree, units, people, one's own page, rankings, and the same figures for programs.
//!
//! Figures are worked out here from the table of the small company, not by the program.

use dacheng_app::company::{self, Company};
use dacheng_app::testing::company::{SPECIALISTS, percent};
use dacheng_app::testing::{load, operator};
use dacheng_domain::access::RankingAudience;
use dacheng_domain::facts::kind::Kind;
use jiff::civil::date;

use super::support::{Answer, Site, on_site};

/// Who sells in a unit.
fn members(unit: &str) -> &'static [&'static str] {
    match unit {
        "E1" => &["s1", "s2"],
        "E2" => &["s3", "s4"],
        "EAST" => &["s1", "s2", "s3", "s4"],
        "S1" | "SOUTH" => &["s5", "s6"],
        _ => &SPECIALISTS,
    }
}

/// Fen of revenue of some members over months of 2026, by the table of the small company.
fn revenue(members: &[&str], months: &(impl Iterator<Item = i8> + Clone)) -> i64 {
    let of = |member: &&str| months.clone().map(|month| percent(member, month) * 100_000).sum::<i64>();
    members.iter().map(of).sum()
}

/// How an exact number stands in a page.
fn data(fen: i64) -> String {
    format!("<data value=\"{fen}\"")
}

#[track_caller]
fn holds(page: &Answer, fen: i64) {
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains(&data(fen)), "{fen} is not on the page: {}", page.text);
}

#[test]
fn a_unit_s_page_has_its_sums_and_those_below() {
    on_site(|site| {
        let director = site.sign_in("d1");
        for (period, months, last) in [("2026-10", 10..=10, 1), ("2026-Q3", 7..=9, 3), ("2026", 1..=11, 12)] {
            for unit in ["ALL", "EAST", "E1", "SOUTH"] {
                let page = director.get(&format!("/targets/{unit}?p={period}"));
                holds(&page, revenue(members(unit), &months));
                holds(&page, 10_000_000 * last * i64::try_from(members(unit).len()).unwrap());
            }
            let east = director.get(&format!("/targets/EAST?p={period}"));
            holds(&east, revenue(members("E2"), &months));
        }
    });
}

/// The paths of links to figures on a page that do not say as of when it is.
fn forgetful(page: &Answer, as_of: &str) -> Vec<String> {
    let links = page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let figures = links.filter(|href| {
        let path = ["/dashboard?", "/targets?", "/targets/", "/me/targets?", "/explain?"];
        path.iter().any(|path| href.starts_with(path)) && !href.contains(as_of)
    });
    figures.map(str::to_owned).collect()
}

#[test]
fn pages_as_of_a_day_show_the_figures_that_programs_are_given_for_it() {
    on_site(|site| {
        let site = site.on(date(2026, 11, 25));
        let late = "order,customer,member,date,amount,status\nlate,c1,s1,2026-11-20,1234.50,normal\n";
        load(&site.app, Kind::Orders, late);
        let director = site.sign_in("d1");
        let told = |owner: &str, as_of: &str| {
            let query = format!("metric=revenue&period=2026-11&owner={owner}{as_of}");
            let answer = director.get(&format!("/api/v1/attainment?{query}")).value();
            let yuan = answer["total"]["actual"].as_str().unwrap().to_owned();
            yuan.replace('.', "").parse::<i64>().unwrap()
        };
        for (path, owner, members) in [
            ("/dashboard?p=2026-11&org=E1", "unit:E1", &["s1", "s2"][..]),
            ("/targets?p=2026-11&at=E1", "unit:E1", &["s1", "s2"]),
            ("/targets/E1?p=2026-11", "unit:E1", &["s1", "s2"]),
            ("/targets/E1/people/s1?p=2026-11", "member:s1", &["s1"]),
            ("/explain?p=2026-11&m=revenue&owner=member:s1", "member:s1", &["s1"]),
        ] {
            let (before, after) = (told(owner, "&as_of=2026-11-23"), told(owner, ""));
            assert_eq!((before, after - before), (revenue(members, &(11..=11)), 123_450), "{owner}");
            let then = director.get(&format!("{path}&as_of=2026-11-23"));
            holds(&then, before);
            assert!(!then.text.contains(&data(after)), "{path}: {}", then.text);
            let now = director.get(path);
            holds(&now, after);
            if !path.starts_with("/explain") {
                assert!(then.text.contains("这里不是最新的数据") && !now.text.contains("这里不是最新的数据"));
                let back = format!("href=\"{path}&m=revenue");
                let mut kept = forgetful(&then, "as_of=2026-11-23");
                // The way back to today, and the doors of the navigation.
                kept.retain(|href| !format!("href=\"{href}").starts_with(&back) && href.contains("p="));
                let today = path.split('?').next().unwrap();
                kept.retain(|href| !href.starts_with(&format!("{today}?")));
                assert_eq!(kept, [""; 0], "{path}");
            }
            let today = director.get(&format!("{path}&as_of=2026-11-25"));
            assert!(!today.text.contains("这里不是最新的数据"), "{path}");
        }
        assert_eq!(director.get("/targets?as_of=yesterday").status, 400);
    });
}

#[test]
fn the_tree_opens_branches_down_to_people_and_sorts_each() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let folded = director.get("/targets?p=2026-10");
        assert_eq!(folded.status, 200, "{}", folded.text);
        assert!(folded.text.contains("华东大区") && !folded.text.contains("李喆"), "only the top is open");
        let open = director.get("/targets?p=2026-10&open=ALL,EAST,E1,E2&at=E1");
        holds(&open, revenue(&["s2"], &(10..=10)));
        assert!(open.text.contains("/targets/E1/people/s2?p=2026-10"));
        let place = |page: &Answer, code: &str| page.text.find(&format!("/people/{code}?")).unwrap();
        let down = director.get("/targets?p=2026-10&open=ALL,EAST,E1,E2&sort=attainment&at=SOUTH");
        let up = director.get("/targets?p=2026-10&open=ALL,EAST,E1,E2&sort=-attainment&at=SOUTH");
        assert!(place(&down, "s1") < place(&down, "s2") && place(&down, "s3") < place(&down, "s4"));
        assert!(place(&up, "s2") < place(&up, "s1") && place(&up, "s4") < place(&up, "s3"));
        // Everybody stays below their unit: E1 sells more of its target than E2.
        assert!(place(&down, "s2") < place(&down, "s3"));
    });
}

#[test]
fn a_unit_s_table_is_sorted_as_its_heads_say() {
    on_site(|site| {
        let page = site.sign_in("r1").get("/targets/EAST?p=2026-10&sort=-actual");
        let place = |code: &str| page.text.rfind(&format!("href=\"/targets/{code}?p=2026-10")).unwrap();
        // E1: 105 + 75, E2: 100 + 60.
        assert!(place("E2") < place("E1"), "{}", page.text);
        assert!(page.text.contains("aria-sort=\"ascending\""));
    });
}

#[test]
fn a_person_s_page_has_months_quarter_and_year() {
    on_site(|site| {
        let leader = site.sign_in("t1");
        let page = leader.get("/targets/E1/people/s2?p=2026-10");
        holds(&page, 7_500_000);
        holds(&page, revenue(&["s2"], &(10..=11)));
        holds(&page, revenue(&["s2"], &(1..=11)));
        assert!(page.text.contains("吴堃") && page.text.contains("苏州组"));
        let collections = leader.get("/targets/E1/people/s2?p=2026-10&m=collections");
        holds(&collections, 7_500_000 * 85 / 100);
        // 75 of the 100 of a month: a yellow alert, told on the page.
        assert!(page.text.contains("黄灯"), "{}", page.text);
    });
}

#[test]
fn salespeople_see_their_own_targets_and_what_each_day_needs() {
    on_site(|site| {
        let own = site.sign_in("s2");
        let page = own.get("/me/targets?p=2026-11");
        holds(&page, 9_000_000);
        holds(&page, 10_000_000);
        // 10 000 yuan are missing. November 2026 ends on a Monday; the 23rd, a Monday, is today: six days are left.
        assert!(page.text.contains("剩余 6 个工作日"), "{}", page.text);
        holds(&page, 166_667);
        for path in ["/targets", "/dashboard"] {
            let elsewhere = own.get(path);
            assert_eq!((elsewhere.status, elsewhere.location.as_deref()), (303, Some("/me/targets")));
            assert!(!page.text.contains(&format!("href=\"{path}\"")), "no door to {path}");
        }
        let english = site.sign_in("s2").in_english().get("/me/targets?p=2026-11");
        assert!(english.text.contains("My targets") && english.text.contains("6 working days are left"));
        let nobody = site.sign_in("o1").get("/me/targets");
        assert!(nobody.text.contains("您在这个周期没有目标"), "{}", nobody.text);
    });
}

#[test]
fn nobody_sees_more_than_the_table_allows() {
    on_site(|site| {
        let status = |login: &str, path: &str| site.sign_in(login).get(path).status;
        for (login, path, expected) in [
            ("d1", "/targets/S1/people/s5", 200),
            ("r1", "/targets/E2/people/s3", 200),
            ("r1", "/targets/SOUTH", 404),
            ("r1", "/targets/S1/people/s5", 404),
            ("t1", "/targets/E1", 200),
            ("t1", "/targets/E2", 404),
            ("t1", "/targets/EAST", 404),
            ("t1", "/targets/E2/people/s3", 404),
            ("s1", "/targets/E1", 404),
            ("s1", "/targets/E1/people/s2", 404),
            ("s1", "/explain?p=2026-10&owner=member:s2", 404),
            ("s1", "/explain?p=2026-10&owner=member:s1", 200),
            ("s1", "/explain?p=2026-10&owner=unit:E1", 404),
            ("x1", "/targets/S1/people/s5", 200),
            ("o1", "/targets/S1/people/s5", 200),
            ("aud", "/targets/S1/people/s5", 200),
            ("f2", "/targets/S1", 200),
            ("k1", "/targets/S1", 200),
            ("h1", "/targets/S1", 200),
            ("f2", "/targets/S1/people/s5", 404),
            ("k1", "/targets/S1/people/s5", 404),
            ("d1", "/targets/NONE", 404),
            ("d1", "/targets/E1/people/s5", 404),
        ] {
            assert_eq!(status(login, path), expected, "{login} {path}");
        }
        for login in ["h1", "sys"] {
            assert!([403, 404].contains(&status(login, "/targets/S1/people/s5")), "{login}");
        }
        assert_eq!(status("sys", "/targets"), 403);
        for login in ["f2", "k1", "h1"] {
            let page = site.sign_in(login).get("/targets?p=2026-10&open=ALL,SOUTH,S1&at=S1");
            assert!(page.text.contains("深圳组") && !page.text.contains("蒋好"), "{login}: {}", page.text);
            let explained = site.sign_in(login).get("/explain?p=2026-10&owner=unit:S1");
            holds(&explained, revenue(members("S1"), &(10..=10)));
            assert!(!explained.text.contains("202610-s5"), "{login} reads aggregates only");
        }
    });
}

fn show_rankings_to(site: &Site, audience: RankingAudience) {
    let (before, version) = company::current(&mut site.app.store.read().unwrap()).unwrap();
    let settled = Company { ranking: audience, ..before };
    company::settle(&site.app, &operator(&site.app), &settled, version).unwrap();
}

#[test]
fn rankings_are_shown_to_whom_the_company_chose_and_never_with_amounts() {
    on_site(|site| {
        let seen = |login: &str, path: &str| {
            let page = site.sign_in(login).get(path);
            let is_there = |name: &&&str| page.text.contains(**name);
            let names = ["李喆", "吴堃", "郑赟", "冯镕", "蒋好", "沈一"];
            (page.status, names.iter().filter(is_there).count(), page.text)
        };
        let (all, team) = ("/targets/ALL/ranking?p=2026-10", "/targets/E1/ranking?p=2026-10");
        for (audience, own, whole) in [
            (RankingAudience::Everyone, 2, (200, 6)),
            (RankingAudience::Team, 2, (404, 0)),
            (RankingAudience::Own, 1, (404, 0)),
        ] {
            show_rankings_to(site, audience);
            let (status, names, text) = seen("s2", team);
            // The navigation names the reader: one of those sought is always there.
            assert_eq!((status, names), (200, own), "{audience:?}");
            assert!(!text.contains("<data value="), "amounts are not shown");
            let (status, names, _) = seen("s2", all);
            assert_eq!((status, if status == 200 { names } else { 0 }), whole, "{audience:?}");
            assert_eq!(seen("d1", all).1, 6, "leaders see those below them in any case");
            assert_eq!(seen("h1", all).1, 0, "{audience:?}: HR ranks nobody");
        }
    });
}

#[test]
fn places_are_by_attainment_and_equal_figures_share_one() {
    on_site(|site| {
        show_rankings_to(site, RankingAudience::Everyone);
        let asked = "/api/v1/ranking?metric=revenue&period=2026-08&level=people";
        let answer = site.sign_in("d1").get(asked).value();
        let places = answer["items"].as_array().unwrap().iter();
        let places: Vec<_> = places
            .map(|place| (place["place"].as_u64(), place["owner"].as_str().unwrap().to_owned()))
            .collect();
        // August: 110, 105, 100, 100, 95, 90.
        let expected = [(1, "s5"), (2, "s1"), (3, "s3"), (3, "s4"), (5, "s6"), (6, "s2")];
        let expected = expected.map(|(place, code)| (Some(place), format!("member:{code}")));
        assert_eq!(places, expected);
        let first = site.sign_in("d1").get(&format!("{asked}&limit=2")).value();
        let next = first["next"].as_str().unwrap();
        let part = site.sign_in("d1").get(&format!("{asked}&limit=2&cursor={next}")).value();
        assert_eq!(part["items"][0]["owner"], "member:s3");
        assert!(part["next"].is_string());
    });
}

#[test]
fn one_figure_is_the_same_on_pages_and_for_programs() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let fen = |text: &serde_json::Value| text.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        for unit in ["EAST", "S1"] {
            let expected = revenue(members(unit), &(10..=10));
            let query = format!("metric=revenue&period=2026-10&owner=unit:{unit}");
            let table = director.get(&format!("/api/v1/attainment?{query}&by=member")).value();
            let explained = director.get(&format!("/api/v1/explain?{query}")).value();
            assert_eq!(fen(&table["total"]["actual"]), expected);
            assert_eq!(fen(&explained["actual"]), expected);
            let facts = explained["counted"].as_array().unwrap();
            assert_eq!(facts.iter().map(|fact| fen(&fact["amount"])).sum::<i64>(), expected);
            let below = explained["below"].as_array().unwrap();
            assert_eq!(below.iter().map(|part| fen(&part["amount"])).sum::<i64>(), expected);
            for page in
                [format!("/explain?p=2026-10&owner=unit:{unit}"), format!("/targets/{unit}?p=2026-10")]
            {
                holds(&director.get(&page), expected);
            }
        }
    });
}

#[test]
fn programs_leaf_through_the_facts_to_the_end() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let mut cursor = String::new();
        let mut codes = Vec::new();
        for _ in 0..30 {
            let path = format!("/api/v1/explain?metric=revenue&period=2026&limit=5&cursor={cursor}");
            let part = director.get(&path).value();
            let facts = part["counted"].as_array().unwrap();
            codes.extend(facts.iter().map(|fact| fact["code"].as_str().unwrap().to_owned()));
            let Some(next) = part["next"].as_str() else { break };
            cursor = next.to_owned();
        }
        let count = codes.len();
        codes.sort();
        codes.dedup();
        assert_eq!((count, codes.len()), (66, 66), "eleven months of six people, each once");
        let first = director.get("/explain?p=2026");
        assert!(first.text.contains("cursor=") && first.text.contains("下一页"));
    });
}

#[test]
fn as_of_tells_what_was_known_then() {
    on_site(|site| {
        let director = site.sign_in("d1");
        for path in [
            "/api/v1/attainment?metric=revenue&period=2026-10&as_of=2020-01-01",
            "/api/v1/explain?metric=revenue&period=2026-10&as_of=2020-01-01",
        ] {
            let answer = director.get(path).value();
            let actual = answer.get("actual").or_else(|| answer["total"].get("actual")).unwrap();
            assert_eq!(actual, "0.00", "{path}");
        }
        let page = director.get("/explain?p=2026-10&as_of=2020-01-01");
        assert!(page.text.contains("时已知的数据") && page.text.contains("为 0 的原因"), "{}", page.text);
        assert_eq!(director.get("/explain?as_of=yesterday").status, 400);
    });
}

#[test]
fn programs_are_refused_what_their_owner_may_not_know() {
    on_site(|site| {
        let status = |login: &str, path: &str| site.sign_in(login).get(path).status;
        let ask = "/api/v1/attainment?metric=revenue&period=2026-10";
        assert_eq!(status("t1", &format!("{ask}&owner=unit:E2")), 404);
        assert_eq!(status("s1", &format!("{ask}&owner=member:s2")), 404);
        assert_eq!(status("s1", &format!("{ask}&owner=member:s1")), 200);
        assert_eq!(status("f2", &format!("{ask}&by=unit")), 200);
        assert_eq!(status("f2", &format!("{ask}&by=member")), 403);
        assert_eq!(status("s1", "/api/v1/ranking?metric=revenue&period=2026-10&unit=S1&level=nobody"), 400);
    });
}
