//! The generated company: it can be imported as it is, and the same seed makes the same files.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic, too")]

use std::fmt::Write;
use std::path::Path;

use dacheng_app::Error;
use dacheng_app::facts::import::Effect;
use dacheng_app::facts::verify::differing_blocks;
use dacheng_app::figures::attainment::table;
use dacheng_app::figures::{Ask, Dimension};
use dacheng_app::generate::{Size, Written, generate};
use dacheng_app::hash::{hex, sha256};
use dacheng_app::testing::{import_file, on_both, operator};
use dacheng_domain::calendar::{FiscalStart, Period};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use jiff::civil::date;

fn size(members: u32, orders: u32, seed: u64) -> Size {
    Size { members, orders, seed, first: date(2025, 1, 1), last: date(2025, 12, 31) }
}

fn made(size: Size) -> (tempfile::TempDir, Written) {
    let folder = tempfile::tempdir().unwrap();
    let written = generate(&folder.path().join("new/folder"), size).unwrap();
    (folder, written)
}

fn file(folder: &Path, kind: &str) -> std::path::PathBuf {
    folder.join("new/folder").join(format!("{kind}.csv"))
}

#[test]
fn a_generated_company_is_imported_without_a_problem() {
    let (folder, written) = made(size(60, 250, 5));
    assert!(written.iter().all(|(_, rows)| *rows > 0), "{written:?}");
    let rows = |kind: &str| written.iter().find(|(own, _)| *own == kind).unwrap().1;
    assert_eq!((rows("members"), rows("orders")), (60, 250));
    assert!(rows("employments") > rows("members"), "somebody moved");
    on_both(|app| {
        for (kind, rows) in &written {
            let parsed: Kind = kind.parse().unwrap();
            let outcome = import_file(app, parsed, &file(folder.path(), kind), None, Effect::Write).unwrap();
            assert!(outcome.problems.is_empty(), "{kind}: {:?}", outcome.problems);
            assert_eq!(outcome.counts.added, i64::try_from(*rows).unwrap(), "{kind}");
        }
        assert_eq!(differing_blocks(&mut app.store.read().unwrap()).unwrap(), []);
        let ask = |metric, by| Ask {
            metric,
            period: Period::parse("2025", FiscalStart::JANUARY).unwrap(),
            by,
            owner: Owner::Company,
            as_of: None,
        };
        for metric in [Metric::Revenue, Metric::Collections] {
            let by_unit = table(app, &operator(app), ask(metric, vec![Dimension::Unit])).unwrap();
            let (top, figure) = &by_unit.rows[0];
            assert_eq!(
                (top[0].as_str(), figure.actual),
                ("HQ", by_unit.total.actual),
                "nobody sells outside a unit"
            );
            assert!(by_unit.total.rounded().unwrap() > 0);
        }
    });
}

#[test]
fn the_same_seed_makes_the_same_files_on_every_machine() {
    let digest = |size| {
        let (folder, written) = made(size);
        let mut text = String::new();
        for (kind, rows) in written {
            let bytes = std::fs::read(file(folder.path(), kind)).unwrap();
            writeln!(text, "{kind} {rows} {}", hex(&sha256(&bytes))).unwrap();
        }
        hex(&sha256(text.as_bytes()))
    };
    let first = digest(size(60, 300, 1));
    assert_eq!(digest(size(60, 300, 1)), first);
    assert_ne!(digest(size(60, 300, 2)), first);
    // A new version of the generator of random numbers must not change benchmarks unseen.
    assert_eq!(first, "fe1bd747f0736b28dc0be19c032d3e342741618e17872780a737d604d7c8cf69");
}

#[test]
fn any_number_of_members_and_orders_makes_a_company() {
    for members in [1, 2, 8, 9, 24, 25, 26, 41, 300, 900] {
        for orders in [0, 1, 25] {
            let (folder, written) = made(size(members, orders, 9));
            let rows = |kind: &str| written.iter().find(|(own, _)| *own == kind).unwrap().1;
            assert_eq!((rows("members"), rows("orders")), (u64::from(members), u64::from(orders)));
            drop(folder);
        }
    }
    let (folder, written) = made(size(1, 1, 9));
    on_both(|app| {
        for (kind, _) in &written {
            let parsed: Kind = kind.parse().unwrap();
            let outcome = import_file(app, parsed, &file(folder.path(), kind), None, Effect::Write).unwrap();
            assert!(outcome.problems.is_empty(), "{kind}: {:?}", outcome.problems);
        }
    });
}

#[test]
fn nobody_and_no_day_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |size| matches!(generate(folder.path(), size), Err(Error::Usage(_)));
    assert!(refused(size(0, 10, 1)));
    assert!(refused(Size { last: date(2024, 12, 31), ..size(10, 10, 1) }));
}
