//! Targets as a list for programs: by plan, metric, owner and period, within what the asker sees, part by part.

use dacheng_domain::access::{Action, Object, Owner as Whose, Right, Scope, View};
use dacheng_domain::calendar::{Month, Period, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::Marks;
use dacheng_store::targets::{Cell, OwnerKind, Part, part};
use dacheng_store::{Read, plans};

use super::{Opened, allow, open, opened};
use crate::allocation::{Owner, month_number};
use crate::{App, Context, Error, Result, company};

/// Which targets are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetsAsked {
    /// The plan's code; the plan in force of the period's year where absent.
    pub plan: Option<String>,
    /// The metric.
    pub metric: Metric,
    /// One owner only.
    pub owner: Option<Owner>,
    /// The months; those of the plan's year where absent.
    pub period: Option<Period>,
    /// Those after this owner and month.
    pub after: Option<(Owner, Month)>,
    /// How many at most.
    pub limit: usize,
}

/// A target of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetCell {
    /// Whose.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// Which month.
    pub month: Month,
    /// Floor, target, stretch, in the metric's smallest unit.
    pub marks: Marks,
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetsPart {
    /// The plan's code.
    pub plan: String,
    /// The targets in the order of owner and month.
    pub cells: Vec<TargetCell>,
    /// Whether there are more.
    pub more: More,
}

/// Whether a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// After the last cell.
    Yes,
    /// It is complete.
    No,
}

/// Lists targets, part by part. Whoever sees aggregates only gets those of units.
pub fn targets(app: &App, context: &Context, asked: &TargetsAsked) -> Result<TargetsPart> {
    let mut tx = app.store.read()?;
    let opened = plan(app, &mut tx, context, asked)?;
    allow::read_plan(context, &opened)?;
    let scope = context.scope(&opened.ground.organisation, Action::BreakDown, Right::Read)?;
    let months = months(&opened, asked.period);
    let owner = asked.owner.as_ref().map(|owner| (owner.kind, owner.code.as_str()));
    let mut after = asked.after.as_ref().map_or((0, String::new(), 0), |(owner, month)| {
        (owner.kind.number(), owner.code.clone(), month_number(*month))
    });
    let limit = i64::try_from(asked.limit + 1).unwrap_or(i64::MAX);
    let mut cells = Vec::new();
    loop {
        let place = (after.0, after.1.as_str(), after.2);
        let wanted = Part { months, owner, after: place, limit };
        let found = part(&mut tx, opened.plan.id, asked.metric.code(), wanted)?;
        let is_last = i64::try_from(found.len()).unwrap_or(0) < limit;
        if let Some(last) = found.last() {
            after = (last.owner_kind.number(), last.owner.clone(), last.month);
        }
        cells.extend(found.iter().filter_map(|cell| shown(&opened, &scope, cell)));
        if is_last || cells.len() > asked.limit {
            break;
        }
    }
    let more = if cells.len() > asked.limit { More::Yes } else { More::No };
    cells.truncate(asked.limit);
    Ok(TargetsPart { plan: opened.plan.code, cells, more })
}

fn plan(app: &App, tx: &mut Read, context: &Context, asked: &TargetsAsked) -> Result<Opened> {
    if let Some(code) = &asked.plan {
        return open(app, tx, code);
    }
    let start = company::current(tx)?.0.fiscal_start;
    let day = asked.period.map_or(context.today, Period::first_day);
    let year = Year::of(day, start);
    let found = plans::of_year(tx, year.name().into(), "in_force")?;
    opened(app, tx, found.ok_or_else(|| Error::missing("plan", year))?)
}

fn months(opened: &Opened, period: Option<Period>) -> (i64, i64) {
    let year = opened.year;
    let (first, last) =
        period.map_or((year.first_day(), year.last_day()), |period| (period.first_day(), period.last_day()));
    (month_number(Month::of(first)), month_number(Month::of(last)))
}

fn shown(opened: &Opened, scope: &Scope<'_>, cell: &Cell) -> Option<TargetCell> {
    let organisation = &opened.ground.organisation;
    let month = Month::new(i16::try_from(cell.month / 100).ok()?, i8::try_from(cell.month % 100).ok()?)?;
    let is_seen = match cell.owner_kind {
        OwnerKind::Unit => {
            let unit = organisation.unit_of_code(&cell.owner)?.id;
            scope.view(&Object::on(Whose::Unit(unit), month.last_day())).is_some()
        }
        OwnerKind::Member => {
            let member = organisation.member_of_code(&cell.owner)?.id;
            scope.view(&Object::on(Whose::Member(member), month.last_day())).is_some_and(View::shows_persons)
        }
    };
    let owner = Owner { kind: cell.owner_kind, code: cell.owner.clone() };
    is_seen.then(|| TargetCell {
        name: owner.name(&opened.ground).to_owned(),
        owner,
        month,
        marks: Marks { floor: cell.floor, target: cell.amount, stretch: cell.stretch },
    })
}
