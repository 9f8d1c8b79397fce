//! What holds for whatever is asked of whatever series.

#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::calendar::{Calendar, Month};
use dacheng_forecast::{Days, Falls, History, Inside, Method, Past, Question, Series, Why};
use proptest::prelude::*;

const SEASON: [i64; 12] = [90, 60, 110, 95, 100, 120, 90, 90, 115, 95, 120, 140];

fn first() -> Month {
    "2023-01".parse().unwrap()
}

fn past(amounts: &[i64], inside: Option<Inside>) -> Past {
    let history = History { first: first(), amounts: amounts.to_vec(), inside, began_late: false };
    Past::of(Series::new(history, &Days::new(Calendar::shipped(), 2026)))
}

/// Some unevenness that is no season.
fn amounts(months: usize) -> Vec<i64> {
    (0..months).map(|month| SEASON[month % 12] * (10_000 + [0, 700, -400, 300, -900][month % 5])).collect()
}

fn inside(amounts: &[i64], share: i64, booked: i64, falls: Falls) -> Inside {
    let then = amounts.iter().map(|amount| Some(amount * share / 100)).collect();
    Inside { booked, then, passed: (12, 20), falls }
}

#[test]
fn the_history_says_what_it_is_enough_for() {
    let method =
        |months: usize| past(&amounts(months), None).asked(Question::NEXT).map(|told| told.chosen.why);
    assert_eq!(past(&amounts(5), None).asked(Question::NEXT).unwrap_err().missing, 4);
    assert_eq!(past(&[], None).asked(Question::NEXT).unwrap_err().missing, 9);
    assert_eq!(method(9), Ok(Why::TooShortForNaive(9)));
    assert_eq!(method(18), Ok(Why::TooShortForModel(12)));
    assert!(matches!(method(30), Ok(Why::Better | Why::NotBetter)));
}

#[test]
fn naive_is_taken_where_the_model_is_not_better() {
    // The same year again and again: nobody is better than the year before.
    let same: Vec<i64> = (0..40).map(|month| SEASON[month % 12] * 10_000 * 20).collect();
    let days = Days::new(Calendar::shipped(), 2026);
    let by_day: Vec<i64> = same
        .iter()
        .enumerate()
        .map(|(at, amount)| {
            #[expect(clippy::cast_possible_truncation, reason = "amounts of this test")]
            let days = days.of(first().plus(i32::try_from(at).unwrap())) as i64;
            amount * days
        })
        .collect();
    let told = past(&by_day, None).asked(Question::NEXT).unwrap();
    assert_eq!((told.chosen.method, told.chosen.why), (Method::Naive, Why::NotBetter));
}

#[test]
fn what_is_booked_moves_the_running_month() {
    let own = amounts(36);
    let p50 = |booked: Option<i64>| {
        let inside = booked.map(|booked| inside(&own, 60, booked, Falls::Never));
        past(&own, inside).asked(Question::NEXT).unwrap().band
    };
    let usual = p50(None).p50;
    let (low, middle, high) =
        (p50(Some(usual * 3 / 10)), p50(Some(usual * 6 / 10)), p50(Some(usual * 9 / 10)));
    assert!(low.p50 < middle.p50 && middle.p50 < high.p50, "{low:?} {middle:?} {high:?}");
    assert!((middle.p50 - usual).abs() < usual / 10, "{middle:?} {usual}");
    assert!(middle.p90 - middle.p10 < p50(None).p90 - p50(None).p10, "what is booked is no longer in doubt");
}

#[test]
fn a_year_counts_its_known_months_and_sums_are_judged_as_sums() {
    let own = amounts(36);
    let past = past(&own, None);
    let rest = past.asked(Question::next(3)).unwrap();
    let known = past.asked(Question { known: 5_000_000, ..Question::next(3) }).unwrap();
    assert_eq!(known.band.p50, rest.band.p50 + 5_000_000);
    assert_eq!(known.reaches(known.band.p50), rest.reaches(rest.band.p50));
    let months: i64 = past.months(3).iter().map(|band| band.p90 - band.p10).sum();
    assert!(rest.band.p90 - rest.band.p10 < months, "misses of single months partly cancel out");
}

