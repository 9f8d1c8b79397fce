//! The border between whole minor units and floating point: the only casts of this crate.

/// An amount as a number to reckon with. Exact up to 2⁵³ minor units, which is 90 trillion yuan.
#[expect(clippy::cast_precision_loss, reason = "beyond 90 trillion yuan a forecast may be off by a fen")]
pub(crate) const fn real(amount: i64) -> f64 {
    amount as f64
}

/// How many, as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "counts of months")]
pub(crate) const fn count(many: usize) -> f64 {
    many as f64
}

/// The nearest whole, half away from zero; the largest amounts where it lies beyond them.
#[expect(clippy::cast_possible_truncation, reason = "saturates, which is meant")]
pub(crate) fn whole(value: f64) -> i64 {
    value.round() as i64
}

pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
}

pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.get(middle), sorted.len() % 2) {
        (None, _) => None,
        (Some(own), 1) => Some(*own),
        (Some(own), _) => Some(f64::midpoint(sorted[middle - 1], *own)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median([]), None);
    }

    #[test]
    fn amounts_round_half_away_and_stop_at_the_largest() {
        assert_eq!([0.5, -0.5, 1.4].map(whole), [1, -1, 1]);
        assert_eq!([1e30, -1e30, f64::NAN].map(whole), [i64::MAX, i64::MIN, 0]);
    }
}
