//! `GET /`: on to the first room that is open to whoever asks; to their own page where none is.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};

use crate::http::{Reply, Visitor, Web};
use crate::shell::Room;

/// `GET /`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        let shell = desk.shell(Room::Me, Vec::new())?;
        let first = shell.doors.first().map_or(Room::Me, |door| door.room);
        Ok(Redirect::to(first.path()).into_response())
    })
    .await
}
