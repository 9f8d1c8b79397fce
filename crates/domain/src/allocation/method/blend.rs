//! Several suggestions in one: 60 % history and 40 % potential.

use crate::allocation::Exact;

/// Why suggestions cannot be blended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotBlend {
    /// A suggestion has not as many weights as the first.
    AnotherLength {
        /// Its place in the list.
        suggestion: usize,
    },
    /// A suggestion has no weight above 0, so nothing can be in proportion to it.
    NoWeight {
        /// Its place in the list.
        suggestion: usize,
    },
}

/// Blends suggestions, each with its part: first every suggestion in proportion to its own sum, then the parts.
/// Exact, because the sums are multiplied out instead of divided by.
///
/// ```
/// use dacheng_domain::allocation::{Exact, method};
/// let history = method::in_proportion(&[300, 100]);
/// let potential = method::in_proportion(&[10, 30]);
/// let weights = method::blend(&[("0.6".parse()?, &history), ("0.4".parse()?, &potential)]).unwrap();
/// // 0.6 × 75 % + 0.4 × 25 % = 55 %; both sums, 400 and 40, are multiplied out.
/// assert_eq!(weights, [Exact::from(8_800), Exact::from(7_200)]);
/// # Ok::<(), dacheng_domain::allocation::NotExact>(())
/// ```
pub fn blend(suggestions: &[(Exact, &[Exact])]) -> Result<Vec<Exact>, CannotBlend> {
    let children = suggestions.first().map_or(0, |(_, weights)| weights.len());
    let mut blended = vec![Exact::ZERO; children];
    let mut sums = Vec::with_capacity(suggestions.len());
    for (suggestion, (_, weights)) in suggestions.iter().enumerate() {
        let sum = weights.iter().fold(Exact::ZERO, |sum, weight| &sum + weight);
        if weights.len() != children {
            return Err(CannotBlend::AnotherLength { suggestion });
        }
        if sum.is_zero() {
            return Err(CannotBlend::NoWeight { suggestion });
        }
        sums.push(sum);
    }
    for (suggestion, (part, weights)) in suggestions.iter().enumerate() {
        let others = sums.iter().enumerate().filter(|(other, _)| *other != suggestion);
        let scale = others.fold(part.clone(), |scale, (_, sum)| &scale * sum);
        for (sum, weight) in blended.iter_mut().zip(*weights) {
            *sum = &*sum + &(&scale * weight);
        }
    }
    Ok(blended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_without_weight_or_of_another_length_is_refused() {
        let (one, none) = ([Exact::from(1)], [Exact::ZERO]);
        let half: Exact = "0.5".parse().unwrap();
        assert_eq!(blend(&[]), Ok(vec![]));
        let refused = blend(&[(half.clone(), &one), (half.clone(), &none)]);
        assert_eq!(refused, Err(CannotBlend::NoWeight { suggestion: 1 }));
        let refused = blend(&[(half.clone(), &one), (half, &[])]);
        assert_eq!(refused, Err(CannotBlend::AnotherLength { suggestion: 1 }));
    }

    #[test]
    fn three_suggestions_of_large_amounts_stay_exact() {
        let amounts = |first: u64, second: u64| vec![Exact::from(first), Exact::from(second)];
        let third = |text: &str| text.parse::<Exact>().unwrap();
        let (a, b, c) = (amounts(u64::MAX, u64::MAX), amounts(1, u64::MAX - 1), amounts(u64::MAX - 1, 1));
        let weights = blend(&[(third("0.2"), &a), (third("0.4"), &b), (third("0.4"), &c)]).unwrap();
        assert_eq!(weights[0], weights[1], "what one suggestion takes the other gives");
    }
}
