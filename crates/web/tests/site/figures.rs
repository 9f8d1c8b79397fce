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