#[test]
fn a_sum_longer_than_the_past_borrows_and_says_over_how_many_months() {
    let told = past(&amounts(20), None).asked(Question::next(14)).unwrap();
    assert!(told.chosen.borrowed.is_some_and(|months| months < 14), "{:?}", told.chosen);
    assert!(past(&amounts(60), None).asked(Question::next(14)).unwrap().chosen.borrowed.is_none());
}

/// A second, slower way to the same: the naive forecast and its errors by hand.
#[test]
fn the_naive_band_is_that_of_its_own_errors() {
    let days = Days::new(Calendar::shipped(), 2026);
    let own = amounts(22);
    let at = |place: usize| days.of(first().plus(i32::try_from(place).unwrap()));
    #[expect(clippy::cast_precision_loss, reason = "amounts of this test")]
    let naive = |place: usize| own[place - 12] as f64 / at(place - 12) * at(place);
    #[expect(clippy::cast_precision_loss, reason = "amounts of this test")]
    let mut parts: Vec<f64> = (12..22).map(|place| own[place] as f64 / naive(place) - 1.0).collect();
    parts.sort_by(f64::total_cmp);
    // Ten errors: P50 lies between the fifth and the sixth.
    let middle = naive(22) * (1.0 + f64::midpoint(parts[4], parts[5]));
    let told = past(&own, None).asked(Question::NEXT).unwrap();
    assert_eq!(told.chosen.errors, 10);
    #[expect(clippy::cast_precision_loss, reason = "amounts of this test")]
    let found = told.band.p50 as f64;
    assert!((found - middle).abs() < 1.0, "{found} {middle}");
    // P10 and P90 lie within the outermost, as far as the band is not made wider: at most 1.8 times.
    let (low, high) = (naive(22) * (1.0 + parts[0]), naive(22) * (1.0 + parts[9]));
    #[expect(clippy::cast_precision_loss, reason = "amounts of this test")]
    let (p10, p90) = (told.band.p10 as f64, told.band.p90 as f64);
    let (low, high) = (middle - 1.8 * (middle - low), middle + 1.8 * (high - middle));
    assert!(low <= p10 + 1.0 && p10 < middle && middle < p90 && p90 <= high + 1.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_the_series_bands_stand_in_order_and_chances_fall(
        amounts in prop::collection::vec(-5_000_i64..1_000_000, 0..44),
        skipped in 0_usize..3,
        months in 1_usize..13,
        share in 5_i64..95,
        booked in -1_000_i64..900_000,
        looks in prop::bool::ANY,
        falls in prop::bool::ANY,
    ) {
        let falls = if falls { Falls::ByReturns } else { Falls::Never };
        let inside = looks.then(|| inside(&amounts, share, booked, falls));
        let own = past(&amounts, inside.clone());
        let question = Question { skipped, months, known: 777 };
        let told = own.asked(question);
        // The same again is the same.
        let again = past(&amounts, inside).asked(question);
        prop_assert_eq!(told.as_ref().map(|told| told.band).ok(), again.map(|told| told.band).ok());
        let Ok(told) = told else { return Ok(()) };
        prop_assert!(told.band.p10 <= told.band.p50 && told.band.p50 <= told.band.p90, "{:?}", told.band);
        let asked = [-10_000_000, 0, 777, told.band.p10, told.band.p50, told.band.p90, 50_000_000];
        let mut sorted = asked;
        sorted.sort_unstable();
        let chances: Vec<_> = sorted.iter().map(|amount| told.reaches(*amount)).collect();
        prop_assert!(chances.is_sorted_by(|a, b| a >= b), "{:?}", chances);
        prop_assert!(told.record.held <= told.record.months);
        if looks && skipped == 0 && months == 1 && falls == Falls::Never {
            prop_assert!(told.band.p10 >= 777 + booked);
        }
    }
}
