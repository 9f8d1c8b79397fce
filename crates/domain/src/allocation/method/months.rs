//! Weights by time: the season and the working days. Even and own weights are as for people.

use num_integer::lcm;

use super::weight;
use crate::allocation::Exact;
use crate::calendar::{Calendar, Month};

/// A month of which no year is in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSeason(pub Month);

/// In proportion to the mean of each month of the year in the history, amounts in minor units. History that does
/// not end with a whole year is fine: the mean counts the years there are. A mean below zero weighs 0.
///
/// ```
/// use dacheng_domain::allocation::method::by_season;
/// let month = |text: &str| text.parse::<dacheng_domain::calendar::Month>().unwrap();
/// let history = [(month("2024-01"), 40), (month("2024-02"), 90), (month("2025-01"), 80)];
/// let weights = by_season(&history, &[month("2026-01"), month("2026-02")]).unwrap();
/// assert_eq!(weights, [120_u64.into(), 180.into()]); // 60 and 90, multiplied by the two years
/// assert!(by_season(&history, &[month("2026-03")]).is_err());
/// ```
pub fn by_season(history: &[(Month, i64)], months: &[Month]) -> Result<Vec<Exact>, NoSeason> {
    let of_the_year = |month: Month| {
        let years = history.iter().filter(move |(seen, _)| seen.number() == month.number());
        years.fold((0_i64, 0_u64), |(sum, years), (_, amount)| (sum.saturating_add(*amount), years + 1))
    };
    let seasons: Vec<(i64, u64)> = months.iter().map(|&month| of_the_year(month)).collect();
    if let Some(place) = seasons.iter().position(|(_, years)| *years == 0) {
        return Err(NoSeason(months[place]));
    }
    let common = seasons.iter().fold(1, |common, (_, years)| lcm(common, *years));
    Ok(seasons.into_iter().map(|(sum, years)| &weight(sum) * &(common / years).into()).collect())
}

/// In proportion to the working days of each month.
pub fn by_working_days(calendar: &Calendar, months: &[Month]) -> Vec<Exact> {
    let days = |month: &Month| calendar.working_days(month.first_day(), month.last_day());
    months.iter().map(|month| u64::from(days(month)).into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn february_2026_has_few_working_days() {
        // Off 1 to 3 January, worked on the 4th; off 15 to 23 February, worked on the 14th and 28th.
        let months = [1, 2, 3].map(|number| Month::new(2026, number).unwrap());
        let weights = by_working_days(&Calendar::shipped(), &months);
        assert_eq!(weights, [21_u64.into(), 16.into(), 22.into()]);
    }

    #[test]
    fn a_month_below_zero_weighs_nothing() {
        let january = Month::new(2025, 1).unwrap();
        assert_eq!(by_season(&[(january, -7)], &[january.plus(12)]), Ok(vec![Exact::ZERO]));
        assert_eq!(by_season(&[], &[]), Ok(vec![]));
    }
}
