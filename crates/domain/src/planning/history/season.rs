//! Seasonality: how a month usually lies to the average month of its year.

use crate::ratio::round_half_away;

/// The index of an average month, in ten-thousandths.
pub const AVERAGE: i64 = 10_000;

/// The index of one month of the fiscal year, in ten-thousandths: [`AVERAGE`] is an average month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonMonth {
    /// Its index in each year, in the order given.
    pub years: Vec<i64>,
    /// Their mean, half away from zero.
    pub mean: i64,
    /// The lowest of them.
    pub low: i64,
    /// The highest of them.
    pub high: i64,
}

/// The index of each month: the month ÷ a twelfth of its year, averaged over the years, so that growth from year to year
/// does not look like a season. Given are whole years, the months of each in order; one whose sum is not above 0 says
/// nothing and is left out. `None` where no year is left.
///
/// ```
/// use dacheng_domain::planning::history::{AVERAGE, seasonality};
/// let mut year = [100; 12];
/// (year[1], year[11]) = (50, 150);
/// let months = seasonality(&[year, year.map(|month| month * 2)]).unwrap();
/// assert_eq!((months[0].mean, months[1].mean, months[11].mean), (AVERAGE, 5_000, 15_000));
/// assert_eq!((months[1].low, months[1].high), (5_000, 5_000));
/// ```
pub fn seasonality(years: &[[i64; 12]]) -> Option<[SeasonMonth; 12]> {
    let indexes: Vec<[i64; 12]> = years.iter().filter_map(indexes).collect();
    if indexes.is_empty() {
        return None;
    }
    Some(std::array::from_fn(|month| {
        let years: Vec<i64> = indexes.iter().map(|year| year[month]).collect();
        let sum: i128 = years.iter().map(|index| i128::from(*index)).sum();
        SeasonMonth {
            mean: whole(round_half_away(sum, years.len() as i128)),
            low: years.iter().copied().min().unwrap_or_default(),
            high: years.iter().copied().max().unwrap_or_default(),
            years,
        }
    }))
}

fn indexes(year: &[i64; 12]) -> Option<[i64; 12]> {
    let total: i128 = year.iter().map(|month| i128::from(*month)).sum();
    let index = |month: &i64| whole(round_half_away(i128::from(*month) * 12 * i128::from(AVERAGE), total));
    (total > 0).then(|| std::array::from_fn(|month| index(&year[month])))
}

/// Months that were paid back may reach any size; an index is cut where it no longer says anything.
fn whole(index: i128) -> i64 {
    i64::try_from(index).unwrap_or(if index < 0 { i64::MIN } else { i64::MAX })
}

/// The place of the highest month, the first of equal ones.
pub fn peak(months: &[SeasonMonth; 12]) -> usize {
    let places = months.iter().enumerate();
    places.min_by_key(|(place, month)| (std::cmp::Reverse(month.mean), *place)).map_or(0, |(place, _)| place)
}

/// The place of the lowest month, the first of equal ones.
pub fn trough(months: &[SeasonMonth; 12]) -> usize {
    months.iter().enumerate().min_by_key(|(place, month)| (month.mean, *place)).map_or(0, |(place, _)| place)
}
