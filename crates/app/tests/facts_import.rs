//! Imports: all or nothing, the same file twice changes nothing, undo, and blocks that never drift.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use dacheng_app::App;
use dacheng_app::facts::import::Effect;
use dacheng_app::facts::reading::{Asked, part};
use dacheng_app::facts::undo::undo;
use dacheng_app::facts::verify::{differing_blocks, from_nothing};
use dacheng_app::testing::{import_text, import_with, load, on_both, operator};
use dacheng_domain::facts::kind::Kind;
use dacheng_store::counter;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Units, members, products and customers; the imports of all but the units, which may be undone.
fn company(app: &App) -> Vec<i64> {
    load(app, Kind::Units, "unit,name,parent,leader\nall,公司,,\nN,华北,all,\nS,华南,all,m3\n");
    let members = load(
        app,
        Kind::Members,
        "member,name,unit,position,hired,left\nm1,喆,N,specialist,,\nm2,堃,N,specialist,,\nm3,赟,S,manager,,\n",
    );
    let products = load(app, Kind::Products, "product,name,line,new_since\np1,甲,A,\np2,乙,B,2026-02-10\n");
    let customers = load(
        app,
        Kind::Customers,
        "customer,name,region,type,owner,first_order\nc1,客一,北,KA,,\nc2,客二,南,SMB,,\n",
    );
    [members, products, customers].into_iter().filter_map(|outcome| outcome.import).collect()
}

const ORDERS: &str = "order,customer,member,date,amount,status\n\
    o1,c1,m1,2026-01-05,100.00,normal\no2,c2,m3,2026-01-31,50.50,\no3,c1,m2,2026-02-01,,cancelled\n";

fn blocks(app: &App) -> Vec<Vec<u8>> {
    from_nothing(&mut app.store.read().unwrap()).unwrap().into_values().collect()
}

fn assert_blocks_are_whole(app: &App) {
    assert_eq!(differing_blocks(&mut app.store.read().unwrap()).unwrap(), []);
}

#[test]
fn the_same_file_twice_changes_nothing() {
    on_both(|app| {
        company(app);
        let first = load(app, Kind::Orders, ORDERS);
        assert_eq!((first.counts.added, first.counts.unchanged), (3, 0));
        let kept = blocks(app);
        let again = load(app, Kind::Orders, ORDERS);
        assert_eq!((again.counts.added, again.counts.changed, again.counts.unchanged), (0, 0, 3));
        assert_eq!(blocks(app), kept);
        assert_blocks_are_whole(app);
    });
}

#[test]
fn one_bad_row_and_nothing_is_written() {
    on_both(|app| {
        company(app);
        let sequence = counter::last(&mut app.store.read().unwrap(), counter::CHANGE).unwrap();
        let text =
            format!("{ORDERS}o4,c1,m9,2026-02-03,1.00,\no5,c1,m1,2026-02-30,x,\no1,c1,m1,2026-01-05,1,\n");
        let outcome = import_text(app, Kind::Orders, &text).unwrap();
        let found: Vec<_> =
            outcome.problems.iter().map(|problem| (problem.row, problem.column.as_deref())).collect();
        assert!(found.contains(&(Some(5), Some("member"))), "{found:?}");
        assert!(found.contains(&(Some(6), Some("date"))), "{found:?}");
        assert!(found.contains(&(Some(6), Some("amount"))), "{found:?}");
        assert!(found.contains(&(Some(7), None)), "{found:?}");
        assert!(blocks(app).is_empty());
        assert_eq!(counter::last(&mut app.store.read().unwrap(), counter::CHANGE).unwrap(), sequence);
        assert_eq!(load(app, Kind::Orders, ORDERS).counts.added, 3);
    });
}

#[test]
fn a_dry_run_has_no_effect_at_all() {
    on_both(|app| {
        company(app);
        let outcome = import_with(app, Kind::Orders, ORDERS, None, Effect::DryRun).unwrap();
        assert_eq!((outcome.import, outcome.counts.added), (None, 3));
        assert!(blocks(app).is_empty());
        assert_eq!(load(app, Kind::Orders, ORDERS).counts.added, 3);
    });
}

