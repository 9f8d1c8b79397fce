//! How wide a band has to be: at each past month the band that was told is compared with what came, and the next one is
//! made as wide as would have held four fifths of those (conformal prediction on normal scores, rolling forward: nothing
//! of what came later is used).

use distrs::Normal;

use crate::choice::{Taken, choose};
use crate::distribution::Distribution;
use crate::number::{count, median};
use crate::question::Question;
use crate::table::Table;

/// The sums looked back at before the last ones that a record is made of.
const MOST: usize = 24;
/// The fewest that say something.
const LEAST: usize = 6;
/// So many sums of the past that share nothing weigh as much as knowing nothing: the fewer there are, the less is changed.
const DOUBT: f64 = 8.0;
/// The narrowest and the widest a band may become, in parts of what past errors alone make it.
const BOUNDS: (f64, f64) = (0.6, 1.8);

/// Where what came lay in the band that was told at each origin, by normal score; none where nothing was told.
pub(crate) struct Scores {
    by_origin: Vec<Option<f64>>,
    question: Question,
}

impl Scores {
    /// The scores of the origins before `until`, as many as are looked back at from there and for a record.
    pub fn before(table: &Table, question: Question, until: usize, record: usize) -> Self {
        let first = until.saturating_sub(question.span() + MOST + record);
        let score =
            |origin: usize| (origin >= first).then(|| score(table, question, origin, until)).flatten();
        Self { by_origin: (0..until).map(score).collect(), question }
    }

    /// How much wider than past errors alone a band told at `until` has to be, by the sums that were over then.
    pub fn wider(&self, until: usize) -> f64 {
        let over = (until + 1).saturating_sub(self.question.span());
        let known = self.by_origin.iter().take(over).copied().flatten();
        let mut sizes: Vec<f64> = known.map(f64::abs).collect();
        let sizes = {
            let left_out = sizes.len().saturating_sub(MOST);
            sizes.split_off(left_out)
        };
        factor(sizes, self.question.months)
    }
}

/// The factor of some sizes of scores; 1 where there are too few.
fn factor(mut sizes: Vec<f64>, months: usize) -> f64 {
    if sizes.len() < LEAST {
        return 1.0;
    }
    sizes.sort_unstable_by(f64::total_cmp);
    let all = count(sizes.len());
    // The place that holds four fifths of one more.
    let place = (0.8 * (all + 1.0)).ceil().min(all);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among them")]
    let needed = sizes[place as usize - 1] / Normal::ppf(0.9, 0.0, 1.0);
    let alone = (all + count(months) - 1.0) / count(months);
    let trust = alone / (alone + DOUBT);
    needed.max(0.01).powf(trust).clamp(BOUNDS.0, BOUNDS.1)
}

fn score(table: &Table, question: Question, origin: usize, until: usize) -> Option<f64> {
    let came = table.came(origin, question, until)?;
    let taken = choose(table, question, origin).ok()?;
    let said = table.said(taken.chosen.method, origin, question, taken.blend)?;
    let values = taken.scores.iter().map(|score| said.sum + said.scale * score).collect();
    let score = Distribution::of(values, None)?.score_of(came);
    Some(score.clamp(-4.0, 4.0))
}

impl Taken {
    /// The same with its errors moved away from their middle, or towards it.
    pub fn widened(self, wider: f64) -> Self {
        let middle = median(self.scores.iter().copied()).unwrap_or(0.0);
        let scores = self.scores.into_iter().map(|score| middle + (score - middle) * wider).collect();
        Self { scores, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn too_few_sums_change_nothing() {
        assert!((factor(vec![9.0; LEAST - 1], 1) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn bands_that_held_too_often_become_narrower_and_others_wider() {
        let at = Normal::ppf(0.9, 0.0, 1.0);
        let of = |size: f64| factor(vec![size * at; 24], 1);
        assert!((of(1.0) - 1.0).abs() < 1e-9);
        // 24 sums that share nothing count three quarters: 0.8 to that power.
        assert!((of(0.8) - 0.8_f64.powf(0.75)).abs() < 1e-9);
        assert!(of(1.5) > 1.2 && (of(9.0) - BOUNDS.1).abs() < f64::EPSILON);
        assert!((of(0.0) - BOUNDS.0).abs() < f64::EPSILON);
        // The same sums over a year say as much as three.
        assert!(factor(vec![0.8 * at; 24], 12) > of(0.8));
    }

    #[test]
    fn a_sum_that_is_not_over_says_nothing_yet() {
        let told = |last: f64| {
            let mut by_origin = vec![Some(Normal::ppf(0.9, 0.0, 1.0)); 12];
            by_origin[10..].fill(Some(last));
            Scores { by_origin, question: Question::next(3) }.wider(12)
        };
        // After twelve months the three months told at ten and at eleven still run.
        assert!((told(4.0) - told(0.1)).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn larger_misses_never_make_a_narrower_band(
            sizes in prop::collection::vec(0.0_f64..4.0, LEAST..30), more in 0.0_f64..2.0, months in 1_usize..13,
        ) {
            let larger: Vec<f64> = sizes.iter().map(|size| size + more).collect();
            let (own, other) = (factor(sizes, months), factor(larger, months));
            prop_assert!(own <= other && (BOUNDS.0..=BOUNDS.1).contains(&own));
        }
    }
}
