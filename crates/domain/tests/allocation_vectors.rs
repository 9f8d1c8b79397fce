//! The worked examples of `domain.md` §4 and the corners of its definition, by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::Fen;
use dacheng_domain::allocation::{
    Allocation, Cause, Child, Conflict, Constraint, Exact, Infeasible, Refusal, Remainder, Request, Side,
    Unit, allocate,
};

/// Whole yuan.
fn yuan(amount: i64) -> Fen {
    Fen(amount * 100)
}

fn weighing(weight: &str) -> Child {
    Child::weighing(weight.parse::<Exact>().unwrap())
}

fn request(total: i64, unit: i64, children: Vec<Child>) -> Request {
    Request { total: yuan(total), buffer: Exact::from(1), unit: Unit::new(yuan(unit)).unwrap(), children }
}

/// What each child receives, in whole yuan.
fn values(allocation: &Allocation) -> Vec<i64> {
    assert!(allocation.values.iter().all(|value| value.0 % 100 == 0), "{allocation:?}");
    allocation.values.iter().map(|value| value.0 / 100).collect()
}

fn solved(request: &Request) -> Vec<i64> {
    values(&allocate(request).unwrap())
}

fn infeasible(request: &Request) -> Infeasible {
    match allocate(request) {
        Err(Refusal::Infeasible(infeasible)) => infeasible,
        other => panic!("{other:?}"),
    }
}

fn minimum(child: usize, amount: i64) -> Conflict {
    Conflict { child, constraint: Constraint::Minimum, value: yuan(amount) }
}

fn maximum(child: usize, amount: i64) -> Conflict {
    Conflict { child, constraint: Constraint::Maximum, value: yuan(amount) }
}

fn lock(child: usize, amount: i64) -> Conflict {
    Conflict { child, constraint: Constraint::Lock, value: yuan(amount) }
}

#[test]
fn five_million_in_proportion_5_3_2_with_the_third_locked() {
    let third = Child { lock: Some(yuan(1_200_000)), ..weighing("2") };
    let request = request(5_000_000, 10_000, vec![weighing("5"), weighing("3"), third]);
    assert_eq!(solved(&request), [2_380_000, 1_420_000, 1_200_000]);
}

#[test]
fn what_a_bound_takes_or_gives_is_shared_by_the_others() {
    let equal = |first: Child| vec![first, weighing("1"), weighing("1")];
    let capped = Child { maximum: Some(yuan(20)), ..weighing("1") };
    assert_eq!(solved(&request(100, 1, equal(capped))), [20, 40, 40]);
    let raised = Child { minimum: yuan(50), ..weighing("1") };
    assert_eq!(solved(&request(100, 1, equal(raised))), [50, 25, 25]);
}

#[test]
fn fen_and_customers_go_to_the_earlier_child() {
    let equal = vec![weighing("1"), weighing("1"), weighing("1")];
    let million = Request { unit: Unit::FEN, ..request(1_000_000, 1, equal.clone()) };
    let fen = allocate(&million).unwrap();
    assert_eq!(
        fen.values.iter().map(Fen::to_string).collect::<Vec<_>>(),
        ["333333.34", "333333.33", "333333.33"]
    );
    assert_eq!(solved(&request(100, 1, equal)), [34, 33, 33]);
}

#[test]
fn the_continuous_optimum_counts_not_the_integer_optimum() {
    // x = 2.4, 2.4, 0.2 rounds to 3, 2, 0; the sum of squares over whole numbers would tolerate other answers.
    assert_eq!(solved(&request(5, 1, vec![weighing("12"), weighing("12"), weighing("1")])), [3, 2, 0]);
}

#[test]
fn minima_and_maxima_are_settled_together() {
    // Equal shares of 25: the minimum of 70 asks for 45 more than its share, the maximum of 10 gives 15 back.
    let children = vec![
        Child { minimum: yuan(70), ..weighing("1") },
        Child { maximum: Some(yuan(10)), ..weighing("1") },
        weighing("1"),
        weighing("1"),
    ];
    assert_eq!(solved(&request(100, 1, children)), [70, 10, 10, 10]);
}

#[test]
fn the_odd_part_goes_to_the_earliest_child_with_room_and_is_named() {
    let full = Child { maximum: Some(yuan(20)), ..weighing("5") };
    let request = Request { total: Fen(10_345), ..request(0, 10, vec![full, weighing("1"), weighing("3")]) };
    let allocation = allocate(&request).unwrap();
    assert_eq!(allocation.values, [Fen(2_000), Fen(2_345), Fen(6_000)]);
    assert_eq!(allocation.remainder, Some(Remainder { child: 1, amount: Fen(345) }));
}

#[test]
fn room_for_the_odd_part_is_measured_on_the_maximum_as_given() {
    let nearly_full = Child { maximum: Some(yuan(25)), ..weighing("1") };
    let allocation = allocate(&request(45, 10, vec![nearly_full.clone(), weighing("1")])).unwrap();
    assert_eq!(values(&allocation), [25, 20]);
    assert_eq!(values(&allocate(&request(25, 10, vec![nearly_full])).unwrap()), [25]);
}

