//! Scenarios: growth, distance, load and the assumption about pay.

use dacheng_domain::Ratio;
use dacheng_domain::planning::State;
use dacheng_domain::planning::scenario::{Apart, Growth, Leavers, Locks, PayAssumption, Settlement, load};
use proptest::prelude::*;

#[test]
fn growth_is_between_losing_everything_and_eleven_times_as_much() {
    assert_eq!(Growth::new(-10_001), None);
    assert_eq!(Growth::new(100_001), None);
    assert_eq!(Growth::new(-10_000).and_then(|own| own.of(7)), Some(0));
    assert_eq!(Growth::new(100_000).and_then(|own| own.of(7)), Some(77));
    assert_eq!(Growth::new(1).and_then(|own| own.of(i64::MAX)), None);
}

#[test]
fn a_scenario_is_compared_with_the_first_one() {
    let apart = Apart::of(540, 500);
    assert_eq!((apart.amount, apart.rate), (40, Some(Ratio::percent(8))));
    assert_eq!(Apart::of(450, 500).rate, Some(Ratio::percent(-10)));
    assert_eq!(Apart::of(450, 0).rate, None);
}

#[test]
fn people_who_carry_nothing_have_no_load() {
    assert_eq!(load(120, 100), Some(Ratio::percent(120)));
    assert_eq!(load(120, 0), None);
}

#[test]
fn pay_has_two_rates_of_at_most_everything() {
    assert_eq!(PayAssumption::new(-1, 0), None);
    assert_eq!(PayAssumption::new(0, 10_001), None);
    let pay = PayAssumption::new(150, 300).unwrap();
    assert_eq!((pay.rate(), pay.beyond()), (150, 300));
    assert_eq!(pay.cost(-5, 100), 0, "returns cost no pay");
    // 1.5 % of 33 fen is 0.495, of 34 is 0.51.
    assert_eq!((pay.cost(33, 100), pay.cost(34, 100)), (0, 1));
}

#[test]
fn words_are_read_back() {
    for own in Leavers::ALL {
        assert_eq!(own.word().parse(), Ok(*own));
    }
    for own in Locks::ALL {
        assert_eq!(own.word().parse(), Ok(*own));
    }
    for own in Settlement::ALL {
        assert_eq!(own.word().parse(), Ok(*own));
    }
    assert!("nobody".parse::<Settlement>().is_err());
}

#[test]
fn only_what_never_came_into_force_comes_back() {
    for was in [State::Draft, State::Review] {
        assert_eq!(State::Archived.restore(Some(was)), Ok(State::Draft));
    }
    for was in [None, Some(State::InForce), Some(State::Archived)] {
        assert!(State::Archived.restore(was).is_err(), "{was:?}");
    }
    for from in [State::Draft, State::Review, State::InForce] {
        assert!(from.restore(Some(State::Draft)).is_err(), "{from:?}");
    }
}

proptest! {
    #[test]
    fn growth_is_within_half_a_fen_of_the_exact_amount(amount in 0_i64..1_000_000_000_000, rate in -10_000_i64..100_000) {
        let grown = Growth::new(rate).unwrap().of(amount).unwrap();
        let exact = i128::from(amount) * i128::from(10_000 + rate);
        prop_assert!((i128::from(grown) * 10_000 - exact).abs() * 2 <= 10_000);
    }

    #[test]
    fn more_attained_never_costs_less(
        target in 0_i64..1_000_000_000, low in 0_i64..2_000_000_000, more in 0_i64..1_000_000_000,
        rate in 0_i64..=10_000, beyond in 0_i64..=10_000,
    ) {
        let pay = PayAssumption::new(rate, beyond).unwrap();
        prop_assert!(pay.cost(low, target) <= pay.cost(low + more, target));
    }

    #[test]
    fn with_one_rate_the_target_does_not_matter_by_more_than_a_fen(
        one in 0_i64..1_000_000_000, other in 0_i64..1_000_000_000, attained in 0_i64..2_000_000_000, rate in 0_i64..=10_000,
    ) {
        let pay = PayAssumption::new(rate, rate).unwrap();
        prop_assert!((pay.cost(attained, one) - pay.cost(attained, other)).abs() <= 1);
    }
}
