//! Periods tile the calendar: every day lies in exactly one period of each kind.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::calendar::{FiscalStart, Month, NotAPeriod, Period, Quarter, Week, Year, days_through};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

const JANUARY: FiscalStart = FiscalStart::JANUARY;

fn starting_in(month: i8) -> FiscalStart {
    FiscalStart::try_from(month).unwrap()
}

fn parse(text: &str) -> Period {
    Period::parse(text, JANUARY).unwrap()
}

fn days(text: &str, start: FiscalStart) -> (Date, Date) {
    let period = Period::parse(text, start).unwrap();
    (period.first_day(), period.last_day())
}

#[test]
fn each_form_names_its_days() {
    for (text, first, last) in [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-W31", date(2026, 7, 27), date(2026, 8, 2)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-08-15", date(2026, 8, 15), date(2026, 8, 15)),
    ] {
        assert_eq!(days(text, JANUARY), (first, last), "{text}");
        assert_eq!(parse(text).to_string(), text);
    }
}

#[test]
fn a_fiscal_year_is_named_by_the_year_it_ends_in() {
    let april = starting_in(4);
    assert_eq!(days("2026", april), (date(2025, 4, 1), date(2026, 3, 31)));
    assert_eq!(days("2026-Q4", april), (date(2026, 1, 1), date(2026, 3, 31)));
    assert_eq!(days("2026-01", april), (date(2026, 1, 1), date(2026, 1, 31)));
    assert_eq!(Quarter::of(date(2025, 12, 31), april).to_string(), "2026-Q3");
    assert_eq!(Year::of(date(2025, 12, 31), starting_in(12)).name(), 2026);
}

#[test]
fn what_is_no_period_is_refused_with_a_reason() {
    let refused = |text: &str| Period::parse(text, JANUARY).unwrap_err();
    for text in
        ["", "26", "2026-", "-2026", "2026-8", "2026-Q", "2026-Q10", "2026-W5", "2026/08", "2026-8-15"]
    {
        assert_eq!(refused(text), NotAPeriod::Shape(text.into()));
    }
    for text in
        ["２０２６", "2026 ", "+026", "2026-+8", "2026-W+1", "2026-08-15T00:00", "2026-08-15-01", "Q3-2026"]
    {
        assert_eq!(refused(text), NotAPeriod::Shape(text.into()));
    }
    assert_eq!(refused("2026-Q5"), NotAPeriod::NoSuchQuarter("2026-Q5".into()));
    assert_eq!(refused("2026-13"), NotAPeriod::NoSuchMonth("2026-13".into()));
    assert_eq!(refused("2026-00"), NotAPeriod::NoSuchMonth("2026-00".into()));
    assert_eq!(refused("2025-W53"), NotAPeriod::NoSuchWeek("2025-W53".into()));
    assert_eq!(refused("2026-W00"), NotAPeriod::NoSuchWeek("2026-W00".into()));
    assert_eq!(refused("2026-02-29"), NotAPeriod::NoSuchDay("2026-02-29".into()));
    assert_eq!(refused("2026-13-01"), NotAPeriod::NoSuchDay("2026-13-01".into()));
}

#[test]
fn periods_compare_with_the_one_before_and_with_last_year() {
    let pairs = [
        ("2026", "2025", Some("2025")),
        ("2026-Q1", "2025-Q4", Some("2025-Q1")),
        ("2026-01", "2025-12", Some("2025-01")),
        ("2026-W01", "2025-W52", Some("2025-W01")),
        ("2020-W53", "2020-W52", None),
        ("2024-02-29", "2024-02-28", None),
        ("2026-03-01", "2026-02-28", Some("2025-03-01")),
    ];
    for (text, previous, last_year) in pairs {
        assert_eq!(parse(text).previous(), parse(previous), "{text}");
        assert_eq!(parse(text).same_last_year(), last_year.map(parse), "{text}");
    }
    let april = starting_in(4);
    let first = Period::parse("2026-Q1", april).unwrap();
    assert_eq!(first.previous(), Period::parse("2025-Q4", april).unwrap());
    assert_eq!(first.same_last_year(), Some(Period::parse("2025-Q1", april).unwrap()));
}

#[test]
fn a_week_over_a_month_end_belongs_to_both_months() {
    let months = |text: &str| parse(text).months().map(|month| month.to_string()).collect::<Vec<_>>();
    assert_eq!(months("2026-W31"), ["2026-07", "2026-08"]);
    assert_eq!(months("2026-W32"), ["2026-08"]);
    assert_eq!(months("2026-Q4"), ["2026-10", "2026-11", "2026-12"]);
    let weeks = Month::new(2026, 8).unwrap().weeks().map(|week| week.to_string());
    assert_eq!(
        weeks.collect::<Vec<_>>(),
        ["2026-W31", "2026-W32", "2026-W33", "2026-W34", "2026-W35", "2026-W36"]
    );
}

