//! Attainment, 综合达成率 and changes against hand-computed vectors and an independent exact sum.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use dacheng_domain::Ratio;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{
    AttainmentSettings, Direction, Metric, RollUp, TargetForm, Unit, WeightedItem, attainment,
    attainment_over, change, composite, difference, gap, points, spring_festival_months,
};
use num_bigint::BigInt;
use proptest::prelude::*;

type BigRational = num_rational::Ratio<BigInt>;

fn settings() -> AttainmentSettings {
    AttainmentSettings::default()
}

fn higher(actual: i64, target: i64) -> Option<Ratio> {
    attainment(Ratio::whole(actual), target, Direction::Higher, &settings())
}

fn lower(actual: i64, target: i64) -> Option<Ratio> {
    attainment(Ratio::whole(actual), target, Direction::Lower, &settings())
}

fn ten_thousandths(value: i64) -> Option<Ratio> {
    Ratio::new(value, 10_000)
}

#[test]
fn higher_is_better_divides() {
    assert_eq!(higher(80, 100), ten_thousandths(8_000));
    assert_eq!(higher(7_996, 10_000), ten_thousandths(7_996));
    assert_eq!(higher(250, 100), ten_thousandths(25_000));
    assert_eq!(higher(-5, 100), ten_thousandths(-500));
    assert!(higher(799_999, 1_000_000).unwrap() < Ratio::percent(80));
    assert_eq!(higher(i64::MAX, i64::MAX), Some(Ratio::percent(100)));
}

#[test]
fn lower_is_better_mirrors_within_its_bounds() {
    for (actual, expected) in
        [(100, 10_000), (110, 9_000), (90, 11_000), (80, 12_000), (50, 12_000), (0, 12_000)]
    {
        assert_eq!(lower(actual, 100), ten_thousandths(expected), "{actual}");
    }
    assert_eq!((lower(200, 100), lower(900, 100)), (ten_thousandths(0), ten_thousandths(0)));
    let wider = AttainmentSettings { lower_at_most: Ratio::percent(150), ..settings() };
    let half = attainment(Ratio::whole(50), 100, Direction::Lower, &wider);
    assert_eq!(half, ten_thousandths(15_000));
}

#[test]
fn a_target_of_zero_has_no_attainment_unless_lower_is_better() {
    assert_eq!([higher(0, 0), higher(5, 0), higher(5, -100), lower(5, -100)], [None; 4]);
    assert_eq!((lower(0, 0), lower(1, 0)), (ten_thousandths(10_000), ten_thousandths(0)));
}

#[test]
fn a_measured_rate_is_compared_exactly() {
    let rate = |part: i64, of: i64| Ratio::new(part * 100 * Unit::Percent.per_whole(), of).unwrap();
    let sixty = attainment(rate(45, 75), 6_000, Direction::Higher, &settings());
    assert_eq!(sixty, Some(Ratio::percent(100)));
    let below = attainment(rate(1, 3), 3_334, Direction::Higher, &settings()).unwrap();
    assert!(below < Ratio::percent(100));
    assert_eq!(below.tenths_of_percent(), 1_000);
}

#[test]
fn several_periods_divide_sum_by_sum() {
    let over =
        |figures: &[(i64, i64)]| attainment_over(figures.iter().copied(), Direction::Higher, &settings());
    // 50 % of 100 and 100 % of 300: 350 of 400, not the mean of 75 %.
    assert_eq!(over(&[(50, 100), (300, 300)]), ten_thousandths(8_750));
    assert_eq!(over(&[(50, 0), (30, 100)]), ten_thousandths(8_000));
    assert_eq!((over(&[]), over(&[(5, 0)])), (None, None));
}

fn item(weight: u32, attainment: Option<Ratio>) -> WeightedItem {
    WeightedItem { weight, attainment }
}

#[test]
fn the_composite_of_the_contract_is_98_percent() {
    let items = [
        item(50, Some(Ratio::percent(110))),
        item(30, Some(Ratio::percent(90))),
        item(20, Some(Ratio::percent(80))),
    ];
    assert_eq!(composite(&items, &settings()), Some(Ratio::percent(98)));
}

#[test]
fn the_composite_caps_items_and_leaves_out_those_without_attainment() {
    let items = [item(50, Some(Ratio::percent(300))), item(25, Some(Ratio::percent(90))), item(25, None)];
    assert_eq!(composite(&items, &settings()), Some(Ratio::percent(110)));
    assert_eq!(composite(&[item(50, None)], &settings()), None);
    assert_eq!(composite(&[item(0, Some(Ratio::percent(90)))], &settings()), None);
    assert_eq!(composite(&[], &settings()), None);
}

#[test]
fn difference_and_gap_are_signed_as_the_contract_says() {
    assert_eq!((difference(80, 100), gap(80, 100, Direction::Higher)), (-20, 20));
    assert_eq!((difference(120, 100), gap(120, 100, Direction::Higher)), (20, 0));
    assert_eq!((gap(120, 100, Direction::Lower), gap(80, 100, Direction::Lower)), (20, 0));
}

