//! Who takes a step of a workflow: as which person, and in which role. What a role may do is asked of the context.

use std::collections::BTreeMap;

use dacheng_domain::access::Role;
use dacheng_domain::people::{MemberId, Organisation};
use dacheng_domain::tracking::close::{CloseStep, Signer};
use dacheng_store::{Read, accounts};

use crate::people::access::Access;
use crate::people::delegations::Lent;
use crate::{Context, Result};

/// Whether the command line or a job of the program acts.
pub(super) fn is_program(context: &Context) -> bool {
    match context.access {
        Access::Whole => true,
        Access::Nobody | Access::Session(_) | Access::Token { .. } => false,
    }
}

/// The member who asks.
pub(super) fn member(context: &Context, organisation: &Organisation) -> Option<MemberId> {
    context.access.person(organisation)?.member
}

/// Whom they stand in for, where that is this member.
pub(super) fn stands_in_for<'c>(
    context: &'c Context,
    organisation: &Organisation,
    member: MemberId,
) -> Option<&'c Lent> {
    context.lent.iter().find(|lent| lent.person(organisation).member == Some(member))
}

/// The role they take a step of the close in. The command line signs for the first group there is.
pub(super) fn role(context: &Context, step: CloseStep) -> Option<Role> {
    let mut roles = step.rule().signatures.iter().flat_map(|group| *group).copied();
    if is_program(context) {
        return roles.next();
    }
    roles.find(|role| context.access.roles().any(|held| held == *role))
}

/// The names of log-in names, in one query.
pub(super) fn names<'l>(
    tx: &mut Read,
    logins: impl Iterator<Item = &'l str>,
) -> Result<BTreeMap<String, String>> {
    let logins: Vec<&str> = logins.collect();
    Ok(accounts::names(tx, &logins)?.into_iter().collect())
}

/// Persons by number, so that two accounts of one member are one person. Numbers hold for one step only.
#[derive(Default)]
pub(super) struct Persons {
    known: Vec<(String, String)>,
}

impl Persons {
    /// The number of whoever uses a log-in name.
    pub(super) fn number(&mut self, tx: &mut Read, login: &str) -> Result<MemberId> {
        let key = match accounts::by_login(tx, login)? {
            Some(account) => match account.member {
                Some(member) => format!("member {member}"),
                None => format!("account {}", account.id),
            },
            None => format!("name {login}"),
        };
        let place = self.known.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            self.known.push((key, login.to_owned()));
            self.known.len() - 1
        });
        Ok(MemberId(i64::try_from(place).unwrap_or(i64::MAX)))
    }

    /// The log-in name of a number.
    pub(super) fn login(&self, person: MemberId) -> Option<String> {
        let place = usize::try_from(person.0).ok()?;
        self.known.get(place).map(|(_, login)| login.clone())
    }

    /// The signer of a number.
    pub(super) fn signer(&mut self, tx: &mut Read, login: &str, role: Role) -> Result<Signer> {
        Ok(Signer { member: self.number(tx, login)?, role })
    }
}
