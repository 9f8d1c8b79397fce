//! Three years of a unit: amounts, comparisons, parts, customers and people, against the small company and against SQL over a
//! real company's raw export.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dacheng_app::App;
use dacheng_app::facts::import::Effect;
use dacheng_app::facts::lookups::written_out;
use dacheng_app::facts::undo::undo;
use dacheng_app::figures::history::{
    Compared, Finding, History, HistoryAsk, PartBy, SpanKind, SpanRow, history, hold,
};
use dacheng_app::testing::{company, import_file, load, on_both, operator};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::{FiscalStart, Year};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::{Metric, Step};
use dacheng_rollup::Owner;
use dacheng_sheets::ChildCommand;
use dacheng_text::Lang;

/// Fen in a yuan.
const YUAN: i64 = 100;

fn year(name: i16) -> Year {
    Year::new(name, FiscalStart::JANUARY).unwrap()
}

fn of(app: &App, owner: Owner, last: i16, metric: Metric) -> History {
    history(app, &operator(app), &HistoryAsk { metric, year: Some(year(last)), owner }).unwrap()
}

fn row(found: &History, kind: SpanKind) -> &SpanRow {
    found.spans.iter().find(|row| row.kind == kind).unwrap()
}

fn amounts(found: &History, kind: SpanKind) -> [Option<i64>; 3] {
    row(found, kind).cells.map(|cell| cell.amount)
}

fn rate(compared: &Compared) -> Option<Ratio> {
    compared.change().and_then(|change| change.rate)
}

#[test]
fn the_years_of_the_small_company_stand_side_by_side() {
    on_both(|app| {
        company::make(app);
        let found = of(app, Owner::Company, 2026, Metric::Revenue);
        // Nothing is known of 2024; in 2025 six people sold 90 000 a month each.
        let months = amounts(&found, SpanKind::Month(3));
        assert_eq!(months, [None, Some(540_000 * YUAN), Some(600_000 * YUAN)]);
        assert_eq!(
            amounts(&found, SpanKind::Quarter(1))[1..],
            [Some(1_620_000 * YUAN), Some(1_800_000 * YUAN)]
        );
        assert_eq!(amounts(&found, SpanKind::Year)[..2], [None, Some(6_480_000 * YUAN)]);
        assert_eq!(amounts(&found, SpanKind::Spring)[1..], [Some(1_080_000 * YUAN), Some(1_200_000 * YUAN)]);
        let march = row(&found, SpanKind::Month(3)).cells;
        assert_eq!(rate(&march[2].year_on_year), Ratio::new(1, 9));
        assert_eq!(rate(&march[2].on_previous), Some(Ratio::whole(0)));
        assert_eq!(march[1].year_on_year, Compared::NoHistory, "2024 is not known");
        // The first month that is known has no month before it.
        assert_eq!(row(&found, SpanKind::Month(1)).cells[1].on_previous, Compared::NoHistory);
        assert_eq!(amounts(&found, SpanKind::Month(12))[2], None, "December lies ahead");
        assert_eq!(row(&found, SpanKind::Month(12)).cells[2].year_on_year, Compared::NotYet);
        let sums = |kind: &dyn Fn(i8) -> SpanKind, numbers: std::ops::RangeInclusive<i8>| -> i64 {
            numbers.filter_map(|number| amounts(&found, kind(number))[2]).sum()
        };
        let whole = amounts(&found, SpanKind::Year)[2].unwrap();
        assert_eq!((sums(&SpanKind::Quarter, 1..=4), sums(&SpanKind::Month, 1..=12)), (whole, whole));
        assert_eq!(found.begins.map(|month| month.to_string()).as_deref(), Some("2025-01"));
    });
}

#[test]
fn what_runs_is_compared_with_the_same_days() {
    on_both(|app| {
        company::make(app);
        // An order of each November: one within the days that are complete, one behind them.
        let orders = "order,customer,member,date,amount,status\nearly,c1,s1,2025-11-12,1000.00,normal\n\
            late,c1,s1,2025-11-28,500000.00,normal\nnow,c1,s1,2026-11-20,2000.00,normal\n";
        load(app, Kind::Orders, orders);
        let found = of(app, Owner::Company, 2026, Metric::Revenue);
        let november = row(&found, SpanKind::Month(11)).cells[2];
        assert!(november.running);
        let change = *november.year_on_year.change().unwrap();
        assert_eq!((change.current, change.base), (602_000 * YUAN, Some(541_000 * YUAN)));
        assert_eq!(november.on_previous, Compared::NotYet);
        let whole = *row(&found, SpanKind::Year).cells[2].year_on_year.change().unwrap();
        assert_eq!(whole.base, Some((6_480_000 - 540_000 + 1_000) * YUAN), "through 20 November");
    });
}

