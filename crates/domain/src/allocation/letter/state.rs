//! The states of a version of a letter, the steps between them, and whose signature is next (`domain.md` §4).

use serde::{Deserialize, Serialize};

/// Where a version of a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿: it may still be changed, and its member does not see it.
    Draft,
    /// 待签: handed to its member.
    Issued,
    /// 已退回: somebody who was to sign wants it changed. A new version follows.
    Returned,
    /// 拒签: its member refused. That is recorded and blocks neither tracking nor alerts.
    Refused,
    /// 本人已签: waits for the direct superior.
    Signed,
    /// 上级已签: waits for the company's representative.
    Countersigned,
    /// 生效
    InForce,
    /// 被新版本取代: stays readable for ever.
    Superseded,
}

/// What moves a version of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It is handed out.
    Issue,
    /// Whoever is to sign next sends it back, with a reason.
    Return,
    /// Its member refuses, with a reason.
    Refuse,
    /// Its member signs.
    Sign,
    /// The direct superior signs.
    Countersign,
    /// The company's representative signs.
    Represent,
    /// A newer version takes its place.
    Supersede,
}

/// Who signs a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signatories {
    /// Its member, then the direct superior.
    #[default]
    Two,
    /// After both, the company's representative.
    Three,
}

/// Somebody who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Whose letter it is.
    Member,
    /// The direct superior.
    Superior,
    /// Who signs for the company.
    Representative,
}

/// A step that does not start from the state of the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} does not start from {state:?}")]
pub struct NotFromHere {
    /// The step asked for.
    pub step: Step,
    /// The state of the version.
    pub state: State,
}

impl Signatories {
    /// Who signs, in their order.
    pub const fn parties(self) -> &'static [Party] {
        match self {
            Self::Two => &[Party::Member, Party::Superior],
            Self::Three => &[Party::Member, Party::Superior, Party::Representative],
        }
    }
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 7] = [
        Self::Issue,
        Self::Return,
        Self::Refuse,
        Self::Sign,
        Self::Countersign,
        Self::Represent,
        Self::Supersede,
    ];

    /// The step by which a party signs.
    pub const fn of(party: Party) -> Self {
        match party {
            Party::Member => Self::Sign,
            Party::Superior => Self::Countersign,
            Party::Representative => Self::Represent,
        }
    }
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Issued,
        Self::Returned,
        Self::Refused,
        Self::Signed,
        Self::Countersigned,
        Self::InForce,
        Self::Superseded,
    ];

    /// Whose signature it waits for.
    pub const fn waits_for(self) -> Option<Party> {
        match self {
            Self::Issued => Some(Party::Member),
            Self::Signed => Some(Party::Superior),
            Self::Countersigned => Some(Party::Representative),
            Self::Draft | Self::Returned | Self::Refused | Self::InForce | Self::Superseded => None,
        }
    }

    /// Whether what it agrees may be changed: the draft itself, anything else that waits for nobody as a new version.
    pub const fn may_change(self) -> bool {
        match self {
            Self::Draft | Self::Returned | Self::Refused | Self::InForce => true,
            Self::Issued | Self::Signed | Self::Countersigned | Self::Superseded => false,
        }
    }

    /// Where a step leads.
    ///
    /// ```
    /// use dacheng_domain::allocation::letter::{Signatories, State, Step};
    /// let signed = State::Issued.after(Step::Sign, Signatories::Two)?;
    /// assert_eq!(signed.after(Step::Countersign, Signatories::Two)?, State::InForce);
    /// assert_eq!(signed.after(Step::Countersign, Signatories::Three)?, State::Countersigned);
    /// assert!(State::Refused.after(Step::Sign, Signatories::Two).is_err());
    /// # Ok::<(), dacheng_domain::allocation::letter::NotFromHere>(())
    /// ```
    pub const fn after(self, step: Step, signatories: Signatories) -> Result<Self, NotFromHere> {
        Ok(match (step, self, signatories) {
            (Step::Issue, Self::Draft, _) => Self::Issued,
            (Step::Return, Self::Issued | Self::Signed | Self::Countersigned, _) => Self::Returned,
            (Step::Refuse, Self::Issued, _) => Self::Refused,
            (Step::Sign, Self::Issued, _) => Self::Signed,
            (Step::Countersign, Self::Signed, Signatories::Three) => Self::Countersigned,
            (Step::Countersign, Self::Signed, Signatories::Two)
            | (Step::Represent, Self::Countersigned, _) => Self::InForce,
            (
                Step::Supersede,
                Self::Draft
                | Self::Issued
                | Self::Returned
                | Self::Refused
                | Self::Signed
                | Self::Countersigned
                | Self::InForce,
                _,
            ) => Self::Superseded,
            (_, state, _) => return Err(NotFromHere { step, state }),
        })
    }
}
