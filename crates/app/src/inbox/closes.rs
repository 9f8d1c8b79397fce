//! Months that wait for the asker: to be proposed, closed, or a reopening to be signed.

use std::collections::BTreeMap;

use dacheng_domain::access::{Action, Object, Owner, Right, Role, When};
use dacheng_domain::calendar::Month;
use dacheng_domain::tracking::close::{CloseSettings, CloseState};
use dacheng_store::inbox::Open;

use super::{Looks, Matter, Task};
use crate::Result;
use crate::tracking::month_of;

/// How many months back a month that nobody closed is still asked for.
pub(super) const MONTHS: i32 = 12;

/// Finds them.
pub(super) fn find(looks: &Looks<'_>, open: &[Open], tasks: &mut Vec<Task>) -> Result<()> {
    let (mut first, mut begun) = (None, BTreeMap::new());
    for own in open {
        match own {
            Open::FirstMonth(month) => first = Some(month_of(*month)?),
            Open::Close { month, state, reopening } => {
                begun.insert(month_of(*month)?, (*state, *reopening));
            }
            Open::Plan { .. } => {}
        }
    }
    let Some(first) = first else { return Ok(()) };
    let running = Month::of(looks.context.today);
    let from = [Some(first), looks.company.go_live, Some(running.plus(-MONTHS))];
    let from = from.into_iter().flatten().max().unwrap_or(running);
    let months = std::iter::successors(Some(from), |month| Some(month.next()));
    let state = |month: &Month| begun.get(month).map_or(CloseState::Open, |(state, _)| *state);
    // Months are closed in order: only the earliest waits.
    if let Some(month) =
        months.take_while(|month| *month < running).find(|own| state(own) != CloseState::Closed)
    {
        let due = CloseSettings::default().close_of(month, looks.calendar);
        let matter = match state(&month) {
            CloseState::Open | CloseState::Reopened => (Right::Propose, Matter::Propose(month)),
            CloseState::Proposed | CloseState::Closed => (Right::Close, Matter::Close(month)),
        };
        if may(looks, matter.0) {
            tasks.push(looks.task(matter.1, Some(due)));
        }
    }
    for (month, signed) in begun.iter().filter_map(|(month, (_, signed))| Some((*month, (*signed)?))) {
        if may(looks, Right::Reopen) && is_other_side(looks, signed) {
            tasks.push(looks.task(Matter::SignReopening(month), None));
        }
    }
    Ok(())
}

fn may(looks: &Looks<'_>, right: Right) -> bool {
    let holds = [When::EnteredNothing, When::Jointly];
    let object = Object::on(Owner::Company, looks.context.today).holding(&holds);
    looks.may(Action::MonthClose, right, &object)
}

/// Whether the asker signs for the side that has not signed yet.
fn is_other_side(looks: &Looks<'_>, signed: Role) -> bool {
    let mut roles = looks.context.access.roles();
    roles.any(|role| (role == Role::Finance) != (signed == Role::Finance))
}
