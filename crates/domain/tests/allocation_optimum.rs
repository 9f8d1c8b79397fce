//! The solver against exact rational solvers written differently: every active set tried, and clamp and redistribute.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Child, Exact, Refusal, Request, Unit, allocate};
use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

type Rational = Ratio<BigInt>;

fn rational(whole: i128) -> Rational {
    Rational::from_integer(whole.into())
}

fn zero() -> Rational {
    rational(0)
}

/// A child of the test's own: weight in thousandths, amounts in fen.
#[derive(Debug, Clone)]
struct Given {
    weight: i64,
    minimum: i64,
    maximum: Option<i64>,
    lock: Option<i64>,
}

impl Given {
    fn maximum(&self) -> Option<i128> {
        self.maximum.map(i128::from)
    }

    fn lock(&self) -> Option<i128> {
        self.lock.map(i128::from)
    }

    fn child(&self) -> Child {
        let weight: Exact = format!("{}.{:03}", self.weight / 1000, self.weight % 1000).parse().unwrap();
        Child { weight, minimum: Fen(self.minimum), maximum: self.maximum.map(Fen), lock: self.lock.map(Fen) }
    }
}

/// A share's ideal and its bounds, in units.
#[derive(Debug, Clone)]
struct Part {
    weight: Rational,
    least: Rational,
    most: Rational,
}

/// The optimum of Σ (x − w)² / w by trying every way of putting parts on a bound.
fn optimum_by_active_sets(units: &Rational, parts: &[Part]) -> Option<Vec<Rational>> {
    let all: Rational = parts.iter().map(|part| &part.weight).sum();
    let ideal: Vec<Rational> = parts.iter().map(|part| &part.weight / &all * units).collect();
    let mut best: Option<(Rational, Vec<Rational>)> = None;
    for mut code in 0..3_u32.pow(u32::try_from(parts.len()).unwrap()) {
        let mut places = Vec::new();
        for _ in parts {
            places.push(code % 3);
            code /= 3;
        }
        let on_bounds: Rational = (parts.iter().zip(&places))
            .map(|(part, place)| match place {
                0 => part.least.clone(),
                1 => part.most.clone(),
                _ => zero(),
            })
            .sum();
        let inside: Rational =
            parts.iter().zip(&places).filter(|(_, place)| **place == 2).map(|(part, _)| &part.weight).sum();
        let shares: Vec<Rational> = (parts.iter().zip(&places))
            .map(|(part, place)| match place {
                0 => part.least.clone(),
                1 => part.most.clone(),
                _ => (units - &on_bounds) * &part.weight / &inside,
            })
            .collect();
        let sums = shares.iter().sum::<Rational>() == *units;
        if !sums || shares.iter().zip(parts).any(|(share, part)| *share < part.least || *share > part.most) {
            continue;
        }
        let cost = (shares.iter().zip(&ideal))
            .map(|(share, ideal)| if *ideal == zero() { zero() } else { (share - ideal).pow(2) / ideal })
            .sum();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, shares));
        }
    }
    best.map(|(_, shares)| shares)
}

/// The same by clamping the side that is violated more and redistributing.
fn optimum_by_clamping(units: &Rational, parts: &[Part]) -> Option<Vec<Rational>> {
    let mut settled: Vec<Option<Rational>> = vec![None; parts.len()];
    loop {
        let open: Vec<usize> = (0..parts.len()).filter(|&at| settled[at].is_none()).collect();
        let left = units - settled.iter().flatten().sum::<Rational>();
        if open.is_empty() {
            return (left == zero()).then(|| settled.into_iter().flatten().collect());
        }
        let weights: Rational = open.iter().map(|&at| &parts[at].weight).sum();
        let share = |at: usize| &left * &parts[at].weight / &weights;
        let below: Vec<usize> = open.iter().copied().filter(|&at| share(at) < parts[at].least).collect();
        let above: Vec<usize> = open.iter().copied().filter(|&at| share(at) > parts[at].most).collect();
        let missing: Rational = below.iter().map(|&at| &parts[at].least - share(at)).sum();
        let excess: Rational = above.iter().map(|&at| share(at) - &parts[at].most).sum();
        if below.is_empty() && above.is_empty() {
            let shares: Vec<Rational> = open.iter().map(|&at| share(at)).collect();
            for (at, share) in open.into_iter().zip(shares) {
                settled[at] = Some(share);
            }
            return Some(settled.into_iter().flatten().collect());
        }
        if missing >= excess {
            for &at in &below {
                settled[at] = Some(parts[at].least.clone());
            }
        }
        if excess >= missing {
            for &at in &above {
                settled[at] = Some(parts[at].most.clone());
            }
        }
    }
}