#[test]
fn an_amount_that_is_not_that_of_the_lines_is_refused() {
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, ORDERS);
        let lines = "order,line,product,quantity,amount\no1,1,p1,1,60.00\no1,2,p2,1,39.99\n";
        let outcome = import_text(app, Kind::OrderLines, lines).unwrap();
        assert_eq!(outcome.problems.len(), 1, "{:?}", outcome.problems);
        load(app, Kind::OrderLines, &lines.replace("39.99", "40.00"));
        assert_blocks_are_whole(app);
    });
}

#[test]
fn shares_must_sum_to_the_whole_order() {
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, ORDERS);
        let shares = "order,member,share,kind\no1,m1,60%,\no1,m2,30%,credit\n";
        assert_eq!(import_text(app, Kind::OrderShares, shares).unwrap().problems.len(), 1);
        load(app, Kind::OrderShares, &format!("{}o1,m3,50%,overlay\n", shares.replace("30%", "40%")));
        assert_blocks_are_whole(app);
    });
}

/// More rows than one chunk takes, whose keys ascend.
const MORE_THAN_A_CHUNK: usize = dacheng_store::bulk::CHUNK + 1;

#[test]
fn rows_of_one_order_in_different_chunks_are_credited_together() {
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, "order,customer,member,date,amount,status\no9,c1,m1,2026-01-05,,\n");
        let lines = (0..MORE_THAN_A_CHUNK).map(|line| format!("o9,{line:05},p{},1,0.01\n", line % 2 + 1));
        let text = format!("order,line,product,quantity,amount\n{}", lines.collect::<String>());
        assert_eq!(load(app, Kind::OrderLines, &text).counts.added, 20_001);
        assert_blocks_are_whole(app);
    });
}

#[test]
fn what_is_due_is_credited_like_its_order_and_undone() {
    const DUE: &str = "receivable,order,due,amount\nf1,o1,2026-03-31,60.00\nf2,o1,2027-01-31,40.00\n";
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, ORDERS);
        let kept = blocks(app);
        let first = load(app, Kind::Receivables, DUE);
        assert_eq!((first.counts.added, first.sums.fen), (2, Some(10_000)));
        assert_eq!(load(app, Kind::Receivables, DUE).counts.unchanged, 2);
        assert_ne!(blocks(app), kept);
        assert_blocks_are_whole(app);
        let unknown =
            import_text(app, Kind::Receivables, "receivable,order,due,amount\nf3,o9,2026-03-31,1\n");
        let problem = unknown.unwrap().problems.remove(0);
        assert_eq!((problem.row, problem.column.as_deref()), (Some(2), Some("order")));
        let asked = Asked {
            kind: Kind::Receivables,
            days: (date(2026, 1, 1), date(2026, 12, 31)),
            cursor: None,
            limit: 9,
        };
        let due = || part(app, &operator(app), &asked).unwrap().facts;
        assert_eq!(due().iter().map(|own| own["receivable"].clone().unwrap()).collect::<Vec<_>>(), ["f1"]);
        undo(app, &operator(app), first.import.unwrap()).unwrap();
        assert_eq!(due(), []);
        assert_eq!(blocks(app), kept);
    });
}

#[test]
fn a_key_twice_in_one_file_is_refused_however_far_apart() {
    on_both(|app| {
        company(app);
        let order = |order: usize| format!("o{order:05},c1,m1,2026-01-05,1.00,\n");
        let orders: String = (0..MORE_THAN_A_CHUNK).map(order).collect();
        let text = format!("order,customer,member,date,amount,status\n{orders}{}", order(0));
        let problems = import_text(app, Kind::Orders, &text).unwrap().problems;
        assert_eq!(problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [Some(20_003)]);
        assert!(blocks(app).is_empty());
        let text = text.replace(&order(0), "");
        assert_eq!(load(app, Kind::Orders, &text).counts.added, 20_000);
        assert_blocks_are_whole(app);
    });
}

