//! What is unusual in a history: months without anything, months far from the usual, a first month that began late.

use dacheng_domain::calendar::Month;

use crate::method::SEASON;
use crate::number::{mean, median};
use crate::series::Series;

/// A modified z-score beyond this is an outlier (Iglewicz and Hoaglin 1993).
const FAR: f64 = 3.5;
/// Makes a median deviation of normal data 1.
const NORMAL: f64 = 0.6745;
/// A deviation counts only beyond this part of a usual month, however even the others are.
const LEAST: f64 = 0.25;
/// The fewest months that say what is usual.
const LEAST_MONTHS: usize = 9;

/// Above or below the usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// More than usual.
    Above,
    /// Less than usual.
    Below,
}

/// What is unusual about a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// The first month with anything began in its second half: it is left out.
    BeganLate(Month),
    /// Nothing was booked between months with something, or in the last ones.
    Gap(Month),
    /// Far from the same months of other years beside their level; it is reckoned with all the same.
    Outlier(Month, Side),
}

impl Flag {
    /// Of which month.
    pub const fn month(self) -> Month {
        match self {
            Self::BeganLate(month) | Self::Gap(month) | Self::Outlier(month, _) => month,
        }
    }
}

/// The flags of a series, in the order of the months.
pub(crate) fn flags(series: &Series) -> Vec<Flag> {
    let late = series.left_out.map(Flag::BeganLate);
    let gaps = series.months().filter(|(_, amount)| *amount == 0).map(|(month, _)| Flag::Gap(month));
    let mut found: Vec<Flag> = late.into_iter().chain(gaps).collect();
    let rates = series.rates();
    let far = far(&rates).into_iter().map(|(place, side)| (series.month(place), side));
    let gap = |month: Month| found.contains(&Flag::Gap(month));
    let outliers: Vec<Flag> =
        far.filter(|(month, _)| !gap(*month)).map(|(month, side)| Flag::Outlier(month, side)).collect();
    found.extend(outliers);
    found.sort_by_key(|flag| flag.month());
    found
}

/// The places of rates whose deviation from the usual is far from the deviations of the others.
fn far(rates: &[f64]) -> Vec<(usize, Side)> {
    let sizes: Vec<f64> = rates.iter().map(|rate| rate.abs()).collect();
    let size = mean(&sizes).unwrap_or(0.0);
    if rates.len() < LEAST_MONTHS || size <= 0.0 {
        return Vec::new();
    }
    let deviations = deviations(rates, size);
    let middle = median(deviations.iter().copied()).unwrap_or(0.0);
    let spread = median(deviations.iter().map(|own| (own - middle).abs())).unwrap_or(0.0);
    let is_far = |own: f64| (own - middle).abs() > LEAST && NORMAL * (own - middle).abs() > FAR * spread;
    let found = deviations.iter().enumerate().filter(|(_, own)| is_far(**own));
    found.map(|(place, own)| (place, if *own > middle { Side::Above } else { Side::Below })).collect()
}

/// How far each rate is from the usual, in usual months: with a year or more to compare with, from the nearest of the same
/// months of other years, each beside its own level; so that a month next to a strange one is not strange itself. Else
/// from the middle rate.
fn deviations(rates: &[f64], size: f64) -> Vec<f64> {
    if rates.len() < 2 * SEASON {
        let middle = median(rates.iter().copied()).unwrap_or(0.0);
        return rates.iter().map(|rate| (rate - middle) / size).collect();
    }
    let beside_level: Vec<f64> =
        (0..rates.len()).map(|place| rates[place] / level(rates, place, size)).collect();
    (0..rates.len()).map(|place| from_other_years(&beside_level, place)).collect()
}

/// The middle rate of the half years around a place.
fn level(rates: &[f64], place: usize, size: f64) -> f64 {
    let half = SEASON / 2;
    let around = &rates[place.saturating_sub(half)..(place + half + 1).min(rates.len())];
    median(around.iter().copied()).filter(|level| *level > 0.0).unwrap_or(size)
}

/// The smallest distance from the same month of another year. Of two that are far apart and alone, the one that is
/// farther from its level is the strange one.
fn from_other_years(beside_level: &[f64], place: usize) -> f64 {
    let own = beside_level[place];
    let others = (place % SEASON..beside_level.len()).step_by(SEASON).filter(|other| *other != place);
    let others: Vec<f64> = others.map(|other| beside_level[other]).collect();
    let is_usual_one = others.len() == 1 && (own - 1.0).abs() <= (others[0] - 1.0).abs();
    if is_usual_one {
        return 0.0;
    }
    let nearest = others.into_iter().map(|other| own - other).min_by(|a, b| a.abs().total_cmp(&b.abs()));
    nearest.unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Days, History};
    use dacheng_domain::calendar::Calendar;

    /// Three years with a season and some unevenness, changed at a place.
    #[expect(clippy::cast_possible_wrap, reason = "months of this test")]
    fn found(months: usize, changed: impl Fn(usize, i64) -> i64) -> Vec<String> {
        let season = [90, 60, 110, 95, 100, 120, 90, 90, 115, 95, 120, 140];
        let own = |month: usize| season[month % 12] * (1_000 + (month as i64 * 37 % 11 - 5) * 10);
        let amounts = (0..months).map(|month| changed(month, own(month))).collect();
        let history = History { first: "2023-01".parse().unwrap(), amounts, inside: None, began_late: false };
        let flags = flags(&Series::new(history, &Days::new(Calendar::shipped(), 2026)));
        flags.into_iter().map(|flag| format!("{flag:?}")).collect()
    }

    fn months(flags: &[String], kind: &str) -> usize {
        flags.iter().filter(|flag| flag.starts_with(kind)).count()
    }

    #[test]
    fn an_even_history_has_nothing_unusual() {
        assert_eq!(found(36, |_, own| own), Vec::<String>::new());
    }

    #[test]
    fn a_month_without_anything_is_a_gap_by_name() {
        let flags = found(36, |month, own| if month == 20 { 0 } else { own });
        assert_eq!(months(&flags, "Gap"), 1);
        assert!(flags.iter().any(|flag| flag.contains("2024") && flag.contains("number: 9")), "{flags:?}");
    }

    #[test]
    fn a_month_far_from_the_usual_is_named() {
        for (factor, side) in [(3, "Above"), (-1, "Below")] {
            let flags = found(36, |month, own| if month == 17 { own * factor } else { own });
            assert!(flags.iter().any(|flag| flag.contains("number: 6") && flag.contains(side)), "{flags:?}");
        }
        let short = found(12, |month, own| if month == 7 { own * 9 } else { own });
        assert_eq!(months(&short, "Outlier"), 1, "{short:?}");
    }

    #[test]
    fn too_few_months_say_nothing_of_what_is_usual() {
        assert_eq!(found(8, |month, own| if month == 3 { own * 50 } else { own }), Vec::<String>::new());
    }
}
