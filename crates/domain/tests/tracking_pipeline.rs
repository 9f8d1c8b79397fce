//! What open opportunities are worth to a period, and why others are not.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::row::OpportunityRow;
use dacheng_domain::facts::silence::Silence;
use dacheng_domain::facts::state::Outcome;
use dacheng_domain::facts::value::Code;
use dacheng_domain::tracking::pipeline::{
    Coverage, ENOUGH, Learned, Left, NotSettled, Origin, PipelineSettings, PipelineVersion, Weights, Won,
    coverage, decided,
};
use dacheng_domain::{Fen, Ratio};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 23);
const NOVEMBER: (Date, Date) = (date(2026, 11, 1), date(2026, 11, 30));

fn row() -> OpportunityRow {
    OpportunityRow {
        opportunity: Code::read("OP1").unwrap(),
        customer: None,
        member: Code::read("007").unwrap(),
        opened: date(2026, 10, 1),
        stage: Some("报价".to_owned()),
        amount: Some(Fen(10_000_001)),
        expected: Some(date(2026, 11, 28)),
        closed: None,
        outcome: Outcome::Open,
        active: Some(date(2026, 11, 16)),
        probability: None,
    }
}

fn settled(stages: &[(&str, i64)]) -> PipelineVersion {
    PipelineVersion {
        version: 0,
        valid_from: Month::new(2026, 1).unwrap(),
        red_below: Ratio::whole(3),
        stages: stages.iter().map(|(stage, parts)| ((*stage).to_owned(), *parts)).collect(),
    }
}

fn learned(stage: &str, won: u32, lost: u32) -> Learned {
    let mut learned = Learned::default();
    (0..won).for_each(|_| learned.add([stage], Won::Yes));
    (0..lost).for_each(|_| learned.add([stage], Won::No));
    learned
}

#[test]
fn its_own_chance_is_taken_before_what_is_settled_and_that_before_the_history() {
    let (settled, learned) = (settled(&[("报价", 4_000)]), learned("报价", 15, 5));
    let weights = Weights { settled: &settled, learned: &learned, silence: &Silence::default() };
    let weigh = |row: &OpportunityRow| weights.weigh(row, NOVEMBER, TODAY).unwrap();
    let own = weigh(&OpportunityRow { probability: Some(6_250), ..row() });
    assert_eq!((own.weight.origin, own.weighted), (Origin::Own, Fen(6_250_001)));
    assert_eq!((weigh(&row()).weight.origin, weigh(&row()).weighted), (Origin::Settled, Fen(4_000_000)));
    let other = OpportunityRow { stage: Some("线索".to_owned()), ..row() };
    assert_eq!(weigh(&other).weight.origin, Origin::All { decided: 20 });
    let bare = settled_nothing();
    let weights = Weights { settled: &bare, learned: &learned, silence: &Silence::default() };
    let found = weights.weigh(&row(), NOVEMBER, TODAY).unwrap();
    assert_eq!((found.weight.parts, found.weight.origin), (7_500, Origin::Stage { decided: 20 }));
}

fn settled_nothing() -> PipelineVersion {
    settled(&[])
}

#[test]
fn too_few_decided_ones_say_nothing() {
    let (settled, few) = (settled(&[]), learned("报价", ENOUGH - 1, 0));
    let weights = Weights { settled: &settled, learned: &few, silence: &Silence::default() };
    assert_eq!(weights.weigh(&row(), NOVEMBER, TODAY), Err(Left::NoWeight));
}

#[test]
fn each_reason_for_not_counting_is_named() {
    let (settled, learned) = (settled(&[("报价", 5_000)]), Learned::default());
    let weights = Weights { settled: &settled, learned: &learned, silence: &Silence::default() };
    let left = |row: OpportunityRow| weights.weigh(&row, NOVEMBER, TODAY).unwrap_err();
    // Silent through the ninetieth day, lost on the day after.
    let heard = |day| OpportunityRow { opened: date(2026, 5, 1), active: Some(day), ..row() };
    assert_eq!(left(heard(date(2026, 8, 24))), Left::Silent);
    assert!(weights.weigh(&heard(date(2026, 8, 25)), NOVEMBER, TODAY).is_ok());
    assert_eq!(left(OpportunityRow { amount: None, ..row() }), Left::NoAmount);
    assert_eq!(left(OpportunityRow { expected: None, ..row() }), Left::NoDate);
    assert_eq!(left(OpportunityRow { expected: Some(date(2026, 10, 31)), ..row() }), Left::Before);
    assert_eq!(left(OpportunityRow { expected: Some(date(2026, 12, 1)), ..row() }), Left::After);
    let late = OpportunityRow { expected: Some(date(2026, 11, 20)), ..row() };
    assert!(weights.weigh(&late, NOVEMBER, TODAY).unwrap().overdue);
    assert_eq!(decided(&heard(date(2026, 8, 24)), &Silence::default(), TODAY), Some(Won::No));
    assert_eq!(decided(&row(), &Silence::default(), TODAY), None);
}

