//! `GET /closes`: the months of a fiscal year, where the close of each stands, and what was achieved.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::Result;
use dacheng_app::tracking::closes::{MonthLine, MonthRow as Found, YearOfMonths, year_of_months};
use dacheng_domain::Fen;
use dacheng_domain::calendar::{Calendar, Month, Period, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::close::CloseState;
use dacheng_text::countdown::Countdown;
use dacheng_text::date;
use serde::Deserialize;

use super::history::actor;
use crate::components::{Badged as _, Empty, Figure, Link, MonthEnd, MonthState, Note, PickerEntry, Tone};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;
use crate::shell::{Room, Shell};

/// `GET /closes?y=2026`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/closes/list.html")]
pub struct ClosesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The fiscal years with months.
    pub years: Vec<PickerEntry>,
    /// What the go-live month means.
    pub note: Option<Note>,
    /// The months, the newest first.
    pub months: Vec<MonthRow>,
}

/// One month.
#[derive(Debug, Clone)]
pub struct MonthRow {
    /// Its name and page: 2026年10月.
    pub month: Link,
    /// Where its close stands.
    pub state: MonthState,
    /// Until when it should be closed.
    pub deadline: Option<Countdown>,
    /// Revenue as booked.
    pub revenue: Figure,
    /// Collections as booked.
    pub collections: Figure,
    /// Who closed it, and when.
    pub closed: String,
}

/// What the address asks for.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    /// The fiscal year; the running one where absent.
    y: Option<i16>,
}

/// `GET /closes?y=2026`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

impl Asked {
    /// The fiscal year.
    pub(super) fn year(&self, desk: &Desk<'_>) -> i16 {
        self.y.unwrap_or_else(|| Year::of(desk.context.today, desk.company.fiscal_start).name())
    }
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<ClosesPage> {
    let lang = desk.lang();
    let year = asked.year(desk);
    let found = year_of_months(desk.app, &desk.context, year)?;
    let calendar = desk.company.calendar();
    let entry = |own: &i16| PickerEntry {
        text: date::year(lang, *own),
        href: format!("/closes?y={own}"),
        current: *own == year,
        depth: 0,
    };
    let live = found.go_live.filter(|live| found.months.iter().any(|own| own.row.month <= *live));
    let note = live.map(|live| lang.closes().go_live(date::month(lang, live.year(), live.number())));
    Ok(ClosesPage {
        shell: desk.shell(Room::Closes, Vec::new())?.exporting(
            "/closes",
            format!("y={year}"),
            found.months.len(),
        ),
        years: found.years.iter().map(entry).collect(),
        note: note.map(|said| Note::new(Tone::Info, said)),
        months: found.months.iter().map(|line| row(desk, &found, &calendar, line)).collect(),
    })
}

fn row(desk: &Desk<'_>, found: &YearOfMonths, calendar: &Calendar, line: &MonthLine) -> MonthRow {
    let (lang, row) = (desk.lang(), &line.row);
    let figure = |metric: Metric, amount: i64| {
        Figure::money(Fen(amount), format!("/explain?m={}&p={}", metric.code(), row.month))
    };
    let closed = row.closed_by.as_ref().zip(row.recorded_on).filter(|_| row.state == CloseState::Closed);
    let closed = closed.map(|(login, day)| {
        let who = actor(lang, found.names.get(login).unwrap_or(login));
        format!("{who} {}", date::short(day))
    });
    MonthRow {
        month: Link::new(date::period(lang, Period::Month(row.month)), address(row.month)),
        state: state(row),
        deadline: (row.is_over && row.state != CloseState::Closed)
            .then(|| Countdown::of(row.deadline, calendar, desk.context.today)),
        revenue: figure(Metric::Revenue, line.revenue),
        collections: figure(Metric::Collections, line.collections),
        closed: closed.unwrap_or_default(),
    }
}

/// The page of a month.
pub(super) fn address(month: Month) -> String {
    format!("/closes/{month}")
}

/// The state of a month as pages call it.
pub(super) fn state(row: &Found) -> MonthState {
    MonthState::of(row.state, if row.is_over { MonthEnd::Behind } else { MonthEnd::Ahead })
}
