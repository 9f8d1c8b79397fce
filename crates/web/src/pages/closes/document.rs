//! `GET /closes/{month}/sheet.pdf`: the close of a month on paper, for a person and for a program the same.

use axum::Extension;
use axum::extract::{Path, State};
use dacheng_app::tracking::month_case::{Event, EventStep, MonthCase, Total, month_case};
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::calendar::{Deadline, Month};
use dacheng_paper::{Block, Column, Form, Moment, Row, Signature, Table};
use dacheng_text::{date, money};

use super::history::{actor, did};
use super::list::{address, state};
use super::standing::{raised, said};
use super::view::{control, named};
use crate::components::Badged as _;
use crate::http::{Desk, Reply, Visitor, Web};
use crate::printing::Document;

/// `GET /closes/{month}/sheet.pdf`.
pub async fn sheet(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let month: Month = month.parse().map_err(|_| Error::missing("month", &month))?;
        desk.print(document(desk, &month_case(desk.app, &desk.context, month)?)?)
    })
    .await
}

/// Whether there is a document: from the first step of the close on.
pub(super) fn is_there(case: &MonthCase) -> bool {
    case.row.version > 0
}

/// Where it is.
pub(super) fn address_of(month: Month) -> String {
    format!("{}/sheet.pdf", address(month))
}

/// The close of a month that somebody began; before that there is no document.
pub fn document(desk: &Desk<'_>, case: &MonthCase) -> Result<Document> {
    let (lang, row) = (desk.lang(), &case.row);
    if !is_there(case) {
        return Err(Error::missing("close", row.month));
    }
    let say = lang.closes();
    let blocks = vec![
        head(desk, case),
        Block::Paragraph(said(lang, case).1),
        Block::Heading(say.control_totals().to_owned()),
        totals(desk, case),
        Block::Heading(say.steps().to_owned()),
        Block::History(case.events.iter().map(|event| happened(desk, event)).collect()),
        Block::Signatures(signatures(desk, case)),
    ];
    Ok(Document {
        form: Form::Upright,
        number: format!("YJ-{}", row.month),
        version: row.version,
        title: say.sheet().to_owned(),
        about: format!("{} · {}", named(lang, row.month), state(row).badge(&lang).text),
        blocks,
        seal: None,
    })
}

fn head(desk: &Desk<'_>, case: &MonthCase) -> Block {
    let (lang, row) = (desk.lang(), &case.row);
    let say = lang.closes();
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "—".to_owned(), |day| day.to_string());
    let lights = raised(case).map(|(yellow, red)| {
        format!("{}{}{}", say.red_alerts(red), lang.dates().comma(), say.yellow_alerts(yellow))
    });
    let pairs = [
        (say.month(), named(lang, row.month)),
        (lang.dashboard().standing(), state(row).badge(&lang).text),
        (lang.alerts().due(), day(Deadline::date(row.deadline))),
        (say.closed_on(), day(row.recorded_on)),
        (say.raised(), lights.unwrap_or_else(|| "—".to_owned())),
    ];
    Block::Pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn totals(desk: &Desk<'_>, case: &MonthCase) -> Block {
    let say = desk.lang().closes();
    Block::Table(Table {
        caption: String::new(),
        columns: vec![
            Column::text(say.source(), 2),
            Column::figures(say.ours()),
            Column::figures(say.theirs()),
            Column::figures(say.difference()),
            Column::text(say.settled(), 3),
        ],
        rows: case.totals.iter().map(|total| compared(desk, case, total)).collect(),
    })
}

fn compared(desk: &Desk<'_>, case: &MonthCase, total: &Total) -> Row {
    let lang = desk.lang();
    let shown = control(desk, case, total);
    let or_dash = |text: String| if text.is_empty() { "—".to_owned() } else { text };
    Row::of([
        shown.source,
        money::exact(lang, Fen(total.booked)),
        or_dash(shown.theirs.map_or_else(String::new, |theirs| money::exact(lang, theirs))),
        or_dash(shown.difference),
        shown.settled.unwrap_or_else(|| lang.closes().not_settled().to_owned()),
    ])
}

fn happened(desk: &Desk<'_>, event: &Event) -> Moment {
    let (_, did) = did(desk.lang(), event);
    let what = match &event.reason {
        Some(reason) => format!("{did} · {reason}"),
        None => did,
    };
    Moment { when: when(desk, event), what }
}

/// The moment; a month closed with imported history counts from the day it is recorded on.
fn when(desk: &Desk<'_>, event: &Event) -> String {
    match event.step {
        EventStep::ClosedHistory(Some(day), ..) => day.to_string(),
        EventStep::ClosedHistory(None, ..)
        | EventStep::Proposed
        | EventStep::SentBack
        | EventStep::Closed(..)
        | EventStep::SignedReopening
        | EventStep::Reopened => desk.clock(event.at).map(date::stamp).unwrap_or_default(),
    }
}

/// The steps that the close stands on now.
#[derive(Default)]
struct Stands<'c> {
    proposed: Option<&'c Event>,
    closed: Option<&'c Event>,
    reopening: Vec<&'c Event>,
}

impl<'c> Stands<'c> {
    fn of(events: &'c [Event]) -> Self {
        events.iter().fold(Self::default(), |stands, event| match event.step {
            EventStep::Proposed => Self { proposed: Some(event), ..Self::default() },
            EventStep::SentBack => Self::default(),
            EventStep::Closed(..) => Self { closed: Some(event), reopening: Vec::new(), ..stands },
            EventStep::ClosedHistory(..) => Self { closed: Some(event), ..Self::default() },
            EventStep::SignedReopening | EventStep::Reopened => {
                let reopening = stands.reopening.into_iter().chain([event]).collect();
                Self { reopening, ..stands }
            }
        })
    }
}

/// Whoever proposed and closed it, and the two who reopened it, with when; whose step is not taken yet may sign.
fn signatures(desk: &Desk<'_>, case: &MonthCase) -> Vec<Signature> {
    let say = desk.lang().closes();
    let signature = |role: &str, event: Option<&Event>| Signature {
        role: role.to_owned(),
        name: event.map_or_else(String::new, |event| actor(desk.lang(), &event.who)),
        details: event.map(|event| when(desk, event)).into_iter().collect(),
    };
    let stands = Stands::of(&case.events);
    // What came with imported history was closed without a proposal.
    let with_history = stands.closed.is_some() && stands.proposed.is_none();
    let proposed = (!with_history).then(|| signature(say.proposed_by(), stands.proposed));
    let closed = signature(say.closed_by(), stands.closed);
    let reopening = stands.reopening.iter().map(|event| signature(say.reopened_by(), Some(event)));
    proposed.into_iter().chain([closed]).chain(reopening).collect()
}
