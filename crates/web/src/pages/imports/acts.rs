//! The list, one import, and what can be done with it: confirm, cancel, undo.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::facts::undo::undo as withdraw;
use dacheng_app::facts::uploads::{self, look};
use dacheng_app::{Error, Result};
use serde::Deserialize;

use super::view;
use crate::components::{Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// Where in a list the page begins.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct From {
    from: Option<usize>,
}

/// `GET /imports`.
pub async fn show_list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<From>,
) -> Reply {
    let from = asked.from.unwrap_or(0);
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &view::list(desk, from)?))).await
}

/// `GET /imports/{id}`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Query(asked): Query<From>,
) -> Reply {
    let from = asked.from.unwrap_or(0);
    web.answer(&visitor, move |desk| {
        let looked = look(desk.app, &desk.context, number(&id)?)?;
        Ok(respond::page(StatusCode::OK, &view::one(desk, &looked, from)?))
    })
    .await
}

/// The number in an address; what is none is not there.
pub(super) fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::missing("import", id))
}

/// What a person does with an import.
enum Act {
    Confirm,
    Cancel,
    Undo,
}

/// `POST /imports/{id}/confirm`.
pub async fn confirm(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    _: Posted,
) -> Reply {
    act(&web, &visitor, id, Act::Confirm).await
}

/// `POST /imports/{id}/cancel`.
pub async fn cancel(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    _: Posted,
) -> Reply {
    act(&web, &visitor, id, Act::Cancel).await
}

/// `POST /imports/{id}/undo`.
pub async fn undo(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    _: Posted,
) -> Reply {
    act(&web, &visitor, id, Act::Undo).await
}

/// Does it and leads back to the import; what a rule refuses is told above it.
async fn act(web: &Web, visitor: &Visitor, id: String, act: Act) -> Reply {
    web.answer(visitor, move |desk| {
        let import = number(&id)?;
        let (app, context) = (desk.app, &desk.context);
        let looked = look(app, context, import)?;
        let say = desk.lang().imports();
        let (done, said) = match act {
            Act::Confirm => {
                (uploads::confirm(app, context, &desk.web.site.uploads, import), say.confirmed().to_owned())
            }
            Act::Cancel => {
                (uploads::cancel(app, context, &desk.web.site.uploads, import), say.cancelled().to_owned())
            }
            Act::Undo => (withdraw(app, context, import), say.undone(&looked.import.source)),
        };
        match done {
            Ok(()) => Ok(respond::done(&format!("/imports/{import}"), Tone::Ok, &said)),
            Err(Error::Refused(sentences)) => refused(desk, import, &sentences),
            Err(other) => Err(other),
        }
    })
    .await
}

fn refused(desk: &Desk<'_>, import: i64, sentences: &[String]) -> Result<axum::response::Response> {
    let looked = look(desk.app, &desk.context, import)?;
    let mut page = view::one(desk, &looked, 0)?;
    page.shell.flash = Some(Note::result(Tone::Bad, sentences.join(" ")));
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