#[test]
fn a_base_not_above_zero_shows_both_amounts() {
    on_both(|app| {
        company::make(app);
        let found = of(app, Owner::Unit("E1".to_owned()), 2026, Metric::Collections);
        assert!(rate(&row(&found, SpanKind::Month(3)).cells[2].year_on_year).is_some());
        load(app, Kind::Units, "unit,name,parent,leader\nNEW,新组,EAST,\n");
        load(
            app,
            Kind::Members,
            "member,name,unit,position,hired,left\nn1,新人,NEW,specialist,2026-03-02,\n",
        );
        load(
            app,
            Kind::Orders,
            "order,customer,member,date,amount,status\nn,c1,n1,2026-03-10,700.00,normal\n",
        );
        let found = of(app, Owner::Unit("NEW".to_owned()), 2026, Metric::Revenue);
        let change = *row(&found, SpanKind::Month(3)).cells[2].year_on_year.change().unwrap();
        assert_eq!((change.current, change.base, change.rate), (70_000, Some(0), None));
    });
}

#[test]
fn parts_are_the_whole_and_what_matters_is_found() {
    on_both(|app| {
        company::make(app);
        let found = of(app, Owner::Company, 2026, Metric::Revenue);
        for parts in &found.parts {
            let sum = |of: &dyn Fn(&dacheng_app::figures::history::Part) -> i64| {
                parts.rows.iter().map(of).sum::<i64>()
            };
            assert_eq!(sum(&|part| part.now), parts.whole.now, "{:?}", parts.by);
            assert_eq!(sum(&|part| part.before.unwrap()), parts.whole.before.unwrap(), "{:?}", parts.by);
            let shares = parts.rows.iter().filter_map(|part| part.share);
            assert_eq!(
                shares.fold(Ratio::whole(0), |sum, share| sum.checked_add(share).unwrap()),
                Ratio::whole(1)
            );
            let added = parts.rows.iter().filter_map(|part| part.contribution);
            let added = added.fold(Ratio::whole(0), |sum, own| sum.checked_add(own).unwrap());
            assert_eq!(Some(added), parts.whole.change.unwrap().rate, "{:?}", parts.by);
        }
        // 20 000 of every order are software: all growth is hardware.
        let strongest = found.findings.iter().find_map(|finding| match finding {
            Finding::Strongest(by, part) => Some((*by, part.name.clone().unwrap())),
            _ => None,
        });
        assert_eq!(strongest, Some((PartBy::ProductLine, "硬件".to_owned())));
        assert!(
            !found.findings.iter().any(|finding| matches!(finding, Finding::Weakest(..))),
            "nothing fell"
        );
        let season = found.findings.iter().any(|finding| matches!(finding, Finding::Season { .. }));
        assert!(!season && found.seasons.months.is_some(), "every month of 2025 is alike");
        assert_eq!(found.seasons.years, [year(2025)]);
    });
}

