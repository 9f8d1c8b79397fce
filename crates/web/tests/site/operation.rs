//! What machines ask that watch the server, and the number of a request.

use axum::body::Body;
use axum::http::Method;

use super::support::on_site;

#[test]
fn a_server_that_stops_says_that_it_is_not_ready() {
    on_site(|site| {
        let watcher = site.stranger();
        assert_eq!((watcher.get("/healthz").status, watcher.get("/readyz").status), (200, 200));
        site.web.site.running.stop();
        let ready = watcher.get("/readyz");
        assert_eq!((ready.status, ready.text.as_str()), (503, "stopping\n"));
        assert_eq!(watcher.get("/healthz").status, 200);
    });
}

#[test]
fn requests_are_counted_by_pattern_and_nothing_of_the_company_is_told() {
    on_site(|site| {
        assert_eq!(site.sign_in("d1").get("/targets/E1").status, 200);
        assert_eq!(site.stranger().get("/no/such/page?secret=1").status, 404);
        let told = site.stranger().get("/metrics");
        assert!(told.kind.starts_with("application/openmetrics-text"), "{}", told.kind);
        let counted =
            |line: &str| assert!(told.text.lines().any(|own| own == line), "{line} is not in\n{}", told.text);
        counted("dacheng_requests_total{method=\"GET\",route=\"/targets/{unit}\",status=\"200\"} 1");
        counted("dacheng_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1");
        counted("dacheng_request_duration_seconds_count{method=\"GET\",route=\"/targets/{unit}\"} 1");
        counted("dacheng_imports_under_way 0");
        assert!(told.text.contains("dacheng_database_connections{pool="));
        assert!(told.text.contains("dacheng_build_info{version="));
        assert!(told.text.ends_with("# EOF\n"));
        for secret in ["E1", "secret", "华", "s1"] {
            assert!(!told.text.contains(secret), "{secret}");
        }
    });
}

#[test]
fn every_answer_has_a_number_and_a_strangers_own_is_not_taken() {
    on_site(|site| {
        let guest = site.stranger();
        let number = |value: &str| {
            let request = guest.request(Method::GET, "/api/v1/me").header("x-request-id", value);
            guest.ask(request.body(Body::empty()).unwrap()).value()["request"].as_str().unwrap().to_owned()
        };
        let (one, other) = (number("forged"), number("forged"));
        assert!(one != "forged" && one != other && one.len() > 8, "{one} {other}");
    });
}

#[test]
fn the_description_of_the_api_is_a_page_without_scripts_of_its_own() {
    on_site(|site| {
        assert_eq!(site.stranger().get("/api/docs").status, 303);
        let page = site.sign_in("s1").get("/api/docs");
        assert_eq!(page.status, 200);
        assert!(page.text.contains("/api/v1/attainment") && page.text.contains("接口文档"), "{}", page.text);
        assert!(site.sign_in("s1").in_english().get("/api/docs").text.contains("OpenAPI file"));
        assert!(!page.text.contains("style=") && !page.text.contains("<script>"));
    });
}
