//! What people say a period will come to: when it is due, how it stands, how good it was.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Calendar, FiscalStart, Period, Week};
use dacheng_domain::tracking::statement::{
    CannotSay, FEWEST, Reach, Said, Standing, accuracy, due, is_open, standing,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn week(text: &str) -> Week {
    text.parse().unwrap()
}

#[test]
fn a_best_case_is_at_least_the_commitment_and_neither_is_negative() {
    assert!(Said::new(0, 0).is_ok() && Said::new(5, 5).is_ok() && Said::new(5, 9).is_ok());
    assert_eq!(Said::new(5, 4), Err(CannotSay::BestBelowCommit));
    assert_eq!(Said::new(-1, 4), Err(CannotSay::Negative));
    assert_eq!(Said::new(-2, -1), Err(CannotSay::Negative));
}

#[test]
fn a_word_is_judged_two_weeks_before_a_month_ends_and_four_before_a_quarter() {
    let period = |text: &str| Period::parse(text, FiscalStart::JANUARY).unwrap();
    // 16 November, and 3 December.
    assert_eq!(Reach::Month.judged_in(period("2026-11")), week("2026-W47"));
    assert_eq!(Reach::Quarter.judged_in(period("2026-Q4")), week("2026-W49"));
}

#[test]
fn a_week_across_two_months_speaks_of_the_one_with_more_of_its_days() {
    let month = |text: &str| Reach::Month.period(week(text), FiscalStart::JANUARY).to_string();
    // 26 October to 1 November; 28 September to 4 October has its Thursday on 1 October.
    assert_eq!((month("2026-W44").as_str(), month("2026-W40").as_str()), ("2026-10", "2026-10"));
    let quarter = |text: &str| Reach::Quarter.period(week(text), FiscalStart::JANUARY).to_string();
    assert_eq!((quarter("2026-W39").as_str(), quarter("2026-W40").as_str()), ("2026-Q3", "2026-Q4"));
}

#[test]
fn it_is_due_on_the_first_working_day_on_which_the_member_is_there() {
    let calendar = Calendar::shipped();
    // The national holiday of 2026 lasts through Wednesday 7 October.
    assert_eq!(due(week("2026-W41"), &calendar, |_| false), Some(date(2026, 10, 8)));
    let spring = week("2026-W08");
    assert_eq!(spring.first_day(), date(2026, 2, 16));
    let moved = due(spring, &calendar, |_| false);
    assert!(moved.is_none_or(|day| calendar.is_working_day(day)));
    // A week of leave asks for nothing.
    assert_eq!(due(week("2026-W48"), &calendar, |_| true), None);
}

#[test]
fn every_state_of_a_week() {
    let own = week("2026-W48");
    let (monday, tuesday) = (date(2026, 11, 23), date(2026, 11, 24));
    let on = |first: Option<Date>, today| standing(own, Some(monday), first, today);
    assert_eq!(on(None, monday), Standing::Waiting);
    assert_eq!(on(None, tuesday), Standing::Overdue);
    assert_eq!(on(None, date(2026, 11, 29)), Standing::Overdue);
    assert_eq!(on(None, date(2026, 11, 30)), Standing::Missing);
    assert_eq!(on(Some(monday), tuesday), Standing::OnTime);
    assert_eq!(on(Some(tuesday), date(2026, 12, 30)), Standing::Late);
    assert_eq!(standing(own, None, None, tuesday), Standing::Excused);
    assert_eq!(standing(own, None, Some(tuesday), tuesday), Standing::OnTime);
    assert!(is_open(own, monday) && is_open(own, date(2026, 11, 29)) && !is_open(own, date(2026, 11, 30)));
}

#[test]
fn accuracy_takes_a_few_periods_in_which_something_came() {
    assert_eq!(accuracy(&[(1, 1); FEWEST - 1]), None);
    assert_eq!(accuracy(&[(1, 0); 5]), None);
    let own = accuracy(&[(120, 100), (80, 100), (0, 0)]).unwrap();
    assert_eq!((own.error, own.bias), (Ratio::percent(20), Ratio::percent(0)));
}

proptest! {
    #[test]
    fn a_bias_is_never_larger_than_the_error_and_no_order_matters(
        pairs in prop::collection::vec((0_i64..10_000_000, 0_i64..10_000_000), FEWEST..14),
    ) {
        let mut back = pairs.clone();
        back.reverse();
        let found = accuracy(&pairs);
        prop_assert_eq!(found, accuracy(&back));
        let came: i64 = pairs.iter().map(|(_, came)| came).sum();
        prop_assert_eq!(found.is_some(), came > 0);
        if let Some(own) = found {
            prop_assert!(own.bias <= own.error);
            prop_assert!(Ratio::new(-own.bias.num(), own.bias.den()).unwrap() <= own.error);
            prop_assert_eq!(own.periods, pairs.len());
            // Who says what comes misses nothing, and who says twice of it misses all of it.
            let exact: Vec<(i64, i64)> = pairs.iter().map(|(_, came)| (*came, *came)).collect();
            prop_assert_eq!(accuracy(&exact).unwrap().error, Ratio::whole(0));
            let twice: Vec<(i64, i64)> = pairs.iter().map(|(_, came)| (*came * 2, *came)).collect();
            prop_assert_eq!(accuracy(&twice).unwrap().bias, Ratio::whole(1));
        }
    }

    #[test]
    fn the_day_it_is_due_is_a_working_day_of_the_week_and_none_before_it_would_do(
        days in 0_i64..1_400, away in prop::collection::vec(any::<bool>(), 7),
    ) {
        let calendar = Calendar::shipped();
        let own = Week::of(date(2023, 1, 2).saturating_add(days.days()));
        let is_away = |day: Date| away[usize::try_from(own.first_day().until(day).unwrap().get_days()).unwrap()];
        let would_do = |day: &Date| calendar.is_working_day(*day) && !is_away(*day);
        match due(own, &calendar, is_away) {
            Some(day) => {
                prop_assert!(would_do(&day));
                prop_assert!(own.days().take_while(|before| *before < day).all(|before| !would_do(&before)));
            }
            None => prop_assert!(!own.days().any(|day| would_do(&day))),
        }
    }

    #[test]
    fn the_week_that_is_judged_speaks_of_its_period(index in 0_i32..60) {
        let month = dacheng_domain::calendar::Month::new(2023, 1).unwrap().plus(index);
        let period = dacheng_domain::calendar::Period::Month(month);
        let judged = Reach::Month.judged_in(period);
        prop_assert_eq!(Reach::Month.period(judged, FiscalStart::JANUARY), period);
        let quarter = dacheng_domain::calendar::Quarter::of(month.first_day(), FiscalStart::JANUARY);
        let period = dacheng_domain::calendar::Period::Quarter(quarter);
        prop_assert_eq!(Reach::Quarter.period(Reach::Quarter.judged_in(period), FiscalStart::JANUARY), period);
    }
}
