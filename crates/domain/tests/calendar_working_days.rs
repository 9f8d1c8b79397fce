//! Working days and deadlines against the official list, hand-counted vectors and a day-by-day count.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use dacheng_domain::calendar::{
    Calendar, DayKind, DayProblem, DayRow, Deadline, Layer, Month, Pending, TimeLeft, YearBasis,
    YearNotLoaded, day_problems, days_through, years_given,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

fn row(date: Date, kind: DayKind) -> DayRow {
    DayRow { date, kind, name: "name".into() }
}

fn off(date: Date) -> DayRow {
    row(date, DayKind::Holiday)
}

fn moved(date: Date) -> DayRow {
    row(date, DayKind::MakeupWorkday)
}

fn years(basis: YearBasis, years: impl IntoIterator<Item = i16>) -> BTreeMap<i16, YearBasis> {
    years.into_iter().map(|year| (year, basis)).collect()
}

#[test]
fn three_working_days_end_where_the_contract_says() {
    let calendar = Calendar::shipped();
    for (from, due) in [
        (date(2025, 9, 30), date(2025, 10, 11)),
        (date(2026, 9, 18), date(2026, 9, 22)),
        (date(2026, 2, 13), date(2026, 2, 25)),
        (date(2025, 12, 31), date(2026, 1, 6)),
        (date(2026, 10, 10), date(2026, 10, 14)),
    ] {
        assert_eq!(calendar.deadline(from, 3), Ok(due), "{from}");
        assert_eq!(calendar.due(from, 3), Deadline::Due(due), "{from}");
    }
}

#[test]
fn a_deadline_past_the_last_year_is_pending_and_names_the_year() {
    let calendar = Calendar::shipped();
    let from = date(2026, 12, 29);
    assert_eq!(calendar.deadline(from, 2), Ok(date(2026, 12, 31)));
    assert_eq!(calendar.deadline(from, 3), Err(YearNotLoaded { year: 2027 }));
    assert_eq!(calendar.deadline(date(2022, 5, 1), 1), Err(YearNotLoaded { year: 2022 }));
    let pending = Deadline::Pending(Pending { from, working_days: 3, year: 2027 });
    assert_eq!(calendar.due(from, 3), pending);
    assert_eq!((pending.date(), pending.time_left(&calendar, from)), (None, None));
    assert_eq!(pending.dated_by(&calendar), pending);
}

#[test]
fn a_pending_deadline_gets_its_date_when_the_year_is_loaded() {
    let from = date(2026, 12, 29);
    let pending = Calendar::shipped().due(from, 3);
    let with_2027 = Calendar::new(
        years(YearBasis::Official, [2026, 2027]),
        &[off(date(2027, 1, 1)), moved(date(2027, 1, 3))],
        &[],
    );
    assert_eq!(pending.dated_by(&with_2027), Deadline::Due(date(2027, 1, 3)));
    let given = Deadline::Due(date(2026, 12, 30));
    assert_eq!(given.dated_by(&with_2027), given);
}

#[test]
fn the_last_day_of_all_is_no_panic() {
    assert_eq!(Calendar::shipped().deadline(Date::MAX, 1), Err(YearNotLoaded { year: 9999 }));
    assert_eq!(Calendar::shipped().deadline(Date::MAX, 0), Ok(Date::MAX));
}

#[test]
fn each_official_year_has_the_working_days_its_holidays_by_law_leave() {
    // 52 weekends of 104 days and 11 statutory days off until 2024, 13 from 2025.
    let calendar = Calendar::shipped();
    for (year, days) in [(2024, 366 - 104 - 11), (2025, 365 - 104 - 13), (2026, 365 - 104 - 13)] {
        assert_eq!(calendar.working_days(date(year, 1, 1), date(year, 12, 31)), days, "{year}");
    }
    let october = Month::new(2026, 10).unwrap();
    assert_eq!(calendar.working_days(october.first_day(), october.last_day()), 18);
}

#[test]
fn a_range_that_ends_before_it_begins_has_no_working_days() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.working_days(date(2026, 5, 10), date(2026, 5, 9)), 0);
    assert_eq!(calendar.working_days(date(2026, 11, 2), date(2026, 1, 2)), 0);
}

#[test]
fn the_company_layer_wins_over_the_official_list() {
    let official = [off(date(2026, 10, 1)), moved(date(2026, 10, 10))];
    let company = [moved(date(2026, 10, 1)), off(date(2026, 10, 10)), off(date(2026, 10, 12))];
    let calendar = Calendar::new(years(YearBasis::Official, [2026]), &official, &company);
    assert!(calendar.is_working_day(date(2026, 10, 1)));
    assert!(!calendar.is_working_day(date(2026, 10, 10)));
    assert_eq!(calendar.deadline(date(2026, 10, 9), 1), Ok(date(2026, 10, 13)));
}

#[test]
fn a_year_not_loaded_counts_weekdays_and_is_provisional() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.working_days(date(2027, 1, 1), date(2027, 1, 31)), 21);
    assert_eq!(calendar.provisional_year(date(2026, 12, 1), date(2027, 1, 31)), Some(2027));
    assert_eq!(calendar.provisional_year(date(2024, 1, 1), date(2026, 12, 31)), None);
}

