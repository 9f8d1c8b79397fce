//! Breaking down, editing and reading targets: the sum rule holds at every read.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not there")]

use std::sync::atomic::{AtomicBool, Ordering};

use dacheng_app::allocation::{
    Below, Bounds, BreakDown, CellEdit, Declaration, Difference, EditCells, Edited, LockCells, Method,
    Months, Owner, Split, apply, break_down_below, edit_cells, grid, lock_cells, propose, unlock_cells,
};
use dacheng_app::planning::{NewPlan, SetTotal, Total, create, overview, set_total};
use dacheng_app::testing::{load, on_both, operator};
use dacheng_app::{App, Error};
use dacheng_domain::Ratio;
use dacheng_domain::allocation::Declared;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::{Marks, RecognisedAt, RevenueBasis, Tax};

const PLAN: &str = "2027";
const REVENUE: Metric = Metric::Revenue;
/// 1 万元 in fen.
const WAN: i64 = 1_000_000;

fn company(app: &App) {
    load(
        app,
        Kind::Units,
        "unit,name,parent,leader\nall,公司,,\nS,华南,all,j\nE,华东,all,\nN,华北,all,\nS1,华南一组,S,\n",
    );
    load(
        app,
        Kind::Members,
        "member,name,unit,position,hired,left\nj,经理,S,manager,,\na,甲,S,specialist,,\nb,乙,S,specialist,,\n\
         c,丙,S,specialist,,\nd,丁,S,specialist,,\ne,戊,E,specialist,,\nf,己,N,specialist,,\ng,庚,N,specialist,2027-07-01,\n",
    );
    let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
    let new = NewPlan { year: 2027, code: None, name: "年度".into(), basis };
    create(app, &operator(app), &new).unwrap();
}

/// The same amount in each month.
fn level(amount: i64) -> Months {
    [amount; 12]
}

/// An amount in each month of the third quarter.
fn third_quarter(amount: i64) -> Months {
    std::array::from_fn(|place| if (6..9).contains(&place) { amount } else { 0 })
}

fn total(app: &App, months: Months) {
    let seen = overview(app, &operator(app), PLAN, REVENUE).unwrap().version;
    let marks = months.map(|target| Marks { floor: None, target, stretch: None });
    let total = Total::Months(Box::new(marks));
    set_total(app, &operator(app), &SetTotal { plan: PLAN.into(), metric: REVENUE, total, seen }).unwrap();
}

fn request(unit: &str, split: Split) -> BreakDown {
    BreakDown {
        plan: PLAN.into(),
        metric: REVENUE,
        unit: unit.into(),
        split,
        leaders: vec![],
        declared: Declaration::default(),
    }
}

fn given(rows: &[(Owner, Months)]) -> Split {
    Split::Given(rows.to_vec())
}

fn done(app: &App, request: &BreakDown) {
    let seen = grid(app, &operator(app), PLAN, REVENUE, &request.unit).unwrap().version;
    apply(app, &operator(app), request, seen).unwrap();
}

fn sentences<T: std::fmt::Debug>(outcome: dacheng_app::Result<T>) -> String {
    match outcome {
        Err(Error::Refused(sentences)) => sentences.join("\n"),
        other => panic!("{other:?}"),
    }
}

/// Reads every unit in turn and checks that its children sum to it.
fn assert_sums(app: &App) {
    for unit in ["all", "S", "E", "N"] {
        let grid = grid(app, &operator(app), PLAN, REVENUE, unit).unwrap();
        assert_eq!(grid.differences, [None; 12], "{unit}");
        let Some(parent) = grid.parent else { continue };
        assert_eq!(parent.sums.check(), Ok(()));
        if grid.version > 0 {
            for place in 0..12 {
                let children: i64 = grid.children.iter().map(|row| row.line.sums.months[place]).sum();
                let declared = grid.reserve[place] - grid.buffer[place];
                assert_eq!(children + declared, parent.sums.months[place], "{unit} {place}");
            }
        }
    }
}

fn year(app: &App, unit: &str, owner: &Owner) -> i64 {
    let grid = grid(app, &operator(app), PLAN, REVENUE, unit).unwrap();
    grid.children.iter().find(|row| row.owner == *owner).unwrap().line.sums.year
}

fn regions(app: &App) {
    let unit = |code: &str, amount| (Owner::unit(code), third_quarter(amount));
    total(app, third_quarter(500 * WAN / 4));
    let rows = [unit("S", 150 * WAN / 4), unit("E", 200 * WAN / 4), unit("N", 150 * WAN / 4)];
    done(app, &request("all", given(&rows)));
}

