//! Separation of duties: who may not take a step because of what they did before or have to gain. Which steps a
//! workflow has lives in its room.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::{AccountId, Owner, Person, Post, Role};
use crate::people::Organisation;

/// How somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Through {
    /// Signed in.
    Session,
    /// By an API token.
    Token,
}

/// Somebody about to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who acts.
    pub person: Person,
    /// For whom, under a delegation.
    pub giver: Option<Person>,
    /// How.
    pub through: Through,
}

/// What is to be decided, and who had a hand in it. A delegated step names both the taker and the giver.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matter {
    /// Who applied for it or put it forward.
    pub applicants: Vec<Person>,
    /// Whose own target, pay or 评优 it touches: see [`touched`].
    pub touched: Vec<Person>,
    /// Who took an earlier step.
    pub deciders: Vec<Person>,
    /// Who made what it rests on: who entered facts of a month to be closed, who wrote the rule of a pay to be
    /// released.
    pub authors: Vec<Person>,
}

/// Why somebody may not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    /// A token never signs or approves.
    #[error("a token decides nothing")]
    Token,
    /// It touches their own target, pay or award.
    #[error("it touches their own target, pay or award")]
    Touched,
    /// They applied for it.
    #[error("they applied for it")]
    Applicant,
    /// One person, one step.
    #[error("they took an earlier step")]
    Decider,
    /// They made what it rests on.
    #[error("they made what it rests on")]
    Author,
}

impl Matter {
    /// Whether somebody may take the next step (`trust.md`, separation of duties). A delegate must be free of the
    /// matter, and so must the giver: neither a delegation nor a second account gets around this.
    ///
    /// ```
    /// use dacheng_domain::access::{AccountId, Actor, Conflict, Matter, Person, Through};
    /// use dacheng_domain::people::MemberId;
    /// let director = Person::new(AccountId(1), Some(MemberId(1)));
    /// let matter = Matter { touched: vec![Person::member(MemberId(1))], ..Matter::default() };
    /// let actor = Actor { person: director, giver: None, through: Through::Session };
    /// assert_eq!(matter.refuse(&actor), Err(Conflict::Touched));
    /// ```
    pub fn refuse(&self, actor: &Actor) -> Result<(), Conflict> {
        let involved = |people: &[Person]| {
            let acting = [Some(actor.person), actor.giver].into_iter().flatten();
            acting.into_iter().any(|acting| people.iter().any(|person| person.is(acting)))
        };
        let conflicts = [
            (actor.through == Through::Token, Conflict::Token),
            (involved(&self.touched), Conflict::Touched),
            (involved(&self.applicants), Conflict::Applicant),
            (involved(&self.deciders), Conflict::Decider),
            (involved(&self.authors), Conflict::Author),
        ];
        conflicts.into_iter().find(|(holds, _)| *holds).map_or(Ok(()), |(_, conflict)| Err(conflict))
    }
}

/// The people whose own figures a change of these objects touches on that day: a member by their own, a leader
/// by the total of the unit they lead, the leaders at the top by the company's.
pub fn touched(organisation: &Organisation, owners: &[Owner], on: Date) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for owner in owners {
        match *owner {
            Owner::Member(member) => people.push(Person::member(member)),
            Owner::Account(account) => people.push(Person { account: Some(account), member: None }),
            Owner::Unit(unit) => people.extend(organisation.leader(unit, on).map(Person::member)),
            Owner::Company => {
                let leaders = organisation.top(on).filter_map(|unit| organisation.leader(unit, on));
                people.extend(leaders.map(Person::member));
            }
        }
    }
    people
}

/// Whether the company would be without a security administrator on that day if this account lost the role.
/// Such a change is refused.
pub fn is_last_security_admin(posts: &[Post], account: AccountId, on: Date) -> bool {
    let admins = posts.iter().filter(|post| post.role == Role::SecurityAdmin && post.span.contains(on));
    let accounts: BTreeSet<AccountId> = admins.map(|post| post.account).collect();
    accounts == BTreeSet::from([account])
}
