//! Closing a month: open › proposed › closed › reopened, and who may do which step. Storing it is not here.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::calendar::{Calendar, Deadline, Month};
use crate::people::MemberId;

/// Where the close of a month stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseState {
    /// Facts still change it.
    Open,
    /// Sales operations propose its figures.
    Proposed,
    /// Its figures stand: alerts, pay and 评优 use them.
    Closed,
    /// Opened again by two persons, until it is proposed and closed anew.
    Reopened,
}

/// A step of the close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseStep {
    /// Sales operations propose the month.
    Propose,
    /// Finance sends the proposal back.
    SendBack,
    /// Finance closes the month.
    Close,
    /// A director (or executive) and finance together reopen it.
    Reopen,
}

/// Where a step starts and who signs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRule {
    /// The states it starts from.
    pub from: &'static [CloseState],
    /// One signature is needed from each of these groups of roles, all by different persons.
    pub signatures: &'static [&'static [Role]],
}

impl CloseStep {
    /// Every step, in order.
    pub const ALL: [Self; 4] = [Self::Propose, Self::SendBack, Self::Close, Self::Reopen];

    /// The table of steps (`domain.md` §5, `trust.md`). Two rules more hold for every close: its
    /// closer is not its proposer, and entered no fact of the month.
    pub const fn rule(self) -> StepRule {
        let (from, signatures): (&[CloseState], &[&[Role]]) = match self {
            Self::Propose => (&[CloseState::Open, CloseState::Reopened], &[&[Role::SalesOperations]]),
            Self::SendBack | Self::Close => (&[CloseState::Proposed], &[&[Role::Finance]]),
            Self::Reopen => (&[CloseState::Closed], &[&[Role::Director, Role::Executive], &[Role::Finance]]),
        };
        StepRule { from, signatures }
    }
}

/// How a month counts where only closed months do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthStanding {
    /// Never closed.
    Open,
    /// Closed.
    Closed,
    /// Was closed, and will be again.
    Reopened,
}

/// A person and the role they act in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The person.
    pub member: MemberId,
    /// The role.
    pub role: Role,
}

/// Control totals of one source against the ERP (对账), in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlTotal {
    /// The source, such as orders.
    pub source: String,
    /// What is booked here.
    pub booked: i64,
    /// What the ERP says.
    pub expected: i64,
    /// Who signed a difference off, if somebody did.
    pub signed_off_by: Option<MemberId>,
    /// Why the difference is accepted.
    #[serde(default)]
    pub reason: Option<String>,
}

impl ControlTotal {
    /// A difference that nobody signed off.
    pub fn is_unsettled(&self) -> bool {
        self.booked != self.expected && self.signed_off_by.is_none()
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseRefused {
    /// The month is in another state.
    #[error("{step:?} does not start from {state:?}")]
    WrongState {
        /// The step asked for.
        step: CloseStep,
        /// The state of the month.
        state: CloseState,
    },
    /// The role does not do this step.
    #[error("{step:?} is not a step of {role:?}")]
    WrongRole {
        /// The step asked for.
        step: CloseStep,
        /// The role of the signer.
        role: Role,
    },
    /// The same person already signed another part.
    #[error("two different persons are needed")]
    SamePerson,
    /// Who enters facts does not close the month.
    #[error("who entered facts of the month does not close it")]
    EnteredFacts,
    /// A control total differs and nobody signed it off.
    #[error("the control total of {source_name} differs")]
    Unsettled {
        /// The source.
        source_name: String,
    },
}

/// The close of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthClose {
    month: Month,
    state: CloseState,
    standing: MonthStanding,
    proposed_by: Option<MemberId>,
    reopening: Option<Signer>,
}

impl MonthClose {
    /// A month that nobody closed yet.
    pub const fn open(month: Month) -> Self {
        Self {
            month,
            state: CloseState::Open,
            standing: MonthStanding::Open,
            proposed_by: None,
            reopening: None,
        }
    }

    /// A month as it was stored, or one closed from imported history, which nobody signs.
    pub const fn restored(
        month: Month,
        state: CloseState,
        standing: MonthStanding,
        proposed_by: Option<MemberId>,
        reopening: Option<Signer>,
    ) -> Self {
        Self { month, state, standing, proposed_by, reopening }
    }