#[test]
fn the_regions_of_the_third_quarter_sum_to_it_or_are_refused() {
    on_both(|app| {
        company(app);
        let unit = |code: &str, amount: i64| (Owner::unit(code), third_quarter(amount * WAN));
        total(app, third_quarter(500 * WAN));
        let rows = [unit("S", 150), unit("E", 200), unit("N", 140)];
        let said = sentences(apply(app, &operator(app), &request("all", given(&rows)), 0));
        assert!(said.contains("公司") && said.contains("100,000.00") && said.lines().count() == 3, "{said}");
        let rows = [unit("S", 150), unit("E", 200), unit("N", 150)];
        apply(app, &operator(app), &request("all", given(&rows)), 0).unwrap();
        assert_sums(app);
        let stale = apply(app, &operator(app), &request("all", given(&rows)), 0);
        assert!(matches!(stale, Err(Error::Stale { seen: 0, found: 1 })), "{stale:?}");
    });
}

#[test]
fn a_reserve_or_a_buffer_is_declared_or_the_difference_is_refused() {
    on_both(|app| {
        company(app);
        regions(app);
        let member = |code: &str, amount: i64| (Owner::member(code), third_quarter(amount * WAN / 4));
        let mut rows = vec![member("j", 50), member("a", 30), member("b", 30), member("c", 30)];
        let mut south = request("S", given(&rows));
        let said = sentences(propose(app, &operator(app), &south));
        assert!(said.contains("25,000.00"), "10 万 over a quarter of four parts: {said}");
        let part = |amount: i64| u64::try_from(amount * WAN / 4).unwrap();
        let only = |declared| {
            Declaration::Months(std::array::from_fn(|place| {
                if (6..9).contains(&place) { declared } else { Declared::default() }
            }))
        };
        south.declared = only(Declared { reserve: part(10), buffer: 0 });
        done(app, &south);
        assert_sums(app);
        rows.push(member("d", 30));
        south.split = given(&rows);
        south.declared = only(Declared { reserve: 0, buffer: part(20) });
        done(app, &south);
        assert_sums(app);
        south.declared = Declaration::Year(Declared { reserve: 0, buffer: 3 * part(20) });
        done(app, &south);
        assert_sums(app);
    });
}

#[test]
fn children_share_by_weights_locks_and_whole_units() {
    on_both(|app| {
        company(app);
        total(app, level(500 * WAN));
        let weight = |code: &str, weight: u64| (Owner::unit(code), weight.into());
        // Ties go to the earlier child; children stand in the order of their codes.
        let lock =
            Bounds { owner: Owner::unit("S"), minimum: None, maximum: None, lock: Some(12 * 120 * WAN) };
        let method = Method::Own(vec![weight("E", 5), weight("N", 3), weight("S", 2)]);
        let split = Split::By { method, rounding: 12 * WAN, bounds: vec![lock] };
        let proposal = propose(app, &operator(app), &request("all", split.clone())).unwrap();
        let years: Vec<_> =
            proposal.children.iter().map(|row| (row.owner.code.as_str(), row.year() / 12 / WAN)).collect();
        assert_eq!(years, [("E", 238), ("N", 142), ("S", 120)]);
        assert!(
            grid(app, &operator(app), PLAN, REVENUE, "all").unwrap().children.is_empty(),
            "nothing is written"
        );
        done(app, &request("all", split));
        assert_sums(app);
        let bound = |code: &str| Bounds {
            owner: Owner::unit(code),
            minimum: None,
            maximum: Some(10 * WAN),
            lock: None,
        };
        let bounds = vec![bound("S"), bound("E"), bound("N")];
        let split = Split::By { method: Method::Even, rounding: 1, bounds };
        assert!(sentences(propose(app, &operator(app), &request("all", split))).contains("maximums of 3"));
    });
}

#[test]
fn those_below_follow_a_changed_parent_and_locks_stay() {
    on_both(|app| {
        company(app);
        total(app, level(300 * WAN));
        let even = Split::By { method: Method::Even, rounding: 1, bounds: vec![] };
        done(app, &request("all", even.clone()));
        done(
            app,
            &request(
                "S",
                given(&[(Owner::member("a"), level(60 * WAN)), (Owner::member("b"), level(40 * WAN))]),
            ),
        );
        let july: Month = "2027-07".parse().unwrap();
        let cells = vec![(Owner::member("a"), Some(july)), (Owner::member("b"), None)];
        let lock =
            LockCells { plan: PLAN.into(), metric: REVENUE, cells, reason: "大客户".parse().unwrap() };
        lock_cells(app, &operator(app), &lock).unwrap();
        total(app, std::array::from_fn(|place| if place == 0 { 600 * WAN } else { 300 * WAN }));
        assert_sums(app);
        let south = grid(app, &operator(app), PLAN, REVENUE, "S").unwrap();
        let january: Vec<i64> = south.children.iter().map(|row| row.line.sums.months[0]).collect();
        assert_eq!(january, [160 * WAN, 40 * WAN], "b is locked, a takes what January has more");
        assert_eq!(south.children[1].locks[0].reason, "大客户");

        let edit =
            |code: &str, old: i64, new: i64| CellEdit { owner: Owner::unit(code), month: july, old, new };
        let edits = vec![edit("S", 100 * WAN, 90 * WAN), edit("E", 100 * WAN, 110 * WAN)];
        let edits = EditCells {
            plan: PLAN.into(),
            metric: REVENUE,
            edits,
            difference: Difference::Refuse,
            averages: Vec::new(),
        };
        let said = sentences(edit_cells(app, &operator(app), &edits));
        assert!(said.contains("华南") && said.contains("July 2027") || said.contains("Jul"), "{said}");
        assert_sums(app);
        unlock_cells(app, &operator(app), &lock).unwrap();
        assert!(matches!(edit_cells(app, &operator(app), &edits).unwrap(), Edited::Saved { cells: 4 }));
        assert_sums(app);
    });
}