#[test]
fn customers_follow_every_import_and_undo() {
    on_both(|app| {
        company::make(app);
        let customers = |app: &App, owner| of(app, owner, 2026, Metric::Revenue).customers;
        let first = customers(app, Owner::Company);
        assert_eq!(first.years[0].spread, None, "2024 is not known");
        assert_eq!(first.years[1].spread.unwrap().customers, 6);
        let east = customers(app, Owner::Unit("EAST".to_owned()));
        assert_eq!(east.years[2].spread.unwrap().customers, 4, "those of s1 to s4");
        let held = app.memory.customers.months_held();
        assert_eq!(held, 23, "each month with facts once");
        let large = "order,customer,member,date,amount,status\nbig,c6,s1,2026-05-04,9000000.00,normal\n";
        let outcome = load(app, Kind::Orders, large);
        assert_eq!(app.memory.customers.months_held(), held, "nothing is forgotten before somebody looks");
        let second = customers(app, Owner::Company);
        let top = &second.largest.as_ref().unwrap()[0];
        assert_eq!((top.code.as_str(), top.name.as_str()), ("c6", "岭南制造"));
        assert!(second.years[2].spread.unwrap().of_largest > 900_000_000);
        // The same amount of the same seller on the same day goes to another customer: no sum of a block changes.
        load(app, Kind::Orders, &large.replace(",c6,", ",c5,"));
        assert_eq!(customers(app, Owner::Company).largest.unwrap()[0].code, "c5");
        let fresh = App { memory: std::sync::Arc::default(), ..app.clone() };
        assert_eq!(
            customers(&fresh, Owner::Company),
            customers(app, Owner::Company),
            "held is what is read anew"
        );
        undo(app, &operator(app), outcome.import.unwrap() + 1).unwrap();
        undo(app, &operator(app), outcome.import.unwrap()).unwrap();
        assert_eq!(customers(app, Owner::Company), first);
        load(app, Kind::Customers, "customer,name,region,type,owner,first_order\nc7,新客户,江苏,KA,s1,\n");
        assert_eq!(customers(app, Owner::Company), first, "a new ground is read anew");
    });
}

#[test]
fn what_a_server_adds_up_beforehand_is_what_somebody_finds() {
    on_both(|app| {
        company::make(app);
        hold(app).unwrap();
        assert_eq!(app.memory.customers.months_held(), 36, "three years, those without facts too");
        let customers = |app: &App| of(app, Owner::Company, 2026, Metric::Revenue).customers;
        let large = "order,customer,member,date,amount,status\nbig,c6,s1,2026-05-04,9000000.00,normal\n";
        load(app, Kind::Orders, large);
        hold(app).unwrap();
        assert_eq!(app.memory.customers.months_held(), 36);
        let held = customers(app);
        assert_eq!(held.largest.as_ref().unwrap()[0].code, "c6");
        let fresh = App { memory: std::sync::Arc::default(), ..app.clone() };
        assert_eq!(customers(&fresh), held);
    });
}

#[test]
fn the_team_is_who_sells() {
    on_both(|app| {
        company::make(app);
        let found = of(app, Owner::Company, 2026, Metric::Revenue);
        // Six specialists; no leader carries a target of their own.
        assert_eq!((found.team.headcount, found.team.joined, found.team.left), (6, 0, 0));
        assert_eq!(found.team.service.iter().map(|(_, count)| count).sum::<usize>(), 6);
        assert_eq!(
            found.team.mean_service,
            Some(Ratio::whole(58)),
            "hired on 1 January 2022, on 23 November 2026"
        );
        assert_eq!(found.team.years[1].average, Some(Ratio::whole(6)));
        assert_eq!(found.team.years[1].per_head, Ratio::new(6_480_000 * YUAN, 6));
        assert_eq!(found.team.years[0].per_head, None, "2024 is not known");
        let members = "member,name,unit,position,hired,left\ns6,沈一,S1,specialist,2022-01-01,2026-06-30\n\
            n1,新人,E1,specialist,2026-09-01,\n";
        load(app, Kind::Members, members);
        let team = of(app, Owner::Company, 2026, Metric::Revenue).team;
        assert_eq!((team.headcount, team.joined, team.left), (6, 1, 1));
        // 5 all along, one for 181 days, one for 84 of the 327 days.
        assert_eq!(team.years[2].average, Ratio::new(5 * 327 + 181 + 84, 327));
        assert_eq!(of(app, Owner::Unit("S1".to_owned()), 2026, Metric::Revenue).team.headcount, 1);
    });
}

