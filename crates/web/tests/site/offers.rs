//! What is offered: only what leads somewhere.

use std::collections::BTreeSet;

use dacheng_app::facts::import::Effect;
use dacheng_app::planning::{TargetRow, import_targets};
use dacheng_app::testing::operator;
use dacheng_web::http::routes;
use serde_json::json;

use super::support::on_site;

#[test]
fn a_token_is_offered_only_rights_that_open_something() {
    on_site(|site| {
        let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
        let needed: BTreeSet<String> = routes(&site.web)
            .table()
            .iter()
            .flat_map(|route| route.need.rights())
            .map(|(action, right)| format!("{}.{}", word(json!(action)), word(json!(right))))
            .collect();
        for who in ["d1", "t1", "s1", "o1", "f2", "aud"] {
            let page = site.sign_in(who).get("/me");
            let boxes = page.text.split("type=\"checkbox\"").skip(1);
            let offered: Vec<&str> =
                boxes.filter_map(|tag| tag.split_once("name=\"")?.1.split('"').next()).collect();
            assert!(offered.contains(&"metrics_rules.R"), "{who}: {offered:?}");
            let idle: Vec<&&str> = offered.iter().filter(|name| !needed.contains(**name)).collect();
            assert!(idle.is_empty(), "{who} is offered what opens nothing: {idle:?}");
        }
    });
}

#[test]
fn a_plan_offers_metrics_with_actuals_and_those_it_has_targets_for() {
    on_site(|site| {
        let operations = site.sign_in("o1");
        let row = |metric: &str| TargetRow {
            plan: "2027".to_owned(),
            metric: metric.to_owned(),
            owner: "member:s1".to_owned(),
            period: "2027".to_owned(),
            target: "120".to_owned(),
            ..TargetRow::default()
        };
        let imported =
            import_targets(&site.app, &operator(&site.app), &[row("revenue")], "test", Effect::Write);
        assert!(imported.unwrap().problems.is_empty());
        let page = operations.get("/plans/2027");
        assert!(
            page.text.contains("metric=collections") && !page.text.contains("metric=visits"),
            "{}",
            page.text
        );
        let imported =
            import_targets(&site.app, &operator(&site.app), &[row("visits")], "test", Effect::Write);
        assert!(imported.unwrap().problems.is_empty());
        for who in ["o1", "t1"] {
            let page = site.sign_in(who).get("/plans/2027?metric=visits");
            assert_eq!(page.status, 200, "{who}");
            assert!(
                page.text.contains("metric=visits") && page.text.contains("metric=new_customers"),
                "{who}"
            );
        }
    });
}
