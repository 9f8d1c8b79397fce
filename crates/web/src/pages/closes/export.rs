//! `GET /closes.xlsx`, `.csv`: the months of a fiscal year as a file.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::tracking::closes::{MonthLine, YearOfMonths, year_of_months};
use dacheng_domain::Fen;
use dacheng_domain::tracking::close::CloseState;
use dacheng_text::{Lang, date};

use super::history::actor;
use super::list::{Asked, state};
use crate::components::Badged as _;
use crate::exports::{List, Wanted};
use crate::http::{Desk, Reply};

/// `GET /closes.xlsx?y=2026`.
pub async fn file(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let year = asked.year(desk);
        let found = year_of_months(desk.app, &desk.context, year)?;
        let list = List {
            title: desk.lang().shell().closes().to_owned(),
            filter: vec![date::year(desk.lang(), year)],
            as_of: Some(desk.known(None)),
            columns: columns(desk.lang()),
            ..List::default()
        };
        desk.export(format, list, found.months.iter().map(|line| Ok(row(desk, &found, line))))
    })
    .await
}

fn columns(lang: Lang) -> Vec<Column> {
    let (say, metrics) = (lang.closes(), lang.metrics());
    vec![
        Column::text(say.month(), 12),
        Column::text(lang.dashboard().standing(), 14),
        Column::of(Holds::Day, lang.alerts().due()),
        Column::of(Holds::Money, metrics.revenue()),
        Column::of(Holds::Money, metrics.collections()),
        Column::text(say.closed_by(), 16),
        Column::of(Holds::Day, say.closed_on()),
    ]
}

fn row(desk: &Desk<'_>, found: &YearOfMonths, line: &MonthLine) -> Vec<Value> {
    let (lang, row) = (desk.lang(), &line.row);
    let closed = row.closed_by.as_ref().filter(|_| row.state == CloseState::Closed);
    let by = closed.map(|login| actor(lang, found.names.get(login).unwrap_or(login)));
    vec![
        Value::text(row.month.to_string()),
        Value::text(state(row).badge(&lang).text),
        Value::day(row.deadline.date()),
        Value::money(Fen(line.revenue)),
        Value::money(Fen(line.collections)),
        Value::text(by.unwrap_or_default()),
        Value::day(row.recorded_on.filter(|_| closed.is_some())),
    ]
}
