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
    was_made_day_by_day(&database, alerts);
    let days = |from: &str, to: &str| {
        let number = |day: &str| format!("julianday('{day}') - julianday('1970-01-01')");
        format!("between {} and {}", number(from), number(to))
    };
    let bought = |days: &str| {
        format!(
            "select distinct o.customer from fact_order o join fact_member m on m.code = o.member
             where m.unit in ('T0010', 'T0011', 'T0012') and o.status = 0 and o.day {days}"
        )
    };
    let (before, quarter) =
        (bought(&days("2025-07-01", "2026-06-30")), bought(&days("2026-07-01", "2026-09-30")));
    let count = |of: &str| sqlite3(&folder.path().join("demo.db"), &format!("select count(*) from ({of})"));
    assert_eq!((count(&before), count(&format!("{before} intersect {quarter}"))), ("75".into(), "45".into()));
    let decided = |outcome: u8| -> f64 {
        count(&format!("select distinct code from fact_opportunity where outcome = {outcome}"))
            .parse()
            .unwrap()
    };
    let conversion = decided(1) / (decided(1) + decided(2));
    assert!((0.30..0.40).contains(&conversion), "{conversion}");
    let backwards =
        "select count(*) from audit one join audit next on next.leaf = one.leaf + 1 where next.at < one.at";
    assert_eq!(sqlite3(&folder.path().join("demo.db"), backwards), "0", "the audit trail goes back in time");
}

fn sqlite3(file: &Path, statement: &str) -> String {
    let done = Command::new("sqlite3").arg(file).arg(statement).output().unwrap();
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// What is known as of an earlier day is what had come in by then, and alerts are as old as the closes that raised them.
fn was_made_day_by_day(database: &str, alerts: &[Value]) {
    let known = |period: &str, as_of: Option<&str>| {
        let mut words = vec!["attainment", "--metric", "revenue", "--period", period, "--by", "month"];
        words.extend(as_of.iter().flat_map(|day| ["--as-of", day]));
        ask(database, &words)["total"]["actual"].as_str().unwrap().parse::<f64>().unwrap()
    };
    let august = known("2026-08", None);
    assert!(august > 0.0);
    for (period, as_of, expected) in [
        ("2025-11", "2025-12-07", 0.0),
        ("2026-08", "2026-08-31", 0.0),
        ("2026-08", "2026-09-01", august),
        ("2026-09", "2026-09-30", 0.0),
    ] {
        let found = known(period, Some(as_of));
        assert!((found - expected).abs() < 0.001, "{period} as of {as_of}: {found}, not {expected}");
    }
    let (monday, later) = (known("2026-11", Some("2026-11-09")), known("2026-11", Some("2026-11-16")));
    assert!(0.0 < monday && monday < later && later < known("2026-11", None), "{monday} {later}");
    assert!(alerts.iter().any(|alert| alert["month"] == "2026-04"));
    for alert in alerts {
        let (month, raised) = (alert["month"].as_str().unwrap(), alert["raised_on"].as_str().unwrap());
        let next = month[5..].parse::<u32>().unwrap() + 1;
        assert!(raised.starts_with(&format!("2026-{next:02}-0")), "{alert}");
    }
}
