//! The figures of a real trading company, to the fen, against SQL over its raw export. The export stays outside the
//! project: the folder is `DACHENG_NORTHWIND`, else `../shared/data/northwind` beside the workspace.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests may panic, too")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dacheng_app::App;
use dacheng_app::facts::import::Effect;
use dacheng_app::facts::lookups::written_out;
use dacheng_app::facts::verify::differing_blocks;
use dacheng_app::figures::attainment::table;
use dacheng_app::figures::{Ask, Dimension};
use dacheng_app::testing::{import_file, on_both, operator};
use dacheng_domain::calendar::{FiscalStart, Period};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use dacheng_sheets::ChildCommand;
use dacheng_text::Lang;

/// Each mapping of `examples/northwind` with the file it reads, in the order of `load`.
const FILES: [(Kind, &str); 6] = [
    (Kind::Units, "employees.csv"),
    (Kind::Members, "employees.csv"),
    (Kind::Products, "products.csv"),
    (Kind::Customers, "customers.csv"),
    (Kind::Orders, "orders.csv"),
    (Kind::OrderLines, "order_details.csv"),
];

const YEARS: [&str; 3] = ["1996", "1997", "1998"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the export, or `None` after saying that there is none.
fn export() -> Option<PathBuf> {
    let named = std::env::var_os("DACHENG_NORTHWIND").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| workspace().join("../shared/data/northwind"));
    if folder.join("orders.csv").is_file() {
        return Some(folder);
    }
    eprintln!("\n*** SKIPPED: no Northwind export in {} ***", folder.display());
    eprintln!(
        "*** The figures of a real company were NOT compared. Set DACHENG_NORTHWIND to its folder. ***\n"
    );
    None
}

fn load(app: &App, folder: &Path) {
    let workbooks = ChildCommand { program: "false".into(), arguments: Vec::new() };
    for (kind, file) in FILES {
        let mapping = workspace().join(format!("examples/northwind/{}.toml", kind.name()));
        let mapping = std::fs::read_to_string(mapping).unwrap();
        let mapping = written_out(&mapping, folder, &workbooks, Lang::En).unwrap();
        let outcome = import_file(app, kind, &folder.join(file), Some(&mapping), Effect::Write).unwrap();
        assert!(outcome.problems.is_empty(), "{}: {:?}", kind.name(), outcome.problems);
    }
}

/// Fen by the names of the groups.
type Sums = BTreeMap<Vec<String>, i64>;

fn ours(app: &App, by: &[Dimension]) -> Sums {
    let mut sums = Sums::new();
    for year in YEARS {
        let period = Period::parse(year, FiscalStart::JANUARY).unwrap();
        let ask =
            Ask { metric: Metric::Revenue, period, by: by.to_vec(), owner: Owner::Company, as_of: None };
        let table = table(app, &operator(app), ask).unwrap();
        for (mut key, figure) in table.rows {
            key.insert(0, year.to_owned());
            sums.insert(key, figure.rounded().unwrap());
        }
    }
    sums
}

/// Every line's amount from the raw text of the export, in whole numbers: prices and discounts have at most two
/// decimals, so price × quantity × (1 − discount) is a whole number of 1/10 000 yuan, rounded half up to the fen.
const LINES: &str = "
create table line as select order_id, product_id,
  ( cast(round(unit_price * 100) as integer) * cast(quantity as integer)
    * (100 - cast(round(discount * 100) as integer)) + 50) / 100 as fen
  from order_details;
create view sale as select l.fen, o.employee_id as member, substr(o.order_date, 1, 4) as year,
  substr(o.order_date, 1, 7) as month, g.category_name as category, c.country
  from line l join orders o using (order_id) join products p using (product_id)
  join categories g using (category_id) join customers c using (customer_id);
";

/// The same sums by the `sqlite3` program alone.
fn theirs(folder: &Path, columns: &str) -> Sums {
    let mut script = String::from(".mode csv\n");
    for table in ["order_details", "orders", "products", "categories", "customers"] {
        let file = folder.join(format!("{table}.csv"));
        writeln!(script, ".import '{}' {table}", file.display()).unwrap();
    }
    writeln!(
        script,
        "{LINES}\n.mode list\n.separator |\nselect {columns}, sum(fen) from sale group by {columns};"
    )
    .unwrap();
    let mut sqlite = Command::new("sqlite3")
        .args(["-batch", "-bail", ":memory:"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the sqlite3 program (scripts/need, need_sqlite)");
    sqlite.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = sqlite.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let row = |line: &str| {
        let mut cells: Vec<String> = line.split('|').map(str::to_owned).collect();
        let fen = cells.pop().unwrap().parse().unwrap();
        (cells, fen)
    };
    text.lines().map(row).collect()
}

#[test]
fn every_total_of_northwind_equals_sql_over_the_raw_export() {
    let Some(folder) = export() else { return };
    let comparisons: [(&[Dimension], &str); 6] = [
        (&[Dimension::Member], "year, member"),
        (&[Dimension::Month], "year, month"),
        (&[Dimension::ProductLine], "year, category"),
        (&[Dimension::Region], "year, country"),
        (&[Dimension::Member, Dimension::Month], "year, member, month"),
        (&[Dimension::ProductLine, Dimension::Region], "year, category, country"),
    ];
    let expected: Vec<Sums> = comparisons.iter().map(|(_, columns)| theirs(&folder, columns)).collect();
    let whole = |sums: &Sums| sums.values().sum::<i64>();
    assert!(whole(&expected[0]) > 0 && expected.iter().all(|sums| whole(sums) == whole(&expected[0])));
    on_both(|app| {
        load(app, &folder);
        for ((by, columns), expected) in comparisons.iter().zip(&expected) {
            assert_eq!(&ours(app, by), expected, "{columns}");
        }
        assert_eq!(differing_blocks(&mut app.store.read().unwrap()).unwrap(), []);
    });
}

/// A unit sells what its leader and everybody below sells; the tree is walked in SQL.
#[test]
fn the_units_of_northwind_are_those_of_reports_to() {
    let Some(folder) = export() else { return };
    let by_member = theirs(&folder, "year, member");
    let reader = std::fs::read_to_string(folder.join("employees.csv")).unwrap();
    let mut above = BTreeMap::<String, String>::new();
    let mut csv = csv_records(&reader);
    let header = csv.remove(0);
    let column = |name: &str| header.iter().position(|own| own == name).unwrap();
    for record in csv {
        above.insert(record[column("employee_id")].clone(), record[column("reports_to")].clone());
    }
    let leads = |member: &str| above[member].is_empty() || above.values().any(|leader| leader == member);
    let mut expected = Sums::new();
    for (key, fen) in by_member {
        let (year, mut member) = (key[0].clone(), key[1].as_str());
        while !member.is_empty() {
            if leads(member) {
                *expected.entry(vec![year.clone(), member.to_owned()]).or_default() += fen;
            }
            member = &above[member];
        }
    }
    on_both(|app| {
        load(app, &folder);
        assert_eq!(ours(app, &[Dimension::Unit]), expected);
    });
}

/// Records of a CSV text; quotes may stand around a cell and be written twice inside.
fn csv_records(text: &str) -> Vec<Vec<String>> {
    let record = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for character in line.chars() {
            match character {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                other => cells.last_mut().unwrap().push(other),
            }
        }
        cells
    };
    text.lines().map(record).collect()
}
