//! The demo company holds the figures it was designed around (`domain.md` §3, §5, §9), as the program answers them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What a command answers about a company, as JSON.
fn ask(database: &str, words: &[&str]) -> Value {
    let program = Path::new(env!("CARGO_BIN_EXE_dacheng"));
    let done = Command::new(program)
        .args(words)
        .args(["--database", database, "--format", "json"])
        .output()
        .unwrap();
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

fn row<'a>(table: &'a Value, dimension: &str, code: &str) -> &'a Value {
    table["rows"].as_array().unwrap().iter().find(|row| row[dimension] == code).unwrap()
}

#[test]
fn the_demo_company_holds_the_figures_it_was_designed_around() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_dacheng"))
        .args(["demo", "--no-serve", "--dir"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let database = format!("sqlite:{}", folder.path().join("demo.db").display());
    let attainment =
        |period, by| ask(&database, &["attainment", "--metric", "revenue", "--period", period, "--by", by]);

    let quarter = attainment("2026-Q3", "unit");
    for (unit, target) in
        [("R0004", "5000000.00"), ("T0010", "1500000.00"), ("T0011", "2000000.00"), ("T0012", "1500000.00")]
    {
        assert_eq!(row(&quarter, "unit", unit)["target"], target, "{unit}");
    }
    let people = attainment("2026-Q3", "member");
    assert_eq!(row(&people, "member", "E000016")["target"], "500000.00", "the leader of 华南组");
    let carried =
        ["E000066", "E000067", "E000068"].map(|code| row(&people, "member", code)["target"].clone());
    assert_eq!(carried, ["300000.00", "300000.00", "300000.00"], "its specialists");

    let september = row(&attainment("2026-09", "member"), "member", "E000050")["attainment"].clone();
    let october = row(&attainment("2026-10", "member"), "member", "E000050")["attainment"].clone();
    assert_eq!((september, october), ("0.6610".into(), "0.6380".into()));
    let alerts = ask(&database, &["alerts"]);
    let alerts = alerts.as_array().or_else(|| alerts["rows"].as_array()).unwrap();
    let reds: Vec<&Value> = alerts.iter().filter(|alert| alert["level"] == "red").collect();
    assert_eq!(reds.len(), 1);
    assert_eq!(reds[0]["owner"], "member:E000050");
    assert!(alerts.iter().any(|alert| alert["owner"] == "unit:T0009" && alert["level"] == "yellow"));
}
