//! `GET /audit.csv`: the filtered entries as a file that a spreadsheet program shows as they are.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dacheng_app::Error;
use dacheng_app::trail::{self, Part};
use dacheng_sheets::csv::{Mark, Writer};
use dacheng_sheets::{Cell, Number, WriteError};

use super::handler::Asked;
use super::{view, words};
use crate::http::{Desk, Reply, Visitor, Web};

/// Entries of one file at most.
const MOST: i64 = 50_000;

/// `GET /audit.csv` with the filter of the page.
pub async fn csv(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let filter = asked.filter(desk)?;
        let part = trail::read(desk.app, &desk.context, desk.organisation(), &filter, (None, MOST))?;
        if part.older.is_some() {
            return Err(Error::refused(desk.lang().audit().too_many(MOST)));
        }
        let bytes = written(desk, &part).map_err(|wrong| Error::Internal(wrong.to_string()))?;
        Ok(file(desk, bytes))
    })
    .await
}

fn written(desk: &Desk<'_>, part: &Part) -> std::result::Result<Vec<u8>, WriteError> {
    let say = desk.lang().audit();
    let header =
        [say.number(), say.at(), say.who(), say.through(), say.act(), say.object(), say.detail(), "SHA-256"];
    let mut writer = Writer::new(Vec::new(), Mark::ByteOrderMark, &header)?;
    for entry in &part.entries {
        let (number, at) = (entry.leaf.to_string(), view::instant(&desk.app.zone, entry.at));
        let who = view::who(desk.lang(), &part.names, &entry.actor);
        let object = words::object(desk.lang(), &entry.act, &entry.object);
        writer.write(&[
            Number::new(&number).map_or(Cell::Blank, Cell::Number),
            Cell::Text(&at),
            Cell::Text(&who),
            Cell::Text(view::through(desk.lang(), &entry.actor)),
            Cell::Text(&words::act(desk.lang(), &entry.act)),
            Cell::Text(part.names.get(&entry.object).unwrap_or(&object)),
            Cell::Text(entry.detail.as_deref().unwrap_or_default()),
            Cell::Text(&entry.leaf_hash),
        ])?;
    }
    writer.finish()
}

fn file(desk: &Desk<'_>, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"audit-{}.csv\"", desk.context.today);
    let heads = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (heads, bytes).into_response()
}
