//! `GET /values/{code}/sheet.xlsx`: the values of a month, as they can be brought back.

use axum::extract::Path;
use dacheng_app::exports::{Column, Value};
use dacheng_app::metrics;
use dacheng_domain::Ratio;
use dacheng_domain::metrics::Metric;
use dacheng_text::own_metric;

use super::handler::Asked;
use crate::exports::{List, Wanted};
use crate::http::Reply;
use crate::pages::measures;

/// `GET /values/{code}/sheet.xlsx?month=`.
pub async fn sheet(Path(code): Path<String>, file: Wanted<Asked>) -> Reply {
    file.answer(move |desk, asked, format| {
        let month = asked.of(desk)?;
        let sheet = metrics::sheet(desk.app, &desk.context, &code, month)?;
        let (lang, say, of) = (desk.lang(), desk.lang().own_metrics(), Metric::Own(sheet.metric));
        let list = List {
            title: format!("{} {month}", own_metric::name(lang, sheet.metric)),
            as_of: Some(desk.known(None)),
            columns: vec![
                Column::text("owner", 20),
                Column::text(say.name(), 16),
                Column::text("month", 10),
                Column::of(measures::holds(of), "value"),
                Column::text("note", 30),
            ],
            ..List::default()
        };
        let rows = sheet.rows.iter().map(|row| {
            Ok(vec![
                Value::text(row.owner.to_string()),
                Value::text(&row.name),
                Value::text(month.to_string()),
                measures::cell(of, row.amount.map(Ratio::whole)),
                Value::text(&row.note),
            ])
        });
        let rows: Vec<_> = rows.collect();
        desk.export(format, list, rows.into_iter())
    })
    .await
}