#[test]
fn what_is_won_and_how_fast_stands_beside_the_same_days_of_the_year_before() {
    on_both(|app| {
        company::make(app);
        // 2025 through 23 November: one of four won after 30 days; what closed in December is not compared.
        let opportunities = "opportunity,customer,member,opened,closed,outcome,active\n\
            a1,,s1,2025-02-01,2025-03-03,won,2025-03-03\na2,,s1,2025-02-01,2025-03-04,lost,2025-03-04\n\
            a3,,s2,2025-02-01,2025-03-04,lost,2025-03-04\na4,,s2,2025-02-01,2025-03-04,lost,2025-03-04\n\
            a5,,s2,2025-11-01,2025-12-20,won,2025-12-20\n\
            b1,,s1,2026-02-01,2026-02-11,won,2026-02-11\nb2,,s1,2026-02-01,2026-02-21,won,2026-02-21\n\
            b3,,s2,2026-02-01,2026-03-04,lost,2026-03-04\nb4,,s2,2026-11-21,2026-11-22,lost,2026-11-22\n";
        load(app, Kind::Opportunities, opportunities);
        let found = of(app, Owner::Company, 2026, Metric::Revenue).efficiency;
        let of = |metric: Metric| found.iter().find(|own| own.metric == metric).unwrap().years;
        let conversion = of(Metric::ConversionRate);
        assert_eq!(conversion[0].actual, None, "nothing is known of 2024");
        assert_eq!(conversion[1].actual, Some(Ratio::whole(4_000)), "two of five in the whole year");
        assert_eq!(conversion[2].actual, Some(Ratio::whole(5_000)));
        let moved = conversion[2].moved.unwrap();
        assert_eq!(
            (moved.base, moved.step),
            (Some(Ratio::whole(2_500)), Some(Step::Points(Ratio::percent(25))))
        );
        let cycle = of(Metric::SalesCycleDays)[2];
        assert_eq!(cycle.actual, Some(Ratio::whole(1_500)), "ten and twenty days");
        assert_eq!(cycle.moved.unwrap().step, Ratio::new(-1, 2).map(Step::Rate));
    });
}

#[test]
fn skills_are_the_last_scores_of_twelve_months_beside_the_company() {
    on_both(|app| {
        company::make(app);
        let before = of(app, Owner::Company, 2026, Metric::Revenue).skills;
        assert!(before.is_empty(), "{before:?}");
        let scores = "member,rater,date,kind,score\ns1,t1,2026-06-30,谈判,60\ns1,t1,2026-03-31,谈判,90\n\
            s1,k1,2026-06-30,谈判,70\ns2,t1,2026-06-30,谈判,80\ns6,t1,2026-06-30,谈判,90\n\
            s1,t1,2025-06-30,谈判,50\ns2,t1,2025-11-23,产品知识,99\ns1,t1,2026-06-30,collaboration,4\n";
        load(app, Kind::Scores, scores);
        let skills = |owner| of(app, owner, 2026, Metric::Revenue).skills;
        let company = skills(Owner::Company);
        let [bargaining] = company.as_slice() else { panic!("one skill in twelve months: {company:?}") };
        assert_eq!((bargaining.name.as_str(), bargaining.members), ("谈判", 3));
        assert_eq!(bargaining.mean, Ratio::whole(7_500), "60, 70, 80 and 90");
        assert_eq!(bargaining.before, Some(Ratio::whole(5_000)), "of one member");
        let best = bargaining.yardstick.as_ref().unwrap();
        assert_eq!((best.mean, bargaining.gap()), (Ratio::whole(9_000), Some(Ratio::whole(-1_500))));
        let team = skills(Owner::Unit("E1".to_owned()));
        let measure = team[0].yardstick.as_ref().unwrap();
        assert_eq!((&measure.unit, measure.mean), (&None, Ratio::whole(7_500)));
        assert_eq!(team[0].gap(), team[0].mean.checked_sub(Ratio::whole(7_500)));
    });
}

#[test]
fn a_new_company_has_no_history_and_a_member_no_page_of_it() {
    on_both(|app| {
        let found = history(
            app,
            &operator(app),
            &HistoryAsk { metric: Metric::Revenue, year: None, owner: Owner::Company },
        );
        let found = found.unwrap();
        assert_eq!((found.begins, found.findings.len(), found.parts.len()), (None, 0, 0));
        assert!(found.spans.iter().all(|row| row.cells.iter().all(|cell| cell.amount.is_none())));
        assert_eq!((found.seasons.months, found.customers.largest), (None, Some(Vec::new())));
        let ask = |owner, metric| history(app, &operator(app), &HistoryAsk { metric, year: None, owner });
        assert!(ask(Owner::Member("s1".to_owned()), Metric::Revenue).is_err());
        assert!(ask(Owner::Company, Metric::Rubric).is_err(), "no facts are added up for it");
    });
}

