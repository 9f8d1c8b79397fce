//! What is due by clock and calendar: each period once, whatever the hours at which somebody asks, and once after a
//! long silence. Failed attempts are repeated less and less often, and not for ever.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use dacheng_domain::calendar::Calendar;
use dacheng_domain::jobs::{Cadence, MOST_ATTEMPTS, Next, Rule, after, due};
use jiff::civil::{Date, DateTime, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const EIGHT: Cadence = Cadence::Daily(time(8, 0, 0, 0));
const MONTHLY: Cadence = Cadence::MonthStart(time(9, 0, 0, 0));

fn shanghai() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

/// A zone with summer time: New York.
fn new_york() -> TimeZone {
    TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap()
}

fn at(zone: &TimeZone, moment: DateTime) -> Timestamp {
    zone.to_timestamp(moment).unwrap()
}

fn named(cadence: Cadence, zone: &TimeZone, moment: DateTime) -> String {
    cadence.newest(at(zone, moment), &Calendar::shipped(), zone).unwrap().0
}

#[test]
fn a_day_is_due_at_its_hour_in_the_zone_of_the_company() {
    let zone = shanghai();
    assert_eq!(named(EIGHT, &zone, date(2026, 11, 26).at(7, 59, 59, 0)), "2026-11-25");
    assert_eq!(named(EIGHT, &zone, date(2026, 11, 26).at(8, 0, 0, 0)), "2026-11-26");
    assert_eq!(named(EIGHT, &zone, date(2026, 11, 26).at(23, 59, 59, 0)), "2026-11-26");
    assert_eq!(named(EIGHT, &zone, date(2027, 1, 1).at(0, 0, 0, 0)), "2026-12-31");
}

#[test]
fn a_month_is_due_on_its_first_working_day() {
    let zone = shanghai();
    // 2026-10-01 to 07 are days off; the first working day is the 8th.
    assert_eq!(named(MONTHLY, &zone, date(2026, 10, 8).at(8, 59, 0, 0)), "2026-09");
    assert_eq!(named(MONTHLY, &zone, date(2026, 10, 8).at(9, 0, 0, 0)), "2026-10");
    // 2026-11-01 is a Sunday.
    assert_eq!(named(MONTHLY, &zone, date(2026, 11, 1).at(12, 0, 0, 0)), "2026-10");
    assert_eq!(named(MONTHLY, &zone, date(2026, 11, 2).at(9, 0, 0, 0)), "2026-11");
    // No calendar of 2031: 1 January is a Wednesday.
    assert_eq!(named(MONTHLY, &zone, date(2031, 1, 1).at(9, 0, 0, 0)), "2031-01");
}

#[test]
fn forty_missed_days_are_caught_up_once() {
    let (zone, calendar) = (shanghai(), Calendar::shipped());
    let mut done: BTreeSet<(Rule, String)> = BTreeSet::new();
    let mut ask = |moment: DateTime| {
        let due = due(at(&zone, moment), &calendar, &zone);
        due.into_iter().filter(|own| done.insert((own.rule, own.period.clone()))).count()
    };
    assert_eq!(ask(date(2026, 10, 1).at(12, 0, 0, 0)), 3);
    assert_eq!(ask(date(2026, 10, 1).at(12, 0, 1, 0)), 0);
    assert_eq!(ask(date(2026, 11, 10).at(12, 0, 0, 0)), 3, "once each");
    assert_eq!(ask(date(2026, 11, 10).at(23, 0, 0, 0)), 0);
}

fn days() -> impl Strategy<Value = Date> {
    (0i32..365 * 4).prop_map(|n| date(2024, 1, 1).checked_add(jiff::Span::new().days(n)).unwrap())
}

proptest! {
    #[test]
    fn somebody_who_asks_every_hour_finds_every_period_exactly_once(first in days(), summer in any::<bool>()) {
        let zone = if summer { new_york() } else { shanghai() };
        let calendar = Calendar::shipped();
        let start = at(&zone, first.at(12, 0, 0, 0));
        for (cadence, most) in [(EIGHT, 41), (MONTHLY, 3)] {
            let mut found: Vec<String> = Vec::new();
            for hour in 0..24 * 40 {
                let now = start + SignedDuration::from_hours(hour);
                let (period, since) = cadence.newest(now, &calendar, &zone).unwrap();
                prop_assert!(since <= now, "nothing is due before its time");
                if found.last() != Some(&period) {
                    prop_assert!(!found.contains(&period), "{period} came back");
                    found.push(period);
                }
            }
            prop_assert!(found.len() <= most && found.is_sorted());
            if cadence == EIGHT {
                prop_assert_eq!(found.len(), 41);
            }
        }
    }

    #[test]
    fn who_comes_back_after_any_silence_finds_at_most_one_occasion_a_rule(
        first in days(), silence in 0i64..24 * 400,
    ) {
        let (zone, calendar) = (shanghai(), Calendar::shipped());
        let start = at(&zone, first.at(12, 0, 0, 0));
        let name = |now| due(now, &calendar, &zone).into_iter().map(|own| (own.rule, own.period)).collect::<BTreeSet<_>>();
        let (before, later) = (name(start), name(start + SignedDuration::from_hours(silence)));
        prop_assert!(later.difference(&before).count() <= Rule::ALL.len());
        prop_assert_eq!(later.len(), Rule::ALL.len());
    }
}

#[test]
fn attempts_are_repeated_less_and_less_often_and_not_for_ever() {
    let waits: Vec<SignedDuration> = (1..)
        .map_while(|attempts| match after(attempts) {
            Next::Again(wait) => Some(wait),
            Next::GiveUp => None,
        })
        .collect();
    assert_eq!(waits.len() + 1, MOST_ATTEMPTS);
    assert!(waits.is_sorted() && waits.iter().all(jiff::SignedDuration::is_positive));
    assert_eq!(after(MOST_ATTEMPTS + 7), Next::GiveUp);
}