#[test]
fn a_version_that_holds_from_earlier_than_the_newest_changes_the_days_between() {
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, ORDERS);
        let moved = |from: &str| format!("customer,name,region,from\nc1,客一,西,{from}\n");
        load(app, Kind::Customers, &moved("2026-03-01"));
        load(app, Kind::Customers, &moved("2026-01-03"));
        assert_blocks_are_whole(app);
        load(app, Kind::Employments, "member,from,to,unit,position,share\nm1,2026-01-20,,S,,\n");
        assert_blocks_are_whole(app);
    });
}

/// One thing somebody does, in small numbers that are made into codes.
#[derive(Debug, Clone)]
enum Step {
    Order { order: u8, member: u8, customer: u8, day: u8, amount: u16, cancelled: bool },
    Lines { order: u8, amounts: Vec<u16> },
    Share { order: u8, first: u8 },
    Return { code: u8, order: u8, day: u8, amount: u16 },
    Receivable { code: u8, order: u8, due: u8, amount: u16 },
    Payment { code: u8, order: Option<u8>, member: Option<u8>, day: u8, amount: i16 },
    Complaint { code: u8, order: Option<u8>, member: Option<u8>, day: u8 },
    Opportunity { code: u8, member: u8, customer: Option<u8>, opened: u8, outcome: u8, active: Option<u8> },
    Visit { code: u8, member: u8, customer: Option<u8>, day: u8 },
    Survey { code: u8, member: u8, day: u8, satisfaction: Option<u8>, recommend: Option<u8> },
    Training { course: u8, member: u8, due: u8, completed: Option<u8> },
    Score { member: u8, day: u8, skill: bool, score: u8 },
    Leave { member: u8, day: u8 },
    Summary { member: u8, month: u8, metric: u8, amount: u8 },
    Seats { member: u8, first: u8, day: u8 },
    Move { member: u8, unit: u8, day: u8 },
    Relocate { customer: u8, region: u8, day: u8 },
    Carry { customer: u8, day: u8 },
    New { product: u8, since: u8 },
    Undo { which: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_u8, 0..3_u8, 0..2_u8, 0..120_u8, 1..500_u16, prop::bool::weighted(0.1)).prop_map(
            |(order, member, customer, day, amount, cancelled)| Step::Order {
                order, member, customer, day, amount, cancelled
            }
        ),
        2 => (0..6_u8, prop::collection::vec(1..300_u16, 1..4)).prop_map(|(order, amounts)| Step::Lines { order, amounts }),
        2 => (0..6_u8, 1..99_u8).prop_map(|(order, first)| Step::Share { order, first }),
        2 => (0..4_u8, 0..6_u8, 0..120_u8, 1..400_u16).prop_map(|(code, order, day, amount)| Step::Return { code, order, day, amount }),
        1 => (0..4_u8, 0..6_u8, 0..120_u8, 0..400_u16).prop_map(|(code, order, due, amount)| Step::Receivable { code, order, due, amount }),
        3 => (0..4_u8, prop::option::of(0..6_u8), prop::option::of(0..3_u8), 0..120_u8, -50..500_i16).prop_map(
            |(code, order, member, day, amount)| Step::Payment { code, order, member, day, amount }
        ),
        2 => activity(),
        1 => (0..3_u8, 1..99_u8, 0..120_u8).prop_map(|(member, first, day)| Step::Seats { member, first, day }),
        1 => (0..3_u8, 0..2_u8, 0..120_u8).prop_map(|(member, unit, day)| Step::Move { member, unit, day }),
        1 => (0..2_u8, 0..3_u8, 0..120_u8).prop_map(|(customer, region, day)| Step::Relocate { customer, region, day }),
        1 => (0..2_u8, 0..120_u8).prop_map(|(customer, day)| Step::Carry { customer, day }),
        1 => (0..2_u8, 0..120_u8).prop_map(|(product, since)| Step::New { product, since }),
        2 => (0..20_u8).prop_map(|which| Step::Undo { which }),
    ]
}

