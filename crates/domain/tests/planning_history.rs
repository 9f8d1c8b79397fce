//! What the past says: seasonality, concentration, contributions and headcount, against values worked out by hand and
//! against a second, plainer way to compute them.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::Ratio;
use dacheng_domain::people::{MemberId, Presence, Share, Span, UnitId};
use dacheng_domain::planning::history::{
    AVERAGE, Risk, ServiceBand, average_headcount, concentration, contribution, months_of_service, peak,
    seasonality, strongest, trough, weakest,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

#[test]
fn a_season_is_not_growth() {
    // 2024: 10 20 30 … 120, a year of 780; 2025 the same three times over.
    let year: [i64; 12] = std::array::from_fn(|month| i64::try_from(month + 1).unwrap() * 10);
    let months = seasonality(&[year, year.map(|month| month * 3)]).unwrap();
    // 10 ÷ 65 = 0.1538, 120 ÷ 65 = 1.8462.
    assert_eq!((months[0].mean, months[0].low, months[0].high), (1_538, 1_538, 1_538));
    assert_eq!(months[11].years, [18_462, 18_462]);
    assert_eq!((peak(&months), trough(&months)), (11, 0));
}

#[test]
fn the_spread_is_that_of_the_years_and_empty_years_say_nothing() {
    let mut festival = [100; 12];
    (festival[0], festival[1]) = (160, 40);
    let months = seasonality(&[[100; 12], festival, [0; 12]]).unwrap();
    assert_eq!(months[0].years, [10_000, 16_000]);
    assert_eq!((months[0].low, months[0].mean, months[0].high), (10_000, 13_000, 16_000));
    assert_eq!((months[1].low, months[1].mean), (4_000, 7_000));
    assert_eq!(seasonality(&[[0; 12]]), None);
    assert_eq!(seasonality(&[]), None);
    assert_eq!(seasonality(&[[-1; 12]]), None);
}

#[test]
fn concentration_by_hand() {
    // Ten customers of 1 000: the top two bring 700 + 100; with the third it is 850.
    let found = concentration([700, 100, 50, 50, 30, 20, 20, 10, 10, 10]).unwrap();
    assert_eq!((found.customers, found.top, found.behind_most), (10, 2, 2));
    assert_eq!((found.top_share(), found.largest_share()), (Ratio::percent(80), Ratio::percent(70)));
    assert_eq!(found.risk(), Risk::OneCustomer);
    let few = concentration([150, 150, 150, 150, 100].into_iter().chain([15; 20])).unwrap();
    assert_eq!((few.customers, few.top, few.top_share()), (25, 5, Ratio::new(700, 1_000).unwrap()));
    assert_eq!(few.risk(), Risk::Spread);
    let most = concentration([170, 170, 170, 170, 170].into_iter().chain([5; 20])).unwrap();
    assert_eq!((most.risk(), most.behind_most), (Risk::FewCustomers, 5));
    assert_eq!(concentration([5]).map(|one| (one.top, one.behind_most)), Some((1, 1)));
}

#[test]
fn the_strongest_and_the_weakest_go_by_amounts() {
    let parts = [(100, 1), (900, 700), (50, 400), (300, 300)];
    assert_eq!((strongest(&parts), weakest(&parts)), (Some(1), Some(2)));
    assert_eq!((strongest(&[(1, 2)]), weakest(&[(2, 1)])), (None, None));
    assert_eq!(strongest(&[(2, 1), (2, 1)]), Some(0));
}

#[test]
fn service_counts_full_months() {
    let hired = date(2025, 8, 31);
    let on = |day: Date| months_of_service(hired, day);
    assert_eq!(
        [on(date(2025, 8, 30)), on(hired), on(date(2025, 9, 29)), on(date(2025, 9, 30))],
        [0, 0, 0, 1]
    );
    assert_eq!(on(date(2026, 2, 28)), 6);
    let bands = [0, 2, 3, 11, 12, 35, 36, 400].map(ServiceBand::of).map(ServiceBand::code);
    assert_eq!(bands, ["0-2", "0-2", "3-11", "3-11", "12-35", "12-35", "36+", "36+"]);
}

fn presence(share: i64, from: Date, to: Option<Date>) -> Presence {
    let span = Span::new(Some(from), to).unwrap();
    Presence { member: MemberId(1), unit: UnitId(1), share: Share::new(share).unwrap(), span }
}

#[test]
fn headcount_is_weighted_by_days_and_shares() {
    let year = Span::new(Some(date(2026, 1, 1)), Some(date(2027, 1, 1))).unwrap();
    let whole = presence(100_000_000, date(2020, 1, 1), None);
    let half = presence(50_000_000, date(2020, 1, 1), None);
    let left = presence(100_000_000, date(2025, 1, 1), Some(date(2026, 1, 1).saturating_add(73.days())));
    assert_eq!(average_headcount(&[whole, half, left], year), Ratio::new(365 * 10 + 365 * 5 + 730, 3_650));
    assert_eq!(average_headcount(&[], year), Some(Ratio::whole(0)));
    assert_eq!(average_headcount(&[whole], Span::ALWAYS), None);
}

proptest! {
    #[test]
    fn the_months_of_a_year_average_to_one(year in prop::array::uniform12(0_i64..1_000_000_000)) {
        prop_assume!(year.iter().sum::<i64>() > 0);
        let months = seasonality(&[year]).unwrap();
        let sum: i64 = months.iter().map(|month| month.mean).sum();
        // Each of the twelve is rounded by at most a half.
        prop_assert!((sum - 12 * AVERAGE).abs() <= 6, "{sum}");
    }

    #[test]
    fn a_mean_lies_within_its_spread(years in prop::collection::vec(prop::array::uniform12(-1_000_i64..1_000_000), 1..5)) {
        if let Some(months) = seasonality(&years) {
            for month in months {
                prop_assert!(month.low <= month.mean && month.mean <= month.high);
            }
        }
    }

    #[test]
    fn contributions_sum_to_the_growth(parts in prop::collection::vec((-1_000_000_i64..1_000_000, -1_000_000_i64..1_000_000), 1..20)) {
        let (now, before): (i64, i64) = parts.iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        let own: Option<Vec<Ratio>> = parts.iter().map(|part| contribution(part.0, part.1, before)).collect();
        prop_assert_eq!(own.is_some(), before > 0);
        if let Some(own) = own {
            let sum = own.into_iter().try_fold(Ratio::whole(0), Ratio::checked_add).unwrap();
            prop_assert_eq!(sum, Ratio::new(now - before, before).unwrap());
        }
    }

    /// The plain way: add up from the largest, one after the other.
    #[test]
    fn concentration_is_what_adding_up_says(sums in prop::collection::vec(-100_i64..1_000_000, 0..80)) {
        let mut bought: Vec<i64> = sums.iter().copied().filter(|sum| *sum > 0).collect();
        bought.sort_unstable();
        bought.reverse();
        let total: i64 = bought.iter().sum();
        match concentration(sums) {
            None => prop_assert!(bought.is_empty()),
            Some(found) => {
                let fifth = bought.len() / 5 + usize::from(!bought.len().is_multiple_of(5));
                prop_assert_eq!((found.customers, found.top), (bought.len(), fifth));
                prop_assert_eq!(found.of_top, i128::from(bought.iter().take(fifth).sum::<i64>()));
                let reaches = |count: usize| bought.iter().take(count).sum::<i64>() * 10 >= total * 8;
                prop_assert!(reaches(found.behind_most) && !reaches(found.behind_most - 1));
            }
        }
    }
}