#[test]
fn three_times_is_not_red_and_a_hair_below_is() {
    let limit = Ratio::whole(3);
    let found = |weighted| coverage(weighted, Some(1_000), 0);
    assert!(!found(3_000).is_short(limit) && found(2_999).is_short(limit));
    assert!(!Coverage::NoGap.is_short(limit) && !Coverage::NoTarget.is_short(limit));
    assert_eq!((Coverage::NoGap.gap(), Coverage::NoTarget.gap()), (Some(0), None));
    assert!(coverage(0, Some(1), 0).is_short(limit));
}

#[test]
fn settings_are_versions_from_a_month_on() {
    let mut all = PipelineSettings::default();
    let month = |number| Month::new(2026, number).unwrap();
    assert_eq!(all.at(month(5)).red_below, Ratio::whole(3));
    let first = PipelineVersion { valid_from: month(6), red_below: Ratio::whole(4), ..settled(&[]) };
    assert_eq!(all.add(first.clone()).unwrap().version, 1);
    assert_eq!(all.add(first.clone()), Err(NotSettled::BeforeAnother(month(6))));
    let wrong = PipelineVersion { valid_from: month(7), ..settled(&[("报价", 10_001)]) };
    assert_eq!(all.add(wrong), Err(NotSettled::Weight));
    let wrong = PipelineVersion { valid_from: month(7), red_below: Ratio::whole(0), ..first };
    assert_eq!(all.add(wrong), Err(NotSettled::Limit));
    assert_eq!(all.at(month(5)).red_below, Ratio::whole(3));
    assert_eq!((all.at(month(6)).red_below, all.at(month(12)).version), (Ratio::whole(4), 1));
}

proptest! {
    #[test]
    fn what_counts_is_at_most_the_amount_and_grows_with_the_chance(
        amount in 0_i64..10_000_000_000, one in 0_i64..=10_000, other in 0_i64..=10_000,
    ) {
        let (settled, learned) = (settled(&[]), Learned::default());
        let weights = Weights { settled: &settled, learned: &learned, silence: &Silence::default() };
        let worth = |parts: i64| {
            let row = OpportunityRow { amount: Some(Fen(amount)), probability: Some(parts), ..row() };
            weights.weigh(&row, NOVEMBER, TODAY).unwrap().weighted.0
        };
        prop_assert!(worth(one) <= amount && worth(one) >= 0);
        prop_assert_eq!(one <= other || worth(one) >= worth(other), true);
        prop_assert_eq!(worth(10_000), amount);
        prop_assert_eq!(worth(0), 0);
    }

    #[test]
    fn each_day_of_a_period_counts_an_opportunity_in_exactly_one_of_its_parts(day in 0_i64..92) {
        use jiff::ToSpan as _;
        let (settled, learned) = (settled(&[("报价", 5_000)]), Learned::default());
        let weights = Weights { settled: &settled, learned: &learned, silence: &Silence::default() };
        let expected = date(2026, 10, 1).saturating_add(day.days());
        let row = OpportunityRow { expected: Some(expected), ..row() };
        let months = (10..=12).map(|month| {
            let first = date(2026, month, 1);
            weights.weigh(&row, (first, first.last_of_month()), TODAY).is_ok()
        });
        prop_assert_eq!(months.filter(|counts| *counts).count(), 1);
        prop_assert!(weights.weigh(&row, (date(2026, 10, 1), date(2026, 12, 31)), TODAY).is_ok());
    }
}

/// An independent reckoning of won ÷ decided.
#[test]
fn a_stage_weighs_what_went_through_it() {
    let mut learned = Learned::default();
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for number in 0..97_u32 {
        let stages: Vec<&str> = ["线索", "方案", "报价"].into_iter().take(1 + number as usize % 3).collect();
        let won = if number % 4 == 0 { Won::Yes } else { Won::No };
        for stage in &stages {
            let (yes, all) = counts.entry(stage).or_default();
            *yes += u32::from(won == Won::Yes);
            *all += 1;
        }
        learned.add(stages, won);
    }
    let settled = settled(&[]);
    let weights = Weights { settled: &settled, learned: &learned, silence: &Silence::default() };
    for (stage, (yes, all)) in counts {
        let parts = (f64::from(yes) / f64::from(all) * 10_000.0).round();
        assert!((parts - f64::from(i32::try_from(weights.stage(stage).unwrap().parts).unwrap())).abs() < 0.5);
    }
}
