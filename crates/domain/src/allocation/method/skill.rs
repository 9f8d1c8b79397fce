//! The skill score of a person as a factor on a weight.

use crate::allocation::Exact;

/// A factor from 0.8 to 1.2 (`domain.md` §4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill(Exact);

impl Skill {
    /// The factor, or `None` outside 0.8 to 1.2.
    pub fn new(factor: Exact) -> Option<Self> {
        (tenths(8) <= factor && factor <= tenths(12)).then_some(Self(factor))
    }

    /// The factor of a score from 1 to 5, the middle score 3 changing nothing: 0.7 + score ÷ 10.
    ///
    /// ```
    /// use dacheng_domain::allocation::method::Skill;
    /// assert_eq!(Skill::of_score(&"3.5".parse()?), Skill::new("1.05".parse()?));
    /// assert_eq!(Skill::of_score(&"5.1".parse()?), None);
    /// # Ok::<(), dacheng_domain::allocation::NotExact>(())
    /// ```
    pub fn of_score(score: &Exact) -> Option<Self> {
        Self::new(&tenths(7) + &(score * &tenths(1)))
    }

    /// The weight of a person with this skill.
    #[must_use]
    pub fn on(&self, weight: &Exact) -> Exact {
        weight * &self.0
    }
}

fn tenths(count: u64) -> Exact {
    Exact::from(count).tenth()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_stays_between_its_ends() {
        let factor = |text: &str| text.parse::<Exact>().unwrap();
        assert_eq!(["0.8", "1.2"].map(|text| Skill::new(factor(text)).is_some()), [true, true]);
        assert_eq!(["0.79", "1.2001"].map(|text| Skill::new(factor(text)).is_some()), [false, false]);
        assert_eq!(Skill::of_score(&factor("1")), Skill::new(factor("0.8")));
        assert_eq!(Skill::new(factor("1.1")).unwrap().on(&factor("30")), factor("33"));
    }
}
