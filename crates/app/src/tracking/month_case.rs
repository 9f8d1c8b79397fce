//! One month with everything its close is decided by: control totals, open matters, the steps the asker may take.

use dacheng_domain::access::{Action, Object, Owner, Right, When};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::close::{CloseState, CloseStep};
use dacheng_store::{Read, audit, closes, facts};
use jiff::civil::Date;
use serde_json::Value;

use super::booking::{BOOKED, total};
use super::close::{kept, waits_for};
use super::closes::{MonthRow, row};
use super::persons::{self, Persons};
use crate::facts::days::{date_of, number as day_number};
use crate::{App, Context, Error, Result, company};

/// A month and its close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthCase {
    /// Where its close stands.
    pub row: MonthRow,
    /// One line per source.
    pub totals: Vec<Total>,
    /// What is better settled before the close.
    pub open: Vec<Matter>,
    /// The steps the asker may take, and what stands in the way of each.
    pub steps: Vec<(CloseStep, Option<Hindrance>)>,
    /// What happened to it, oldest first.
    pub events: Vec<Event>,
}

/// The control total of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Revenue for orders and returns, collections for payments.
    pub metric: Metric,
    /// What is booked here now, in fen.
    pub booked: i64,
    /// What the ERP says, once a proposal said so.
    pub expected: Option<i64>,
    /// Why a difference was signed off.
    pub reason: Option<String>,
}

/// Something that is better settled before the close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// An earlier month is not closed.
    Earlier(Month),
    /// The facts of a source end before the month does; `None` where it has none.
    DataEnd(Metric, Option<Date>),
}

/// Why the asker cannot take a step now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// The month still runs.
    NotOver,
    /// An earlier month comes first.
    Earlier(Month),
    /// They entered facts of the month.
    EnteredFacts,
    /// They took the step before: another person is needed.
    SamePerson,
}

/// Something that happened to the close of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// UTC milliseconds.
    pub at: i64,
    /// By whom, by name.
    pub who: String,
    /// What.
    pub step: EventStep,
    /// Why, where a reason was given.
    pub reason: Option<String>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventStep {
    /// It was proposed.
    Proposed,
    /// It was sent back.
    SentBack,
    /// It was closed; so many yellow and red alerts were raised.
    Closed(u64, u64),
    /// It was closed with imported history, recorded on a day; so many yellow and red alerts were raised.
    ClosedHistory(Option<Date>, u64, u64),
    /// One of the two signed its reopening.
    SignedReopening,
    /// It was reopened.
    Reopened,
}

/// One month.
pub fn month_case(app: &App, context: &Context, month: Month) -> Result<MonthCase> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::MonthClose, Right::Read, &object)?;
    let (company, _) = company::current(&mut tx)?;
    let close = kept(&mut tx, month)?;
    let has_begun = month <= Month::of(context.today);
    if !has_begun {
        return Err(Error::missing("month", month));
    }
    let controls = close.controls.clone();
    let row = row(month, (close.version > 0).then_some(close), &company.calendar(), context.today);
    let mut totals = Vec::new();
    for metric in BOOKED {
        let control = controls.iter().find(|own| own.source == metric.code());
        totals.push(Total {
            metric,
            booked: total(app, &mut tx, &company, metric, month)?,
            expected: control.map(|own| own.expected),
            reason: control.and_then(|own| own.reason.clone()),
        });
    }
    let earlier = waits_for(&mut tx, &company, month)?;
    let mut steps = Vec::new();
    for step in CloseStep::ALL.into_iter().filter(|step| step.rule().from.contains(&row.state)) {
        let (right, holds) = right_of(step);
        let object = object.holding(&holds);
        if context.may(&ground.organisation, Action::MonthClose, right, &object).is_ok() {
            steps.push((step, hindrance(&mut tx, context, &row, step, earlier)?));
        }
    }
    let (open, events) = (matters(&mut tx, &row, earlier)?, events(&mut tx, month)?);
    Ok(MonthCase { row, totals, open, steps, events })
}

