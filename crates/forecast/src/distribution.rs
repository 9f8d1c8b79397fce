//! The distribution of past errors around a forecast: quantiles one way, chances the other way, one curve for both.

use distrs::Normal;

use crate::chance::Chance;
use crate::inside::Falls;
use crate::number::{count, whole};

/// Values by their normal scores. Of `n` errors the k-th stands at k ÷ (n + 1), the plotting position of split
/// conformal prediction (Vovk; Lei et al. 2018); between two the curve is straight in normal scores, beyond the
/// outermost it goes on from the median through them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Distribution {
    /// Normal score and value, both ascending.
    points: Vec<(f64, f64)>,
    /// Slopes beyond the first and the last point, at least 0.
    slopes: (f64, f64),
    floor: Option<Floor>,
}

/// What a sum cannot fall below, because it is booked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Floor {
    pub at: f64,
    pub falls: Falls,
}

impl Distribution {
    /// The curve of at least two values.
    pub fn of(mut values: Vec<f64>, floor: Option<Floor>) -> Option<Self> {
        if values.len() < 2 {
            return None;
        }
        values.sort_unstable_by(f64::total_cmp);
        let all = count(values.len() + 1);
        let scored = (1..).zip(values).map(|(place, value)| (score(count(place) / all), value));
        let points: Vec<(f64, f64)> = scored.collect();
        let (first, last) = (points[0], points[points.len() - 1]);
        let middle = crate::number::median(points.iter().map(|(_, value)| *value))?;
        let slopes = ((middle - first.1) / -first.0, (last.1 - middle) / last.0);
        Some(Self { points, slopes, floor })
    }

    /// The value below which the part `p` of outcomes lies, in minor units.
    pub fn quantile(&self, p: f64) -> i64 {
        let value = self.value(score(p));
        whole(self.floor.map_or(value, |floor| value.max(floor.at)))
    }

    /// The chance that an outcome is at least `amount`: falls as it rises.
    pub fn reaches(&self, amount: f64) -> Chance {
        match self.floor {
            Some(Floor { at, falls: Falls::Never }) if amount <= at => Chance::CERTAIN,
            Some(Floor { at, falls: Falls::ByReturns }) if amount <= at => Chance::estimated(1.0),
            Some(_) | None => Chance::estimated(1.0 - Normal::cdf(self.score_of(amount), 0.0, 1.0)),
        }
    }

    fn value(&self, score: f64) -> f64 {
        let (first, last) = (self.points[0], self.points[self.points.len() - 1]);
        if score <= first.0 {
            return first.1 + (score - first.0) * self.slopes.0;
        }
        if score >= last.0 {
            return last.1 + (score - last.0) * self.slopes.1;
        }
        let above = self.points.partition_point(|(own, _)| *own <= score);
        let (low, high) = (self.points[above - 1], self.points[above]);
        low.1 + (high.1 - low.1) * (score - low.0) / (high.0 - low.0)
    }

    /// The lowest score whose value is at least `amount`.
    pub fn score_of(&self, amount: f64) -> f64 {
        let (first, last) = (self.points[0], self.points[self.points.len() - 1]);
        if amount <= first.1 {
            return beyond(first, amount, self.slopes.0, f64::NEG_INFINITY);
        }
        if amount > last.1 {
            return beyond(last, amount, self.slopes.1, f64::INFINITY);
        }
        let above = self.points.partition_point(|(_, own)| *own < amount);
        let (low, high) = (self.points[above - 1], self.points[above]);
        low.0 + (high.0 - low.0) * (amount - low.1) / (high.1 - low.1)
    }
}

/// Along the slope from a point; where it is level, at its end unless the point itself is meant.
fn beyond((score, value): (f64, f64), amount: f64, slope: f64, end: f64) -> f64 {
    if slope > 0.0 { score + (amount - value) / slope } else { end }
}

