//! `GET /dashboard.xlsx`, `.csv`: the table of the units below as a file, with the choices of the page.

use super::handler::{Asked, looked, shown};
use crate::exports::Wanted;
use crate::http::Reply;
use crate::pages::{choices, figure_cells};

/// `GET /dashboard.xlsx?p=2026-11&org=hd&m=revenue&sort=-attainment`.
pub async fn file(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        if let Some(own) = choices::without_units(desk)? {
            return Ok(own);
        }
        let (_, found) = looked(desk, &asked)?;
        let (lang, order, scope) = (desk.lang(), asked.order(), desk.owner_name(&found.owner));
        let list = figure_cells::branches_below(desk, &scope, &found.performance, found.look, order);
        let rows = order.sorted(shown(&found));
        desk.export(format, list, rows.into_iter().map(|branch| Ok(figure_cells::branch(lang, branch))))
    })
    .await
}