/// Largest remainder, ties to the earlier.
fn round(units: i128, shares: &[Rational]) -> Vec<i128> {
    let mut whole: Vec<i128> =
        shares.iter().map(|share| i128::try_from(share.floor().to_integer()).unwrap()).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&at| shares[at].floor() - &shares[at]);
    let missing = units - whole.iter().sum::<i128>();
    for &at in order.iter().take(usize::try_from(missing).unwrap()) {
        whole[at] += 1;
    }
    whole
}

type Optimum = fn(&Rational, &[Part]) -> Option<Vec<Rational>>;

/// The children in whole units; those without a weight share evenly.
fn parts(given: &[Given], unit: i128, units: i128) -> Vec<Part> {
    let part = |child: &Given| Part {
        weight: rational(child.weight.max(1).into()),
        least: rational((i128::from(child.minimum) + unit - 1) / unit),
        most: rational(child.maximum().map_or(units + 1, |most| most / unit)),
    };
    given.iter().map(part).collect()
}

/// The whole of `domain.md` §4 for a positive unit; `None` where there is no answer.
fn expected(total: i128, unit: i128, given: &[Given], optimum: Optimum) -> Option<Vec<i128>> {
    let outside = |child: &Given, value: i128| {
        value < i128::from(child.minimum) || child.maximum().is_some_and(|most| value > most)
    };
    if given.iter().any(|child| child.lock().is_some_and(|lock| outside(child, lock))) {
        return None;
    }
    let left = total - given.iter().filter_map(Given::lock).sum::<i128>();
    if left < 0 {
        return None;
    }
    let units = left / unit;
    let least = |child: &Given| (i128::from(child.minimum) + unit - 1) / unit;
    let most = |child: &Given| child.maximum().map_or(units + 1, |most| most / unit);
    let free: Vec<usize> = (0..given.len()).filter(|&at| given[at].lock().is_none()).collect();
    if free.iter().any(|&at| least(&given[at]) > most(&given[at])) {
        return None;
    }
    let (weighed, weightless): (Vec<usize>, Vec<usize>) = free.iter().partition(|&&at| given[at].weight > 0);
    let minima: i128 = weightless.iter().map(|&at| least(&given[at])).sum();
    let maxima: i128 = weighed.iter().map(|&at| most(&given[at])).sum();
    let to_weighed = (units - minima).min(maxima);
    let mut values: Vec<i128> = given.iter().map(|child| child.lock().unwrap_or(0)).collect();
    for (group, units) in [(&weighed, to_weighed), (&weightless, units - to_weighed)] {
        let group_given: Vec<Given> = group.iter().map(|&at| given[at].clone()).collect();
        let parts = parts(&group_given, unit, units);
        let fits = parts.iter().map(|part| &part.least).sum::<Rational>() <= rational(units)
            && rational(units) <= parts.iter().map(|part| &part.most).sum::<Rational>();
        let shares = if fits { round(units, &optimum(&rational(units), &parts)?) } else { return None };
        group.iter().zip(shares).for_each(|(&at, share)| values[at] = share * unit);
    }
    let odd = left % unit;
    if odd > 0 {
        let room = |at: &usize| given[*at].maximum().is_none_or(|most| values[*at] + odd <= most);
        let carrier = weighed.into_iter().chain(weightless).find(room)?;
        values[carrier] += odd;
    }
    Some(values)
}

