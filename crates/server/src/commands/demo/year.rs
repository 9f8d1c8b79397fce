//! The year of the demo company in the program: facts come in, months are proposed and closed, plans answer alerts.

use std::path::Path;

use dacheng_app::demo::{Stage, Totals, YEAR, hired_later};
use dacheng_app::outbox::notices;
use dacheng_app::tracking::close::{Control, Difference, close, propose};
use dacheng_app::tracking::closes::months;
use dacheng_app::tracking::improvement::escalate;
use dacheng_app::{Actor, App, Error, Result};
use dacheng_domain::calendar::{Calendar, Month};
use dacheng_domain::metrics::Metric;
use dacheng_store::accounts;
use dacheng_text::Lang;
use jiff::civil::{Date, date};

use super::agenda::{Agenda, Event, Hour};
use super::cast::{FINANCE, OPERATIONS, at, signed_in};
use super::{improvement, letters, making, market, metrics, objectives, plan};

const NIGHT: Hour = (1, 0);
const BROUGHT: Hour = (8, 40);
const ENTERED: Hour = (9, 5);
const PROPOSED: Hour = (9, 30);
const CLOSED: Hour = (10, 20);
const EVENING: Hour = (17, 30);
/// Until this day everybody had read what they were told.
const ALL_READ: Date = date(2026, 10, 30);
/// The month whose total at the source holds something that is no sale, in fen.
const BORROWED: (i16, i8, i64) = (2026, 6, 360_000);

/// Passes the year after the past, event by event.
pub fn pass(app: &App, files: &Path, stages: &[Stage], totals: &Totals) -> Result<()> {
    let mut agenda = agenda(stages);
    while let Some((day, hour, event)) = agenda.next() {
        let now = &at(app, day, hour);
        match event {
            Event::Accounts => making::accounts(now)?,
            Event::Escalation => escalate(now, &now.context(Actor::System, Lang::Zh)).map(drop)?,
            Event::Sales(stage) => {
                making::bring_sales(now, &signed_in(now, OPERATIONS)?, &files.join(stage.folder()))?;
            }
            Event::Proposal(month) => propose_month(now, month, totals)?,
            Event::Close(month) => {
                let seen = version(now, FINANCE, month)?;
                close(now, &signed_in(now, FINANCE)?, month, seen)?;
                for (day, hour, act) in improvement::answers(now, month, day)? {
                    agenda.note(day, hour, Event::Improvement(act));
                }
            }
            Event::Reading => read_everything(now)?,
            Event::Improvement(act) => act.done(now)?,
            Event::Scores => objectives::score(now)?,
            Event::Values(month) => metrics::enter(now, month)?,
            Event::Note(place) => market::write(now, place)?,
            Event::NextYear => plan::begin_next(now)?,
            Event::Letters(act) => act.done(now)?,
        }
    }
    Ok(())
}

/// What is known beforehand.
fn agenda(stages: &[Stage]) -> Agenda {
    let (calendar, mut agenda) = (Calendar::shipped(), Agenda::default());
    for day in hired_later() {
        agenda.note(day, BROUGHT, Event::Accounts);
    }
    for stage in stages {
        agenda.note(stage.on, NIGHT, Event::Escalation);
        agenda.note(stage.on, BROUGHT, Event::Sales(*stage));
        if let Some(month) = stage.ends().filter(|month| month.year() == YEAR) {
            agenda.note(stage.on, ENTERED, Event::Values(month));
            agenda.note(stage.on, PROPOSED, Event::Proposal(month));
            agenda.note(next_working_day(stage.on, &calendar), CLOSED, Event::Close(month));
        }
    }
    agenda.note(ALL_READ, EVENING, Event::Reading);
    let (day, hour) = objectives::SCORED;
    agenda.note(day, hour, Event::Scores);
    for (place, (day, hour, _)) in market::NOTES.iter().enumerate() {
        agenda.note(*day, *hour, Event::Note(place));
    }
    let (day, hour) = plan::NEXT_BEGUN;
    agenda.note(day, hour, Event::NextYear);
    for (day, hour, act) in letters::ACTS {
        agenda.note(day, hour, Event::Letters(act));
    }
    agenda
}

/// Operations propose a month with the totals of the source.
fn propose_month(app: &App, month: Month, totals: &Totals) -> Result<()> {
    let seen = version(app, OPERATIONS, month)?;
    let controls = [Metric::Revenue, Metric::Collections].map(|metric| control(month, metric, totals));
    propose(app, &signed_in(app, OPERATIONS)?, month, seen, &controls).map(drop)
}

fn control(month: Month, metric: Metric, totals: &Totals) -> Control {
    let expected = totals.get(&(month, metric)).copied().unwrap_or_default();
    let (year, number, borrowed) = BORROWED;
    if metric == Metric::Revenue && Month::new(year, number) == Some(month) {
        let reason = "ERP 含一笔样机借用单，已与仓库核对，不计入销售额";
        return Control {
            metric,
            expected: expected + borrowed,
            difference: Difference::SignedOff(reason.to_owned()),
        };
    }
    Control { metric, expected, difference: Difference::Refused }
}

fn version(app: &App, code: &str, month: Month) -> Result<i64> {
    let rows = months(app, &signed_in(app, code)?)?;
    let row = rows.into_iter().find(|row| row.month == month);
    row.map(|row| row.version).ok_or_else(|| Error::Internal(format!("{month} is not there")))
}

fn next_working_day(day: Date, calendar: &Calendar) -> Date {
    let mut after = std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok());
    after.find(|day| calendar.is_working_day(*day)).unwrap_or(day)
}

/// Whoever was told something has read it.
fn read_everything(app: &App) -> Result<()> {
    let codes: Vec<String> = {
        let found = accounts::all(&mut app.store.read()?)?;
        found.into_iter().filter_map(|known| known.account.member).collect()
    };
    for code in codes {
        let context = signed_in(app, &code)?;
        if notices::unread(app, &context)? > 0 {
            notices::read_all(app, &context, i64::MAX)?;
        }
    }
    Ok(())
}