#[test]
fn an_odd_lock_makes_an_odd_part() {
    let locked = Child { lock: Some(Fen(123)), ..weighing("0") };
    let allocation = allocate(&request(100, 10, vec![locked, weighing("1"), weighing("1")])).unwrap();
    assert_eq!(allocation.values, [Fen(123), Fen(5_877), Fen(4_000)]);
    assert_eq!(allocation.remainder, Some(Remainder { child: 1, amount: Fen(877) }));
}

#[test]
fn a_unit_above_the_total_leaves_all_of_it_to_the_first_child() {
    let allocation = allocate(&request(7, 10, vec![weighing("1"), weighing("9")])).unwrap();
    assert_eq!(values(&allocation), [7, 0]);
    assert_eq!(allocation.remainder, Some(Remainder { child: 0, amount: yuan(7) }));
}

#[test]
fn weight_zero_receives_its_minimum_only() {
    let floor = Child { minimum: yuan(15), ..weighing("0") };
    let children = vec![weighing("0.0"), floor, weighing("1"), weighing("3")];
    assert_eq!(solved(&request(100, 10, children.clone())), [0, 20, 20, 60]);
    let odd = allocate(&request(103, 10, children)).unwrap();
    assert_eq!(odd.remainder, Some(Remainder { child: 2, amount: yuan(3) }));
}

#[test]
fn weight_zero_shares_evenly_what_the_others_cannot_take() {
    let capped = Child { maximum: Some(yuan(20)), ..weighing("3") };
    let floor = Child { minimum: yuan(60), ..weighing("0") };
    let children = vec![weighing("0"), capped, weighing("0"), floor];
    assert_eq!(solved(&request(101, 1, children.clone())), [11, 20, 10, 60]);
    let odd = allocate(&request(119, 10, children)).unwrap();
    assert_eq!(values(&odd), [29, 20, 10, 60]);
    assert_eq!(odd.remainder, Some(Remainder { child: 0, amount: yuan(9) }));
}

#[test]
fn all_weights_zero_share_evenly() {
    assert_eq!(solved(&request(100, 1, vec![weighing("0"), weighing("0"), weighing("0")])), [34, 33, 33]);
}

#[test]
fn nothing_is_divided_into_nothing() {
    assert_eq!(solved(&request(0, 10, vec![weighing("1"), weighing("0")])), [0, 0]);
    assert_eq!(allocate(&request(0, 10, vec![])), Ok(Allocation { values: vec![], remainder: None }));
}

#[test]
fn locks_that_meet_the_total_are_an_answer() {
    let locked = |amount| Child { lock: Some(yuan(amount)), ..weighing("1") };
    assert_eq!(solved(&request(100, 30, vec![locked(33), locked(67)])), [33, 67]);
    assert_eq!(solved(&request(100, 30, vec![locked(33), weighing("1"), locked(67)])), [33, 0, 67]);
}

#[test]
fn a_buffer_is_given_to_the_children_on_top() {
    let children = vec![weighing("1"), weighing("1"), weighing("1")];
    let plain = request(100, 1, children);
    assert_eq!(solved(&Request { buffer: "1.05".parse().unwrap(), ..plain.clone() }), [35, 35, 35]);
    // 100.00 × 1.00005 = 100.005, half away from zero.
    let odd = allocate(&Request { buffer: "1.00005".parse().unwrap(), ..plain }).unwrap();
    assert_eq!(odd.values, [Fen(3_401), yuan(33), yuan(33)]);
}

#[test]
fn weights_are_exact_however_many_decimals_they_have() {
    let close = |last: char| format!("0.{}{last}", "3".repeat(59));
    // One part in 10^60 decides who gets the odd fen.
    let children = |first: &str, second: &str| vec![weighing(first), weighing(second)];
    assert_eq!(solved(&request(1, 1, children(&close('3'), &close('4')))), [0, 1]);
    assert_eq!(solved(&request(1, 1, children(&close('4'), &close('3')))), [1, 0]);
    assert_eq!(solved(&request(10, 1, children("1e-150", "4e-150"))), [2, 8]);
    assert_eq!(solved(&request(10, 1, children("1e150", "1e-150"))), [10, 0]);
}

#[test]
fn amounts_at_the_end_of_the_scale_are_exact() {
    let all = Request { total: Fen(i64::MAX), unit: Unit::FEN, ..request(0, 1, vec![]) };
    let huge = Child { maximum: Some(Fen(i64::MAX)), ..Child::weighing(u64::MAX) };
    let halves = allocate(&Request { children: vec![huge.clone(), huge.clone()], ..all.clone() }).unwrap();
    assert_eq!(halves.values, [Fen(i64::MAX / 2 + 1), Fen(i64::MAX / 2)]);
    let floors = Child { minimum: Fen(i64::MAX), ..huge };
    let over = Request { children: vec![floors.clone(), floors.clone(), floors], ..all.clone() };
    assert_eq!(allocate(&over), Err(Refusal::TooLarge));
    assert_eq!(allocate(&Request { buffer: "1.5".parse().unwrap(), ..all }), Err(Refusal::TooLarge));
}

