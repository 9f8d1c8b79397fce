//! What the people of a unit can do: the mean of each skill by the scores of the last twelve months, and how far it is behind
//! the company, or the company behind the best unit.
//!
//! Reads the scores of two years: a few for each member, whatever the orders are.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::Ratio;
use dacheng_domain::facts::row::ScoreRow;
use dacheng_domain::facts::state::is_collaboration;
use dacheng_domain::people::{MemberId, Span, UnitId};
use dacheng_domain::planning::history::{SkillMean, SkillScore, skill_means};
use dacheng_rollup::Owner;
use dacheng_store::facts::View;
use dacheng_store::{Read, counter};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Ground;
use crate::Result;
use crate::facts::alone::each_of;
use crate::facts::days::number;
use crate::facts::delta::Touched;
use crate::figures::branch::below;
use crate::figures::sight::Sights;

/// A skill of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// In the company's words.
    pub name: String,
    /// How many members were scored in the last twelve months.
    pub members: usize,
    /// Σ scores ÷ scores of them, in hundredths of a point.
    pub mean: Ratio,
    /// The same a year earlier, for those who are there now.
    pub before: Option<Ratio>,
    /// What it is measured by: the company, or of the company the best unit below.
    pub yardstick: Option<Yardstick>,
}

/// What a skill is measured by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yardstick {
    /// The unit; `None` for the company.
    pub unit: Option<String>,
    /// Its mean, in hundredths of a point.
    pub mean: Ratio,
}

impl Skill {
    /// How far the mean is from the yardstick, below 0 where it is behind; in hundredths of a point.
    pub fn gap(&self) -> Option<Ratio> {
        self.mean.checked_sub(self.yardstick.as_ref()?.mean)
    }
}

/// The skills of those who are there on a day, the one furthest behind first.
pub(super) fn skills(
    tx: &mut Read,
    ground: &Ground<'_>,
    sights: &Sights<'_>,
    on: Date,
) -> Result<Vec<Skill>> {
    let scores = Scores::read(tx, ground, on)?;
    let own: Vec<UnitId> = match ground.owner {
        Owner::Company => ground.point.organisation().top(on).collect(),
        Owner::Unit(_) | Owner::Member(_) => ground.point.unit(ground.owner, on).into_iter().collect(),
    };
    let present = &present(ground, &own, on);
    let year = (on.saturating_sub(1.year()), on);
    let before = scores.means((year.0.saturating_sub(1.year()), year.0), present);
    let yardsticks = yardsticks(ground, sights, &scores, (year, on));
    let skill = |(name, own): (&str, SkillMean)| {
        Some(Skill {
            name: name.to_owned(),
            members: own.members,
            mean: own.mean()?,
            before: before.get(name).and_then(|own| own.mean()),
            yardstick: yardsticks.get(name).cloned(),
        })
    };
    let mut skills: Vec<Skill> = scores.means(year, present).into_iter().filter_map(skill).collect();
    skills.sort_by_key(|own| (own.gap().is_none(), own.gap().unwrap_or(own.mean), own.name.clone()));
    Ok(skills)
}

/// The mean of the company for a unit; for the company the best of the units below that the asker sees.
fn yardsticks(
    ground: &Ground<'_>,
    sights: &Sights<'_>,
    scores: &Scores,
    (year, on): ((Date, Date), Date),
) -> BTreeMap<String, Yardstick> {
    let organisation = ground.point.organisation();
    if !matches!(ground.owner, Owner::Company) {
        let means = scores.means(year, &present(ground, &organisation.top(on).collect::<Vec<_>>(), on));
        let own = |(name, own): (&str, SkillMean)| {
            Some((name.to_owned(), Yardstick { unit: None, mean: own.mean()? }))
        };
        return means.into_iter().filter_map(own).collect();
    }
    let mut best: BTreeMap<String, Yardstick> = BTreeMap::new();
    let Some(root) = ground.point.unit(ground.owner, on) else { return best };
    for named in below(organisation, sights, root, on) {
        let Some(unit) = organisation.unit_of_code(&named.code) else { continue };
        for (name, own) in scores.means(year, &present(ground, &[unit.id], on)) {
            let Some(mean) = own.mean() else { continue };
            if best.get(name).is_none_or(|best| mean > best.mean) {
                best.insert(name.to_owned(), Yardstick { unit: Some(named.name.clone()), mean });
            }
        }
    }
    best
}

/// The members of some units with all below them, on a day.
fn present(ground: &Ground<'_>, units: &[UnitId], on: Date) -> BTreeSet<MemberId> {
    let organisation = ground.point.organisation();
    let all = units.iter().flat_map(|unit| organisation.presences(*unit, Span::day(on)));
    all.map(|presence| presence.member).collect()
}

/// The scores of skills of the last two years.
struct Scores(Vec<(MemberId, ScoreRow)>);

impl Scores {
    fn read(tx: &mut Read, ground: &Ground<'_>, on: Date) -> Result<Self> {
        let since = on.saturating_sub(2.years());
        let view = View::at(counter::last(tx, counter::CHANGE)?);
        let organisation = ground.point.organisation();
        let mut found = Vec::new();
        each_of::<ScoreRow>(tx, Touched::Days(number(since), number(on)), view, &mut |score| {
            let is_meant = since < score.date && score.date <= on && !is_collaboration(score.kind.as_str());
            let member = organisation.member_of_code(score.member.as_str()).filter(|_| is_meant);
            found.extend(member.map(|member| (member.id, score.clone())));
        })?;
        Ok(Self(found))
    }

    /// Of some members, after the first of two days and through the last.
    fn means(
        &self,
        (after, through): (Date, Date),
        members: &BTreeSet<MemberId>,
    ) -> BTreeMap<&str, SkillMean> {
        let own = self.0.iter().filter(|(member, score)| {
            members.contains(member) && after < score.date && score.date <= through
        });
        skill_means(own.map(|(_, score)| SkillScore {
            member: score.member.as_str(),
            skill: score.kind.as_str(),
            on: score.date,
            score: score.score,
        }))
    }
}
