//! The list of months with where their close stands. The steps are in [`super::close`].

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::access::{Action, Object, Owner, Right, Role};
use dacheng_domain::calendar::{Calendar, Deadline, Month, Period, TimeLeft, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::close::{CloseSettings, CloseState, MonthStanding};
use dacheng_rollup::Owner as Whose;
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, closes};
use jiff::civil::Date;

use super::{month_of, number, persons};
use crate::company::Company;
use crate::facts::ground::Ground;
use crate::figures::{Ask, Dimension, actuals};
use crate::{App, Context, Error, Result, company};

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
    let rows = months.take_while(|month| *month <= running);
    let mut rows: Vec<MonthRow> =
        rows.map(|month| row(month, kept.remove(&number(month)), &calendar, context.today)).collect();
    rows.reverse();
    Ok(rows)
}

/// A month as its close stands; `None` where nobody began it.
pub(super) fn row(month: Month, close: Option<closes::Close>, calendar: &Calendar, today: Date) -> MonthRow {
    let deadline = CloseSettings::default().close_of(month, calendar);
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
        is_over: month < Month::of(today),
        deadline,
        time_left: deadline.time_left(calendar, today),
    };
    if let Some(close) = close {
        (row.state, row.standing, row.version) = (close.state, close.standing, close.version);
        (row.proposed_by, row.closed_by) = (close.proposed_by, close.closed_by);
        (row.recorded_on, row.sequence) = (close.recorded_on, close.sequence);
        row.reopening = close.reopening;
    }
    row.time_left = row.time_left.filter(|_| row.state != CloseState::Closed);
    row
}

/// The months of a fiscal year with what the company achieved in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearOfMonths {
    /// The months that have begun, newest first.
    pub months: Vec<MonthLine>,
    /// Log-in names and the names behind them.
    pub names: BTreeMap<String, String>,
    /// The fiscal years with months, newest first.
    pub years: Vec<i16>,
    /// The first month that opens alerts.
    pub go_live: Option<Month>,
}

/// A month with what the company achieved in it: as booked where it is closed, else as it is now; in fen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthLine {
    /// The month.
    pub row: MonthRow,
    /// Revenue.
    pub revenue: i64,
    /// Collections.
    pub collections: i64,
}

/// The months of a fiscal year. The number of queries does not depend on how many there are.
pub fn year_of_months(app: &App, context: &Context, year: i16) -> Result<YearOfMonths> {
    let rows = months(app, context)?;
    let mut tx = app.store.read()?;
    let (company, _) = company::current(&mut tx)?;
    let ground = app.memory.ground(&mut tx)?;
    let start = company.fiscal_start;
    let name = |row: &MonthRow| Year::of(row.month.first_day(), start).name();
    let years: BTreeSet<i16> = rows.iter().map(name).collect();
    let asked = Year::new(year, start).ok_or_else(|| Error::missing("year", year))?;
    let rows: Vec<MonthRow> = rows.into_iter().filter(|row| name(row) == year).collect();
    let logins = rows.iter().flat_map(|row| [&row.proposed_by, &row.closed_by]).flatten();
    let names = persons::names(&mut tx, logins.map(String::as_str))?;
    let revenue = by_month(app, &mut tx, &company, &ground, Metric::Revenue, asked)?;
    let collections = by_month(app, &mut tx, &company, &ground, Metric::Collections, asked)?;
    let line = |row: MonthRow| {
        let of = |amounts: &BTreeMap<Month, i64>| amounts.get(&row.month).copied().unwrap_or(0);
        MonthLine { revenue: of(&revenue), collections: of(&collections), row }
    };
    Ok(YearOfMonths {
        months: rows.into_iter().map(line).collect(),
        names,
        years: years.into_iter().rev().collect(),
        go_live: company.go_live,
    })
}

/// What the company achieved in each month of a year: as it is now, and over it as booked at the closes.
fn by_month(
    app: &App,
    tx: &mut Read,
    company: &Company,
    ground: &Ground,
    metric: Metric,
    year: Year,
) -> Result<BTreeMap<Month, i64>> {
    let (period, by) = (Period::Year(year), vec![Dimension::Month]);
    let ask = Ask { metric, period, by, owner: Whose::Company, as_of: None };
    let mut amounts = BTreeMap::new();
    for (key, amount) in actuals(app, tx, &ask, company.fiscal_start)?.rows {
        if let Some(month) = key.first().and_then(|name| name.parse().ok()) {
            amounts.insert(month, amount);
        }
    }
    // A unit alone at the top is the company, and has a booked figure of its own.
    let organisation = &ground.organisation;
    let mut top = organisation.top(year.last_day());
    if let (Some(top), None) = (top.next().and_then(|unit| organisation.unit(unit)), top.next()) {
        for (month, amount) in closes::booked(tx, metric.code(), OwnerKind::Unit, top.code.as_str())? {
            amounts.insert(month_of(month)?, amount);
        }
    }
    Ok(amounts)
}

/// How every month that was ever begun counts; months that are missing are open.
pub fn standings(tx: &mut Read) -> Result<BTreeMap<Month, MonthStanding>> {
    closes::all(tx)?.into_iter().map(|close| Ok((month_of(close.month)?, close.standing))).collect()
}