#[test]
fn maxima_that_fall_short_are_named_with_the_gap() {
    // 锁定后剩 12.4 万,3 人上限合计 9 万,差 3.4 万
    let capped = Child { maximum: Some(yuan(30_000)), ..weighing("1") };
    let locked = Child { lock: Some(yuan(76_000)), ..weighing("1") };
    let question = request(200_000, 10_000, vec![locked, capped.clone(), capped.clone(), capped]);
    let answer = infeasible(&question);
    assert_eq!(answer.cause, Cause::MaximumsFallShort);
    assert_eq!(answer.cause.side(), Side::Under);
    assert_eq!(answer.total - answer.locks, yuan(124_000));
    assert_eq!((answer.bounds, answer.short), (yuan(90_000), yuan(34_000)));
    assert_eq!(answer.conflicts, [maximum(1, 30_000), maximum(2, 30_000), maximum(3, 30_000)]);
}

#[test]
fn an_odd_part_without_room_is_short_by_itself() {
    let capped = |most| Child { maximum: Some(yuan(most)), ..weighing("1") };
    let answer = infeasible(&request(47, 10, vec![capped(20), capped(26)]));
    assert_eq!((answer.cause, answer.bounds, answer.short), (Cause::MaximumsFallShort, yuan(40), yuan(7)));
    assert_eq!(answer.conflicts, [maximum(0, 20), maximum(1, 26)]);
}

#[test]
fn minima_above_what_the_locks_leave_are_named_with_the_excess() {
    let floor = |least| Child { minimum: yuan(least), ..weighing("1") };
    let locked = Child { lock: Some(yuan(50)), ..weighing("1") };
    let answer = infeasible(&request(100, 10, vec![locked, floor(35), weighing("1"), floor(15)]));
    assert_eq!((answer.cause, answer.cause.side()), (Cause::MinimumsExceed, Side::Over));
    assert_eq!((answer.bounds, answer.short), (yuan(60), yuan(10)));
    assert_eq!(answer.conflicts, [minimum(1, 35), minimum(3, 15)]);
}

#[test]
fn locks_above_the_total_are_named_with_the_minima_that_come_on_top() {
    let locked = |amount| Child { lock: Some(yuan(amount)), ..weighing("1") };
    let floor = Child { minimum: yuan(5), ..weighing("1") };
    let answer = infeasible(&request(100, 1, vec![locked(80), locked(0), floor, locked(30), weighing("1")]));
    assert_eq!((answer.cause, answer.locks), (Cause::LocksExceed, yuan(110)));
    assert_eq!((answer.bounds, answer.short), (yuan(5), yuan(15)));
    assert_eq!(answer.conflicts, [lock(0, 80), minimum(2, 5), lock(3, 30)]);
}

#[test]
fn locks_alone_that_miss_the_total_are_named() {
    let locked = |amount| Child { lock: Some(yuan(amount)), ..weighing("1") };
    let answer = infeasible(&request(100, 10, vec![locked(60), locked(37)]));
    assert_eq!((answer.cause, answer.short), (Cause::LocksFallShort, yuan(3)));
    assert_eq!(answer.conflicts, [lock(0, 60), lock(1, 37)]);
    let nobody = infeasible(&request(100, 10, vec![]));
    assert_eq!((nobody.cause, nobody.short, nobody.conflicts), (Cause::LocksFallShort, yuan(100), vec![]));
}

#[test]
fn a_child_whose_own_constraints_contradict_each_other_is_named() {
    let children = vec![
        Child { minimum: yuan(12), maximum: Some(yuan(18)), ..weighing("1") },
        weighing("1"),
        Child { minimum: yuan(50), lock: Some(yuan(40)), ..weighing("1") },
        Child { maximum: Some(yuan(50)), lock: Some(yuan(55)), ..weighing("1") },
    ];
    let answer = infeasible(&request(1_000, 10, children));
    assert_eq!((answer.cause, answer.short), (Cause::OwnBounds, yuan(10 + 10 + 5)));
    let conflicts =
        [minimum(0, 12), maximum(0, 18), minimum(2, 50), lock(2, 40), maximum(3, 50), lock(3, 55)];
    assert_eq!(answer.conflicts, conflicts);
}

#[test]
fn amounts_below_zero_are_refused() {
    assert_eq!(allocate(&request(-1, 1, vec![weighing("1")])), Err(Refusal::NegativeTotal(yuan(-1))));
    for (child, conflict) in [
        (Child { minimum: yuan(-1), ..weighing("1") }, minimum(1, -1)),
        (Child { maximum: Some(yuan(-1)), ..weighing("1") }, maximum(1, -1)),
        (Child { lock: Some(yuan(-1)), ..weighing("1") }, lock(1, -1)),
    ] {
        let answer = allocate(&request(10, 1, vec![weighing("1"), child]));
        assert_eq!(answer, Err(Refusal::Negative(conflict)));
    }
    assert_eq!([Fen(0), Fen(-1)].map(Unit::new), [None, None]);
}
