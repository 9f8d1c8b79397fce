//! Lending one's posts for a time (请假代理): what is lent at all, and which wishes are refused. What a delegate then
//! reaches is in [`super::scope`]: what the giver reaches through that very post, never more, nothing of either's own.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::grant::Reach;
use super::{Action, Delegation, Person, Role};
use crate::people::Span;

/// Days a delegation lasts at most; whoever is away for longer is replaced by a post.
pub const LONGEST: i32 = 92;

/// Somebody wants to lend their posts from a day through a day.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Whose posts.
    pub giver: Person,
    /// Who is to act.
    pub taker: Person,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// Why a wish is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody stands in for themselves, be it by a second account.
    #[error("giver and taker are one person")]
    Oneself,
    /// None of the giver's posts decides anything that is lent.
    #[error("nothing to lend")]
    NothingToLend,
    /// It begins before today.
    #[error("it begins before today")]
    Past,
    /// It ends before it begins, or lasts longer than [`LONGEST`].
    #[error("it ends before it begins or lasts too long")]
    Length,
    /// On one of its days the giver has lent them already: one delegate at a time.
    #[error("the posts are lent on one of these days")]
    Lent,
}

/// Whether a line of the permission table is lent: those whose acts record both names. All others stay with the giver.
pub const fn is_lent(action: Action) -> bool {
    match action {
        Action::Alerts => true,
        Action::CompanyTargets
        | Action::BreakDown
        | Action::Letters
        | Action::Reports
        | Action::Facts
        | Action::MonthClose
        | Action::Adjustments
        | Action::MetricsRules
        | Action::PayFigures
        | Action::PayRules
        | Action::AccountsOrg
        | Action::Integrations
        | Action::AuditTrail
        | Action::Reviews
        | Action::Awards
        | Action::Sops
        | Action::Trainings
        | Action::Jobs
        | Action::OwnProfile => false,
    }
}

/// The delegations that count for a line of the table.
pub const fn lent_for(delegations: &[Delegation], action: Action) -> &[Delegation] {
    if is_lent(action) { delegations } else { &[] }
}

/// Whether a post of that role decides about others on a line that is lent.
///
/// ```
/// use dacheng_domain::access::{Role, delegation::can_lend};
/// assert!(can_lend(Role::TeamLeader));
/// assert!(!can_lend(Role::Specialist));
/// assert!(!can_lend(Role::SecurityAdmin));
/// ```
pub fn can_lend(role: Role) -> bool {
    let lent = super::TABLE.iter().filter(|line| is_lent(line.action));
    let mut grants = lent.flat_map(|line| line.cells.of(role));
    grants.any(|grant| grant.reach != Reach::Own && grant.rights.iter().any(|right| right.decides()))
}

impl Wish {
    /// The days of the delegation, or why there is none; `roles` are those the giver holds now, `lent` the days on which
    /// they have lent their posts before.
    pub fn granted(&self, roles: &[Role], lent: &[Span], today: Date) -> Result<Span, Refusal> {
        if self.giver.is(self.taker) {
            return Err(Refusal::Oneself);
        }
        if !roles.iter().copied().any(can_lend) {
            return Err(Refusal::NothingToLend);
        }
        if self.first < today {
            return Err(Refusal::Past);
        }
        let longest = self.first.saturating_add((LONGEST - 1).days());
        let span = self.last.tomorrow().ok().and_then(|end| Span::new(Some(self.first), Some(end)));
        let Some(span) = span.filter(|_| (self.first..=longest).contains(&self.last)) else {
            return Err(Refusal::Length);
        };
        let days = || crate::calendar::days_through(self.first, self.last);
        if days().any(|day| lent.iter().any(|own| own.contains(day))) {
            return Err(Refusal::Lent);
        }
        Ok(span)
    }
}
