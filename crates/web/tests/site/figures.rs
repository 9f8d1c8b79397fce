//! The dashboard and the explanation of its numbers.

use super::support::on_site;

#[test]
fn a_director_sees_the_company_and_a_leader_the_team() {
    on_site(|site| {
        let director = site.sign_in("d1").get("/dashboard");
        assert_eq!(director.status, 200);
        assert!(director.text.contains("华南大区"));
        let leader = site.sign_in("t1").get("/dashboard");
        assert_eq!(leader.status, 200);
        assert!(!leader.text.contains("华南大区"));
    });
}

#[test]
fn the_ends_of_the_calendar_are_answered() {
    on_site(|site| {
        let director = site.sign_in("d1");
        for room in ["/dashboard", "/forecast", "/forecast/coverage", "/targets"] {
            for period in ["9999-12", "9999", "9999-Q4", "0000-01", "0000"] {
                let page = director.get(&format!("{room}?p={period}"));
                assert!(page.status < 500, "{room} {period}: {}", page.status);
            }
        }
        for week in ["0000-W01", "9999-W52", "2026-W60", "x"] {
            let page = director.get(&format!("/forecast/people?w={week}"));
            assert!(page.status < 500, "{week}: {}", page.status);
        }
    });
}

#[test]
fn nobody_comes_in_without_signing_in() {
    on_site(|site| {
        let page = site.stranger().get("/dashboard");
        assert_eq!((page.status, page.location.as_deref()), (303, Some("/login?next=/dashboard")));
        let program = site.stranger().get("/api/v1/attainment?metric=revenue&period=2026");
        assert_eq!((program.status, program.kind.as_str()), (401, "application/problem+json"));
    });
}

#[test]
fn alerts_are_not_spoken_of_to_whom_they_are_not_open() {
    on_site(|site| {
        for (who, told) in
            [("d1", true), ("o1", true), ("aud", true), ("k1", false), ("f2", false), ("h1", false)]
        {
            let guest = site.sign_in(who);
            for page in ["/dashboard", "/targets/E1"] {
                let answer = guest.get(page);
                assert_eq!(answer.status, 200, "{who} {page}");
                assert_eq!(answer.text.contains("红灯"), told, "{who} {page}");
            }
        }
    });
}

#[test]
fn the_table_of_units_is_a_workbook_with_the_choices_of_the_page() {
    on_site(|site| {
        let leader = site.sign_in("r1");
        let query = "p=2026-10&m=collections&org=EAST&sort=-actual";
        let page = leader.get(&format!("/dashboard?{query}"));
        let link = page.text.split("href=\"").find(|rest| rest.starts_with("/dashboard.xlsx?")).unwrap();
        let link = link.split('"').next().unwrap().replace("&#38;", "&");
        assert_eq!(link, format!("/dashboard.xlsx?{query}"));
        let file = leader.get(&link);
        assert_eq!(file.status, 200, "{}", file.text);
        assert!(file.kind.contains("spreadsheetml") && file.bytes.starts_with(b"PK"), "{}", file.kind);
        let own = site.sign_in("s1").get("/dashboard.xlsx");
        assert_eq!((own.status, own.location.as_deref()), (303, Some("/me/targets")));
    });
}

#[test]
fn every_metric_is_shown_on_every_page_and_for_programs_with_its_definition() {
    use dacheng_domain::metrics::{Metric, Window};
    use dacheng_text::{Lang, metric};
    on_site(|site| {
        let director = site.sign_in("d1");
        for of in Metric::ALL {
            let query = format!("p=2026-10&m={}", of.code());
            let pages = ["/dashboard", "/targets", "/targets/E1", "/targets/E1/ranking", "/explain"];
            for page in pages {
                let answer = director.get(&format!("{page}?{query}"));
                assert_eq!(answer.status, 200, "{page} {of}: {}", answer.text);
                for said in [metric::name(Lang::Zh, of), &metric::formula(Lang::Zh, of)] {
                    assert!(answer.text.contains(said), "{page} {of}: {said}");
                }
            }
            for file in ["/dashboard.csv", "/targets.csv", "/targets/E1/units.csv", "/explain.csv"] {
                let answer = director.get(&format!("{file}?{query}"));
                assert_eq!(answer.status, 200, "{file} {of}: {}", answer.text);
            }
            let programs = format!("metric={}&period=2026-10", of.code());
            for path in ["/api/v1/attainment", "/api/v1/explain", "/api/v1/ranking"] {
                let answer = director.get(&format!("{path}?{programs}"));
                assert_eq!(answer.status, 200, "{path} {of}: {}", answer.text);
            }
            let own = site.sign_in("s1").get(&format!("/me/targets?{query}"));
            assert!(own.status == 200 && own.text.contains(&*metric::formula(Lang::Zh, of)), "{of}");
        }
        let visits = director.get("/targets/E1?p=2026-10&m=visits").text;
        assert!(visits.contains("还没有可计算拜访量的数据") && visits.contains("（visits）"), "{visits}");
        let unit = director.get("/targets/E1?p=2026-10&m=average_order").text;
        assert!(unit.contains("评估窗口值（2026-08-01 至 2026-10-31）"), "{unit}");
        let listed = director.get("/api/v1/metrics").text;
        let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
        let ratios = listed["metrics"].as_array().unwrap().iter();
        let ratios = ratios.filter(|of| of["window_months"] == serde_json::json!(3)).count();
        assert_eq!(ratios, Metric::ALL.into_iter().filter(|of| Window::usual(*of).is_some()).count());
    });
}

/// The average order by hand: revenue over orders of a unit's month, on page and for programs the same.
#[test]
fn a_ratio_says_numerator_and_denominator() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let asked = "period=2026-10&owner=unit:E1";
        let of = |metric: &str| -> serde_json::Value {
            let answer = director.get(&format!("/api/v1/explain?metric={metric}&{asked}"));
            serde_json::from_str(&answer.text).unwrap()
        };
        let (revenue, average) = (of("revenue"), of("average_order"));
        assert_eq!(average["numerator"], revenue["actual"]);
        let orders: i64 = average["denominator"].as_str().unwrap().parse().unwrap();
        let listed = average["counted"].as_array().unwrap().iter();
        assert_eq!(
            listed.filter(|fact| fact["denominator"] == "1").count(),
            usize::try_from(orders).unwrap()
        );
        let fen = |text: &serde_json::Value| text.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        let mean = (2 * fen(&revenue["actual"]) + orders) / (2 * orders);
        assert_eq!(fen(&average["actual"]), mean);
        let page = director.get("/explain?p=2026-10&m=average_order&owner=unit:E1").text;
        assert!(page.contains("分子：销售额") && page.contains("分母：订单数"), "{page}");
        assert!(page.contains("计入分子") && page.contains("计入分母"));
    });
}
