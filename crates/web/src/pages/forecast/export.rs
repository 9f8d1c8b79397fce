//! `GET /forecast.xlsx`, `.csv`: the table of those below as a file, with the choices of the page.

use dacheng_text::date;

use super::handler::{Asked, looked};
use super::rows::{cells, columns, sorted};
use crate::exports::{List, Wanted};
use crate::http::Reply;
use crate::pages::standing::metric_name;

/// `GET /forecast.xlsx?p=2026-11&m=revenue&org=hd`.
pub async fn file(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let lang = desk.lang();
        let (_, found) = looked(desk, &asked)?;
        let list = List {
            title: lang.forecast().sheet().to_owned(),
            filter: vec![
                desk.owner_name(&found.whole.owner),
                date::period(lang, found.period),
                metric_name(lang, found.metric).to_owned(),
            ],
            order: Some(lang.forecast().by_risk().to_owned()),
            as_of: Some(desk.known(None)),
            columns: columns(lang),
            total: None,
        };
        let rows = sorted(&found);
        desk.export(format, list, rows.into_iter().map(|row| Ok(cells(lang, row))))
    })
    .await
}
