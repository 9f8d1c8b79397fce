//! Responsibility letters that wait for the asker: to be signed, to be changed after a return, and support they promised.

use dacheng_domain::access::{Action, Right};
use dacheng_domain::allocation::letter::{Party, State};
use dacheng_domain::calendar::Deadline;
use dacheng_store::{Read, letters};

use super::{Looks, Matter, Task};
use crate::Result;
use crate::allocation::Owner;
use crate::allocation::letters::{may_countersign, promisers};

/// Finds them by five queries at most, and one for each department the asker works for.
pub(super) fn find(looks: &Looks<'_>, tx: &mut Read, tasks: &mut Vec<Task>) -> Result<()> {
    let organisation = &looks.ground.organisation;
    let me = looks.context.access.person(organisation).and_then(|person| person.member);
    let code = me.and_then(|member| organisation.member(member)).map(|member| member.code.to_string());
    to_sign(looks, tx, code.as_deref(), tasks)?;
    if looks.may_at_all(Action::Letters, Right::Issue) {
        for own in letters::given_back(tx, &looks.context.actor_name())? {
            if own.head.state == State::Returned {
                let name = name_of(looks, &own.member);
                let reason = own.head.reason.unwrap_or_default();
                tasks.push(looks.task(Matter::ReviseLetter(own.number, name, reason), None));
            }
        }
    }
    for by in promisers(looks.context, organisation) {
        for (number, member, own) in letters::promised_by(tx, &by)? {
            let matter = Matter::KeepPromise(number, name_of(looks, &member), own.promise.what);
            tasks.push(looks.task(matter, Some(Deadline::Due(own.promise.due))));
        }
    }
    Ok(())
}

fn name_of(looks: &Looks<'_>, member: &str) -> String {
    Owner::member(member).name(looks.ground).to_owned()
}

/// Those that wait for the asker by name, and those that wait for whoever may countersign.
fn to_sign(looks: &Looks<'_>, tx: &mut Read, code: Option<&str>, tasks: &mut Vec<Task>) -> Result<()> {
    let organisation = &looks.ground.organisation;
    let mut found = Vec::new();
    if let Some(code) = code {
        found.extend(letters::waiting(tx, code)?);
    }
    if looks.may_at_all(Action::Letters, Right::Countersign) {
        let may = |member: &str| {
            let member = organisation.member_of_code(member);
            member.is_some_and(|own| may_countersign(looks.context, organisation, own.id))
        };
        let open = letters::unclaimed(tx)?.into_iter();
        found.extend(open.filter(|own| code != Some(own.member.as_str()) && may(&own.member)));
    }
    for own in found {
        let party = own.head.state.waits_for().unwrap_or(Party::Member);
        let name = name_of(looks, &own.member);
        tasks.push(looks.task(Matter::SignLetter(own.number, name, party), own.head.due));
    }
    Ok(())
}