    /// The month.
    pub const fn month(self) -> Month {
        self.month
    }

    /// Who proposed it, while it is proposed or closed.
    pub const fn proposed_by(self) -> Option<MemberId> {
        self.proposed_by
    }

    /// Where it stands.
    pub const fn state(self) -> CloseState {
        self.state
    }

    /// How it counts for alerts: a reopened month counts as reopened until it is closed again.
    pub const fn standing(self) -> MonthStanding {
        self.standing
    }

    /// The first of the two signatures of a reopening, while the second is missing.
    pub const fn reopening(self) -> Option<Signer> {
        self.reopening
    }

    /// Sales operations propose the figures, once every control total agrees or is signed off.
    pub fn propose(self, by: Signer, totals: &[ControlTotal]) -> Result<Self, CloseRefused> {
        self.allow(CloseStep::Propose, by)?;
        settled(totals)?;
        Ok(Self { state: CloseState::Proposed, proposed_by: Some(by.member), ..self })
    }

    /// Finance sends the proposal back.
    pub fn send_back(self, by: Signer) -> Result<Self, CloseRefused> {
        self.allow(CloseStep::SendBack, by)?;
        let state = match self.standing {
            MonthStanding::Open => CloseState::Open,
            MonthStanding::Closed | MonthStanding::Reopened => CloseState::Reopened,
        };
        Ok(Self { state, proposed_by: None, ..self })
    }

    /// Finance closes the month. `authors` are all who entered a fact of it.
    pub fn close(
        self,
        by: Signer,
        authors: &BTreeSet<MemberId>,
        totals: &[ControlTotal],
    ) -> Result<Self, CloseRefused> {
        self.allow(CloseStep::Close, by)?;
        if self.proposed_by == Some(by.member) {
            return Err(CloseRefused::SamePerson);
        }
        if authors.contains(&by.member) {
            return Err(CloseRefused::EnteredFacts);
        }
        settled(totals)?;
        Ok(Self { state: CloseState::Closed, standing: MonthStanding::Closed, ..self })
    }

    /// Signs for a reopening. The first signature is kept, and a newer one of the same side takes
    /// its place; the second, of the other side and another person, reopens the month.
    pub fn reopen(self, by: Signer) -> Result<Self, CloseRefused> {
        let side = self.allow(CloseStep::Reopen, by)?;
        match self.reopening {
            Some(first) if !side.contains(&first.role) => {
                if first.member == by.member {
                    return Err(CloseRefused::SamePerson);
                }
                let reopened = Self::open(self.month);
                Ok(Self { state: CloseState::Reopened, standing: MonthStanding::Reopened, ..reopened })
            }
            Some(_) | None => Ok(Self { reopening: Some(by), ..self }),
        }
    }

    /// The group of roles the signer signs for, if the table allows the step.
    fn allow(self, step: CloseStep, by: Signer) -> Result<&'static [Role], CloseRefused> {
        let StepRule { from, signatures } = step.rule();
        if !from.contains(&self.state) {
            return Err(CloseRefused::WrongState { step, state: self.state });
        }
        let side = signatures.iter().find(|side| side.contains(&by.role));
        side.copied().ok_or(CloseRefused::WrongRole { step, role: by.role })
    }
}

fn settled(totals: &[ControlTotal]) -> Result<(), CloseRefused> {
    match totals.iter().find(|total| total.is_unsettled()) {
        Some(total) => Err(CloseRefused::Unsettled { source_name: total.source.clone() }),
        None => Ok(()),
    }
}

/// When a month is judged and closed, in working days of the month after (setting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseSettings {
    /// The provisional judgement. Default: 1st working day.
    pub judged_on: u32,
    /// The close. Default: 3rd working day.
    pub closed_by: u32,
}

impl Default for CloseSettings {
    fn default() -> Self {
        Self { judged_on: 1, closed_by: 3 }
    }
}

impl CloseSettings {
    /// The working day of the provisional judgement of a month.
    pub fn judgement_of(self, month: Month, calendar: &Calendar) -> Deadline {
        calendar.due_in(month.next(), self.judged_on)
    }

    /// The day a month is to be closed by.
    pub fn close_of(self, month: Month, calendar: &Calendar) -> Deadline {
        calendar.due_in(month.next(), self.closed_by)
    }
}
