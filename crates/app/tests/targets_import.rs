//! Importing targets: all or nothing, the sum rule checked when everything is read.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not there")]

use dacheng_app::App;
use dacheng_app::allocation::{BreakDown, Declaration, Method, Owner, Split, apply, grid};
use dacheng_app::facts::import::Effect;
use dacheng_app::planning::{Imported, TargetRow, by_code, import_targets, overview};
use dacheng_app::testing::{load, on_both, operator, program};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::State;
use dacheng_store::counter;
use dacheng_store::targets::{OwnerKind, TARGETS, current};

fn company(app: &App) {
    load(app, Kind::Units, "unit,name,parent,leader\nall,公司,,\nN,华北,all,\nS,华南,all,\n");
    load(
        app,
        Kind::Members,
        "member,name,unit,position,hired,left\nm1,喆,N,specialist,,\nm2,堃,N,specialist,,\nm3,赟,S,specialist,,\n",
    );
}

/// `metric,owner,line,period,target`, one row a line, for plan 1997.
fn rows(text: &str) -> Vec<TargetRow> {
    let row = |(line, number): (&str, u64)| {
        let cells: Vec<String> = line.split(',').map(|cell| cell.trim().to_owned()).collect();
        let [metric, owner, product_line, period, target] = cells.try_into().unwrap();
        let plan = "1997".to_owned();
        TargetRow { row: number, plan, metric, owner, product_line, period, target, ..TargetRow::default() }
    };
    text.trim().lines().zip(2..).map(row).collect()
}

fn bring(app: &App, text: &str) -> Imported {
    import_targets(app, &operator(app), &rows(text), "targets.csv", Effect::Write).unwrap()
}

fn accepted(app: &App, text: &str) -> Imported {
    let imported = bring(app, text);
    assert_eq!(imported.problems, [], "{text}");
    imported
}

fn refused(app: &App, text: &str) -> String {
    let sequence = counter::last(&mut app.store.read().unwrap(), TARGETS).unwrap();
    let imported = bring(app, text);
    let reasons: Vec<String> =
        imported.problems.iter().map(|problem| format!("{:?} {}", problem.row, problem.reason)).collect();
    assert!(!reasons.is_empty(), "accepted: {text}");
    assert_eq!(counter::last(&mut app.store.read().unwrap(), TARGETS).unwrap(), sequence);
    reasons.join("\n")
}

fn year(app: &App, unit: &str) -> i64 {
    let grid = grid(app, &operator(app), "1997", Metric::Revenue, unit).unwrap();
    assert_eq!(grid.differences, [None; 12], "{unit}");
    grid.parent.unwrap().sums.year
}

#[test]
fn units_without_a_row_are_the_sum_of_those_below() {
    on_both(|app| {
        company(app);
        let first = accepted(
            app,
            "revenue,m1,,1997-01,100.00\nrevenue,m2,,1997-01,50\nrevenue,member:m3,,1997-02,9800.00",
        );
        assert_eq!((first.rows, first.plans.as_slice()), (3, &["1997".to_owned()][..]));
        assert_eq!(by_code(app, &operator(app), "1997").unwrap().state, State::InForce);
        assert_eq!((year(app, "N"), year(app, "S"), year(app, "all")), (15_000, 980_000, 995_000));
        let sequence = counter::last(&mut app.store.read().unwrap(), TARGETS).unwrap();
        assert_eq!(accepted(app, "revenue,m1,,1997-01,100.00\nrevenue,m2,,1997-01,50").cells, 0);
        assert_eq!(counter::last(&mut app.store.read().unwrap(), TARGETS).unwrap(), sequence);
        accepted(app, "revenue,m1,,1997-03,1.00");
        assert_eq!((year(app, "N"), year(app, "all")), (15_100, 995_100), "sums follow a later file");
    });
}

#[test]
fn a_stated_unit_must_be_the_sum_of_those_below() {
    on_both(|app| {
        company(app);
        let below = "revenue,m1,,1997,100\nrevenue,m2,,1997,50\nrevenue,m3,,1997,33.33\n";
        let said = refused(app, &format!("{below}revenue,all,,1997,200"));
        assert!(said.contains("公司"), "{said}");
        assert!(by_code(app, &operator(app), "1997").is_err(), "nothing is made");
        accepted(app, &format!("{below}revenue,unit:all,,1997,183.33\nrevenue,S,,1997,33.33"));
        assert_eq!((year(app, "all"), year(app, "N"), year(app, "S")), (18_333, 15_000, 3_333));
        let said = refused(app, "revenue,m1,,1997-01,999");
        assert!(said.contains("华北") || said.contains("公司"), "{said}");
    });
}

#[test]
fn the_months_of_a_stated_parent_draw_those_below_along() {
    on_both(|app| {
        company(app);
        let months: String = (1..=12)
            .map(|month| format!("revenue,all,,1997-{month:02},{month}.00"))
            .collect::<Vec<_>>()
            .join("\n");
        accepted(app, &format!("{months}\nrevenue,m1,,1997,40\nrevenue,m2,,1997,20\nrevenue,m3,,1997,18"));
        assert_eq!((year(app, "all"), year(app, "N"), year(app, "S")), (7_800, 6_000, 1_800));
        let grid = grid(app, &operator(app), "1997", Metric::Revenue, "N").unwrap();
        let sums: Vec<i64> = grid.children.iter().map(|row| row.line.sums.year).collect();
        assert_eq!(sums.iter().sum::<i64>(), 6_000);
    });
}

