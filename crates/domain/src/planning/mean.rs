//! The weighted mean by which targets that do not add up are checked against those below them (`domain.md` §3).

use crate::Ratio;

/// Σ weight × value ÷ Σ weight, over pairs of weight and value; `None` where no weight is above 0.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::planning::weighted_mean;
/// // 30 opportunities at 60 % and 10 at 40 % make 55 %.
/// assert_eq!(weighted_mean([(30, 6_000), (10, 4_000)]), Some(Ratio::whole(5_500)));
/// assert_eq!(weighted_mean([(0, 6_000)]), None);
/// ```
pub fn weighted_mean(values: impl IntoIterator<Item = (i64, i64)>) -> Option<Ratio> {
    let (mut over, mut under) = (0_i128, 0_i128);
    for (weight, value) in values.into_iter().filter(|(weight, _)| *weight > 0) {
        over = over.checked_add(i128::from(weight).checked_mul(value.into())?)?;
        under = under.checked_add(weight.into())?;
    }
    Ratio::new(over, i64::try_from(under).ok().filter(|under| *under > 0)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_mean_lies_between_the_least_and_the_greatest(
            values in prop::collection::vec((1..1_000_000_i64, 0..1_000_000_000_i64), 1..20)
        ) {
            let mean = weighted_mean(values.clone()).unwrap();
            let all = || values.iter().map(|(_, value)| Ratio::whole(*value));
            prop_assert!(all().min() <= Some(mean) && Some(mean) <= all().max());
        }

        #[test]
        fn equal_weights_are_the_plain_mean(
            values in prop::collection::vec(0..1_000_000_i64, 1..20), weight in 1..1_000_i64
        ) {
            let mean = weighted_mean(values.iter().map(|value| (weight, *value)));
            let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
            let plain = Ratio::new(sum, values.len() as i128);
            prop_assert_eq!(mean, plain);
        }
    }
}
