//! Scenarios: plans copied, compared, merged and chosen. What must sum is added up from the rows of the store, not by the
//! code that wrote them.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not there")]

use std::collections::BTreeMap;

use dacheng_app::allocation::{
    Below, CellEdit, Difference, EditCells, Edited, LockCells, Method, Owner, break_down_below, edit_cells,
    grid, lock_cells,
};
use dacheng_app::planning::scenarios::{
    Became, Compare, CopyPlan, Merge, MergePreview, Merged, OpenBranches, Part, Why, around, assume, compare,
    copy, copy_preview, merge, merge_preview,
};
use dacheng_app::planning::{
    NewPlan, PutInForce, SetTotal, Total, archive, by_code, create, overview, put_in_force, restore,
    set_total, submit,
};
use dacheng_app::testing::{load, on_both, operator};
use dacheng_app::{App, Error};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::scenario::{Growth, Leavers, Locks, PayAssumption, Settlement};
use dacheng_domain::planning::{Marks, RecognisedAt, RevenueBasis, State, Tax};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::{breakdowns, locks, plans};

const REVENUE: Metric = Metric::Revenue;
const WAN: i64 = 1_000_000;

fn company(app: &App) {
    load(
        app,
        Kind::Units,
        "unit,name,parent,leader\nall,公司,,\nS,华南,all,\nE,华东,all,\nN,华北,all,\nS1,华南一组,S,\nS2,华南二组,S,\n",
    );
    load(
        app,
        Kind::Members,
        "member,name,unit,position,hired,left\na,甲,S1,specialist,2020-01-01,\nb,乙,S1,specialist,2020-01-01,\n\
         c,丙,S2,specialist,2020-01-01,\nd,丁,S2,specialist,2020-01-01,\ne,戊,E,specialist,2020-01-01,\n\
         f,己,E,specialist,2020-01-01,2027-03-31\ng,庚,N,specialist,2020-01-01,\nh,辛,N,specialist,2020-01-01,2026-12-31\n",
    );
}

/// A plan of a year, broken down evenly to people.
fn plan(app: &App, year: i16, code: &str, month: i64) {
    let context = operator(app);
    let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
    create(app, &context, &NewPlan { year, code: Some(code.into()), name: code.into(), basis }).unwrap();
    let marks = Marks { floor: Some(month / 2), target: month, stretch: Some(month * 2) };
    let total = Total::Months(Box::new([marks; 12]));
    set_total(app, &context, &SetTotal { plan: code.into(), metric: REVENUE, total, seen: 0 }).unwrap();
    let below = Below {
        plan: code.into(),
        metric: REVENUE,
        unit: "all".into(),
        method: Method::Even,
        rounding: 1,
        leaders: vec![],
        seen: 0,
    };
    break_down_below(app, &context, &below).unwrap();
    assert_sums(app, code);
}

fn id(app: &App, code: &str) -> i64 {
    plans::by_code(&mut app.store.read().unwrap(), code).unwrap().unwrap().id
}

fn cells(app: &App, code: &str) -> Vec<Cell> {
    targets::current(&mut app.store.read().unwrap(), id(app, code), "revenue", (0, 999_999)).unwrap()
}

/// Adds every breakdown up from the rows as they are kept.
fn assert_sums(app: &App, code: &str) {
    let mut tx = app.store.read().unwrap();
    let of = (id(app, code), "revenue");
    let held: BTreeMap<(OwnerKind, String, i64), i64> = cells(app, code)
        .into_iter()
        .filter(|cell| cell.product_line.is_empty() && cell.customer_type.is_empty())
        .map(|cell| ((cell.owner_kind, cell.owner, cell.month), cell.amount))
        .collect();
    let amount = |kind, owner: &str, month| held.get(&(kind, owner.to_owned(), month)).copied().unwrap_or(0);
    let units = breakdowns::units(&mut tx, of).unwrap();
    let units: Vec<&str> = units.iter().map(String::as_str).filter(|unit| !unit.is_empty()).collect();
    let children = breakdowns::children(&mut tx, of, &units).unwrap();
    let declared = breakdowns::differences(&mut tx, of, &units).unwrap();
    for unit in units {
        for place in 0..12 {
            let month = i64::from(by_code(app, &operator(app), code).unwrap().year) * 100 + place + 1;
            let below: i64 = children
                .iter()
                .filter(|child| child.unit == unit && child.months >> place & 1 == 1)
                .map(|child| amount(child.owner_kind, &child.owner, month))
                .sum();
            let own = declared.iter().find(|own| own.unit == unit && own.month == month);
            let (reserve, buffer) = own.map_or((0, 0), |own| (own.reserve, own.buffer));
            assert_eq!(
                below + reserve,
                amount(OwnerKind::Unit, unit, month) + buffer,
                "{code} {unit} {month}"
            );
        }
    }
}