fn score(p: f64) -> f64 {
    Normal::ppf(p, 0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nine() -> Distribution {
        Distribution::of((1..=9).map(|value| f64::from(value) * 100.0).collect(), None).unwrap()
    }

    #[test]
    fn of_nine_errors_the_outermost_are_the_ends_of_the_band() {
        let own = nine();
        assert_eq!([0.1, 0.5, 0.9].map(|p| own.quantile(p)), [100, 500, 900]);
        let chances = [100.0, 500.0, 900.0].map(|amount| own.reaches(amount).ten_thousandths());
        assert_eq!(chances, [9_000, 5_000, 1_000]);
    }

    #[test]
    fn fewer_errors_make_the_band_wider_than_they_lie() {
        let own = Distribution::of([1, 2, 3, 4, 5, 6].map(|value| f64::from(value) * 100.0).to_vec(), None);
        let own = own.unwrap();
        assert!(own.quantile(0.1) < 100 && own.quantile(0.9) > 600);
        assert_eq!(own.quantile(0.5), 350);
    }

    #[test]
    fn what_is_booked_stays() {
        let values: Vec<f64> = (1..=9).map(|value| f64::from(value) * 100.0).collect();
        let floor = |falls| Some(Floor { at: 400.0, falls });
        let never = Distribution::of(values.clone(), floor(Falls::Never)).unwrap();
        assert_eq!([0.1, 0.5, 0.9].map(|p| never.quantile(p)), [400, 500, 900]);
        assert_eq!(never.reaches(400.0), Chance::CERTAIN);
        let returns = Distribution::of(values, floor(Falls::ByReturns)).unwrap();
        assert_eq!(returns.reaches(400.0).ten_thousandths(), 9_950);
    }

    #[test]
    fn errors_that_are_all_the_same_leave_no_doubt_but_the_least() {
        let own = Distribution::of(vec![500.0; 8], None).unwrap();
        assert_eq!([0.1, 0.5, 0.9].map(|p| own.quantile(p)), [500; 3]);
        assert_eq!(own.reaches(500.0).ten_thousandths(), 9_950);
        assert_eq!(own.reaches(501.0).ten_thousandths(), 50);
        assert!(Distribution::of(vec![1.0], None).is_none());
    }

    proptest! {
        #[test]
        fn the_chance_falls_as_the_number_rises(
            values in prop::collection::vec(-1_000_000_i64..1_000_000, 2..40),
            floor in prop::option::of(-1_000_000_i64..1_000_000),
            falls in prop::bool::ANY,
            mut amounts in prop::collection::vec(-2_000_000_i64..2_000_000, 2..30),
        ) {
            let falls = if falls { Falls::ByReturns } else { Falls::Never };
            let floor = floor.map(|at| Floor { at: crate::number::real(at), falls });
            let values = values.into_iter().map(crate::number::real).collect();
            let own = Distribution::of(values, floor).unwrap();
            amounts.sort_unstable();
            let chances: Vec<Chance> = amounts.iter().map(|own_amount| own.reaches(crate::number::real(*own_amount))).collect();
            prop_assert!(chances.is_sorted_by(|a, b| a >= b), "{chances:?}");
        }

        #[test]
        fn quantiles_rise_and_chances_are_their_other_side(
            values in prop::collection::vec(-1_000_000_i64..1_000_000, 2..40),
            p in 0.01_f64..0.99,
        ) {
            let own = Distribution::of(values.into_iter().map(crate::number::real).collect(), None).unwrap();
            let quantiles = [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map(|p| own.quantile(p));
            prop_assert!(quantiles.is_sorted(), "{quantiles:?}");
            // Unrounded: at least 1 − p of outcomes reach the quantile of p.
            let reached = f64::from(own.reaches(own.value(score(p)) - 1e-6).ten_thousandths()) / 10_000.0;
            prop_assert!(reached >= 1.0 - p - 2e-3, "{reached} {p}");
        }
    }
}
