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