fn year(app: &App, code: &str, owner: &Owner) -> i64 {
    let own = cells(app, code).into_iter().filter(|cell| {
        cell.owner_kind == owner.kind && cell.owner == owner.code && cell.product_line.is_empty()
    });
    own.map(|cell| cell.amount).sum()
}

fn request(plan: &str, year: i16, code: &str, growth: i64) -> CopyPlan {
    CopyPlan {
        plan: plan.into(),
        year,
        code: Some(code.into()),
        name: code.into(),
        growth: [(REVENUE, Growth::new(growth).unwrap())].into(),
        leavers: Leavers::Reserve,
        locks: Locks::Kept,
    }
}

fn edit(app: &App, code: &str, owner: &Owner, month: &str, new: i64, difference: Difference) {
    let month: Month = month.parse().unwrap();
    let number = i64::from(month.year()) * 100 + i64::from(month.number());
    let old = cells(app, code)
        .into_iter()
        .find(|cell| cell.owner_kind == owner.kind && cell.owner == owner.code && cell.month == number);
    let edits = vec![CellEdit { owner: owner.clone(), month, old: old.unwrap().amount, new }];
    let request = EditCells { plan: code.into(), metric: REVENUE, edits, averages: Vec::new(), difference };
    let done = edit_cells(app, &operator(app), &request).unwrap();
    assert!(matches!(done, Edited::Saved { .. }), "{done:?}");
}

fn sentences<T: std::fmt::Debug>(outcome: dacheng_app::Result<T>) -> String {
    match outcome {
        Err(Error::Refused(sentences)) => sentences.join("\n"),
        other => panic!("{other:?}"),
    }
}

fn lock(owner: Owner, month: Option<&str>) -> LockCells {
    let month = month.map(|month| month.parse().unwrap());
    LockCells {
        plan: "A".into(),
        metric: REVENUE,
        cells: vec![(owner, month)],
        reason: "已约定".parse().unwrap(),
    }
}

#[test]
fn a_scenario_of_the_same_year_is_the_same_to_the_fen() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "A", 1_000_003);
        let by_line = |line: &str, amount| Cell {
            owner_kind: OwnerKind::Member,
            owner: "a".into(),
            product_line: line.into(),
            customer_type: String::new(),
            month: 202_601,
            floor: None,
            amount,
            stretch: None,
        };
        let own =
            cells(app, "A").into_iter().find(|cell| cell.owner == "a" && cell.month == 202_601).unwrap();
        let mut tx = app.store.write().unwrap();
        let parts = [by_line("泵", 1_000), by_line("阀", own.amount - 1_000)];
        targets::replace(&mut tx, id(app, "A"), "revenue", &parts).unwrap();
        tx.commit().unwrap();
        let lock = lock(Owner::member("c"), Some("2026-05"));
        lock_cells(app, &operator(app), &lock).unwrap();
        let (made, preview) = copy(app, &operator(app), &request("A", 2026, "B", 0)).unwrap();
        assert_eq!(
            (made.code.as_str(), made.state, preview.not_taken.as_slice()),
            ("B", State::Draft, &[][..])
        );
        assert_eq!(cells(app, "A"), cells(app, "B"));
        assert_sums(app, "B");
        let held = |code| locks::all(&mut app.store.read().unwrap(), (id(app, code), "revenue")).unwrap();
        assert_eq!(held("A"), held("B"));
        assert_eq!(around(app, &operator(app), "B").unwrap().source, Some(("A".into(), "A".into())));
    });
}

