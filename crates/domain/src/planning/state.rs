//! The life of a plan: 草稿 › 评审 › 生效 › 归档. Who may move it lives in [`crate::access`].

use serde::{Deserialize, Serialize};

use super::{Reason, Uncovered};

/// Where a plan stands (`domain.md` §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿: can be edited.
    Draft,
    /// 评审: looked at, not edited.
    Review,
    /// 生效(锁定): only an adjustment changes a target.
    InForce,
    /// 归档: the year is over, or another scenario was chosen.
    Archived,
}

/// Why a plan does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The state does not admit the move.
    Not {
        /// The state it stands in.
        from: State,
        /// The state asked for.
        to: State,
    },
    /// Members carry no target, and no reason for it is given.
    Uncovered {
        /// How many gaps there are.
        gaps: usize,
    },
}

/// A plan that came into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// Who carries nothing although they sell.
    pub uncovered: Vec<Uncovered>,
    /// Why that is accepted; there wherever somebody is uncovered.
    pub reason: Option<Reason>,
}

impl State {
    /// Draft to review.
    pub fn submit(self) -> Result<Self, Refused> {
        self.go(Self::Review)
    }

    /// Review back to draft.
    pub fn send_back(self) -> Result<Self, Refused> {
        self.go(Self::Draft)
    }

    /// Review to in force; with members uncovered only for a recorded reason (人人头上有指标, `domain.md` §3).
    /// A reason without uncovered members is not kept.
    ///
    /// ```
    /// use dacheng_domain::planning::State;
    /// assert!(State::Review.put_in_force(vec![], None).is_ok());
    /// assert!(State::Draft.put_in_force(vec![], None).is_err());
    /// ```
    pub fn put_in_force(self, uncovered: Vec<Uncovered>, reason: Option<Reason>) -> Result<InForce, Refused> {
        self.go(Self::InForce)?;
        match (uncovered.len(), reason) {
            (0, _) => Ok(InForce { uncovered, reason: None }),
            (_, Some(reason)) => Ok(InForce { uncovered, reason: Some(reason) }),
            (gaps, None) => Err(Refused::Uncovered { gaps }),
        }
    }

    /// In force to archived; a draft or a reviewed scenario that is not chosen too.
    pub fn archive(self) -> Result<Self, Refused> {
        self.go(Self::Archived)
    }

    /// Archived to draft: a scenario that was not chosen comes back, `was` being the state it was archived in. What was
    /// in force stays archived, as months were judged by it.
    pub fn restore(self, was: Option<Self>) -> Result<Self, Refused> {
        let refused = Err(Refused::Not { from: self, to: Self::Draft });
        match (self, was) {
            (Self::Archived, Some(Self::Draft | Self::Review)) => Ok(Self::Draft),
            (Self::Archived, None | Some(Self::InForce | Self::Archived))
            | (Self::Draft | Self::Review | Self::InForce, _) => refused,
        }
    }

    fn go(self, to: Self) -> Result<Self, Refused> {
        match (self, to) {
            (Self::Draft, Self::Review)
            | (Self::Review, Self::Draft | Self::InForce)
            | (Self::Draft | Self::Review | Self::InForce, Self::Archived) => Ok(to),
            (Self::Draft, Self::Draft | Self::InForce)
            | (Self::Review, Self::Review)
            | (Self::InForce, Self::Draft | Self::Review | Self::InForce)
            | (Self::Archived, _) => Err(Refused::Not { from: self, to }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::metrics::Metric;
    use crate::people::MemberId;
    use crate::planning::Gap;

    const ALL: [State; 4] = [State::Draft, State::Review, State::InForce, State::Archived];

    #[test]
    fn a_plan_moves_along_its_life_only() {
        assert_eq!(ALL.map(|state| state.submit().is_ok()), [true, false, false, false]);
        assert_eq!(ALL.map(|state| state.send_back().is_ok()), [false, true, false, false]);
        assert_eq!(ALL.map(|state| state.put_in_force(vec![], None).is_ok()), [false, true, false, false]);
        assert_eq!(ALL.map(|state| state.archive().is_ok()), [true, true, true, false]);
        let locked = Refused::Not { from: State::InForce, to: State::Draft };
        assert_eq!(State::InForce.send_back(), Err(locked));
    }

    #[test]
    fn uncovered_members_need_a_recorded_reason() {
        let month = Month::new(2026, 1).unwrap();
        let member = Uncovered { member: MemberId(7), metric: Metric::Revenue, month, gap: Gap::NoTarget };
        let refused = State::Review.put_in_force(vec![member], None);
        assert_eq!(refused, Err(Refused::Uncovered { gaps: 1 }));
        assert!(" \u{3000}".parse::<Reason>().is_err());
        let reason: Reason = " 待入职 ".parse().unwrap();
        let in_force = State::Review.put_in_force(vec![member], Some(reason.clone())).unwrap();
        assert_eq!(in_force, InForce { uncovered: vec![member], reason: Some(reason.clone()) });
        assert_eq!(State::Review.put_in_force(vec![], Some(reason)).unwrap().reason, None);
    }
}
