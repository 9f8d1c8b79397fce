//! Pipeline coverage (商机覆盖): weighted open opportunities ÷ what a period still lacks (`domain.md` §2). Which
//! opportunities count, by which weight, and why others do not. Reading them lives in `app::figures::pipeline`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Month;
use crate::facts::row::OpportunityRow;
use crate::facts::silence::Silence;
use crate::facts::state::Outcome;
use crate::ratio::round_half_away;
use crate::{Fen, Ratio};

/// Hundredths of a per cent in a whole.
pub const WHOLE: i64 = 10_000;
/// Decided opportunities that say something of a stage, or of all.
pub const ENOUGH: u32 = 20;

/// Where a weight comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The opportunity carries its own.
    Own,
    /// The company settled it for the stage.
    Settled,
    /// Won ÷ decided of those that passed through the stage.
    Stage {
        /// How many were decided.
        decided: u32,
    },
    /// Won ÷ decided of all: too few passed through the stage.
    All {
        /// How many were decided.
        decided: u32,
    },
}

/// How much of an amount counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Weight {
    /// In hundredths of a per cent, from 0 to [`WHOLE`].
    pub parts: i64,
    /// Where it comes from.
    #[serde(flatten)]
    pub origin: Origin,
}

/// Won and lost of some opportunities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decided {
    /// Won.
    pub won: u32,
    /// Lost; silent for too long counts as lost.
    pub lost: u32,
}

impl Decided {
    /// Both.
    pub const fn all(self) -> u32 {
        self.won + self.lost
    }

    const fn add(&mut self, won: Won) {
        match won {
            Won::Yes => self.won += 1,
            Won::No => self.lost += 1,
        }
    }

    /// Won ÷ (won + lost), where there are enough.
    fn parts(self) -> Option<i64> {
        let parts = round_half_away(i128::from(self.won) * i128::from(WHOLE), i128::from(self.all().max(1)));
        i64::try_from(parts).ok().filter(|_| self.all() >= ENOUGH)
    }
}

/// How an opportunity ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Won {
    /// It was won.
    Yes,
    /// It was lost, or nothing was heard of it for too long.
    No,
}

/// What decided opportunities say of stages: each counts once for every stage it stood in while it was open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Learned {
    stages: BTreeMap<String, Decided>,
    all: Decided,
}

impl Learned {
    /// Takes a decided opportunity, with the stages it stood in while it was open, each once.
    pub fn add<'s>(&mut self, stages: impl IntoIterator<Item = &'s str>, won: Won) {
        self.all.add(won);
        for stage in stages {
            self.stages.entry(stage.to_owned()).or_default().add(won);
        }
    }

    /// What it knows of a stage.
    pub fn of(&self, stage: &str) -> Decided {
        self.stages.get(stage).copied().unwrap_or_default()
    }

    /// The stages it knows, in the order of their names.
    pub fn stages(&self) -> impl Iterator<Item = (&str, Decided)> {
        self.stages.iter().map(|(stage, decided)| (stage.as_str(), *decided))
    }

    /// Of all.
    pub const fn all(&self) -> Decided {
        self.all
    }
}

/// A version of what a company settles about its pipeline, from a month on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineVersion {
    /// From 1; what a company starts with is 0.
    pub version: u32,
    /// The first month it holds for.
    pub valid_from: Month,
    /// Coverage below it is red.
    pub red_below: Ratio,
    /// What stages weigh, in hundredths of a per cent; a stage that is missing weighs what history says.
    pub stages: BTreeMap<String, i64>,
}

/// Every version.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PipelineSettings(Vec<PipelineVersion>);

/// Why a version cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSettled {
    /// Another version begins later or in the same month.
    BeforeAnother(Month),
    /// The limit is not above 0 or above 100.
    Limit,
    /// A weight below 0 or above 100 %.
    Weight,
}

impl PipelineSettings {
    /// Every version, in the order in which they were added.
    pub fn versions(&self) -> &[PipelineVersion] {
        &self.0
    }

    /// What holds in a month: coverage below three is red, stages weigh what history says, unless settled.
    pub fn at(&self, month: Month) -> PipelineVersion {
        let own = self.0.iter().filter(|own| own.valid_from <= month);
        own.max_by_key(|own| own.version).cloned().unwrap_or_else(|| PipelineVersion {
            version: 0,
            valid_from: month,
            red_below: Ratio::whole(3),
            stages: BTreeMap::new(),
        })
    }

    /// Adds a version, which gets its number here.
    ///
    /// # Errors
    /// Where it would change what held before, or says nothing sensible.
    pub fn add(&mut self, version: PipelineVersion) -> Result<PipelineVersion, NotSettled> {
        if let Some(last) = self.0.last().map(|own| own.valid_from).filter(|last| version.valid_from <= *last)
        {
            return Err(NotSettled::BeforeAnother(last));
        }
        if version.red_below <= Ratio::whole(0) || version.red_below > Ratio::whole(100) {
            return Err(NotSettled::Limit);
        }
        if version.stages.values().any(|parts| !(0..=WHOLE).contains(parts)) {
            return Err(NotSettled::Weight);
        }
        let added = PipelineVersion { version: self.0.last().map_or(0, |own| own.version) + 1, ..version };
        self.0.push(added.clone());
        Ok(added)
    }
}