#[test]
fn growth_is_exact_at_the_top_and_sums_all_the_way_down() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "A", 1_000_003);
        edit(app, "A", &Owner::member("a"), "2026-02", 7, Difference::Declare);
        let top = year(app, "A", &Owner::unit("all"));
        for (code, growth) in [("up", 800), ("down", -333), ("none", -10_000), ("odd", 1)] {
            let (_, preview) = copy(app, &operator(app), &request("A", 2026, code, growth)).unwrap();
            let grown = Growth::new(growth).unwrap().of(top).unwrap();
            assert_eq!(preview.metrics[0].before, Some(top), "{code}");
            assert_eq!(preview.metrics[0].after, Some(grown), "{code}");
            assert_eq!(year(app, code, &Owner::unit("all")), grown, "{code}");
            assert_sums(app, code);
        }
        // Nobody is further from their own growth than a fen a month and level.
        let (before, after) = (year(app, "A", &Owner::unit("S1")), year(app, "up", &Owner::unit("S1")));
        assert!((after * 100 - before * 108).abs() <= 100 * 12 * 3, "{before} {after}");
    });
}

#[test]
fn locked_amounts_do_not_grow_unless_locks_stay_behind() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "A", 800 * WAN);
        let south = Owner::unit("S");
        let lock = lock(south.clone(), None);
        lock_cells(app, &operator(app), &lock).unwrap();
        let before = year(app, "A", &south);
        copy(app, &operator(app), &request("A", 2026, "kept", 1_000)).unwrap();
        assert_eq!(year(app, "kept", &south), before);
        let left = CopyPlan { locks: Locks::Left, ..request("A", 2026, "left", 1_000) };
        copy(app, &operator(app), &left).unwrap();
        assert_eq!(year(app, "left", &south), before / 10 * 11);
        for code in ["kept", "left"] {
            assert_eq!(year(app, code, &Owner::unit("all")), 800 * WAN * 12 / 10 * 11);
            assert_sums(app, code);
        }
    });
}

#[test]
fn who_is_no_longer_there_is_named_with_what_became_of_their_part() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "2026", 800 * WAN);
        let held = year(app, "2026", &Owner::member("h"));
        let spring = cells(app, "2026").into_iter().filter(|cell| cell.owner == "f" && cell.month > 202_603);
        let east: i64 = spring.map(|cell| cell.amount).sum();
        // 乙 moves to the east; 辛 left, 己 leaves in spring.
        load(
            app,
            Kind::Employments,
            "member,from,to,unit,position,share\nb,2020-01-01,2026-12-31,S1,,\nb,2027-01-01,,E,,\n",
        );
        let forward = CopyPlan { code: None, name: String::new(), ..request("2026", 2027, "", 0) };
        let preview = copy_preview(app, &operator(app), &forward).unwrap();
        assert_eq!(preview.code, "2027");
        let told: Vec<(&str, Why, u32, Became)> = preview
            .not_taken
            .iter()
            .map(|own| (own.owner.as_str(), own.why, own.months, own.became))
            .collect();
        assert_eq!(
            told,
            [
                ("member:f", Why::Left, 9, Became::Reserve),
                ("member:h", Why::Left, 12, Became::Reserve),
                ("member:b", Why::Moved, 12, Became::Reserve),
            ]
        );
        let (made, copied) = copy(app, &operator(app), &forward).unwrap();
        assert_eq!((made.code.as_str(), made.year), ("2027", 2027));
        assert_eq!(copied, preview, "what was shown is what was done");
        assert_sums(app, "2027");
        assert_eq!(year(app, "2027", &Owner::unit("all")), 800 * WAN * 12);
        let reserve =
            |unit| -> i64 { grid(app, &operator(app), "2027", REVENUE, unit).unwrap().reserve.iter().sum() };
        assert_eq!(reserve("N"), held);
        assert_eq!(reserve("E"), east);
        assert_eq!(around(app, &operator(app), "2027").unwrap().copied.unwrap().not_taken, preview.not_taken);
        let given = CopyPlan { leavers: Leavers::Siblings, ..request("2026", 2027, "2027-S", 0) };
        let (_, shared) = copy(app, &operator(app), &given).unwrap();
        assert!(shared.not_taken.iter().all(|own| own.became == Became::Siblings), "{shared:?}");
        assert_sums(app, "2027-S");
        assert_eq!(year(app, "2027-S", &Owner::member("g")), year(app, "2026", &Owner::unit("N")));
        let again = CopyPlan { code: None, ..forward };
        assert_eq!(copy(app, &operator(app), &again).unwrap().0.code, "2027-A", "the year is taken");
        let back = request("2027", 2026, "back", 0);
        assert!(sentences(copy(app, &operator(app), &back)).contains("2027"));
        let taken = request("2026", 2027, "2027", 0);
        assert!(sentences(copy(app, &operator(app), &taken)).contains("2027"));
    });
}

