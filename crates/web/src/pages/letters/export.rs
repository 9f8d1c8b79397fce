//! `GET /letters.xlsx`: the letters of a plan as a list.

use dacheng_app::allocation::letters::{LetterLine, board, state_name};
use dacheng_app::exports::{Column, Value};

use super::board::{Asked, chosen, is_asked};
use crate::exports::{List, Wanted};
use crate::http::{Desk, Reply};

/// `GET /letters.xlsx?plan=&state=`.
pub async fn list(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let (lang, say) = (desk.lang(), desk.lang().responsibility());
        let (_, code) = chosen(desk, &asked)?;
        let found = code.as_ref().map(|code| board(desk.app, &desk.context, code)).transpose()?;
        let letters = found.unwrap_or_default().letters;
        let list = List {
            title: say.room().to_owned(),
            filter: code.into_iter().collect(),
            as_of: Some(desk.known(None)),
            columns: vec![
                Column::text(say.code(), 12),
                Column::text(say.person(), 14),
                Column::text(say.unit(), 18),
                Column::text(lang.paper().number(), 16),
                Column::text(say.version(), 10),
                Column::text(say.state(), 18),
                Column::text(say.sign_by(), 14),
            ],
            ..List::default()
        };
        let rows = letters.iter().filter(|own| is_asked(own, asked.state.as_deref()));
        desk.export(format, list, rows.map(|own| Ok(values(desk, own))))
    })
    .await
}

fn values(desk: &Desk<'_>, own: &LetterLine) -> Vec<Value> {
    let lang = desk.lang();
    let due = own.due.and_then(dacheng_domain::calendar::Deadline::date);
    vec![
        Value::text(&own.member),
        Value::text(&own.name),
        Value::text(&own.unit),
        Value::text(&own.number),
        Value::text(lang.responsibility().version_n(own.version)),
        Value::text(state_name(lang, own.state)),
        due.map_or(Value::Blank, |due| Value::text(due.to_string())),
    ]
}
