//! What closing a month would do: it is done in a transaction that is never committed.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::calendar::Month;
use dacheng_domain::tracking::close::MonthStanding;
use dacheng_store::alerts::{self as kept, ALERT};
use dacheng_store::{closes, counter};

use super::alerts::{AlertRow, looking};
use super::booking::book;
use super::close::{kept as close_of, waits_for};
use super::judging::{Outcome, judge};
use super::number;
use crate::{App, Context, Error, Result, company};

/// What closing a month would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What it would change in alerts and plans.
    pub outcome: Outcome,
    /// The alerts it would raise, red first.
    pub raised: Vec<AlertRow>,
}

/// What closing a month would do today; `None` where it is closed or another month comes first. Nothing is written.
pub fn preview(app: &App, context: &Context, month: Month) -> Result<Option<Preview>> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::MonthClose, Right::Read, &object)?;
    let (company, _) = company::current(&mut tx)?;
    let close = close_of(&mut tx, month)?;
    if close.standing == MonthStanding::Closed || waits_for(&mut tx, &company, month)?.is_some() {
        return Ok(None);
    }
    let closed = closes::Close { standing: MonthStanding::Closed, ..close };
    if !closes::save(&mut tx, &closed)? {
        return Err(Error::Stale { seen: closed.version, found: closed.version + 1 });
    }
    book(app, &mut tx, &company, month)?;
    let before = counter::last(&mut tx, ALERT)?;
    let (outcome, _) = judge(&mut tx, &ground, &company, month, context.today)?;
    let looks = looking(app, &mut tx, context)?;
    let filter =
        kept::Filter { months: Some((number(month), i64::from(i32::MAX))), ..kept::Filter::default() };
    let mut raised = Vec::new();
    for (alert, _) in kept::list(&mut tx, &filter)?.into_iter().filter(|(alert, _)| alert.id > before) {
        raised.push(looks.row(alert, None)?);
    }
    Ok(Some(Preview { outcome, raised }))
}
