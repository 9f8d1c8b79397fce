//! Whole units in proportion to weights, inside bounds. Money, locks and children that weigh nothing live beside.

use num_bigint::BigUint;
use num_integer::Integer;

/// How few and how many units a child may receive; `least ≤ most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub least: u64,
    pub most: u64,
}

/// Numbers without rounding and without a sign.
trait Whole: Integer + Clone + From<u64> + TryInto<u64> {}

impl<T: Integer + Clone + From<u64> + TryInto<u64>> Whole for T {}

/// Divides `units` by the definition of `domain.md` §4: the continuous optimum of Σ (x − w)² / w inside the
/// bounds, then largest remainder, ties to the earlier child. The sum of the shares is `units`.
///
/// The caller has checked Σ least ≤ units ≤ Σ most, and that a child of weight 0 has `least = most`.
pub(super) fn divide(units: u64, weights: &[u64], bounds: &[Bounds]) -> Vec<u64> {
    // Every product below stays under 4 × units × Σ weights; the narrowest numbers that hold it are the fastest.
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let product = sum.checked_mul(u128::from(units)).and_then(|product| product.checked_mul(4));
    match (u64::try_from(sum), product) {
        (Ok(_), Some(product)) if product <= u128::from(u64::MAX) => {
            divide_in::<u64, u64, _>(units, weights, bounds)
        }
        (Ok(_), Some(_)) => divide_in::<u128, u64, _>(units, weights, bounds),
        (Ok(_) | Err(_), _) => divide_in::<BigUint, BigUint, _>(units, weights, bounds),
    }
}

/// As [`divide`], with weights of any size.
pub(super) fn divide_long(units: u64, weights: &[BigUint], bounds: &[Bounds]) -> Vec<u64> {
    divide_in::<BigUint, BigUint, _>(units, weights, bounds)
}

/// `T` holds products, `F` a fraction, which is below Σ weights.
fn divide_in<T, F, W>(units: u64, weights: &[W], bounds: &[Bounds]) -> Vec<u64>
where
    T: Whole,
    F: Ord + TryFrom<T>,
    W: Clone + Into<T>,
{
    // The optimum is x = λ × weight, clamped to the bounds: the scale of the weights cancels out.
    let lambda: Lambda<T> = level(units, weights, bounds);
    let mut fractions: Vec<(F, usize)> = Vec::with_capacity(weights.len());
    let mut missing = units;
    let mut shares = Vec::with_capacity(weights.len());
    for (child, (weight, bound)) in weights.iter().zip(bounds).enumerate() {
        // One long division and a product: `div_rem` on `u128` divides twice.
        let ideal = lambda.above.clone() * weight.clone().into();
        let quotient = ideal.clone() / lambda.below.clone();
        let fraction = ideal - quotient.clone() * lambda.below.clone();
        let quotient = quotient.try_into().unwrap_or(u64::MAX);
        // A bound is whole, so a share strictly inside may always be rounded up.
        if (bound.least..bound.most).contains(&quotient) && !fraction.is_zero() {
            fractions.extend(F::try_from(fraction).ok().map(|fraction| (fraction, child)));
        }
        let share = quotient.clamp(bound.least, bound.most);
        missing -= share;
        shares.push(share);
    }
    for child in largest(fractions, missing) {
        shares[child] += 1;
    }
    shares
}

/// The children of the `count` largest fractions, ties to the earlier child.
fn largest<T: Ord>(mut fractions: Vec<(T, usize)>, count: u64) -> impl Iterator<Item = usize> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if (1..fractions.len()).contains(&count) {
        fractions.select_nth_unstable_by(count - 1, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    fractions.into_iter().take(count).map(|(_, child)| child)
}

/// A factor on the weights, `above / below`.
struct Lambda<T> {
    above: T,
    below: T,
}

/// A place on the scale of λ, `bound / weight of child`, where a child leaves its minimum or meets its maximum.
struct Turn {
    bound: u64,
    child: usize,
    at: End,
}

/// The two ends of the bounds.
enum End {
    Least,
    Most,
}

/// The sum of all shares near a λ: `fixed + rising × λ`.
#[derive(Clone)]
struct Line<T> {
    fixed: T,
    rising: T,
}

impl<T: Whole> Line<T> {
    /// The line beyond these turns.
    fn after<W: Clone + Into<T>>(&self, turns: &[Turn], weights: &[W]) -> Self {
        // Subtract last: a maximum is met only after the minimum was left, so nothing drops below zero.
        let mut line = self.clone();
        let mut released = T::zero();
        let mut stopped = T::zero();
        for turn in turns {
            let weight = weights[turn.child].clone().into();
            match turn.at {
                End::Least => {
                    released = released + turn.bound.into();
                    line.rising = line.rising + weight;
                }
                End::Most => {
                    line.fixed = line.fixed + turn.bound.into();
                    stopped = stopped + weight;
                }
            }
        }
        Self { fixed: line.fixed - released, rising: line.rising - stopped }
    }

    /// Whether the shares reach the units at a λ.
    fn reaches(&self, units: &T, lambda: &Lambda<T>) -> bool {
        let sum = self.fixed.clone() * lambda.below.clone() + self.rising.clone() * lambda.above.clone();
        sum >= units.clone() * lambda.below.clone()
    }
}

/// The λ at which the clamped shares sum to `units`.
///
/// A median search over the turns: every step halves them, so the whole costs O(n).
fn level<T: Whole, W: Clone + Into<T>>(units: u64, weights: &[W], bounds: &[Bounds]) -> Lambda<T> {
    let exact_units = T::from(units);
    let mut line = Line { fixed: T::zero(), rising: T::zero() };
    let mut turns = Vec::with_capacity(2 * weights.len());
    for (child, (weight, bound)) in weights.iter().zip(bounds).enumerate() {
        line.fixed = line.fixed + bound.least.into();
        if bound.least == bound.most {
            continue;
        }
        if bound.least == 0 {
            line.rising = line.rising + weight.clone().into();
        } else {
            turns.push(Turn { bound: bound.least, child, at: End::Least });
        }
        // No share exceeds the units there are, so a maximum beyond them is never met.
        if bound.most < units {
            turns.push(Turn { bound: bound.most, child, at: End::Most });
        }
    }
    let mut open = turns.as_mut_slice();
    while !open.is_empty() {
        let (before, turn, beyond) = open.select_nth_unstable_by(open.len() / 2, |a, b| {
            let left = T::from(a.bound) * weights[b.child].clone().into();
            left.cmp(&(T::from(b.bound) * weights[a.child].clone().into()))
        });
        let here = line.after(before, weights);
        let lambda = Lambda { above: turn.bound.into(), below: weights[turn.child].clone().into() };
        if here.reaches(&exact_units, &lambda) {
            open = before;
        } else {
            line = here.after(std::slice::from_ref(turn), weights);
            open = beyond;
        }
    }
    // Only where the minima already are the units does nothing rise.
    let below = if line.rising.is_zero() { T::one() } else { line.rising };
    Lambda { above: exact_units - line.fixed, below }
}
