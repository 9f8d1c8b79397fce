//! `GET /rubrics.xlsx`: every qualitative target that the viewer sees.

use axum::response::Response;
use dacheng_app::Result;
use dacheng_app::exports::{Column, Format, Holds, Value};
use dacheng_app::planning::rubrics::{self, RubricView};
use dacheng_domain::planning::rubric::Score;
use dacheng_text::Lang;

use super::view::{months, state};
use crate::exports::{List, Wanted, Whole};
use crate::http::{Desk, Reply};

/// Rows that are read at once.
const PART: usize = 500;

/// `GET /rubrics.xlsx`.
pub async fn list(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let lang = desk.lang();
        let list = List {
            title: lang.rubrics().title().to_owned(),
            as_of: Some(desk.known(None)),
            columns: columns(lang),
            ..List::default()
        };
        let mut rows = Vec::new();
        let mut below = None;
        loop {
            let part = rubrics::list(desk.app, &desk.context, below, PART)?;
            rows.extend(part.rubrics.iter().map(|own| Ok(row(lang, own))));
            below = part.older;
            if below.is_none() {
                break;
            }
        }
        desk.export(format, list, rows.into_iter())
    })
    .await
}

/// Some of them as a file.
pub fn file(desk: &Desk<'_>, format: Format, filter: Vec<String>, of: &[RubricView]) -> Result<Response> {
    let lang = desk.lang();
    let list = List {
        title: lang.rubrics().title().to_owned(),
        filter,
        as_of: Some(desk.known(None)),
        columns: columns(lang),
        ..List::default()
    };
    desk.export(format, list, of.iter().map(|own| Ok(row(lang, own))))
}

fn columns(lang: Lang) -> Vec<Column> {
    let say = lang.rubrics();
    vec![
        Column::text(say.name(), 30),
        Column::text(say.owner(), 16),
        Column::text(say.rater(), 14),
        Column::text(say.period(), 26),
        Column::text(say.state(), 12),
        Column::of(Holds::Count, say.target()),
        Column::of(Holds::Count, say.score()),
        Column::of(Holds::Percent, say.attainment()),
        Column::text(say.note(), 30),
    ]
}

fn row(lang: Lang, own: &RubricView) -> Vec<Value> {
    vec![
        Value::text(&own.kept.name),
        Value::text(&own.owner),
        Value::text(&own.rater),
        Value::text(months(lang, own)),
        Value::text(state(lang, own).text),
        Value::number(own.kept.target.number()),
        own.kept.score.map_or(Value::Blank, |score| Value::number(Score::number(score))),
        Value::percent(own.attainment),
        Value::text(own.kept.note.clone().unwrap_or_default()),
    ]
}
