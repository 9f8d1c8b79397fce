//! `GET /explain.xlsx`, `.csv`: the facts that a figure is made of, part by part; their sum is the figure.

use axum::response::Response;
use dacheng_app::exports::{Column, Format, Holds, Value, in_parts};
use dacheng_app::figures::attainment::Figure;
use dacheng_app::figures::explain::{Counted, Cursor, Explanation, Part, explain};
use dacheng_app::figures::sight::Sight;
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::{Measured, Metric, Recipe};
use dacheng_domain::{Fen, Ratio};
use dacheng_text::metric::{self, Held};
use dacheng_text::{Lang, date};

use super::handler::Asked;
use super::view::{kind, note};
use crate::exports::{List, Wanted};
use crate::http::{Desk, Reply};
use crate::pages::rubrics;
use crate::pages::standing::metric_name;

/// Facts that are read at once.
const STEP: usize = 5_000;

/// `GET /explain.xlsx?m=revenue&p=2026-11&owner=unit:hd`: every fact counted, for whoever sees persons there.
pub async fn file(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| facts(desk, format, &asked)).await
}

fn facts(desk: &Desk<'_>, format: Format, asked: &Asked) -> Result<Response> {
    let (lang, ask) = (desk.lang(), asked.ask(desk)?);
    let read = |cursor| explain(desk.app, &desk.context, ask.clone(), Part::After(cursor, STEP));
    let first = read(Cursor::START)?;
    if first.sight != Sight::Persons {
        return Err(Error::missing("facts", desk.owner_name(&ask.owner)));
    }
    if ask.metric.recipe() == Recipe::Rated {
        let filter = vec![desk.owner_name(&ask.owner), date::period(lang, ask.period)];
        return rubrics::export::file(desk, format, filter, &first.rubrics);
    }
    let list = List {
        title: lang.explain().counted().to_owned(),
        filter: vec![
            desk.owner_name(&ask.owner),
            date::period(lang, ask.period),
            metric_name(lang, ask.metric).to_owned(),
        ],
        as_of: Some(asked.as_of().map_or_else(|| desk.known(None), str::to_owned)),
        columns: columns(lang, ask.metric),
        total: Some(total(lang, &first.figure)),
        ..List::default()
    };
    let part = |found: Explanation| {
        let rows: Vec<_> = found.counted.iter().map(|fact| row(desk, &found.figure, fact)).collect();
        (rows, found.next)
    };
    let mut first = Some(first);
    let rows = in_parts(Cursor::START, |cursor| Ok(part(first.take().map_or_else(|| read(cursor), Ok)?)));
    desk.export(format, list, rows)
}

fn columns(lang: Lang, metric: Metric) -> Vec<Column> {
    let say = lang.explain();
    let held = metric::held(metric);
    let mut columns = vec![
        Column::text(lang.imports().kind(), 10),
        Column::text(say.key(), 20),
        Column::of(Holds::Day, say.date()),
        Column::text(say.customer(), 16),
        Column::text(lang.settings().code(), 12),
        Column::text(say.member(), 14),
    ];
    if metric::parts(lang, metric).is_none() {
        columns.push(Column::of(holds(held.0), say.amount()));
    } else {
        columns.push(Column::of(holds(held.0), lang.measures().over()));
        columns.push(Column::of(holds(held.1), lang.measures().under()));
    }
    columns.push(Column::text(say.why(), 24));
    columns
}

const fn holds(held: Held) -> Holds {
    match held {
        Held::Money => Holds::Money,
        Held::Pieces => Holds::Count,
        Held::Points | Held::Heads => Holds::Amount,
    }
}

/// What a fact adds, or all of them do, as a cell.
fn cell(amount: i64, held: Held, scale: i64) -> Value {
    match held {
        Held::Money | Held::Points => Value::money(Fen(amount)),
        Held::Pieces => Value::number(amount),
        Held::Heads => {
            let heads = Ratio::new(amount, scale).map_or(0, |heads| heads.scaled(100));
            Value::money(Fen(i64::try_from(heads).unwrap_or(i64::MAX)))
        }
    }
}

/// What is added to the sum, or to both sides of a ratio.
fn cells(found: &Figure, (over, under): (i64, i64)) -> Vec<Value> {
    let held = metric::held(found.metric);
    match found.measured {
        Measured::Sum(_) | Measured::Rated(_) => vec![cell(over, held.0, 1)],
        Measured::Ratio { scale, .. } => vec![cell(over, held.0, scale), cell(under, held.1, scale)],
    }
}

fn total(lang: Lang, found: &Figure) -> Vec<Value> {
    let mut row = vec![Value::Blank; 6];
    row[0] = Value::text(lang.overview().total());
    let parts = match found.measured {
        Measured::Sum(sum) => (sum, 0),
        Measured::Rated(own) => (own.scores, own.rated),
        Measured::Ratio { over, under, .. } => (over, under),
    };
    row.extend(cells(found, parts));
    row.push(Value::Blank);
    row
}

fn row(desk: &Desk<'_>, figure: &Figure, fact: &Counted) -> Vec<Value> {
    let lang = desk.lang();
    let name = desk.organisation().member_of_code(&fact.member).map(|member| member.name.as_str());
    let mut row = vec![
        Value::text(kind(lang, fact.kind)),
        Value::text(&fact.code),
        Value::Day(fact.date),
        Value::text(fact.customer.as_deref().unwrap_or_default()),
        Value::text(&fact.member),
        Value::text(name.unwrap_or_default()),
    ];
    row.extend(cells(figure, (fact.over, fact.under)));
    row.push(Value::text(note(lang, figure, fact)));
    row
}