#[test]
fn a_cell_that_somebody_else_changed_is_a_conflict_and_nothing_is_saved() {
    on_both(|app| {
        company(app);
        regions(app);
        let july: Month = "2027-07".parse().unwrap();
        let edit =
            |code: &str, old: i64, new: i64| CellEdit { owner: Owner::unit(code), month: july, old, new };
        let ask = |edits, difference| EditCells {
            plan: PLAN.into(),
            metric: REVENUE,
            edits,
            difference,
            averages: Vec::new(),
        };
        let quarter = WAN / 4;
        let edits = vec![edit("S", 150 * quarter, 151 * quarter), edit("E", 199 * quarter, 199 * quarter)];
        let Edited::Conflicts(conflicts) =
            edit_cells(app, &operator(app), &ask(edits, Difference::Refuse)).unwrap()
        else {
            panic!("a conflict")
        };
        assert_eq!(conflicts.len(), 1);
        assert_eq!((conflicts[0].stored, conflicts[0].mine), (Some(200 * quarter), 199 * quarter));
        let alone = vec![edit("S", 150 * quarter, 140 * quarter)];
        let said = sentences(edit_cells(app, &operator(app), &ask(alone.clone(), Difference::Refuse)));
        assert!(said.contains("25,000.00"), "{said}");
        edit_cells(app, &operator(app), &ask(alone, Difference::Declare)).unwrap();
        assert_sums(app);
        let grid = grid(app, &operator(app), PLAN, REVENUE, "all").unwrap();
        assert_eq!((grid.reserve[6], grid.buffer[6]), (10 * quarter, 0));
    });
}

#[test]
fn somebody_who_comes_in_july_carries_nothing_before() {
    on_both(|app| {
        company(app);
        total(app, level(300 * WAN));
        let even = Split::By { method: Method::Even, rounding: 1, bounds: vec![] };
        done(app, &request("all", even.clone()));
        done(app, &request("N", even));
        let north = grid(app, &operator(app), PLAN, REVENUE, "N").unwrap();
        let late = north.children.iter().find(|row| row.owner == Owner::member("g")).unwrap();
        assert!(late.line.months[..6].iter().all(Option::is_none) && late.line.months[6].is_some());
        assert_eq!(year(app, "N", &Owner::member("f")), 2 * year(app, "N", &Owner::member("g")));
        assert_sums(app);
        let carried = overview(app, &operator(app), PLAN, REVENUE).unwrap();
        assert_eq!(carried.broken_down, Ratio::new(1, 3));
    });
}

#[test]
fn whoever_is_left_out_loses_the_target_with_everything_below() {
    on_both(|app| {
        company(app);
        total(app, level(300 * WAN));
        let even = Split::By { method: Method::Even, rounding: 1, bounds: vec![] };
        for unit in ["all", "S", "N"] {
            done(app, &request(unit, even.clone()));
        }
        done(app, &request("all", given(&[(Owner::unit("E"), level(300 * WAN))])));
        for unit in ["S", "N"] {
            let grid = grid(app, &operator(app), PLAN, REVENUE, unit).unwrap();
            assert_eq!((grid.parent, grid.children.len()), (None, 0), "{unit}");
        }
        let seen = overview(app, &operator(app), PLAN, REVENUE).unwrap();
        assert_eq!(seen.carried, [0; 12]);
        assert_sums(app);
    });
}

