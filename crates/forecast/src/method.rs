//! How a history is continued: by season and level, as the year before, or by its mean. All reckon with amounts per
//! working day.

use augurs_core::{Fit as _, Predict as _};
use augurs_mstl::MSTLModel;

use crate::number::{mean, median};

/// A year.
pub(crate) const SEASON: usize = 12;
/// Logarithms are taken only where no month lies below this part of the middle one: near zero they run away.
const LEAST_FOR_LOGS: f64 = 0.1;

/// A way of continuing a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Season and level by MSTL (Bandara, Hyndman, Bergmeir 2021), the last level carried on.
    Model,
    /// As the same month of the year before.
    Naive,
    /// The mean of the last twelve months, of fewer where there are fewer.
    Mean,
}

impl Method {
    /// Every method, the most demanding first.
    pub const ALL: [Self; 3] = [Self::Model, Self::Naive, Self::Mean];

    /// The fewest months it continues.
    pub const fn least(self) -> usize {
        match self {
            Self::Model => 2 * SEASON,
            Self::Naive => SEASON,
            Self::Mean => 3,
        }
    }

    /// The rates of the months to come; `None` where the past is too short.
    pub(crate) fn continued(self, past: &[f64], months: usize) -> Option<Vec<f64>> {
        if past.len() < self.least() {
            return None;
        }
        match self {
            Self::Model => modelled(past, months),
            Self::Naive => {
                let year = &past[past.len() - SEASON..];
                Some(year.iter().copied().cycle().take(months).collect())
            }
            Self::Mean => {
                let last = &past[past.len().saturating_sub(SEASON)..];
                mean(last).map(|mean| vec![mean; months])
            }
        }
    }
}

/// By MSTL, on logarithms where all months allow it: seasons are parts of the level rather than amounts.
fn modelled(past: &[f64], months: usize) -> Option<Vec<f64>> {
    let middle = median(past.iter().copied())?;
    let by_logs = middle > 0.0 && past.iter().all(|rate| *rate >= middle * LEAST_FOR_LOGS);
    // The library reckons in single precision: what goes in is near one.
    let size = mean(&past.iter().map(|rate| rate.abs()).collect::<Vec<_>>())?;
    if size <= 0.0 {
        return Some(vec![0.0; months]);
    }
    let values: Vec<f64> =
        past.iter().map(|rate| if by_logs { (rate / size).ln() } else { rate / size }).collect();
    let fitted = MSTLModel::naive(vec![SEASON]).fit(&values).ok()?;
    let points = fitted.predict(months, None).ok()?.point;
    let rates: Vec<f64> =
        points.into_iter().map(|point| if by_logs { point.exp() * size } else { point * size }).collect();
    rates.iter().all(|rate| rate.is_finite()).then_some(rates)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two factors a month: level and season, without chance.
    fn seasonal(months: usize, growth: f64) -> Vec<f64> {
        let season = [0.9, 0.6, 1.1, 0.95, 1.0, 1.2, 0.9, 0.9, 1.15, 0.95, 1.2, 1.4];
        let level = |month: usize| 1_000.0 * growth.powf(crate::number::count(month) / 12.0);
        (0..months).map(|month| level(month) * season[month % 12]).collect()
    }

    #[test]
    fn the_year_before_is_repeated() {
        let past: Vec<f64> = (1..=14).map(f64::from).collect();
        let next = Method::Naive.continued(&past, 14).unwrap();
        assert_eq!(next[..3], [3.0, 4.0, 5.0]);
        assert_eq!((next[11], next[12], next[13]), (14.0, 3.0, 4.0));
        assert_eq!(Method::Naive.continued(&past[..11], 1), None);
    }

    #[test]
    fn the_mean_is_that_of_the_last_year() {
        assert_eq!(Method::Mean.continued(&[1.0, 2.0, 6.0], 2), Some(vec![3.0, 3.0]));
        let past: Vec<f64> = [100.0].into_iter().chain([2.0; 12]).collect();
        assert_eq!(Method::Mean.continued(&past, 1), Some(vec![2.0]));
        assert_eq!(Method::Mean.continued(&[1.0, 2.0], 1), None);
    }

    #[test]
    fn a_season_without_chance_is_found_again() {
        let whole = seasonal(48, 1.0);
        let next = Method::Model.continued(&whole[..36], 12).unwrap();
        for (found, own) in next.iter().zip(&whole[36..]) {
            assert!((found / own - 1.0).abs() < 0.01, "{found} {own}");
        }
    }

    #[test]
    fn growth_is_followed_more_closely_than_by_the_year_before() {
        let whole = seasonal(39, 1.2);
        let error = |method: Method| -> f64 {
            let next = method.continued(&whole[..36], 3).unwrap();
            next.iter().zip(&whole[36..]).map(|(found, own)| (found / own - 1.0).abs()).sum()
        };
        let (model, naive) = (error(Method::Model), error(Method::Naive));
        assert!(model < naive * 0.7, "{model} {naive}");
    }

    #[test]
    fn nothing_stays_nothing() {
        assert_eq!(Method::Model.continued(&[0.0; 30], 3), Some(vec![0.0; 3]));
        let returns: Vec<f64> = (0..30).map(|month| if month % 7 == 0 { -5.0 } else { 9.0 }).collect();
        assert!(Method::Model.continued(&returns, 12).is_some());
    }
}
