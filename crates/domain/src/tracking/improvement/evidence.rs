//! Evidence on a plan: while it may be added, and what may be taken away again.

use super::PlanState;

/// Whether whoever writes a plan may add evidence: while it can still move.
pub const fn takes_evidence(state: PlanState) -> bool {
    state.is_open()
}

/// Whether whoever writes a plan may withdraw a piece of evidence: while the plan can still move, and nobody has accepted
/// or returned it since. What a check has seen stays: it is what that check was decided by. Instants are UTC milliseconds.
///
/// ```
/// use dacheng_domain::tracking::improvement::{PlanState, may_withdraw};
/// assert!(may_withdraw(PlanState::Submitted, 20, Some(10)));
/// assert!(!may_withdraw(PlanState::Running, 10, Some(20)));
/// ```
pub const fn may_withdraw(state: PlanState, attached_at: i64, checked_at: Option<i64>) -> bool {
    let is_seen = match checked_at {
        Some(at) => at >= attached_at,
        None => false,
    };
    takes_evidence(state) && !is_seen
}