#[test]
fn a_unit_that_stands_elsewhere_is_named_with_its_people_and_a_unit_without_heirs_keeps_its_target() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "2026", 800 * WAN);
        load(
            app,
            Kind::Units,
            "unit,name,parent,leader,from\nS2,华南二组,E,,2027-01-01\nS1,华南一组,E,,2027-01-01\n",
        );
        let south = year(app, "2026", &Owner::unit("S"));
        let (_, done) = copy(app, &operator(app), &request("2026", 2027, "A", 0)).unwrap();
        let moved: Vec<_> = done.not_taken.iter().filter(|own| own.why == Why::Moved).collect();
        let told: Vec<(&str, Became, &[String])> =
            moved.iter().map(|own| (own.owner.as_str(), own.became, own.below.as_slice())).collect();
        let names = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        assert_eq!(
            told,
            [
                ("unit:S1", Became::Unit, names(["甲", "乙"]).as_slice()),
                ("unit:S2", Became::Unit, names(["丙", "丁"]).as_slice())
            ]
        );
        assert_eq!(year(app, "A", &Owner::unit("S")), south);
        assert_eq!(year(app, "A", &Owner::member("a")), 0, "nobody carries it twice");
        assert_sums(app, "A");
    });
}

fn ask(plans: &[&str], open: OpenBranches) -> Compare {
    Compare { plans: plans.iter().map(|code| (*code).to_owned()).collect(), metric: REVENUE, open }
}

#[test]
fn plans_stand_side_by_side_with_difference_load_and_pay() {
    on_both(|app| {
        company(app);
        // 12 months, 8 people: each month of work brought 1 万.
        let orders: Vec<String> = (0..12)
            .map(|ago| {
                let month = Month::new(2025, 11).unwrap().plus(ago);
                format!("o{ago},k,a,{month}-05,80000.00,normal\n")
            })
            .collect();
        load(app, Kind::Customers, "customer,name,region,type,owner,first_order\nk,客户,华东,KA,,\n");
        load(app, Kind::Orders, &format!("order,customer,member,date,amount,status\n{}", orders.concat()));
        plan(app, 2027, "A", 6 * WAN);
        copy(app, &operator(app), &request("A", 2027, "B", 1_000)).unwrap();
        let seen = around(app, &operator(app), "B").unwrap().pay.version;
        assume(app, &operator(app), "B", PayAssumption::new(200, 400), seen).unwrap();
        assert!(matches!(assume(app, &operator(app), "B", None, seen), Err(Error::Stale { .. })));
        let found = compare(app, &operator(app), &ask(&["A", "B"], OpenBranches::First)).unwrap();
        assert_eq!(found.each, Some(WAN));
        let names: Vec<&str> = found.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["公司", "华东", "华北", "华南"], "only the highest is open");
        let top = &found.rows[0];
        // 辛 is gone, 己 is there for three months: 6 × 12 + 3 months of work.
        assert_eq!(top.capacity, Some(75 * WAN));
        let [a, b] = &top.cells[..] else { panic!("{top:?}") };
        assert_eq!((a.amount, a.apart, a.pay), (Some(72 * WAN), None, None));
        assert_eq!(a.load, Ratio::new(72, 75));
        assert_eq!(b.amount, Some(72 * WAN / 10 * 11));
        assert_eq!(b.apart.unwrap().amount, 72 * WAN / 10);
        assert_eq!(b.apart.unwrap().rate, Some(Ratio::percent(10)));
        assert_eq!(b.pay, Some(72 * WAN / 10 * 11 / 50));
        let all = compare(app, &operator(app), &ask(&["A", "B"], OpenBranches::All)).unwrap();
        assert!(all.rows.iter().any(|row| row.owner == Owner::member("a")));
        assert!(all.rows.iter().all(|row| row.owner.kind == OwnerKind::Unit || row.cells.iter().all(|own| own.pay.is_none())));
        for row in &all.rows {
            assert_eq!(row.cells[0].amount, Some(year(app, "A", &row.owner)), "{row:?}");
            assert_eq!(row.cells[1].amount, Some(year(app, "B", &row.owner)), "{row:?}");
        }
        assert!(sentences(compare(app, &operator(app), &ask(&["A"], OpenBranches::All))).contains('2'));
        assert!(sentences(compare(app, &operator(app), &ask(&["A", "A"], OpenBranches::All))).contains('2'));
        plan(app, 2026, "2026", WAN);
        assert!(
            sentences(compare(app, &operator(app), &ask(&["A", "2026"], OpenBranches::All))).contains("year")
        );
    });
}