fn right_of(step: CloseStep) -> (Right, [When; 2]) {
    let right = match step {
        CloseStep::Propose => Right::Propose,
        CloseStep::SendBack | CloseStep::Close => Right::Close,
        CloseStep::Reopen => Right::Reopen,
    };
    (right, [When::EnteredNothing, When::Jointly])
}

fn hindrance(
    tx: &mut Read,
    context: &Context,
    row: &MonthRow,
    step: CloseStep,
    earlier: Option<Month>,
) -> Result<Option<Hindrance>> {
    let mut persons = Persons::default();
    let me = persons.number(tx, context.actor.name())?;
    let mut is_me = |tx: &mut Read, login: &str| Ok::<bool, Error>(persons.number(tx, login)? == me);
    Ok(match step {
        CloseStep::Propose if !row.is_over => Some(Hindrance::NotOver),
        CloseStep::Close => {
            let days = (day_number(row.month.first_day()), day_number(row.month.last_day()));
            let mut entered = false;
            for author in closes::authors(tx, days)? {
                entered |= is_me(tx, &author)?;
            }
            let proposed = match &row.proposed_by {
                Some(login) => is_me(tx, login)?,
                None => false,
            };
            match earlier {
                Some(month) => Some(Hindrance::Earlier(month)),
                None if entered => Some(Hindrance::EnteredFacts),
                None if proposed => Some(Hindrance::SamePerson),
                None => None,
            }
        }
        CloseStep::Reopen => match &row.reopening {
            Some((login, _)) if is_me(tx, login)? => Some(Hindrance::SamePerson),
            Some(_) | None => None,
        },
        CloseStep::Propose | CloseStep::SendBack => None,
    })
}

fn matters(tx: &mut Read, row: &MonthRow, earlier: Option<Month>) -> Result<Vec<Matter>> {
    if row.state == CloseState::Closed {
        return Ok(Vec::new());
    }
    let mut open: Vec<Matter> = earlier.map(Matter::Earlier).into_iter().collect();
    for metric in BOOKED {
        let end = facts::last_day(tx, metric == Metric::Collections)?.map(date_of);
        // A month may well have no fact on its last days; an end before its last week is worth a look.
        if end.is_none_or(|end| end < row.month.last_day().saturating_sub(jiff::Span::new().days(6))) {
            open.push(Matter::DataEnd(metric, end));
        }
    }
    Ok(open)
}

/// Entries of a month that are told.
const MOST: i64 = 200;

fn events(tx: &mut Read, month: Month) -> Result<Vec<Event>> {
    let mut entries = audit::of_object(tx, &month.to_string(), None, MOST)?;
    entries.reverse();
    let names = persons::names(tx, entries.iter().map(|entry| entry.actor.as_str()))?;
    let event = |entry: &audit::Entry| {
        let detail: Option<Value> =
            entry.detail.as_deref().and_then(|detail| serde_json::from_str(detail).ok());
        let detail = detail.unwrap_or(Value::Null);
        let count = |name: &str| detail["outcome"][name].as_u64().unwrap_or(0);
        let step = match entry.act.strip_prefix("month.")? {
            "propose" => EventStep::Proposed,
            "send_back" => EventStep::SentBack,
            "close" => EventStep::Closed(count("yellow"), count("red")),
            "close_history" => {
                let day = detail["recorded_on"].as_str().and_then(|day| day.parse().ok());
                EventStep::ClosedHistory(day, count("yellow"), count("red"))
            }
            "sign_reopening" => EventStep::SignedReopening,
            "reopen" => EventStep::Reopened,
            _ => return None,
        };
        let who = names.get(&entry.actor).unwrap_or(&entry.actor).clone();
        Some(Event { at: entry.at, who, step, reason: detail["reason"].as_str().map(str::to_owned) })
    };
    Ok(entries.iter().filter_map(event).collect())
}