/// Something beside sales.
fn activity() -> impl Strategy<Value = Step> {
    let maybe = |most: u8| prop::option::of(0..most);
    prop_oneof![
        2 => (0..3_u8, maybe(6), maybe(3), 0..120_u8)
            .prop_map(|(code, order, member, day)| Step::Complaint { code, order, member, day }),
        2 => (0..3_u8, 0..3_u8, maybe(2), 0..60_u8, 0..3_u8, maybe(60)).prop_map(
            |(code, member, customer, opened, outcome, active)| Step::Opportunity {
                code, member, customer, opened, outcome, active
            }
        ),
        1 => (0..3_u8, 0..3_u8, maybe(2), 0..120_u8)
            .prop_map(|(code, member, customer, day)| Step::Visit { code, member, customer, day }),
        1 => (0..3_u8, 0..3_u8, 0..120_u8, maybe(101), maybe(11)).prop_map(
            |(code, member, day, satisfaction, recommend)| Step::Survey { code, member, day, satisfaction, recommend }
        ),
        1 => (0..2_u8, 0..3_u8, 0..120_u8, maybe(120))
            .prop_map(|(course, member, due, completed)| Step::Training { course, member, due, completed }),
        1 => (0..3_u8, 0..120_u8, any::<bool>(), 1..6_u8)
            .prop_map(|(member, day, skill, score)| Step::Score { member, day, skill, score }),
        1 => (0..3_u8, 0..120_u8).prop_map(|(member, day)| Step::Leave { member, day }),
        1 => (0..3_u8, 1..5_u8, 0..4_u8, 0..9_u8)
            .prop_map(|(member, month, metric, amount)| Step::Summary { member, month, metric, amount }),
    ]
}

fn day(number: u8) -> String {
    jiff::civil::date(2026, 1, 1)
        .saturating_add(jiff::SignedDuration::from_hours(24 * i64::from(number)))
        .to_string()
}

fn member(number: u8) -> String {
    format!("m{}", number + 1)
}

