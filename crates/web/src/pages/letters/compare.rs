//! `GET /letters/{number}/compare`: two versions beside each other, line by line.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::allocation::letters::{difference_to, letter};
use serde::Deserialize;

use super::{ComparePage, address};
use crate::components::Link;
use crate::http::{Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// Which versions.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    /// The older one.
    pub from: i64,
    /// The newer one.
    pub to: i64,
}

/// `GET /letters/{number}/compare?from=&to=`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let say = desk.lang().responsibility();
        let changed = difference_to(desk.app, &desk.context, &number, (asked.from, asked.to))?;
        let name = letter(desk.app, &desk.context, &number, Some(asked.to))?.shown.content.member.name;
        let said = |text: Option<String>| text.unwrap_or_else(|| "—".to_owned());
        let crumbs = vec![Link::new(say.room(), "/letters"), Link::new(&name, address(&number))];
        let page = ComparePage {
            shell: desk.shell(Room::Letters, crumbs)?,
            title: format!("{name} · {number}"),
            about: say.compare_title(asked.from, asked.to),
            rows: changed.into_iter().map(|own| (own.about, said(own.before), said(own.after))).collect(),
        };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}