/// Each mapping of `examples/northwind` with the file it reads, in the order of `load`.
const FILES: [(Kind, &str); 6] = [
    (Kind::Units, "employees.csv"),
    (Kind::Members, "employees.csv"),
    (Kind::Products, "products.csv"),
    (Kind::Customers, "customers.csv"),
    (Kind::Orders, "orders.csv"),
    (Kind::OrderLines, "order_details.csv"),
];

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
    eprintln!("\n*** SKIPPED: no Northwind export in {} ***\n", folder.display());
    None
}

fn bring(app: &App, folder: &Path) {
    let workbooks = ChildCommand { program: "false".into(), arguments: Vec::new() };
    for (kind, file) in FILES {
        let mapping = workspace().join(format!("examples/northwind/{}.toml", kind.name()));
        let mapping = std::fs::read_to_string(mapping).unwrap();
        let mapping = written_out(&mapping, folder, &workbooks, Lang::En).unwrap();
        let outcome = import_file(app, kind, &folder.join(file), Some(&mapping), Effect::Write).unwrap();
        assert!(outcome.problems.is_empty(), "{}: {:?}", kind.name(), outcome.problems);
    }
}

/// Sales in whole fen from the raw text: price × quantity × (1 − discount) is a whole number of 1/10 000 yuan.
const SALES: &str = "
create table line as select order_id, product_id,
  ( cast(round(unit_price * 100) as integer) * cast(quantity as integer)
    * (100 - cast(round(discount * 100) as integer)) + 50) / 100 as fen
  from order_details;
create view sale as select l.fen, order_id, o.order_date as day, substr(o.order_date, 1, 4) as year,
  substr(o.order_date, 1, 7) as month, 'Q' || ((cast(substr(o.order_date, 6, 2) as integer) + 2) / 3) as quarter,
  g.category_name as category, c.country, c.customer_id as customer
  from line l join orders o using (order_id) join products p using (product_id)
  join categories g using (category_id) join customers c using (customer_id);
";

