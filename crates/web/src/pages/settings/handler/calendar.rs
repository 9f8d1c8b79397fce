//! `GET /settings/calendar`: a year of working days, and the company's own days in it.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::{Error, Result, settings};
use dacheng_domain::calendar::{DayKind, DayRow, YearBasis};
use dacheng_text::{Lang, date};
use jiff::civil::Date;
use serde::Deserialize;

use super::super::{CalendarPage, DayForm, OwnDay};
use super::shell;
use crate::components::{Choice, Input, Link, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// Years that can be looked at.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2099;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    year: Option<i16>,
}

impl Asked {
    /// The year asked for; this year where none is.
    pub(super) fn year(&self, desk: &Desk<'_>) -> Result<i16> {
        let year = self.year.unwrap_or(desk.context.today.year());
        if YEARS.contains(&year) { Ok(year) } else { Err(Error::missing("year", year)) }
    }
}

/// `GET /settings/calendar?year=2026`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, asked.year(desk)?)?))).await
}

pub(super) fn page(desk: &Desk<'_>, year: i16) -> Result<CalendarPage> {
    let say = desk.lang().settings();
    let company = &desk.company;
    let (calendar, official) = (company.calendar(), company.official());
    let basis = calendar.year_basis(year);
    let own: Vec<&DayRow> = company.company_days.iter().filter(|day| day.date.year() == year).collect();
    let named = |day: Date| {
        let own = own.iter().find(|row| row.date == day).map(|row| name(desk.lang(), row));
        own.or_else(|| official.iter().find(|row| row.date == day).map(|row| row.name.clone()))
    };
    let may = settings::may_change(&desk.context, desk.organisation()).is_ok();
    let step = |year: i16| {
        YEARS.contains(&year).then(|| Link::new(year.to_string(), format!("/settings/calendar?year={year}")))
    };
    Ok(CalendarPage {
        shell: shell(desk)?.exporting("/settings/calendar", format!("year={year}"), 12),
        year,
        earlier: step(year - 1),
        later: step(year + 1),
        note: note(desk, year, basis),
        months: CalendarPage::sheets(&calendar, year, named),
        holidays: CalendarPage::holidays(&official, year),
        import: may.then(|| Link::new(say.import_year(), "/imports/new?kind=calendar")),
        source: source(desk, basis, own.len()),
        today: desk.context.today,
        own: own.iter().map(|row| own_day(desk.lang(), row)).collect(),
        form: may.then(|| blank(desk)),
        weekends: (may && basis.is_none()).then(|| say.follow_weekends(year)),
        version: desk.company_version,
        refused: None,
    })
}

/// The name of a company's own day; what it is, where none was given.
fn name(lang: Lang, row: &DayRow) -> String {
    if row.name.is_empty() { kind(lang, row.kind).to_owned() } else { row.name.clone() }
}

fn kind(lang: Lang, kind: DayKind) -> &'static str {
    match kind {
        DayKind::Holiday => lang.settings().day_off(),
        DayKind::MakeupWorkday => lang.settings().day_on(),
    }
}

fn own_day(lang: Lang, row: &DayRow) -> OwnDay {
    OwnDay {
        date: row.date,
        day: date::full(lang, row.date),
        kind: kind(lang, row.kind).to_owned(),
        name: row.name.clone(),
    }
}

/// The year that is not loaded, and how to load it.
fn note(desk: &Desk<'_>, year: i16, basis: Option<YearBasis>) -> Option<Note> {
    let say = desk.lang().settings();
    match basis {
        Some(YearBasis::Official) => None,
        Some(YearBasis::WeekendsOnly) => Some(Note::new(Tone::Info, say.weekends_note(year))),
        None => Some(Note::new(Tone::Warn, say.not_loaded_note(year))),
    }
}

fn source(desk: &Desk<'_>, basis: Option<YearBasis>, own: usize) -> String {
    let say = desk.lang().settings();
    let official = match basis {
        Some(YearBasis::Official) => say.source_official(),
        Some(YearBasis::WeekendsOnly) => say.source_weekends(),
        None => say.source_none(),
    };
    format!("{official}{}{}", desk.lang().me().semicolon(), say.source_own(own))
}

fn blank(desk: &Desk<'_>) -> DayForm {
    let choice = |code: &str, of: DayKind| Choice::new(code, kind(desk.lang(), of));
    DayForm {
        date: Input::default(),
        kinds: vec![choice("holiday", DayKind::Holiday), choice("makeup_workday", DayKind::MakeupWorkday)],
        kind: Input::of("holiday"),
        name: Input::default(),
    }
}

fn back(date: Date) -> String {
    format!("/settings/calendar?year={}", date.year())
}

/// `POST /settings/calendar/days`.
pub async fn add(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let say = desk.lang().settings();
        let typed: Option<Date> = form.value("date").parse().ok();
        let (Some(date), Ok(kind)) = (typed, form.value("kind").parse::<DayKind>()) else {
            settings::may_change(&desk.context, desk.organisation())?;
            return again(desk, &form, desk.context.today.year(), None);
        };
        let row = DayRow { date, kind, name: form.value("name").to_owned() };
        let seen = form.number("version").unwrap_or_default();
        match settings::add_day(desk.app, &desk.context, desk.organisation(), &row, seen) {
            Ok(()) => {
                let said = say.day_added(date::full(desk.lang(), date));
                Ok(respond::done(&back(date), Tone::Ok, &said))
            }
            Err(Error::Refused(sentences)) => again(desk, &form, date.year(), Some(sentences.join(" "))),
            Err(other) => Err(other),
        }
    })
    .await
}

/// The page with what was typed.
fn again(
    desk: &Desk<'_>,
    form: &Posted,
    year: i16,
    refused: Option<String>,
) -> Result<axum::response::Response> {
    let date = match refused {
        None => Input::wrong(form.value("date"), desk.lang().settings().choose_day()),
        Some(_) => Input::of(form.value("date")),
    };
    let kept = DayForm {
        date,
        kind: Input::of(form.value("kind")),
        name: Input::of(form.value("name")),
        ..blank(desk)
    };
    let page = CalendarPage { form: Some(kept), refused, ..page(desk, year)? };
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// `POST /settings/calendar/days/{day}/remove`.
pub async fn remove(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(day): Path<Date>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = form.number("version").unwrap_or_default();
        settings::remove_day(desk.app, &desk.context, desk.organisation(), day, seen)?;
        let said = desk.lang().settings().day_removed(date::full(desk.lang(), day));
        Ok(respond::done(&back(day), Tone::Ok, &said))
    })
    .await
}

/// `POST /settings/calendar/weekends`.
pub async fn follow_weekends(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let year = form.value("year").parse().ok().filter(|year| YEARS.contains(year));
        let year = year.ok_or_else(|| Error::missing("year", form.value("year")))?;
        let seen = form.number("version").unwrap_or_default();
        settings::follow_weekends(desk.app, &desk.context, desk.organisation(), year, seen)?;
        let to = format!("/settings/calendar?year={year}");
        Ok(respond::done(&to, Tone::Ok, &desk.lang().settings().year_weekends(year)))
    })
    .await
}
