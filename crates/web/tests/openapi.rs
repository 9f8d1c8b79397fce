//! The description of the API in git is that of the program.

#![allow(clippy::unwrap_used, reason = "a failing test may stop anywhere")]

use std::fs;
use std::path::Path;

#[test]
fn the_file_in_git_describes_the_api() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let made = dacheng_web::api::description();
    let differing = kept.lines().zip(made.lines()).position(|(kept, made)| kept != made);
    assert!(
        kept == made,
        "docs/api/openapi.json differs from the program, first in line {:?}: renew it with \
         `cargo run -p dacheng -- openapi > docs/api/openapi.json`",
        differing.map(|line| line + 1)
    );
}

#[test]
fn every_address_of_the_api_is_described() {
    let described: serde_json::Value = serde_json::from_str(&dacheng_web::api::description()).unwrap();
    assert_eq!(described["openapi"].as_str().unwrap().split('.').next(), Some("3"));
    for path in ["/api/v1/me", "/api/v1/units", "/api/v1/members", "/api/v1/audit"] {
        assert!(described["paths"][path]["get"].is_object(), "{path}");
    }
}