fn asked(from: &str, into: &str, owner: Owner, settle: Settlement) -> Merge {
    Merge { from: from.into(), into: into.into(), metric: REVENUE, owner, settle }
}

fn merged(app: &App, asked: &Merge) -> MergePreview {
    let seen = merge_preview(app, &operator(app), asked).unwrap();
    match merge(app, &operator(app), asked, &seen.token).unwrap() {
        Merged::Done(done) => done,
        Merged::Changed(now) => panic!("{now:?}"),
    }
}

#[test]
fn a_branch_comes_from_another_scenario_and_the_difference_is_settled_as_chosen() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "A", 800 * WAN);
        copy(app, &operator(app), &request("A", 2026, "B", 1_000)).unwrap();
        let (south, all) = (Owner::unit("S"), Owner::unit("all"));
        let (ours, theirs) = (year(app, "A", &south), year(app, "B", &south));
        let (total, delta) = (year(app, "A", &all), theirs - ours);
        for (code, settle) in [
            ("up", Settlement::Parents),
            ("beside", Settlement::Siblings),
            ("declared", Settlement::Declared),
        ] {
            copy(app, &operator(app), &request("A", 2026, code, 0)).unwrap();
            let done = merged(app, &asked("B", code, south.clone(), settle));
            assert_eq!((done.old, done.new), (Some(ours), theirs));
            assert_eq!(year(app, code, &south), theirs);
            assert_eq!(year(app, code, &Owner::member("a")), year(app, "B", &Owner::member("a")));
            assert_sums(app, code);
            for row in &done.rows {
                assert_eq!(row.new.unwrap_or(0), year(app, code, &row.owner), "{row:?}");
                assert_eq!(row.old.unwrap_or(0), year(app, "A", &row.owner), "{row:?}");
            }
            let parts: Vec<Part> = done.rows.iter().map(|row| row.part).collect();
            match settle {
                Settlement::Parents => {
                    assert_eq!(year(app, code, &all), total + delta);
                    assert!(!parts.contains(&Part::Beside) && parts.contains(&Part::Above));
                }
                Settlement::Siblings => {
                    assert_eq!(year(app, code, &all), total);
                    assert!(parts.contains(&Part::Beside) && !parts.contains(&Part::Above));
                }
                Settlement::Declared => {
                    assert_eq!(year(app, code, &all), total);
                    assert_eq!(done.declared, [(0, 0), (0, delta)]);
                    assert!(parts.iter().all(|part| *part == Part::Branch));
                }
            }
        }
    });
}

#[test]
fn a_merge_is_for_who_saw_what_it_changes() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "A", 800 * WAN);
        copy(app, &operator(app), &request("A", 2026, "B", 1_000)).unwrap();
        let want = asked("B", "A", Owner::unit("E"), Settlement::Parents);
        let seen = merge_preview(app, &operator(app), &want).unwrap();
        edit(app, "B", &Owner::member("e"), "2026-04", 5, Difference::Declare);
        let before = cells(app, "A");
        let Merged::Changed(now) = merge(app, &operator(app), &want, &seen.token).unwrap() else {
            panic!("a stale merge");
        };
        assert_ne!(now.token, seen.token);
        assert_eq!(cells(app, "A"), before, "nothing was done");
        merged(app, &want);
        assert_sums(app, "A");
    });
}

#[test]
fn locks_and_places_that_do_not_fit_refuse_a_merge() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "A", 800 * WAN);
        copy(app, &operator(app), &request("A", 2026, "B", 1_000)).unwrap();
        let say = |asked: &Merge| sentences(merge_preview(app, &operator(app), asked));
        let east = |settle| asked("B", "A", Owner::unit("E"), settle);
        assert!(say(&asked("A", "A", Owner::unit("E"), Settlement::Parents)).contains("same plan"));
        assert!(say(&asked("B", "A", Owner::unit("W"), Settlement::Parents)).contains("no target"));
        let lock = lock(Owner::member("e"), None);
        lock_cells(app, &operator(app), &lock).unwrap();
        assert!(say(&east(Settlement::Parents)).contains("已约定"));
        let lock = self::lock(Owner::unit("all"), None);
        lock_cells(app, &operator(app), &lock).unwrap();
        let north = |settle| asked("B", "A", Owner::unit("N"), settle);
        assert!(say(&north(Settlement::Parents)).contains("公司"), "the total is locked");
        merged(app, &north(Settlement::Siblings));
        assert_sums(app, "A");
        let now = by_code(app, &operator(app), "A").unwrap();
        submit(app, &operator(app), "A", now.version).unwrap();
        let seen = merge_preview(app, &operator(app), &north(Settlement::Declared)).unwrap().token;
        assert!(
            sentences(merge(app, &operator(app), &north(Settlement::Declared), &seen)).contains("review")
        );
    });
}