#[test]
fn a_monthly_average_times_the_months_is_the_total() {
    assert_eq!(TargetForm::MonthlyAverage(8).total(3), Some(24));
    assert_eq!(TargetForm::MonthlyAverage(20).total(3), Some(60));
    assert_eq!(TargetForm::Total(500).total(3), Some(500));
    assert_eq!(TargetForm::MonthlyAverage(i64::MAX).total(2), None);
}

#[test]
fn growth_from_nothing_has_both_amounts_but_no_rate() {
    assert_eq!(change(150, Some(100)).rate, Some(Ratio::percent(50)));
    assert_eq!(change(50, Some(100)).rate, Some(Ratio::percent(-50)));
    for base in [None, Some(0), Some(-100)] {
        let change = change(150, base);
        assert_eq!((change.current, change.base, change.rate), (150, base, None));
    }
    assert_eq!(points(Ratio::percent(60), Ratio::percent(50)), Some(Ratio::percent(10)));
}

#[test]
fn january_and_february_are_compared_together() {
    let month = |number| Month::new(2026, number).unwrap();
    let both = Some([month(1), month(2)]);
    assert_eq!((spring_festival_months(month(1)), spring_festival_months(month(2))), (both, both));
    assert_eq!((3..=12).filter_map(|number| spring_festival_months(month(number))).count(), 0);
}

#[test]
fn every_metric_has_a_code_of_its_own_that_reads_back() {
    let codes: BTreeSet<&str> = Metric::ALL.iter().map(|metric| metric.code()).collect();
    assert_eq!(codes.len(), Metric::ALL.len());
    for metric in Metric::ALL {
        assert_eq!(metric.code().parse(), Ok(metric));
        assert_eq!(serde_json::to_string(&metric).unwrap(), format!("\"{metric}\""));
    }
    assert!("Revenue".parse::<Metric>().is_err());
}

#[test]
fn directions_and_pace_are_those_of_the_table() {
    let which = |wanted: fn(Metric) -> bool| {
        Metric::ALL.into_iter().filter(|metric| wanted(*metric)).map(Metric::code).collect::<Vec<_>>()
    };
    let low = which(|metric| metric.definition().direction == Direction::Lower);
    assert_eq!(low, ["sales_cycle_days", "complaint_rate"]);
    let paced = which(|metric| metric.definition().has_pace());
    assert_eq!(paced, ["revenue", "collections", "new_customers", "visits"]);
    let per_level = which(|metric| metric.definition().roll_up == RollUp::EachLevel);
    assert_eq!(per_level, ["repurchase_rate", "complaint_rate", "average_order"]);
}

fn exact(ratio: Ratio) -> BigRational {
    BigRational::new(BigInt::from(ratio.num()), BigInt::from(ratio.den()))
}

proptest! {
    #[test]
    fn the_composite_agrees_with_exact_fractions(
        items in proptest::collection::vec((1_u32..100, 0_i64..50_000_000_000, 1_i64..40_000_000_000), 1..9),
    ) {
        let weighted: Vec<WeightedItem> =
            items.iter().map(|(weight, actual, target)| item(*weight, higher(*actual, *target))).collect();
        let cap = exact(Ratio::percent(120));
        let (mut sum, mut weights) = (exact(Ratio::whole(0)), BigInt::ZERO);
        for (weight, actual, target) in items {
            let attained = BigRational::new(BigInt::from(actual), BigInt::from(target));
            sum += attained.min(cap.clone()) * BigInt::from(weight);
            weights += weight;
        }
        let expected = sum / weights;
        let found = exact(composite(&weighted, &settings()).unwrap());
        let lost = &expected - &found;
        let decimals = 10_i64.pow(15);
        prop_assert!(lost >= exact(Ratio::whole(0)) && lost < exact(Ratio::new(1, decimals).unwrap()));
        // Rounding down never moves it across a threshold with few decimals.
        let threshold = exact(Ratio::new(exact_floor(&expected), 10_000).unwrap());
        prop_assert!(found >= threshold);
    }

    #[test]
    fn less_is_never_worse_where_lower_is_better(target in 0_i64..1_000, actual in 0_i64..3_000, more in 0_i64..1_000) {
        let (better, worse) = (lower(actual, target).unwrap(), lower(actual + more, target).unwrap());
        prop_assert!(better >= worse);
        prop_assert!(worse >= Ratio::whole(0) && better <= Ratio::percent(120));
    }

    #[test]
    fn difference_and_gap_agree(actual in -1_000_i64..1_000, target in 0_i64..1_000) {
        prop_assert_eq!(gap(actual, target, Direction::Higher), (-difference(actual, target)).max(0));
    }
}

/// The value in ten-thousandths, rounded down.
fn exact_floor(value: &BigRational) -> i64 {
    i64::try_from((value * BigInt::from(10_000)).floor().to_integer()).unwrap()
}