#[test]
fn years_quarters_and_months_agree() {
    on_both(|app| {
        company(app);
        accepted(
            app,
            "revenue,m3,,1997-08,10\nrevenue,m3,,1997-Q3,100\nrevenue,m3,,1997,1000\nvisits,m3,,1997,120",
        );
        let grid = grid(app, &operator(app), "1997", Metric::Revenue, "S").unwrap();
        let sums = grid.children[0].line.sums;
        assert_eq!((sums.months[7], sums.quarters[2], sums.year), (1_000, 10_000, 100_000));
        assert_eq!(sums.check(), Ok(()));
        let visits = overview(app, &operator(app), "1997", Metric::Visits).unwrap();
        assert_eq!(visits.carried.iter().sum::<i64>(), 120);
        let said = refused(app, "revenue,m3,,1997-08,100\nrevenue,m3,,1997-Q3,60");
        assert!(said.contains("Some(3)"), "{said}");
    });
}

#[test]
fn what_cannot_be_read_is_named_by_row_and_column() {
    on_both(|app| {
        company(app);
        let said = refused(
            app,
            "profit,m1,,1997-01,1\nrevenue,m9,,1997-01,1\nrevenue,m1,,1997-W01,1\nrevenue,m1,,1997-01,1.234\n\
             revenue,m1,,1997-01,-1\nrevenue,m1,,1997-01,",
        );
        for row in 2..=7 {
            assert!(said.contains(&format!("Some({row})")), "{row}: {said}");
        }
        let twice = refused(app, "revenue,m1,,1997-01,1\nrevenue,m1,,1997-01,1");
        assert!(twice.contains("Some(3)"), "{twice}");
        assert!(refused(app, "revenue,m1,,1997-01,1\nrevenue,m1,,1998-01,1").contains("several years"));
    });
}

#[test]
fn product_lines_sum_to_the_whole() {
    on_both(|app| {
        company(app);
        accepted(app, "revenue,m3,A,1997-01,30\nrevenue,m3,B,1997-01,70");
        assert_eq!(year(app, "S"), 10_000);
        let said = refused(app, "revenue,m3,A,1997-01,31");
        assert!(said.contains("100.00") && said.contains("101.00"), "{said}");
    });
}

#[test]
fn a_ratio_is_set_for_each_owner_and_each_month_of_its_period() {
    on_both(|app| {
        company(app);
        accepted(app, "repurchase_rate,m1,,1997-Q3,60%\nrepurchase_rate,all,,1997,0.5");
        let plan = dacheng_store::plans::by_code(&mut app.store.read().unwrap(), "1997").unwrap().unwrap();
        let cells =
            current(&mut app.store.read().unwrap(), plan.id, "repurchase_rate", (199_701, 199_712)).unwrap();
        let of = |kind| cells.iter().filter(move |cell| cell.owner_kind == kind).map(|cell| cell.amount);
        assert_eq!(of(OwnerKind::Member).collect::<Vec<_>>(), [6_000; 3]);
        assert_eq!(of(OwnerKind::Unit).collect::<Vec<_>>(), [5_000; 12]);
    });
}

#[test]
fn a_dry_run_leaves_nothing_behind() {
    on_both(|app| {
        company(app);
        let rows = rows("revenue,m1,,1997-01,100.00");
        let dry = import_targets(app, &operator(app), &rows, "targets.csv", Effect::DryRun).unwrap();
        assert!(dry.problems.is_empty() && dry.cells > 0);
        assert!(by_code(app, &operator(app), "1997").is_err());
    });
}

#[test]
fn a_thousand_members_are_broken_down_in_one_go() {
    let folder = tempfile::tempdir().unwrap();
    let store =
        dacheng_store::Store::open(&format!("sqlite:{}", folder.path().join("big.db").display())).unwrap();
    dacheng_store::migrate::run(&store).unwrap();
    let app = program(store);
    load(&app, Kind::Units, "unit,name,parent,leader\nall,公司,,\nN,华北,all,\n");
    let members: String =
        (0..1_000).map(|number| format!("m{number},名,N,specialist,,")).collect::<Vec<_>>().join("\n");
    load(&app, Kind::Members, &format!("member,name,unit,position,hired,left\n{members}"));
    let months: String = (1..=12)
        .map(|month| format!("revenue,all,,1997-{month:02},{month}000000.00"))
        .collect::<Vec<_>>()
        .join("\n");
    let context = operator(&app);
    let basis = dacheng_domain::planning::RevenueBasis {
        recognised_at: dacheng_domain::planning::RecognisedAt::Signing,
        tax: dacheng_domain::planning::Tax::Included,
    };
    let new = dacheng_app::planning::NewPlan { year: 1997, code: None, name: String::new(), basis };
    dacheng_app::planning::create(&app, &context, &new).unwrap();
    accepted(&app, &months);
    let ask = |unit: &str| BreakDown {
        plan: "1997".into(),
        metric: Metric::Revenue,
        unit: unit.into(),
        split: Split::By { method: Method::Even, rounding: 1, bounds: vec![] },
        leaders: vec![],
        declared: Declaration::default(),
    };
    apply(&app, &context, &ask("all"), 0).unwrap();
    let proposal = apply(&app, &context, &ask("N"), 0).unwrap();
    assert_eq!(proposal.children.len(), 1_000);
    let grid = grid(&app, &context, "1997", Metric::Revenue, "N").unwrap();
    assert_eq!((grid.differences, grid.parent.unwrap().sums.year), ([None; 12], 7_800_000_000));
    assert!(
        grid.children.iter().all(|row| row.owner.kind == OwnerKind::Member && row.owner != Owner::unit("N"))
    );
}