/// Repeatable numbers that look like chance (Knuth's MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

#[test]
fn whatever_is_merged_everything_sums() {
    on_both(|app| {
        company(app);
        plan(app, 2026, "A", 1_000_003);
        for (code, growth) in [("B", 777), ("C", -2_345)] {
            copy(app, &operator(app), &request("A", 2026, code, growth)).unwrap();
        }
        let owners = ["all", "S", "E", "N", "S1", "S2"].map(Owner::unit).into_iter();
        let owners: Vec<Owner> =
            owners.chain(["a", "b", "c", "d", "e", "f", "g", "h"].map(Owner::member)).collect();
        let (codes, months) = (["A", "B", "C"], ["2026-01", "2026-07", "2026-12"]);
        let mut numbers = Numbers(20_260_101);
        let mut done = 0;
        for _ in 0..60 {
            let from = numbers.below(3);
            let into = (from + 1 + numbers.below(2)) % 3;
            let owner = owners[numbers.below(owners.len())].clone();
            let settle = Settlement::ALL[numbers.below(3)];
            if owner.kind == OwnerKind::Member {
                let amount = i64::try_from(numbers.below(500_000)).unwrap();
                edit(app, codes[from], &owner, months[numbers.below(3)], amount, Difference::Declare);
            }
            let want = asked(codes[from], codes[into], owner.clone(), settle);
            match merge_preview(app, &operator(app), &want) {
                Ok(seen) => {
                    assert!(matches!(merge(app, &operator(app), &want, &seen.token), Ok(Merged::Done(_))));
                    assert_eq!(year(app, codes[into], &owner), year(app, codes[from], &owner));
                    done += 1;
                }
                Err(Error::Refused(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
            assert_sums(app, codes[into]);
        }
        assert!(done > 40, "{done} of 60");
    });
}

#[test]
fn one_scenario_comes_into_force_and_the_others_are_archived_and_may_come_back() {
    on_both(|app| {
        let context = operator(app);
        company(app);
        plan(app, 2027, "A", 800 * WAN);
        for code in ["B", "C"] {
            copy(app, &context, &request("A", 2027, code, 500)).unwrap();
        }
        plan(app, 2026, "2026", WAN);
        submit(app, &context, "C", 1).unwrap();
        let version = submit(app, &context, "B", 1).unwrap().version;
        let others = around(app, &context, "B").unwrap().others;
        let told: Vec<String> = others.into_iter().map(|own| own.code).collect();
        assert_eq!(told, ["C", "A"]);
        let reason = Some("待入职".parse().unwrap());
        let put = |told| PutInForce { plan: "B".into(), seen: version, reason, told };
        let some = put(Some(vec!["A".into()]));
        assert!(sentences(put_in_force(app, &context, &some)).contains('C'), "nobody was told of C");
        assert_eq!(by_code(app, &context, "A").unwrap().state, State::Draft, "nothing was done");
        let all = PutInForce { told: Some(told), ..some };
        put_in_force(app, &context, &all).unwrap();
        let state = |code| by_code(app, &context, code).unwrap().state;
        assert_eq!(
            ["A", "B", "C", "2026"].map(state),
            [State::Archived, State::InForce, State::Archived, State::Draft]
        );
        assert!(overview(app, &context, "A", REVENUE).unwrap().total.is_some(), "still to be read");
        for code in ["A", "C"] {
            assert!(around(app, &context, code).unwrap().restorable);
            let version = by_code(app, &context, code).unwrap().version;
            assert_eq!(restore(app, &context, code, version).unwrap().state, State::Draft);
            assert!(!around(app, &context, code).unwrap().restorable);
        }
        let version = by_code(app, &context, "B").unwrap().version;
        archive(app, &context, "B", version, &"年度结束".parse().unwrap()).unwrap();
        assert!(!around(app, &context, "B").unwrap().restorable, "months were judged by it");
        assert!(matches!(restore(app, &context, "B", version + 1), Err(Error::Refused(_))));
    });
}
