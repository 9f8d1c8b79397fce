//! What people can do, by the scores that they were given: the mean of a skill, and how far it is behind another.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::Ratio;

/// A score of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillScore<'s> {
    /// Whose.
    pub member: &'s str,
    /// Of what.
    pub skill: &'s str,
    /// When it was given.
    pub on: Date,
    /// In hundredths of a point.
    pub score: i64,
}

/// The scores of a skill that stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SkillMean {
    /// How many members were scored.
    pub members: usize,
    scores: i64,
    sum: i64,
}

impl SkillMean {
    /// Σ scores ÷ scores, in hundredths of a point; `None` without a score.
    pub fn mean(self) -> Option<Ratio> {
        Ratio::new(i128::from(self.sum), i128::from(self.scores))
    }
}

/// The mean of each skill: of every member the scores of the last day on which they were scored in it stand, earlier ones
/// do not; several raters on one day count alike.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::planning::history::{SkillScore, skill_means};
/// use jiff::civil::date;
/// let score = |member, on, score| SkillScore { member, skill: "谈判", on, score };
/// let (june, december) = (date(2026, 6, 30), date(2025, 12, 31));
/// let found = skill_means([score("a", december, 5_000), score("a", june, 8_000), score("b", december, 6_000)]);
/// assert_eq!((found["谈判"].members, found["谈判"].mean()), (2, Some(Ratio::whole(7_000))));
/// ```
pub fn skill_means<'s>(scores: impl IntoIterator<Item = SkillScore<'s>>) -> BTreeMap<&'s str, SkillMean> {
    let mut latest: BTreeMap<(&str, &str), (Date, SkillMean)> = BTreeMap::new();
    for own in scores {
        let (day, standing) = latest.entry((own.skill, own.member)).or_insert((own.on, SkillMean::default()));
        if own.on > *day {
            (*day, *standing) = (own.on, SkillMean::default());
        }
        if own.on == *day {
            standing.scores += 1;
            standing.sum += own.score;
        }
    }
    let mut means: BTreeMap<&str, SkillMean> = BTreeMap::new();
    for ((skill, _), (_, own)) in latest {
        let mean = means.entry(skill).or_default();
        mean.members += 1;
        mean.scores += own.scores;
        mean.sum += own.sum;
    }
    means
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Against a slower way: for each member, the last day first, then the plain mean of what is left.
        #[test]
        fn the_last_scores_of_each_member_stand(
            given in proptest::collection::vec((0_usize..4, 0_usize..3, 0_i8..20, 0_i64..=10_000), 0..60),
        ) {
            let members = ["a", "b", "c", "d"];
            let skills = ["x", "y", "z"];
            let scores: Vec<SkillScore<'_>> = given
                .iter()
                .map(|(member, skill, day, score)| SkillScore {
                    member: members[*member],
                    skill: skills[*skill],
                    on: Date::constant(2026, 6, 1 + day),
                    score: *score,
                })
                .collect();
            let found = skill_means(scores.iter().copied());
            for skill in skills {
                let of = |member: &str| -> Vec<i64> {
                    let own = scores.iter().filter(|own| own.member == member && own.skill == skill);
                    let last = own.clone().map(|own| own.on).max();
                    own.filter(|own| Some(own.on) == last).map(|own| own.score).collect()
                };
                let all: Vec<Vec<i64>> = members.iter().map(|member| of(member)).filter(|own| !own.is_empty()).collect();
                let flat: Vec<i64> = all.concat();
                let expected = Ratio::new(flat.iter().map(|own| i128::from(*own)).sum::<i128>(), flat.len() as i128);
                prop_assert_eq!(found.get(skill).map_or(0, |own| own.members), all.len());
                prop_assert_eq!(found.get(skill).and_then(|own| own.mean()), expected);
            }
        }
    }
}
