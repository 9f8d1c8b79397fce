//! `GET /explain.xlsx`, `.csv`: the facts that a figure is made of, part by part; their sum is the figure.

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use dacheng_app::exports::{Column, Format, Holds, Value, in_parts};
use dacheng_app::figures::explain::{Counted, Cursor, Explanation, Part, explain};
use dacheng_app::figures::sight::Sight;
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_text::{Lang, date};

use super::handler::Asked;
use super::view::kind;
use crate::exports::{InFormat, List};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::pages::standing::metric_name;

/// Facts that are read at once.
const STEP: usize = 5_000;

/// `GET /explain.xlsx?m=revenue&p=2026-11&owner=unit:hd`: every fact counted, for whoever sees persons there.
pub async fn file(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
    InFormat(format): InFormat,
) -> Reply {
    web.answer(&visitor, move |desk| facts(desk, format, &asked)).await
}

fn facts(desk: &Desk<'_>, format: Format, asked: &Asked) -> Result<Response> {
    let (lang, ask) = (desk.lang(), asked.ask(desk)?);
    let read = |cursor| explain(desk.app, &desk.context, ask.clone(), Part::After(cursor, STEP));
    let first = read(Cursor::START)?;
    if first.sight != Sight::Persons {
        return Err(Error::missing("facts", desk.owner_name(&ask.owner)));
    }
    let list = List {
        title: lang.explain().counted().to_owned(),
        filter: vec![
            desk.owner_name(&ask.owner),
            date::period(lang, ask.period),
            metric_name(lang, ask.metric).to_owned(),
        ],
        as_of: Some(asked.as_of().map_or_else(|| desk.known(None), str::to_owned)),
        columns: columns(lang),
        total: Some(total(lang, first.figure.actual.unwrap_or_default())),
        ..List::default()
    };
    let part = |found: Explanation| {
        let rows: Vec<_> = found.counted.iter().map(|fact| row(desk, fact)).collect();
        (rows, found.next)
    };
    let mut first = Some(first);
    let rows = in_parts(Cursor::START, |cursor| Ok(part(first.take().map_or_else(|| read(cursor), Ok)?)));
    desk.export(format, list, rows)
}

fn columns(lang: Lang) -> Vec<Column> {
    let say = lang.explain();
    vec![
        Column::text(lang.imports().kind(), 10),
        Column::text(say.key(), 20),
        Column::of(Holds::Day, say.date()),
        Column::text(say.customer(), 16),
        Column::text(lang.settings().code(), 12),
        Column::text(say.member(), 14),
        Column::of(Holds::Money, say.amount()),
        Column::text(say.why(), 24),
    ]
}

fn total(lang: Lang, sum: Fen) -> Vec<Value> {
    let mut row = vec![Value::Blank; 8];
    row[0] = Value::text(lang.overview().total());
    row[6] = Value::money(sum);
    row
}

fn row(desk: &Desk<'_>, fact: &Counted) -> Vec<Value> {
    let lang = desk.lang();
    let name = desk.organisation().member_of_code(&fact.member).map(|member| member.name.as_str());
    vec![
        Value::text(kind(lang, fact.kind)),
        Value::text(&fact.code),
        Value::Day(fact.date),
        Value::text(fact.customer.as_deref().unwrap_or_default()),
        Value::text(&fact.member),
        Value::text(name.unwrap_or_default()),
        Value::money(fact.amount),
        Value::text(if fact.overlay { lang.explanations().overlay() } else { "" }),
    ]
}
