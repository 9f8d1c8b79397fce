//! `GET /inbox.xlsx`, `.csv`: what waits for the viewer, as the page groups it.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::inbox::Task;
use dacheng_domain::calendar::{Calendar, Deadline};

use super::handler::{in_order, shown, task};
use crate::exports::{List, Wanted, Whole};
use crate::http::{Desk, Reply};

/// `GET /inbox.xlsx`.
pub async fn file(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let (lang, say) = (desk.lang(), desk.lang().inbox());
        let list = List {
            title: lang.shell().inbox().to_owned(),
            as_of: Some(desk.known(None)),
            columns: vec![
                Column::text(say.urgency(), 12),
                Column::text(say.subject(), 40),
                Column::text(say.from(), 36),
                Column::of(Holds::Day, lang.alerts().due()),
                Column::text(say.act(), 14),
            ],
            ..List::default()
        };
        let (tasks, calendar) = (desk.inbox()?, desk.company.calendar());
        desk.export(format, list, in_order(&tasks).map(|found| Ok(row(desk, &calendar, found))))
    })
    .await
}

fn row(desk: &Desk<'_>, calendar: &Calendar, found: &Task) -> Vec<Value> {
    let task = task(desk, calendar, found);
    vec![
        Value::text(shown(found.urgency).name(&desk.lang())),
        Value::text(task.subject.text),
        Value::text(task.from),
        Value::day(found.deadline.and_then(Deadline::date)),
        Value::text(task.act),
    ]
}
