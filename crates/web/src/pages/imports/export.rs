//! The lists of this room as files: `GET /imports.xlsx`, and the rows of a file that could not be taken.

use axum::extract::Path;
use dacheng_app::exports::{Column, Holds, Value, in_parts};
use dacheng_app::facts::problems::RowProblem;
use dacheng_app::facts::uploads::{Kept, after, look};
use dacheng_text::Lang;

use super::acts::number;
use super::view::{kind_name, source, state_of};
use crate::components::Badged as _;
use crate::exports::{List, Wanted, Whole};
use crate::http::{Desk, Reply};

/// Imports that are read at once.
const STEP: i64 = 500;

/// `GET /imports.xlsx`: every import that the viewer sees, the newest first.
pub async fn list(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let list = List {
            title: desk.lang().imports().list().to_owned(),
            order: Some(desk.lang().audit().newest_first().to_owned()),
            columns: columns(desk.lang()),
            ..List::default()
        };
        let rows = in_parts(None, |before| {
            let found = after(desk.app, &desk.context, before, STEP)?.imports;
            let next = found.last().map(|import| Some(import.id));
            Ok((found.iter().map(|import| row(desk, import)).collect(), next))
        });
        desk.export(format, list, rows)
    })
    .await
}

fn columns(lang: Lang) -> Vec<Column> {
    let say = lang.imports();
    vec![
        Column::of(Holds::Serial, lang.audit().number()),
        Column::text(say.file(), 32),
        Column::text(say.kind(), 14),
        Column::text(lang.dashboard().standing(), 12),
        Column::of(Holds::Count, say.rows()),
        Column::of(Holds::Count, say.new_rows()),
        Column::of(Holds::Count, say.changed()),
        Column::of(Holds::Count, say.unchanged()),
        Column::of(Holds::Count, say.skipped()),
        Column::of(Holds::Count, say.bad_rows()),
        Column::text(say.by(), 14),
        Column::of(Holds::Moment, say.when()),
        Column::text("SHA-256", 20),
    ]
}

fn row(desk: &Desk<'_>, import: &Kept) -> Vec<Value> {
    let (lang, counts) = (desk.lang(), import.counts);
    vec![
        Value::number(import.id),
        Value::text(source(lang, &import.source)),
        Value::text(kind_name(lang, import)),
        Value::text(state_of(import.state).badge(&lang).text),
        Value::number(counts.read),
        Value::number(counts.added),
        Value::number(counts.changed),
        Value::number(counts.unchanged),
        Value::number(counts.skipped),
        Value::number(import.bad),
        Value::text(desk.recorded(&import.actor)),
        Value::moment(desk.clock(import.started_at)),
        Value::text(import.sha256.as_deref().unwrap_or_default()),
    ]
}

/// `GET /imports/{id}/bad.csv`.
pub async fn bad_rows(Path(id): Path<String>, file: Wanted<Whole>) -> Reply {
    file.answer(move |desk, _, format| {
        let looked = look(desk.app, &desk.context, number(&id)?)?;
        let say = desk.lang().imports();
        let source = source(desk.lang(), &looked.import.source);
        let list = List {
            title: say.bad_rows().to_owned(),
            filter: vec![source.clone()],
            columns: vec![
                Column::text(say.file(), 24),
                Column::text(say.sheet(), 14),
                Column::of(Holds::Serial, say.row()),
                Column::text(say.column(), 16),
                Column::text(say.value(), 24),
                Column::text(say.reason(), 60),
            ],
            ..List::default()
        };
        let sheet = looked.sums.sheet.as_deref().unwrap_or_default();
        let row = |problem: &RowProblem| {
            vec![
                Value::text(&source),
                Value::text(sheet),
                problem.row.map_or(Value::Blank, Value::number),
                Value::text(problem.column.as_deref().unwrap_or_default()),
                Value::text(&problem.value),
                Value::text(&problem.reason),
            ]
        };
        desk.export(format, list, looked.problems.iter().map(|problem| Ok(row(problem))))
    })
    .await
}