#[test]
fn months_are_counted_across_years() {
    let november = Month::new(2026, 11).unwrap();
    assert_eq!(november.plus(2), Month::new(2027, 1).unwrap());
    assert_eq!(november.plus(-11), Month::new(2025, 12).unwrap());
    assert_eq!(november.months_since(Month::new(2025, 12).unwrap()), 11);
    assert_eq!(Month::of(Date::MAX).next(), Month::of(Date::MAX));
    assert_eq!(serde_json::to_string(&november).unwrap(), "\"2026-11\"");
    assert!(serde_json::from_str::<Month>("\"2026-1\"").is_err());
}

#[test]
fn a_year_of_53_weeks_has_a_week_53() {
    for year in 2015..2045 {
        // A year has 53 ISO weeks where it begins or, in a leap year, ends on a Thursday.
        let first = date(year, 1, 1);
        let long = first.weekday() == Weekday::Thursday
            || (first.in_leap_year() && first.last_of_year().weekday() == Weekday::Thursday);
        assert_eq!(Week::new(year, 53).is_some(), long, "{year}");
    }
}

/// The period of each kind that holds the day.
fn holding(day: Date, start: FiscalStart) -> [Period; 5] {
    [
        Period::Year(Year::of(day, start)),
        Period::Quarter(Quarter::of(day, start)),
        Period::Month(Month::of(day)),
        Period::Week(Week::of(day)),
        Period::Day(day),
    ]
}

proptest! {
    #[test]
    fn every_day_lies_in_exactly_one_period_of_each_kind(offset in 0_i64..80_000, month in 1_i8..=12) {
        let (day, start) = (date(1900, 1, 1).saturating_add(offset.days()), starting_in(month));
        for period in holding(day, start) {
            prop_assert!(period.contains(day));
            let before = period.previous();
            prop_assert_eq!(before.last_day().tomorrow().unwrap(), period.first_day());
            prop_assert_eq!(before.next(), period);
            // Each of its days names it again, so no other period of its kind holds one of them.
            for other in days_through(period.first_day(), period.last_day()).step_by(11) {
                prop_assert!(holding(other, start).contains(&period));
            }
            prop_assert_eq!(Period::parse(&period.to_string(), start), Ok(period));
        }
    }

    #[test]
    fn the_parts_of_a_period_tile_it(offset in 0_i64..80_000, month in 1_i8..=12) {
        let (day, start) = (date(1900, 1, 1).saturating_add(offset.days()), starting_in(month));
        for period in holding(day, start) {
            let mut next = period.first_day();
            for part in period.parts() {
                prop_assert_eq!(part.first_day(), next);
                next = part.last_day().tomorrow().unwrap();
            }
            prop_assert!(period == Period::Day(day) || next == period.last_day().tomorrow().unwrap());
        }
        let year = Year::of(day, start);
        let by_quarter: Vec<Month> = year.quarters().into_iter().flat_map(Quarter::months).collect();
        prop_assert_eq!(by_quarter, year.months().collect::<Vec<_>>());
        let week = Week::of(day);
        prop_assert_eq!(Week::new(week.year(), week.number()), Some(week));
    }
}

#[test]
fn a_running_period_is_compared_with_the_same_days_of_the_year_before() {
    for (period, through, first, last) in [
        ("2026-11", date(2026, 11, 20), date(2025, 11, 1), date(2025, 11, 20)),
        ("2026-11", date(2026, 12, 9), date(2025, 11, 1), date(2025, 11, 30)),
        ("2026-Q4", date(2026, 10, 31), date(2025, 10, 1), date(2025, 10, 31)),
        ("2026", date(2026, 1, 1), date(2025, 1, 1), date(2025, 1, 1)),
        // The last day of February stands for the last day of February.
        ("2025-Q1", date(2025, 2, 28), date(2024, 1, 1), date(2024, 2, 29)),
        ("2024-Q1", date(2024, 2, 29), date(2023, 1, 1), date(2023, 2, 28)),
        ("2024-Q1", date(2024, 2, 28), date(2023, 1, 1), date(2023, 2, 28)),
        // A week is cut after the same weekday.
        ("2026-W48", date(2026, 11, 25), date(2025, 11, 24), date(2025, 11, 26)),
    ] {
        assert_eq!(parse(period).days_last_year(through), Some((first, last)), "{period} through {through}");
    }
    assert_eq!(parse("2026-11").days_last_year(date(2026, 10, 31)), None);
}
