//! Somebody with the posts they hold on a day, their own and those delegated to them. What they reach with them
//! lives in [`super::scope`].

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Action, Right, Role};
use crate::people::{MemberId, Span, UnitId};

/// An account somebody signs in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountId(pub i64);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A person as seen by an account, a member, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Person {
    /// The account, where they have one.
    pub account: Option<AccountId>,
    /// The member of the organisation, where they are one.
    pub member: Option<MemberId>,
}

impl Person {
    /// Somebody who signs in.
    pub const fn new(account: AccountId, member: Option<MemberId>) -> Self {
        Self { account: Some(account), member }
    }

    /// A member, whichever account they use.
    pub const fn member(member: MemberId) -> Self {
        Self { account: None, member: Some(member) }
    }

    /// Whether both are one person: the same account, or two accounts of the same member.
    pub fn is(self, other: Self) -> bool {
        let same_account = self.account.is_some() && self.account == other.account;
        same_account || (self.member.is_some() && self.member == other.member)
    }
}

/// What a post is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The whole company.
    Company,
    /// A unit and all below it.
    Unit(UnitId),
}

/// A role that an account holds for a place on some days. An account holds as many as it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Post {
    /// Who holds it.
    pub account: AccountId,
    /// As what.
    pub role: Role,
    /// For which part of the company.
    pub place: Place,
    /// On which days.
    pub span: Span,
}

/// A post lent to somebody else on some days. It gives what the giver has through that very post on that day,
/// never the giver's own rows, and it cannot be lent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Delegation {
    /// Whose post it is.
    pub giver: Person,
    /// Who acts.
    pub taker: AccountId,
    /// The role of the post lent.
    pub role: Role,
    /// Its place.
    pub place: Place,
    /// On which days.
    pub span: Span,
}

/// Somebody who asks for something on a day.
#[derive(Debug, Clone)]
pub struct Viewer {
    pub(super) person: Person,
    pub(super) held: Vec<Held>,
    token: Option<Vec<(Action, Right)>>,
    pub(super) on: Date,
}

/// A post in force.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    pub(super) role: Role,
    pub(super) place: Place,
    /// Who lent it.
    pub(super) giver: Option<Person>,
}

impl Viewer {
    /// Somebody with the posts of their account on that day and those lent to it. `posts` may hold those of any
    /// accounts; a delegation counts only while its giver holds the post. Without a post nothing is seen.
    pub fn new(
        account: AccountId,
        member: Option<MemberId>,
        posts: &[Post],
        delegations: &[Delegation],
        on: Date,
    ) -> Self {
        let in_force = || posts.iter().filter(move |post| post.span.contains(on));
        let own = in_force().filter(|post| post.account == account);
        let own = own.map(|post| Held { role: post.role, place: post.place, giver: None });
        let lent = delegations.iter().filter(|delegation| {
            delegation.taker == account
                && delegation.span.contains(on)
                && in_force().any(|post| {
                    Some(post.account) == delegation.giver.account
                        && (post.role, post.place) == (delegation.role, delegation.place)
                })
        });
        let lent = lent.map(|delegation| Held {
            role: delegation.role,
            place: delegation.place,
            giver: Some(delegation.giver),
        });
        Self { person: Person::new(account, member), held: own.chain(lent).collect(), token: None, on }
    }

    /// The same person acting through an API token: at most these rights, and never a decision.
    #[must_use]
    pub fn through_token(self, rights: Vec<(Action, Right)>) -> Self {
        Self { token: Some(rights), ..self }
    }

    /// Who it is.
    pub const fn person(&self) -> Person {
        self.person
    }

    /// The roles held on the day, lent ones included.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.held.iter().map(|held| held.role)
    }

    /// Whether the way they came in lets the right through.
    pub(super) fn lets_through(&self, action: Action, right: Right) -> bool {
        match &self.token {
            None => true,
            Some(rights) => !right.decides() && rights.contains(&(action, right)),
        }
    }
}
