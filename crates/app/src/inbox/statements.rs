//! This week's word of what will come, until it is given: asked of who sells, not while they are on leave.

use std::collections::BTreeSet;

use dacheng_domain::calendar::{Deadline, Month, Period, Week};
use dacheng_domain::facts::row::LeaveRow;
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::statement::due;
use dacheng_rollup::Owner;
use dacheng_store::facts::{View, of};
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, counter, statements};
use jiff::civil::Date;

use super::{Looks, Matter, Task};
use crate::Result;
use crate::figures::pipeline::METRIC;
use crate::figures::statements::{METRICS, is_asked, week_number};
use crate::figures::targets_of;

/// Finds those of the asker, of whoever is asked only: a query a metric, and of what is still to be said one of leaves; of
/// collections also whether any are to be achieved. On a day of leave nothing is asked.
pub(super) fn find(looks: &Looks<'_>, tx: &mut Read, tasks: &mut Vec<Task>) -> Result<()> {
    let (organisation, today) = (&looks.ground.organisation, looks.context.today);
    let person = looks.context.access.person(organisation).and_then(|person| person.member);
    let Some(member) = person.filter(|member| is_asked(organisation, *member, today)) else { return Ok(()) };
    let Some(code) = organisation.member(member).map(|member| member.code.as_str()) else { return Ok(()) };
    let week = Week::of(today);
    let mut open = Vec::new();
    for metric in METRICS {
        if is_open(looks, tx, metric, code)? {
            open.push(metric);
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    let view = View::at(counter::last(tx, counter::CHANGE)?);
    let leaves = of::<LeaveRow>(tx, view, "member", [code])?;
    let is_away =
        |day: Date| leaves.iter().any(|own| own.fact.from <= day && own.fact.to.is_none_or(|to| day <= to));
    let Some(due) = due(week, looks.calendar, is_away).filter(|_| !is_away(today)) else { return Ok(()) };
    let task = |metric| looks.task(Matter::State(week, code.to_owned(), metric), Some(Deadline::Due(due)));
    tasks.extend(open.into_iter().map(task));
    Ok(())
}

/// Whether a member's word of a metric is still to be given this week: of revenue always, of anything else where they have a
/// target of it this month.
fn is_open(looks: &Looks<'_>, tx: &mut Read, metric: Metric, code: &str) -> Result<bool> {
    let today = looks.context.today;
    let week = week_number(Week::of(today));
    if !statements::versions(tx, metric.code(), (week, week), code)?.is_empty() {
        return Ok(false);
    }
    if metric == METRIC {
        return Ok(true);
    }
    let (owner, month) = (Owner::Member(code.to_owned()), Month::of(today));
    let asked = BTreeSet::from([(OwnerKind::Member, code.to_owned())]);
    let found = targets_of(tx, metric, Period::Month(month), looks.company.fiscal_start, None, &asked)?;
    Ok(found.in_month(&owner, month).is_some())
}
