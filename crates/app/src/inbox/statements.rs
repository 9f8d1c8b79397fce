//! This week's word of what will come, until it is given: asked of who sells, not while they are on leave.

use dacheng_domain::calendar::{Deadline, Week};
use dacheng_domain::facts::row::LeaveRow;
use dacheng_domain::tracking::statement::due;
use dacheng_store::facts::{View, of};
use dacheng_store::{Read, counter, statements};
use jiff::civil::Date;

use super::{Looks, Matter, Task};
use crate::Result;
use crate::figures::pipeline::METRIC;
use crate::figures::statements::{is_asked, week_number};

/// Finds that of the asker: two queries, of whoever is asked only. On a day of leave nothing is asked.
pub(super) fn find(looks: &Looks<'_>, tx: &mut Read, tasks: &mut Vec<Task>) -> Result<()> {
    let (organisation, today) = (&looks.ground.organisation, looks.context.today);
    let person = looks.context.access.person(organisation).and_then(|person| person.member);
    let Some(member) = person.filter(|member| is_asked(organisation, *member, today)) else { return Ok(()) };
    let Some(code) = organisation.member(member).map(|member| member.code.as_str()) else { return Ok(()) };
    let (week, number) = (Week::of(today), week_number(Week::of(today)));
    if !statements::versions(tx, METRIC.code(), (number, number), code)?.is_empty() {
        return Ok(());
    }
    let view = View::at(counter::last(tx, counter::CHANGE)?);
    let leaves = of::<LeaveRow>(tx, view, "member", [code])?;
    let is_away =
        |day: Date| leaves.iter().any(|own| own.fact.from <= day && own.fact.to.is_none_or(|to| day <= to));
    let Some(due) = due(week, looks.calendar, is_away).filter(|_| !is_away(today)) else { return Ok(()) };
    tasks.push(looks.task(Matter::State(week, code.to_owned()), Some(Deadline::Due(due))));
    Ok(())
}
