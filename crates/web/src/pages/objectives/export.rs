//! Objectives as files: the list with the targets that serve each and those that serve none, and the targets of one.

use axum::extract::Path;
use dacheng_app::exports::{Column, Value};
use dacheng_app::planning::objectives::{self, Serving};
use dacheng_text::Lang;

use super::forms::{row, what};
use crate::exports::{List, Wanted, Whole};
use crate::http::{Desk, Reply};

/// `GET /objectives.xlsx`: one line for each target of an objective, one for each objective without any, then the targets
/// without an objective.
pub async fn list(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let lang = desk.lang();
        let found = objectives::coverage(desk.app, &desk.context)?;
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for own in &found.objectives {
            let head = || {
                vec![
                    Value::text(&own.objective.code),
                    Value::text(&own.objective.name),
                    Value::number(own.objective.year),
                    Value::text(&own.owner),
                ]
            };
            if own.targets.is_empty() {
                rows.push([head(), vec![Value::Blank; 3]].concat());
            }
            rows.extend(own.targets.iter().map(|target| [head(), target_values(desk, target)].concat()));
        }
        let bare = found.uncovered.iter();
        rows.extend(bare.map(|target| [vec![Value::Blank; 4], target_values(desk, target)].concat()));
        let list = List {
            title: lang.objectives().title().to_owned(),
            as_of: Some(desk.known(None)),
            columns: [objective_columns(lang), target_columns(lang)].concat(),
            ..List::default()
        };
        desk.export(format, list, rows.into_iter().map(Ok))
    })
    .await
}

/// `GET /objectives/{code}/targets.xlsx`.
pub async fn targets(Path(code): Path<String>, file: Wanted<Whole>) -> Reply {
    file.answer(move |desk, _, format| {
        let served = objectives::one(desk.app, &desk.context, &code)?;
        let list = List {
            title: desk.lang().objectives().targets().to_owned(),
            filter: vec![served.objective.name.clone()],
            as_of: Some(desk.known(None)),
            columns: target_columns(desk.lang()),
            ..List::default()
        };
        desk.export(format, list, served.targets.iter().map(|target| Ok(target_values(desk, target))))
    })
    .await
}

fn objective_columns(lang: Lang) -> Vec<Column> {
    let say = lang.objectives();
    vec![
        Column::text(say.code(), 12),
        Column::text(say.name(), 26),
        Column::text(say.year(), 10),
        Column::text(say.owner(), 14),
    ]
}

fn target_columns(lang: Lang) -> Vec<Column> {
    let say = lang.objectives();
    vec![Column::text(say.targets(), 26), Column::text(say.plan(), 12), Column::text(say.amount(), 18)]
}

fn target_values(desk: &Desk<'_>, own: &Serving) -> Vec<Value> {
    vec![Value::text(what(desk, own)), Value::text(&own.plan), Value::text(row(desk, own).amount)]
}
