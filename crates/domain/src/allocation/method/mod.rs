//! Suggested weights: the methods of `domain.md` §4. What is divided by them lives beside.
//!
//! Every method gives one weight per child, in the children's order. Only their proportions mean anything.
//! People's own weights need no method: they are read as [`Exact`].

mod blend;
mod capacity;
mod months;
mod ramp;
mod skill;

pub use blend::{CannotBlend, blend};
pub use capacity::{Staff, by_capacity};
pub use months::{NoSeason, by_season, by_working_days};
pub use ramp::{NotARamp, Ramp, service_month};
pub use skill::Skill;

use super::Exact;

/// The same for everyone.
pub fn even(children: usize) -> Vec<Exact> {
    vec![Exact::from(1); children]
}

/// In proportion to amounts in minor units: history share, market potential, headcount. Nothing or less (returns
/// above sales) weighs 0.
///
/// ```
/// use dacheng_domain::allocation::{Exact, method};
/// assert_eq!(method::in_proportion(&[300, -5]), [Exact::from(300), Exact::ZERO]);
/// ```
pub fn in_proportion(amounts: &[i64]) -> Vec<Exact> {
    amounts.iter().map(|&amount| weight(amount)).collect()
}

/// History times the expected growth, given as a factor: 1.15 for 15 % more.
pub fn by_growth(history: &[(i64, Exact)]) -> Vec<Exact> {
    history.iter().map(|(amount, factor)| &weight(*amount) * factor).collect()
}

fn weight(amount: i64) -> Exact {
    Exact::from(u64::try_from(amount).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_multiplies_history_exactly() {
        let factor = |text: &str| text.parse::<Exact>().unwrap();
        let weights = by_growth(&[(1_000, factor("1.15")), (200, factor("0.333")), (-1, factor("2"))]);
        assert_eq!(weights, [factor("1150"), factor("66.6"), Exact::ZERO]);
        assert_eq!(even(2), [factor("1.0"), factor("1")]);
    }
}
