//! The list of months with where their close stands. The steps are in [`super::close`].

use std::collections::BTreeMap;

use dacheng_domain::access::{Action, Object, Owner, Right, Role};
use dacheng_domain::calendar::{Deadline, Month, TimeLeft};
use dacheng_domain::tracking::close::{CloseSettings, CloseState, MonthStanding};
use dacheng_store::{Read, closes};
use jiff::civil::Date;

use super::month_of;
use crate::{App, Context, Result, company};

/// A month and its close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthRow {
    /// The month.
    pub month: Month,
    /// Where its close stands.
    pub state: CloseState,
    /// How it counts where only closed months do.
    pub standing: MonthStanding,
    /// The version of the close, 0 where nobody began it: what a step must have seen.
    pub version: i64,
    /// Log-in name.
    pub proposed_by: Option<String>,
    /// Log-in name, of the last close.
    pub closed_by: Option<String>,
    /// The day the last close was recorded.
    pub recorded_on: Option<Date>,
    /// The change sequence of the last close.
    pub sequence: Option<i64>,
    /// Who signed a reopening and waits for the second signature, and in which role.
    pub reopening: Option<(String, Role)>,
    /// Whether the month is over, so that it can be proposed.
    pub is_over: bool,
    /// By when it is to be closed.
    pub deadline: Deadline,
    /// How far away that is; `None` for a closed month and while the calendar is missing.
    pub time_left: Option<TimeLeft>,
}

/// Every month from the first with facts (or a close) through the running one, newest first.
pub fn months(app: &App, context: &Context) -> Result<Vec<MonthRow>> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::MonthClose, Right::Read, &object)?;
    let calendar = company::current(&mut tx)?.0.calendar();
    let mut kept: BTreeMap<i64, closes::Close> =
        closes::all(&mut tx)?.into_iter().map(|close| (close.month, close)).collect();
    let facts = closes::first_month_with_facts(&mut tx)?;
    let running = Month::of(context.today);
    let Some(first) = facts.into_iter().chain(kept.keys().next().copied()).min() else {
        return Ok(Vec::new());
    };
    let months = std::iter::successors(Some(month_of(first)?), |month| Some(month.next()));
    let mut rows: Vec<MonthRow> = months
        .take_while(|month| *month <= running)
        .map(|month| {
            let deadline = CloseSettings::default().close_of(month, &calendar);
            let close = kept.remove(&super::number(month));
            let mut row = MonthRow {
                month,
                state: CloseState::Open,
                standing: MonthStanding::Open,
                version: 0,
                proposed_by: None,
                closed_by: None,
                recorded_on: None,
                sequence: None,
                reopening: None,
                is_over: month < running,
                deadline,
                time_left: deadline.time_left(&calendar, context.today),
            };
            if let Some(close) = close {
                (row.state, row.standing, row.version) = (close.state, close.standing, close.version);
                (row.proposed_by, row.closed_by) = (close.proposed_by, close.closed_by);
                (row.recorded_on, row.sequence) = (close.recorded_on, close.sequence);
                row.reopening = close.reopening;
            }
            row.time_left = row.time_left.filter(|_| row.state != CloseState::Closed);
            row
        })
        .collect();
    rows.reverse();
    Ok(rows)
}

/// How every month that was ever begun counts; months that are missing are open.
pub fn standings(tx: &mut Read) -> Result<BTreeMap<Month, MonthStanding>> {
    closes::all(tx)?.into_iter().map(|close| Ok((month_of(close.month)?, close.standing))).collect()
}
