//! Improvement plans that wait for the asker: to be written, checked, begun, brought up to date, asked after.

use dacheng_domain::access::{Action, Right};
use dacheng_store::{Read, improvement as kept};

use super::{Looks, Matter, Task};
use crate::Result;
use crate::tracking::alerts::reaches;
use crate::tracking::improvement::{PlanLine, last_month, metric_of, owner_of};

/// Finds those of the asker's scope in one query. Each leads to the alert that the ledger shows for it.
pub(super) fn find(looks: &Looks<'_>, tx: &mut Read, tasks: &mut Vec<Task>) -> Result<()> {
    let organisation = &looks.ground.organisation;
    let scope = looks.context.scope(organisation, Action::Alerts, Right::Read)?;
    for (plan, alert) in kept::all_open(tx)? {
        if !reaches(&scope, organisation, &owner_of(&plan), last_month(&plan)) {
            continue;
        }
        let line = PlanLine::of(&plan, organisation, looks.calendar, looks.context);
        let (Some(task), Some(alert)) = (line.task(), alert) else { continue };
        let owner = owner_of(&plan);
        let matter = Matter::Improvement {
            task,
            alert,
            owner: owner.name(organisation),
            place: owner.place(organisation, last_month(&plan).last_day()),
            metric: metric_of(&plan)?,
            level: line.level,
            writer: line.responsible.clone(),
            escalated_to: line.escalated_to.clone(),
        };
        let task = looks.task(matter, line.deadline);
        tasks.push(super::Task { for_whom: line.for_whom.clone(), ..task });
    }
    Ok(())
}