/// What a question over the raw export answers, by the `sqlite3` program alone: the last column by the others.
fn theirs(folder: &Path, question: &str) -> BTreeMap<String, i64> {
    let mut script = String::from(".mode csv\n");
    for table in ["order_details", "orders", "products", "categories", "customers"] {
        let file = folder.join(format!("{table}.csv"));
        writeln!(script, ".import '{}' {table}", file.display()).unwrap();
    }
    writeln!(script, "{SALES}\n.mode list\n.separator |\n{question};").unwrap();
    let mut sqlite = Command::new("sqlite3")
        .args(["-batch", "-bail", ":memory:"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    sqlite.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = sqlite.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let pair = |line: &str| {
        let (key, number) = line.rsplit_once('|').unwrap();
        (key.to_owned(), number.parse().unwrap())
    };
    text.lines().map(pair).collect()
}

#[test]
fn the_history_of_northwind_equals_sql_over_the_raw_export() {
    let Some(folder) = export() else { return };
    let sums = |key: &str, only: &str| {
        theirs(&folder, &format!("select {key}, sum(fen) from sale where {only} group by {key}"))
    };
    let by_year = sums("year", "true");
    let by_quarter = sums("year || '-' || quarter", "true");
    let by_month = sums("month", "true");
    let parts = [(PartBy::Region, "country"), (PartBy::ProductLine, "category")];
    // 1998 reaches to 6 May; the program asks for the same days of 1997.
    let until = |year: i16| format!("year = '{year}' and substr(day, 6) <= '05-06'");
    let of_parts = parts.map(|(_, column)| (sums(column, &until(1998)), sums(column, &until(1997))));
    // The top 20 % by SQL's own ranking, not by our rule.
    let top = "with c as (select year, customer, sum(fen) as fen from sale group by year, customer),
        r as (select year, fen, row_number() over (partition by year order by fen desc) as place,
          count(*) over (partition by year) as n, sum(fen) over (partition by year) as whole,
          sum(fen) over (partition by year order by fen desc rows unbounded preceding) as running from c)";
    let of_top = theirs(
        &folder,
        &format!("{top} select year, sum(fen) from r where place <= (n + 4) / 5 group by year"),
    );
    let buyers = theirs(&folder, &format!("{top} select year, max(n) from r group by year"));
    let behind = theirs(
        &folder,
        &format!("{top} select year, min(place) from r where running * 10 >= whole * 8 group by year"),
    );
    // In hundredths of a fen, so that a mean is told apart from one that is a little off.
    let per_order =
        theirs(&folder, "select year, sum(fen) * 100 / count(distinct order_id) from sale group by year");
    assert_eq!(by_year.len(), 3);
    on_both(|app| {
        bring(app, &folder);
        let found = of(app, Owner::Company, 1998, Metric::Revenue);
        let known = |sums: &BTreeMap<String, i64>, key: String| sums.get(&key).copied();
        for (place, year) in [1996, 1997, 1998].into_iter().enumerate() {
            let shown = |kind| amounts(&found, kind)[place].filter(|amount| *amount != 0);
            assert_eq!(shown(SpanKind::Year), known(&by_year, year.to_string()), "{year}");
            for number in 1..=4 {
                let expected = known(&by_quarter, format!("{year}-Q{number}"));
                assert_eq!(shown(SpanKind::Quarter(number)), expected, "{year} Q{number}");
            }
            for number in 1..=12 {
                let expected = known(&by_month, format!("{year}-{number:02}"));
                assert_eq!(shown(SpanKind::Month(number)), expected, "{year}-{number:02}");
            }
            let average = found.efficiency[0].years[place].actual.unwrap();
            let shown = i64::try_from(average.num() * 100 / average.den()).unwrap();
            assert_eq!(
                (found.efficiency[0].metric, shown),
                (Metric::AverageOrder, per_order[&year.to_string()])
            );
            let spread = found.customers.years[place].spread.unwrap();
            let key = year.to_string();
            let numbers = (spread.of_top, spread.customers, spread.behind_most);
            let expected = (i128::from(of_top[&key]), buyers[&key], behind[&key]);
            assert_eq!(
                (numbers.0, i64::try_from(numbers.1).unwrap(), i64::try_from(numbers.2).unwrap()),
                expected,
                "{year}"
            );
        }
        for ((by, column), (now, before)) in parts.iter().zip(&of_parts) {
            let own = found.parts.iter().find(|parts| parts.by == *by).unwrap();
            let ours = |of: &dyn Fn(&dacheng_app::figures::history::Part) -> i64| -> BTreeMap<String, i64> {
                let named = own.rows.iter().map(|part| (part.name.clone().unwrap_or_default(), of(part)));
                named.filter(|(_, sum)| *sum != 0).collect()
            };
            assert_eq!(&ours(&|part| part.now), now, "{column} 1998");
            assert_eq!(&ours(&|part| part.before.unwrap()), before, "{column} 1997");
        }
        assert_eq!(found.seasons.years, [year(1997)], "the only whole year");
    });
}

#[test]
fn what_came_of_visits_is_counted_by_whoever_stands_below() {
    on_both(|app| {
        company::make(app);
        // s1 sells in the east; s2 too. One visit of the year before, and one that is moved into this year afterwards.
        let visits = "visit,customer,member,date,kind,outcome\n\
            w1,,s1,2026-02-03,上门,有意向\nw2,,s1,2026-02-04,上门,有意向\nw3,,s2,2026-03-01,电话,无意向\n\
            w4,,s1,2025-12-30,上门,无意向\nw5,,s2,2026-04-01,上门,\nw6,,s1,2025-11-01,上门,有意向\n";
        load(app, Kind::Visits, visits);
        let found = of(app, Owner::Company, 2026, Metric::Revenue).visits.unwrap();
        assert_eq!(found.outcomes, [Some("有意向".to_owned()), None, Some("无意向".to_owned())]);
        assert_eq!(
            (found.whole.all, found.whole.by_outcome.clone(), found.whole.others),
            (4, vec![2, 1, 1], 0)
        );
        assert_eq!(found.rows.iter().map(|(_, own)| own.all).sum::<i64>(), 4, "nobody twice");
        // What changes is walked again, whoever asks.
        load(app, Kind::Visits, "visit,member,date\nw6,,2026-04-02\n");
        let east = of(app, Owner::Unit("EAST".into()), 2026, Metric::Collections).visits.unwrap();
        assert_eq!(east.whole.by_outcome[0], 3);
        assert_eq!(of(app, Owner::Company, 2024, Metric::Revenue).visits, None);
    });
}
