//! The states of an improvement plan and the steps between them.

use serde::{Deserialize, Serialize};

/// Where a plan stands (`domain.md` §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// The alert was delivered; the owner is to write the plan.
    Open,
    /// Waits for the checker.
    Submitted,
    /// The checker wants changes.
    Returned,
    /// The checker agreed.
    Accepted,
    /// Its measures are under way. Having done them all is not yet recovery.
    Running,
    /// A later month was closed at or above the yellow threshold.
    Recovered,
    /// The last month of the plan was closed below it.
    NotRecovered,
    /// Its alerts were withdrawn.
    Withdrawn,
}

/// What moves a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStep {
    /// The owner hands it in.
    Submit,
    /// The checker sends it back.
    Return,
    /// The checker accepts it.
    Accept,
    /// Its measures begin.
    Start,
    /// A later month was closed at or above the threshold.
    Recover,
    /// The last month of the plan was closed below it.
    Fail,
    /// Its last alert was withdrawn.
    Withdraw,
}

impl PlanStep {
    /// Every step.
    pub const ALL: [Self; 7] =
        [Self::Submit, Self::Return, Self::Accept, Self::Start, Self::Recover, Self::Fail, Self::Withdraw];

    /// The states a step starts from, and the one it leads to. A month may recover, or an alert be
    /// withdrawn, before the plan is written.
    pub const fn rule(self) -> (&'static [PlanState], PlanState) {
        use PlanState::{Accepted, NotRecovered, Open, Recovered, Returned, Running, Submitted, Withdrawn};
        const OPEN: &[PlanState] = &[Open, Submitted, Returned, Accepted, Running];
        match self {
            Self::Submit => (&[Open, Returned], Submitted),
            Self::Return => (&[Submitted], Returned),
            Self::Accept => (&[Submitted], Accepted),
            Self::Start => (&[Accepted], Running),
            Self::Recover => (OPEN, Recovered),
            Self::Fail => (OPEN, NotRecovered),
            Self::Withdraw => (OPEN, Withdrawn),
        }
    }
}

impl PlanState {
    /// Whether the plan can still move; a new month of the same owner and metric then joins it.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Open | Self::Submitted | Self::Returned | Self::Accepted | Self::Running => true,
            Self::Recovered | Self::NotRecovered | Self::Withdrawn => false,
        }
    }
}

/// A step that does not start from the state of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} does not start from {state:?}")]
pub struct NotFromHere {
    /// The step asked for.
    pub step: PlanStep,
    /// The state of the plan.
    pub state: PlanState,
}

impl PlanState {
    pub(super) fn after(self, step: PlanStep) -> Result<Self, NotFromHere> {
        let (from, to) = step.rule();
        if from.contains(&self) { Ok(to) } else { Err(NotFromHere { step, state: self }) }
    }
}