fn check(total: i64, unit: i64, given: &[Given], optimum: Optimum) -> Result<(), TestCaseError> {
    let request = Request {
        total: Fen(total),
        buffer: Exact::from(1),
        unit: Unit::new(Fen(unit)).unwrap(),
        children: given.iter().map(Given::child).collect(),
    };
    let answer = allocate(&request);
    prop_assert_eq!(&answer, &allocate(&request), "the same question has the same answer");
    if let Some(values) = expected(total.into(), unit.into(), given, optimum) {
        let answer =
            answer.map(|answer| answer.values.iter().map(|value| value.0.into()).collect::<Vec<i128>>());
        prop_assert_eq!(answer, Ok(values));
    } else {
        let Err(Refusal::Infeasible(infeasible)) = answer else {
            return Err(TestCaseError::fail(format!("no answer exists, but {answer:?}")));
        };
        prop_assert!(infeasible.short > Fen::ZERO);
        prop_assert!(!infeasible.conflicts.is_empty() || given.is_empty());
    }
    Ok(())
}

/// Children whose bounds mostly admit an answer and often bind; one in ten is locked.
fn given(largest: i64) -> impl Strategy<Value = Given> {
    let weight = prop_oneof![1 => Just(0_i64), 3 => 1..6_i64, 2 => 1..100_000_i64];
    let minimum = prop_oneof![2 => Just(0_i64), 1 => 0..largest / 4];
    let maximum = prop_oneof![1 => Just(None), 1 => (largest / 4..largest).prop_map(Some)];
    let free = (weight, minimum, maximum).prop_map(|(weight, minimum, maximum)| Given {
        weight,
        minimum,
        maximum,
        lock: None,
    });
    let odd = (0..largest, 0..largest, 0..largest).prop_map(|(minimum, maximum, lock)| Given {
        weight: 1,
        minimum: minimum / 8,
        maximum: Some(maximum),
        lock: (lock % 3 > 0).then_some(lock / 3),
    });
    prop_oneof![9 => free, 1 => odd]
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_261_123),
        failure_persistence: None,
        ..Default::default()
    }
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn a_small_allocation_is_the_rounded_optimum_over_all_active_sets(
        total in 0..300_i64, unit in prop_oneof![Just(1_i64), 2..20_i64], given in prop::collection::vec(given(150), 0..5),
    ) {
        check(total, unit, &given, optimum_by_active_sets)?;
    }
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn a_larger_allocation_is_the_rounded_optimum_of_clamp_and_redistribute(
        total in 0..1_000_000_i64,
        unit in prop_oneof![Just(1_i64), 2..1_000_i64],
        given in prop::collection::vec(given(120_000), 5..30),
    ) {
        check(total, unit, &given, optimum_by_clamping)?;
    }

    #[test]
    fn amounts_that_need_long_numbers_are_the_rounded_optimum_too(
        total in 0..i64::MAX,
        unit in prop_oneof![Just(1_i64), 2..1_000_i64],
        given in prop::collection::vec(given(i64::MAX / 8), 1..8),
    ) {
        let given: Vec<Given> =
            given.into_iter().map(|child| Given { weight: child.weight.saturating_mul(1 << 44), ..child }).collect();
        check(total, unit, &given, optimum_by_clamping)?;
    }

    #[test]
    fn the_order_of_the_children_decides_ties_only(
        units in 0..400_i64, unit in 1..50_i64, given in prop::collection::vec(given(4_000), 2..12),
    ) {
        let given: Vec<Given> =
            given.into_iter().map(|child| Given { weight: child.weight % 4 + 1, lock: None, ..child }).collect();
        let shares = |given: &[Given]| {
            let children = given.iter().map(Given::child).collect();
            let total = Fen(units * unit);
            let unit = Unit::new(Fen(unit)).unwrap();
            allocate(&Request { total, buffer: Exact::from(1), unit, children })
        };
        let turned: Vec<Given> = given.iter().rev().cloned().collect();
        let (Ok(straight), Ok(turned)) = (shares(&given), shares(&turned)) else { return Ok(()) };
        let optimum = optimum_by_clamping(&rational(units.into()), &parts(&given, unit.into(), units.into())).unwrap();
        let differing = straight.values.iter().zip(turned.values.iter().rev()).zip(optimum).filter(|((a, b), _)| a != b);
        let fractions: Vec<Rational> = differing.map(|(_, share)| share.fract()).collect();
        prop_assert!(fractions.windows(2).all(|pair| pair[0] == pair[1]), "{:?}", fractions);
    }
}
