//! Every list of the API is walked to its end by opaque cursors, also while something is added in between.

use axum::http::Method;
use serde_json::{Value, json};

use super::support::{Guest, on_site};

/// Every list, by whom it is read, and what tells its entries apart.
const LISTS: [(&str, &str, &[&str]); 12] = [
    ("d1", "/api/v1/units?", &["code"]),
    ("d1", "/api/v1/members?", &["code"]),
    ("o1", "/api/v1/imports?", &["id"]),
    ("aud", "/api/v1/audit?", &["leaf"]),
    ("o1", "/api/v1/plans?", &["code"]),
    ("d1", "/api/v1/targets?metric=revenue&", &["owner", "period"]),
    ("d1", "/api/v1/alerts?", &["id"]),
    ("d1", "/api/v1/closes?", &["month"]),
    ("t2", "/api/v1/notifications?", &["id"]),
    ("o1", "/api/v1/facts/customers?", &["customer"]),
    ("o1", "/api/v1/objectives?", &["code"]),
    ("d1", "/api/v1/rubrics?", &["id"]),
];

fn walk(
    guest: &Guest<'_>,
    list: &str,
    (limit, key): (usize, &[&str]),
    mut between: impl FnMut(),
) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = guest.get(&format!("{list}limit={limit}{cursor}"));
        assert_eq!(part.status, 200, "{list}: {}", part.text);
        let value = part.value();
        let name = |entry: &Value| key.iter().map(|key| entry[key].to_string()).collect::<String>();
        let items = value["items"].as_array().unwrap();
        assert!(items.len() <= limit, "{list}");
        found.extend(items.iter().map(name));
        let Some(next) = value["next"].as_str() else { return found };
        assert!(next.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{next}");
        cursor = format!("&cursor={next}");
        between();
    }
}

#[test]
fn every_list_is_walked_in_parts_as_it_is_whole() {
    on_site(|site| {
        for (who, list, key) in LISTS {
            let guest = site.sign_in(who);
            let whole = walk(&guest, list, (1_000, key), || ());
            assert!(!whole.is_empty(), "{list}");
            assert_eq!(walk(&guest, list, (2, key), || ()), whole, "{list}");
            for wrong in ["!", "bm8gY3Vyc29y0w"] {
                assert_eq!(guest.get(&format!("{list}cursor={wrong}")).status, 400, "{list}{wrong}");
            }
        }
    });
}

#[test]
fn what_is_added_during_a_walk_neither_repeats_nor_hides_anything() {
    on_site(|site| {
        let (operations, auditor) = (site.sign_in("o1"), site.sign_in("aud"));
        let mut number = 0;
        let mut add = || {
            number += 1;
            let row = json!({ "customer": format!("A{number:03}"), "name": "新客户", "region": "华东" });
            let brought =
                operations.json(Method::POST, "/api/v1/facts/customers", &json!({ "rows": [row] }), &[]);
            assert_eq!(brought.status, 200, "{}", brought.text);
            let plan = json!({ "year": 2030, "code": format!("Z{number:03}"), "name": "基准",
                "recognised_at": "signing", "tax": "included" });
            assert_eq!(operations.json(Method::POST, "/api/v1/plans", &plan, &[]).status, 201);
        };
        add();
        for (guest, list, key) in [
            (&operations, "/api/v1/imports?", "id"),
            (&auditor, "/api/v1/audit?", "leaf"),
            (&operations, "/api/v1/plans?", "code"),
            (&operations, "/api/v1/facts/customers?", "customer"),
        ] {
            let before = walk(guest, list, (1_000, &[key]), || ());
            let mut left = 3;
            let seen = walk(guest, list, (1, &[key]), || {
                if left > 0 {
                    left -= 1;
                    add();
                }
            });
            let known: Vec<&String> = seen.iter().filter(|entry| before.contains(*entry)).collect();
            assert_eq!(known, before.iter().collect::<Vec<_>>(), "{list}");
        }
    });
}
