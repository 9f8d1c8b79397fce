//! Schemathesis asks the real program everything that its description allows, and some that it does not: nothing is a fault
//! of the server. Skipped, and said so, where Schemathesis is not installed (`scripts/need`).
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Served, token};
use dacheng_app::Clock;
use dacheng_domain::access::Role;
use jiff::civil::date;
use jiff::tz::TimeZone;

/// The password of every account of the demo company.
const PASSWORD: &str = "dacheng-demo-2026";

fn schemathesis() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/schemathesis/bin/schemathesis");
    own.exists().then_some(own)
}

#[test]
fn nothing_that_is_asked_is_a_fault_of_the_server() {
    let Some(schemathesis) = schemathesis() else {
        eprintln!("SKIPPED: Schemathesis is not installed in target/tools (`make test` does it)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path(), &["demo", "--dir", "demo", "--listen", "127.0.0.1:0"]);
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let clock = Clock::at_noon(date(2026, 11, 23), &zone).unwrap().running();
    let database = folder.path().join("demo/demo.db");
    for (login, role) in [("X000002", Role::SalesOperations), ("E000001", Role::Director)] {
        let token = token(&database, clock.clone(), (login, PASSWORD), role);
        let done = Command::new(&schemathesis)
            .arg("run")
            .arg(format!("http://{}/api/openapi.json", served.address))
            .args(["--header", &format!("Authorization: Bearer {token}")])
            .args(["--checks", "not_a_server_error", "--phases", "examples,coverage,fuzzing"])
            .args(["--max-examples", "8", "--seed", "7", "--generation-database", "none"])
            .args(["--request-timeout", "20", "--max-time", "50", "--continue-on-failure", "--no-color"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&done.stdout);
        let told: Vec<&str> = told.lines().filter(|line| !line.contains(&token)).collect();
        assert!(done.status.success(), "as {login}:\n{}", told.join("\n"));
    }
}
