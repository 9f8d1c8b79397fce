//! Qualitative targets (定性目标): five described levels, and a score by a named rater. They have no pace (`domain.md` §2).

use serde::{Deserialize, Serialize};

use super::Owner;
use crate::Ratio;
use crate::calendar::{Month, Year};
use crate::people::MemberId;

/// Levels of a rubric.
pub const LEVELS: usize = 5;
/// The longest name or description of a level, in characters.
pub const LONGEST: usize = 200;

/// A score, from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Score(u8);

/// A number that is no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a score is 1, 2, 3, 4 or 5")]
pub struct NotAScore;

impl Score {
    /// Every score, the lowest first.
    pub const ALL: [Self; LEVELS] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The number.
    pub const fn number(self) -> i64 {
        self.0 as i64
    }
}

impl TryFrom<i64> for Score {
    type Error = NotAScore;

    fn try_from(number: i64) -> Result<Self, NotAScore> {
        Self::ALL.into_iter().find(|score| score.number() == number).ok_or(NotAScore)
    }
}

impl From<Score> for i64 {
    fn from(score: Score) -> Self {
        score.number()
    }
}

/// Score ÷ target score.
///
/// ```
/// use dacheng_domain::{Ratio, planning::rubric::{Score, attainment}};
/// let [.., four, five] = Score::ALL;
/// assert_eq!(attainment(five, four), Ratio::percent(125));
/// ```
pub fn attainment(score: Score, target: Score) -> Ratio {
    // A target score is 1 at least.
    Ratio::new(score.number(), target.number()).unwrap_or(Ratio::whole(0))
}

/// A qualitative target as it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// What is asked for.
    pub name: String,
    /// Who carries it.
    pub owner: Owner,
    /// Who scores it.
    pub rater: MemberId,
    /// The first month.
    pub first: Month,
    /// The last one.
    pub last: Month,
    /// The score that is to be reached.
    pub target: Score,
    /// What each level means, the lowest first.
    pub levels: [String; LEVELS],
}

/// Why a qualitative target cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotSet {
    /// Its name is empty or too long.
    Name,
    /// A level has no description, or too long a one; counted from 1.
    Level(usize),
    /// It ends before it begins.
    Period,
    /// It reaches over the end of a fiscal year.
    Years,
    /// Whoever carries it would score themselves; of a unit, its leader.
    OwnRater,
    /// Whoever carries it would set it.
    OwnTarget,
}

/// Who carries it in person: the member, or whoever leads the unit.
#[derive(Debug, Clone, Copy)]
pub struct People {
    /// Who carries it.
    pub carrier: Option<MemberId>,
    /// Who sets it; `None` for the command line.
    pub setter: Option<MemberId>,
}

impl Rubric {
    /// Checks what is to be set; `year` is the fiscal year of its first month.
    pub fn check(&self, people: People, year: Year) -> Result<(), CannotSet> {
        let is_said = |text: &str| {
            let text = text.trim();
            !text.is_empty() && text.chars().count() <= LONGEST && !text.contains(char::is_control)
        };
        if !is_said(&self.name) {
            return Err(CannotSet::Name);
        }
        if let Some(level) = self.levels.iter().position(|level| !is_said(level)) {
            return Err(CannotSet::Level(level + 1));
        }
        if self.last < self.first {
            return Err(CannotSet::Period);
        }
        if self.last > year.last_month() {
            return Err(CannotSet::Years);
        }
        if people.carrier == Some(self.rater) {
            return Err(CannotSet::OwnRater);
        }
        if people.setter.is_some() && people.setter == people.carrier {
            return Err(CannotSet::OwnTarget);
        }
        Ok(())
    }
}

/// Where a qualitative target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已设定
    Set,
    /// 已评分
    Rated,
}

/// Why somebody does not score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotRate {
    /// Somebody else is named.
    NotTheRater,
    /// They carry it.
    Own,
    /// It is scored already.
    Rated,
    /// Its first month has not begun.
    Early,
}

impl State {
    /// Scores it: by the named rater only, never by who carries it, once, and not before its first month.
    pub fn rate(
        self,
        rater: MemberId,
        by: Option<MemberId>,
        carrier: Option<MemberId>,
        (first, now): (Month, Month),
    ) -> Result<Self, CannotRate> {
        if by.is_some() && by == carrier {
            return Err(CannotRate::Own);
        }
        if by != Some(rater) {
            return Err(CannotRate::NotTheRater);
        }
        match self {
            Self::Rated => Err(CannotRate::Rated),
            Self::Set if now < first => Err(CannotRate::Early),
            Self::Set => Ok(Self::Rated),
        }
    }
}