#[test]
fn weekends_only_by_choice_counts_as_loaded() {
    let calendar = Calendar::new(years(YearBasis::WeekendsOnly, 1996..=1998), &[], &[]);
    assert_eq!(calendar.deadline(date(1997, 12, 31), 3), Ok(date(1998, 1, 5)));
    assert_eq!(calendar.provisional_year(date(1996, 1, 1), date(1998, 12, 31)), None);
    assert_eq!(calendar.year_basis(1997), Some(YearBasis::WeekendsOnly));
    assert_eq!(calendar.year_basis(1999), None);
}

#[test]
fn a_periodic_deadline_on_a_day_off_moves_to_the_next_working_day() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.due_on(date(2026, 10, 5)), Deadline::Due(date(2026, 10, 8)));
    assert_eq!(calendar.due_on(date(2026, 10, 10)), Deadline::Due(date(2026, 10, 10)));
    assert_eq!(calendar.due_in(Month::new(2026, 10).unwrap(), 3), Deadline::Due(date(2026, 10, 10)));
    assert_eq!(calendar.next_working_day(date(2026, 9, 30)), Ok(date(2026, 10, 8)));
}

#[test]
fn the_time_left_counts_working_days() {
    let calendar = Calendar::shipped();
    let due = Deadline::Due(date(2026, 11, 24));
    let left = |today| due.time_left(&calendar, today);
    assert_eq!(left(date(2026, 11, 20)), Some(TimeLeft::Left(2)));
    assert_eq!(left(date(2026, 11, 23)), Some(TimeLeft::Left(1)));
    assert_eq!(left(date(2026, 11, 24)), Some(TimeLeft::Left(0)));
    assert_eq!(left(date(2026, 11, 26)), Some(TimeLeft::Overdue(2)));
    let friday = Deadline::Due(date(2026, 11, 20));
    assert_eq!(friday.time_left(&calendar, date(2026, 11, 21)), Some(TimeLeft::Overdue(0)));
}

#[test]
fn a_list_of_days_is_refused_with_its_reasons() {
    let rows = [
        off(date(2027, 1, 1)),
        moved(date(2027, 1, 1)),
        moved(date(2027, 1, 4)),
        off(date(2027, 5, 1)),
        off(date(2027, 5, 1)),
    ];
    assert_eq!(
        day_problems(&rows, Layer::Official),
        [
            (1, DayProblem::WeekdayAlready { date: date(2027, 1, 1) }),
            (1, DayProblem::Twice { date: date(2027, 1, 1), first: 0 }),
            (2, DayProblem::WeekdayAlready { date: date(2027, 1, 4) }),
            (4, DayProblem::Twice { date: date(2027, 5, 1), first: 3 }),
        ]
    );
    let on_a_holiday = [moved(date(2027, 1, 1))];
    assert_eq!(day_problems(&on_a_holiday, Layer::Company), []);
    assert!("HOLIDAY".parse::<DayKind>().is_err());
    assert_eq!("makeup_workday".parse(), Ok(DayKind::MakeupWorkday));
}

#[test]
fn edge_days_of_a_neighbour_do_not_load_its_year() {
    let list = [off(date(2026, 10, 1)), off(date(2027, 1, 1)), off(date(2025, 12, 31))];
    assert_eq!(years_given(&list), [2026].into());
    assert_eq!(years_given(&[off(date(2027, 1, 1))]), [2027].into());
}

/// The rule once more, without closed form: Monday to Friday, unless a row says otherwise.
fn counted_by_day(rows: &BTreeMap<Date, DayKind>, first: Date, last: Date) -> u32 {
    let working = |day: Date| match rows.get(&day) {
        Some(DayKind::Holiday) => false,
        Some(DayKind::MakeupWorkday) => true,
        None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
    };
    u32::try_from(days_through(first, last).filter(|day| working(*day)).count()).unwrap()
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..800).prop_map(|days| date(2025, 1, 1).saturating_add(days.days()))
}

proptest! {
    #[test]
    fn working_days_equal_a_count_day_by_day(
        days in proptest::collection::btree_map(any_day(), any::<bool>(), 0..60),
        first in any_day(),
        last in any_day(),
    ) {
        let kind = |working: bool| if working { DayKind::MakeupWorkday } else { DayKind::Holiday };
        let by_day: BTreeMap<Date, DayKind> = days.iter().map(|(day, working)| (*day, kind(*working))).collect();
        let rows: Vec<DayRow> = by_day.iter().map(|(day, kind)| row(*day, *kind)).collect();
        let (official, company) = rows.split_at(rows.len() / 2);
        let calendar = Calendar::new(years(YearBasis::Official, 2025..=2027), official, company);
        prop_assert_eq!(calendar.working_days(first, last), counted_by_day(&by_day, first, last));
        prop_assert_eq!(calendar.is_working_day(first), counted_by_day(&by_day, first, first) == 1);
    }

    #[test]
    fn a_deadline_is_a_working_day_with_exactly_n_of_them_before_it(start in 0_i64..900, n in 1_u32..40) {
        let calendar = Calendar::shipped();
        let from = date(2024, 1, 1).saturating_add(start.days());
        let due = calendar.deadline(from, n).unwrap();
        prop_assert!(calendar.is_working_day(due));
        prop_assert_eq!(calendar.working_days(from.tomorrow().unwrap(), due), n);
    }
}
