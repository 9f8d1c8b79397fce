//! Qualitative targets that wait for the asker's score, from their first month to the end of their last.

use dacheng_domain::calendar::{Deadline, Month};
use dacheng_store::{Read, rubrics};

use super::{Looks, Matter, Task};
use crate::Result;
use crate::allocation::{Owner, month_number};
use crate::tracking::month_of;

/// Finds those of the asker themselves: nobody scores for somebody else.
pub(super) fn find(looks: &Looks<'_>, tx: &mut Read, tasks: &mut Vec<Task>) -> Result<()> {
    let organisation = &looks.ground.organisation;
    let person = looks.context.access.person(organisation).and_then(|person| person.member);
    let Some(rater) = person.and_then(|member| organisation.member(member)) else { return Ok(()) };
    let month = month_number(Month::of(looks.context.today));
    for kept in rubrics::waiting(tx, rater.code.as_str(), month)? {
        let owner = Owner { kind: kept.owner_kind, code: kept.owner };
        let due = month_of(kept.months.1)?.last_day();
        let matter = Matter::Rate(kept.id, kept.name, owner.name(looks.ground).to_owned());
        tasks.push(looks.task(matter, Some(Deadline::Due(due))));
    }
    Ok(())
}
