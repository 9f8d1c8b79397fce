//! Qualitative targets: who scores them, when, and what that comes to.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{FiscalStart, Month, Year};
use dacheng_domain::people::MemberId;
use dacheng_domain::planning::Owner;
use dacheng_domain::planning::rubric::{
    CannotRate, CannotSet, LEVELS, People, Rubric, Score, State, attainment,
};
use proptest::prelude::*;

fn month(number: i8) -> Month {
    Month::new(2026, number).unwrap()
}

fn rubric() -> Rubric {
    Rubric {
        name: "渠道伙伴关系".to_owned(),
        owner: Owner::Member(MemberId(7)),
        rater: MemberId(1),
        first: month(10),
        last: month(12),
        target: Score::ALL[3],
        levels: ["一", "二", "三", "四", "五"].map(str::to_owned),
    }
}

fn check(rubric: &Rubric) -> Result<(), CannotSet> {
    let people = People { carrier: Some(MemberId(7)), setter: Some(MemberId(2)) };
    rubric.check(people, Year::new(2026, FiscalStart::JANUARY).unwrap())
}

#[test]
fn a_rubric_has_a_name_five_levels_a_period_and_another_person_as_rater() {
    assert_eq!(check(&rubric()), Ok(()));
    assert_eq!(check(&Rubric { name: " ".to_owned(), ..rubric() }), Err(CannotSet::Name));
    for place in 0..LEVELS {
        let mut one = rubric();
        one.levels[place] = "\u{3000}".to_owned();
        assert_eq!(check(&one), Err(CannotSet::Level(place + 1)));
    }
    assert_eq!(check(&Rubric { last: month(9), ..rubric() }), Err(CannotSet::Period));
    assert_eq!(check(&Rubric { last: month(12).next(), ..rubric() }), Err(CannotSet::Years));
    assert_eq!(check(&Rubric { rater: MemberId(7), ..rubric() }), Err(CannotSet::OwnRater));
    let own = People { carrier: Some(MemberId(7)), setter: Some(MemberId(7)) };
    let year = Year::new(2026, FiscalStart::JANUARY).unwrap();
    assert_eq!(rubric().check(own, year), Err(CannotSet::OwnTarget));
    let operator = People { carrier: None, setter: None };
    assert_eq!(rubric().check(operator, year), Ok(()), "a unit without a leader");
}

#[test]
fn only_the_named_rater_scores_and_only_once() {
    let (rater, owner) = (MemberId(1), Some(MemberId(7)));
    let months = (month(10), month(11));
    let rate = |state: State, by| state.rate(rater, by, owner, months);
    assert_eq!(rate(State::Set, Some(rater)), Ok(State::Rated));
    assert_eq!(rate(State::Set, Some(MemberId(2))), Err(CannotRate::NotTheRater));
    assert_eq!(rate(State::Set, None), Err(CannotRate::NotTheRater), "the operator scores nobody");
    assert_eq!(rate(State::Set, owner), Err(CannotRate::Own));
    assert_eq!(rate(State::Rated, Some(rater)), Err(CannotRate::Rated));
    assert_eq!(State::Set.rate(rater, Some(rater), owner, (month(10), month(9))), Err(CannotRate::Early));
    // A rater who came to lead the unit afterwards carries it, and scores it no more.
    assert_eq!(State::Set.rate(rater, Some(rater), Some(rater), months), Err(CannotRate::Own));
}

#[test]
fn attainment_is_the_score_by_the_target_score() {
    let [one, two, three, four, five] = Score::ALL;
    assert_eq!(attainment(three, four), Ratio::percent(75));
    assert_eq!(attainment(five, one), Ratio::percent(500));
    assert_eq!(attainment(two, two), Ratio::percent(100));
    assert!(attainment(four, five) < Ratio::percent(100));
    for number in [-1, 0, 6, i64::MAX] {
        assert!(Score::try_from(number).is_err());
    }
}

proptest! {
    #[test]
    fn a_higher_score_attains_more(low in 0_usize..4, target in 0_usize..5) {
        let target = Score::ALL[target];
        prop_assert!(attainment(Score::ALL[low], target) < attainment(Score::ALL[low + 1], target));
    }
}
