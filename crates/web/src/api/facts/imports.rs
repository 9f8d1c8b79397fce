//! The imports for programs: the list, one, undoing it.

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::facts::undo::undo;
use dacheng_app::facts::uploads::{after, look};
use dacheng_app::{Error, Result};

use super::answer::{ImportDetail, ImportItem};
use crate::api::listing::{Cursor, Listing, Paging};
use crate::http::{Reply, Visitor, Web};
use crate::respond;

fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::missing("import", id))
}

/// The imports the caller may see, newest first.
#[utoipa::path(get, path = "/api/v1/imports", tag = "facts", params(Paging), responses((status = 200, body = Listing<ImportItem>)))]
pub async fn imports(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let limit = paging.limit();
        let asked = i64::try_from(limit).unwrap_or(i64::MAX) + 1;
        let found = after(desk.app, &desk.context, paging.number()?, asked)?.imports;
        let items: Vec<ImportItem> = found.iter().take(limit).map(ImportItem::of).collect();
        let next = items.last().filter(|_| found.len() > limit).map(|item| Cursor(item.id.to_string()));
        Ok(respond::json(&Listing { items, next }))
    })
    .await
}

/// One import, with what is wrong and what to compare with the source.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "facts", params(("id" = i64, Path)), responses((status = 200, body = ImportDetail)))]
pub async fn import(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let looked = look(desk.app, &desk.context, number(&id)?)?;
        Ok(respond::json(&ImportDetail::of(&looked)))
    })
    .await
}

/// Undoes an import within 24 hours: what it brought ceases to count. Figures of closed months stay as booked.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", tag = "facts", params(("id" = i64, Path)), responses((status = 200, body = ImportDetail)))]
pub async fn undo_import(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let import = number(&id)?;
        look(desk.app, &desk.context, import)?;
        undo(desk.app, &desk.context, import)?;
        Ok(respond::json(&ImportDetail::of(&look(desk.app, &desk.context, import)?)))
    })
    .await
}