/// Does a step; a refusal by a rule is as good as a success, as long as nothing half happens.
#[expect(clippy::too_many_lines, reason = "an arm for each thing somebody may do")]
fn take(app: &App, step: &Step, imports: &mut Vec<i64>) {
    let (kind, text) = match step {
        Step::Order { order, member: owner, customer, day: on, amount, cancelled } => (
            Kind::Orders,
            format!(
                "order,customer,member,date,amount,status\no{order},c{},{},{},{amount}.07,{}\n",
                customer + 1,
                member(*owner),
                day(*on),
                if *cancelled { "cancelled" } else { "normal" }
            ),
        ),
        Step::Lines { order, amounts } => {
            let lines = amounts
                .iter()
                .enumerate()
                .map(|(at, amount)| format!("o{order},{at},p{},1,{amount}.33\n", at % 2 + 1));
            (Kind::OrderLines, format!("order,line,product,quantity,amount\n{}", lines.collect::<String>()))
        }
        Step::Share { order, first } => (
            Kind::OrderShares,
            format!(
                "order,member,share,kind\no{order},m1,{first}%,\no{order},m2,{}%,\no{order},m3,40%,overlay\n",
                100 - first
            ),
        ),
        Step::Return { code, order, day: on, amount } => {
            (Kind::Returns, format!("return,order,date,amount\nr{code},o{order},{},{amount}.01\n", day(*on)))
        }
        Step::Receivable { code, order, due, amount } => (
            Kind::Receivables,
            format!("receivable,order,due,amount\nf{code},o{order},{},{amount}.09\n", day(*due)),
        ),
        Step::Payment { code, order, member: owner, day: on, amount } => (
            Kind::Payments,
            format!(
                "payment,order,customer,member,date,amount\ny{code},{},c1,{},{},{amount}.50\n",
                order.map(|order| format!("o{order}")).unwrap_or_default(),
                owner.map(member).unwrap_or_default(),
                day(*on)
            ),
        ),
        Step::Complaint { code, order, member: owner, day: on } => (
            Kind::Complaints,
            format!(
                "complaint,order,customer,member,date\nk{code},{},c1,{},{}\n",
                order.map(|order| format!("o{order}")).unwrap_or_default(),
                owner.map(member).unwrap_or_default(),
                day(*on)
            ),
        ),
        Step::Opportunity { code, member: owner, customer, opened, outcome, active } => (
            Kind::Opportunities,
            format!(
                "opportunity,customer,member,opened,closed,outcome,active\np{code},{},{},{},{},{},{}\n",
                customer.map(|customer| format!("c{}", customer + 1)).unwrap_or_default(),
                member(*owner),
                day(*opened),
                day(opened + 20),
                ["open", "won", "lost"][usize::from(*outcome)],
                active.map(day).unwrap_or_default()
            ),
        ),
        Step::Visit { code, member: owner, customer, day: on } => (
            Kind::Visits,
            format!(
                "visit,customer,member,date\nv{code},{},{},{}\n",
                customer.map(|customer| format!("c{}", customer + 1)).unwrap_or_default(),
                member(*owner),
                day(*on)
            ),
        ),
        Step::Survey { code, member: owner, day: on, satisfaction, recommend } => {
            let written = |points: &Option<u8>| points.map(|points| points.to_string()).unwrap_or_default();
            let (own, said) = (member(*owner), (written(satisfaction), written(recommend)));
            let header = "survey,customer,member,date,satisfaction,recommend";
            (Kind::Surveys, format!("{header}\ns{code},c2,{own},{},{},{}\n", day(*on), said.0, said.1))
        }
        Step::Training { course, member: owner, due, completed } => (
            Kind::Trainings,
            format!(
                "course,member,due,completed\nt{course},{},{},{}\n",
                member(*owner),
                day(*due),
                completed.map(day).unwrap_or_default()
            ),
        ),
        Step::Score { member: owner, day: on, skill, score } => (
            Kind::Scores,
            format!(
                "member,rater,date,kind,score\n{},m1,{},{},{score}\n",
                member(*owner),
                day(*on),
                if *skill { "谈判" } else { "collaboration" }
            ),
        ),
        Step::Leave { member: owner, day: on } => {
            (Kind::Leaves, format!("member,from,to,kind\n{},{},,sick\n", member(*owner), day(*on)))
        }
        Step::Summary { member: owner, month, metric, amount } => (
            Kind::Summaries,
            format!(
                "member,month,metric,amount\n{},2026-0{month},{},{amount}\n",
                member(*owner),
                ["revenue", "collections", "new_customers", "visits"][usize::from(*metric)]
            ),
        ),
        Step::Seats { member: who, first, day: on } => (
            Kind::Employments,
            format!(
                "member,from,to,unit,position,share\n{0},{1},,N,,{first}%\n{0},{1},,S,,{2}%\n",
                member(*who),
                day(*on),
                100 - first
            ),
        ),
        Step::Move { member: who, unit, day: on } => (
            Kind::Members,
            format!(
                "member,name,unit,from\n{},x,{},{}\n",
                member(*who),
                ["N", "S"][usize::from(*unit)],
                day(*on)
            ),
        ),
        Step::Relocate { customer, region, day: on } => (
            Kind::Customers,
            format!(
                "customer,name,region,from\nc{},x,{},{}\n",
                customer + 1,
                ["北", "南", "西"][usize::from(*region)],
                day(*on)
            ),
        ),
        Step::Carry { customer, day: on } => {
            (Kind::Customers, format!("customer,name,first_order\nc{},x,{}\n", customer + 1, day(*on)))
        }
        Step::New { product, since } => {
            (Kind::Products, format!("product,name,new_since\np{},x,{}\n", product + 1, day(*since)))
        }
        Step::Undo { which } => {
            if let Some(import) = imports.get(usize::from(*which)) {
                let _ = undo(app, &operator(app), *import);
            }
            return;
        }
    };
    if let Some(import) = import_text(app, kind, &text).ok().filter(|outcome| outcome.problems.is_empty()) {
        imports.extend(import.import);
    }
}

#[test]
fn blocks_equal_a_recomputation_after_any_changes() {
    let mut runner = TestRunner::new_with_rng(
        ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    runner
        .run(&prop::collection::vec(step(), 1..25), |steps| {
            on_both(|app| {
                let mut imports = company(app);
                for step in &steps {
                    take(app, step, &mut imports);
                }
                assert_blocks_are_whole(app);
            });
            Ok(())
        })
        .unwrap();
}