#[test]
fn everything_below_is_broken_down_at_once_or_not_at_all() {
    on_both(|app| {
        company(app);
        total(app, level(300 * WAN));
        let below = |seen| Below {
            plan: PLAN.into(),
            metric: REVENUE,
            unit: "all".into(),
            method: Method::LastYear,
            rounding: 1,
            leaders: vec![],
            seen,
        };
        let stale = break_down_below(app, &operator(app), &below(7));
        assert!(matches!(stale, Err(Error::Stale { seen: 7, found: 0 })));
        // Nobody sold anything last year: every unit is divided evenly; the empty team keeps its own.
        assert_eq!(break_down_below(app, &operator(app), &below(0)).unwrap().units, 4);
        assert_sums(app);
        let carried: i64 = overview(app, &operator(app), PLAN, REVENUE).unwrap().carried.iter().sum();
        let team = year(app, "S", &Owner::unit("S1"));
        assert_eq!(carried + team, 12 * 300 * WAN, "people and the team without people carry all of it");
        // A lock that no longer fits stops it, and nothing is changed.
        let cells = vec![(Owner::member("a"), Some(Month::new(2027, 3).unwrap()))];
        let lock = LockCells { plan: PLAN.into(), metric: REVENUE, cells, reason: "已签".parse().unwrap() };
        lock_cells(app, &operator(app), &lock).unwrap();
        let before = year(app, "all", &Owner::unit("E"));
        let own = Method::Own(vec![(Owner::unit("E"), 1.into())]);
        let refused = break_down_below(app, &operator(app), &Below { method: own, ..below(1) });
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
        assert_eq!(year(app, "all", &Owner::unit("E")), before);
        assert_sums(app);
    });
}

#[test]
fn buffers_of_levels_multiply() {
    on_both(|app| {
        company(app);
        total(app, level(100 * WAN));
        let with_buffer = |unit: &str, buffer: u64| BreakDown {
            declared: Declaration::Year(Declared { reserve: 0, buffer }),
            ..request(unit, Split::By { method: Method::Even, rounding: 1, bounds: vec![] })
        };
        let shown = |unit: &str| grid(app, &operator(app), PLAN, REVENUE, unit).unwrap().cumulative;
        assert_eq!(shown("all"), None, "nothing is declared");
        let wan = WAN.unsigned_abs();
        done(app, &with_buffer("all", 60 * wan));
        done(app, &with_buffer("S", 21 * wan));
        assert_eq!(shown("all"), Ratio::new(105, 100));
        assert_eq!(shown("S").unwrap(), Ratio::new(11_025, 10_000).unwrap(), "105 % at two levels");
        assert_sums(app);
    });
}

#[test]
fn the_sum_rule_holds_at_every_read_under_fifty_concurrent_edits() {
    on_both(|app| {
        company(app);
        total(app, level(300 * WAN));
        let even = Split::By { method: Method::Even, rounding: 1, bounds: vec![] };
        for unit in ["all", "S", "N"] {
            done(app, &request(unit, even.clone()));
        }
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                let over = &over;
                scope.spawn(move || {
                    while !over.load(Ordering::Relaxed) {
                        assert_sums(app);
                    }
                });
            }
            let writers: Vec<_> = (0..50_i64)
                .map(|number| scope.spawn(move || (0..20).any(|_| disturb(app, number))))
                .collect();
            let saved: Vec<_> = writers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
            over.store(true, Ordering::Relaxed);
            let saved = saved.into_iter().map(Result::unwrap).filter(|saved| *saved).count();
            assert!(saved >= 25, "{saved} of 50 were saved");
        });
        assert_sums(app);
        let seen = overview(app, &operator(app), PLAN, REVENUE).unwrap();
        assert_eq!(seen.total.unwrap().1.sums.check(), Ok(()));
    });
}

/// One of fifty writers: moves an amount between two regions or two members, or breaks a unit down anew. They meet in
/// three months, on both levels.
fn disturb(app: &App, number: i64) -> bool {
    let place = usize::try_from(number / 2 % 3).unwrap();
    let unit = if number % 2 == 0 { "all" } else { "S" };
    let seen = grid(app, &operator(app), PLAN, REVENUE, unit).unwrap();
    if number % 10 == 7 {
        let even = Split::By { method: Method::Even, rounding: WAN, bounds: vec![] };
        return apply(app, &operator(app), &request(unit, even), seen.version).is_ok();
    }
    // The region whose own children others edit meanwhile is one of the two.
    let (one, other) = if unit == "all" {
        (Owner::unit("S"), Owner::unit("E"))
    } else {
        (Owner::member("a"), Owner::member("b"))
    };
    let edit = |owner: &Owner, by: i64| {
        let row = seen.children.iter().find(|row| row.owner == *owner).unwrap();
        let old = row.line.sums.months[place];
        CellEdit { owner: row.owner.clone(), month: seen.months[place], old, new: (old + by).max(0) }
    };
    let edits = vec![edit(&one, number + 1), edit(&other, -number - 1)];
    let request = EditCells {
        plan: PLAN.into(),
        metric: REVENUE,
        edits,
        difference: Difference::Refuse,
        averages: Vec::new(),
    };
    matches!(edit_cells(app, &operator(app), &request), Ok(Edited::Saved { .. }))
}