/// What an opportunity adds to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Amount × weight, in fen, half away from zero.
    pub weighted: Fen,
    /// By which weight.
    pub weight: Weight,
    /// Whether the day on which it was to be decided has passed.
    pub overdue: bool,
}

/// Why an opportunity adds nothing to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// Nothing was heard of it for 90 days: it counts as lost.
    Silent,
    /// Nobody said what it is worth.
    NoAmount,
    /// Nobody said when it may be decided.
    NoDate,
    /// It was to be decided before the period.
    Before,
    /// It is to be decided after the period.
    After,
    /// Nothing says how likely its stage is, nor the history.
    NoWeight,
}

impl Left {
    /// Every reason.
    pub const ALL: [Self; 6] =
        [Self::Silent, Self::NoAmount, Self::NoDate, Self::Before, Self::After, Self::NoWeight];
}

/// What weighs opportunities: what the company settled before what its history says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights<'w> {
    /// What the company settled.
    pub settled: &'w PipelineVersion,
    /// What history says.
    pub learned: &'w Learned,
    /// How long an opportunity may be silent.
    pub silence: &'w Silence,
}

impl Weights<'_> {
    /// The weight of a stage.
    pub fn stage(&self, stage: &str) -> Option<Weight> {
        if let Some(parts) = self.settled.stages.get(stage) {
            return Some(Weight { parts: *parts, origin: Origin::Settled });
        }
        let (own, all) = (self.learned.of(stage), self.learned.all());
        let by_stage = own.parts().map(|parts| (parts, Origin::Stage { decided: own.all() }));
        let by_all = || all.parts().map(|parts| (parts, Origin::All { decided: all.all() }));
        by_stage.or_else(by_all).map(|(parts, origin)| Weight { parts, origin })
    }

    /// What an open opportunity adds to the days of a period, on a day; or why nothing.
    ///
    /// # Errors
    /// Why it does not count.
    pub fn weigh(
        &self,
        row: &OpportunityRow,
        (first, last): (Date, Date),
        today: Date,
    ) -> Result<Counted, Left> {
        if row.silent_on(self.silence) <= today {
            return Err(Left::Silent);
        }
        let amount = row.amount.ok_or(Left::NoAmount)?;
        let expected = row.expected.ok_or(Left::NoDate)?;
        if expected < first {
            return Err(Left::Before);
        }
        if expected > last {
            return Err(Left::After);
        }
        let own = row.probability.map(|parts| Weight { parts, origin: Origin::Own });
        let stage = || self.stage(row.stage.as_deref().unwrap_or_default());
        let weight = own.or_else(stage).ok_or(Left::NoWeight)?;
        let weighted = round_half_away(i128::from(amount.0) * i128::from(weight.parts), i128::from(WHOLE));
        let weighted = Fen(i64::try_from(weighted).unwrap_or(i64::MAX));
        Ok(Counted { weighted, weight, overdue: expected < today })
    }
}

/// How an opportunity was decided on or before a day; `None` while it is open.
pub fn decided(row: &OpportunityRow, silence: &Silence, today: Date) -> Option<Won> {
    match row.outcome {
        Outcome::Won => Some(Won::Yes),
        Outcome::Lost => Some(Won::No),
        Outcome::Open => (row.silent_on(silence) <= today).then_some(Won::No),
    }
}

/// How well a period is covered, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// The period is over: nothing can be added to it.
    Over,
    /// There is no target to fall short of.
    NoTarget,
    /// Nothing is lacking.
    NoGap,
    /// Weighted ÷ gap.
    Times {
        /// Target − booked.
        gap: i64,
        /// How often the gap is covered.
        ratio: Ratio,
    },
}

/// Weighted open opportunities ÷ remaining gap.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::tracking::pipeline::{Coverage, coverage};
/// let found = coverage(250, Some(1_000), 900);
/// assert_eq!(found, Coverage::Times { gap: 100, ratio: Ratio::new(250, 100).unwrap() });
/// assert!(found.is_short(Ratio::whole(3)));
/// assert_eq!(coverage(250, Some(1_000), 1_000), Coverage::NoGap);
/// assert_eq!(coverage(250, None, 0), Coverage::NoTarget);
/// ```
pub fn coverage(weighted: i64, target: Option<i64>, booked: i64) -> Coverage {
    let Some(target) = target else { return Coverage::NoTarget };
    let gap = crate::metrics::gap(booked, target, crate::metrics::Direction::Higher);
    match Ratio::new(weighted, gap) {
        None => Coverage::NoGap,
        Some(ratio) => Coverage::Times { gap, ratio },
    }
}

impl Coverage {
    /// The ratio, where there is one.
    pub const fn ratio(self) -> Option<Ratio> {
        match self {
            Self::Times { ratio, .. } => Some(ratio),
            Self::Over | Self::NoTarget | Self::NoGap => None,
        }
    }

    /// What is lacking; nothing where there is no target.
    pub const fn gap(self) -> Option<i64> {
        match self {
            Self::Over | Self::NoTarget => None,
            Self::NoGap => Some(0),
            Self::Times { gap, .. } => Some(gap),
        }
    }

    /// Whether it is red: below the limit. Compared exactly; the limit itself is not red.
    pub fn is_short(self, red_below: Ratio) -> bool {
        self.ratio().is_some_and(|ratio| ratio < red_below)
    }
}
