//! `GET /`: on to the first steps of a new company where one waits for whoever asks, else to the figures that are open to whoever asks, else to the first room; to their own page where none is.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};

use crate::http::{Reply, Visitor, Web};
use crate::pages::first_steps;
use crate::shell::Room;

/// `GET /`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        if first_steps::is_awaited(desk)? {
            return Ok(Redirect::to("/first-steps").into_response());
        }
        let shell = desk.shell(Room::Me, Vec::new())?;
        let open = |room: &Room| shell.doors.iter().any(|door| door.room == *room);
        let figures = [Room::Dashboard, Room::MyTargets].into_iter().find(open);
        let mut rooms = shell.doors.iter().map(|door| door.room);
        let first = figures.or_else(|| rooms.find(|room| *room != Room::Inbox)).unwrap_or(Room::Me);
        Ok(Redirect::to(first.path()).into_response())
    })
    .await
}
