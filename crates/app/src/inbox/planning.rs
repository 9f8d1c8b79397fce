//! Plans of a year that wait for the asker: a draft to finish, a plan in review to put in force.

use std::collections::BTreeSet;

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::calendar::{Deadline, Year};
use dacheng_domain::people::Span;
use dacheng_store::inbox::Open;

use super::{Looks, Matter, Task};

/// Finds them. Scenarios beside a plan in force wait for nobody.
pub(super) fn find(looks: &Looks<'_>, open: &[Open], tasks: &mut Vec<Task>) {
    let in_force: BTreeSet<i64> = open
        .iter()
        .filter_map(|own| match own {
            Open::Plan { year, state, .. } if state == "in_force" => Some(*year),
            Open::Plan { .. } | Open::FirstMonth(_) | Open::Close { .. } => None,
        })
        .collect();
    for own in open {
        let Open::Plan { year: number, state, code, name } = own else { continue };
        let year = i16::try_from(*number).ok().and_then(|year| Year::new(year, looks.company.fiscal_start));
        let Some(year) = year.filter(|_| !in_force.contains(number)) else { continue };
        let (right, matter) = match state.as_str() {
            "draft" => (Right::Update, Matter::FinishPlan(code.clone(), name.clone())),
            "review" => (Right::Approve, Matter::ApprovePlan(code.clone(), name.clone())),
            _ => continue,
        };
        let days = Span::new(Some(year.first_day()), year.last_day().tomorrow().ok()).unwrap_or(Span::ALWAYS);
        let object = Object { owner: Owner::Company, days, holds: &[] };
        if looks.may(Action::CompanyTargets, right, &object) {
            // It should be in force when its year begins.
            let due = year.first_day().yesterday().ok().map(Deadline::Due);
            tasks.push(looks.task(matter, due));
        }
    }
}
