//! `GET /search?q=` and the fragment of it that the dialog asks for while somebody types.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::Result;
use dacheng_app::search::search;
use serde::Deserialize;

use super::{Finds, Options, SearchPage, view};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// What of each kind a page shows.
const ON_A_PAGE: usize = 20;
/// What of each kind the dialog shows.
const IN_THE_DIALOG: usize = 6;
/// Characters of what was typed that are shown again.
const SHOWN: usize = 64;

/// What an address of this room asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What was typed.
    q: String,
}

impl Asked {
    fn typed(&self) -> String {
        self.q.trim().chars().take(SHOWN).collect()
    }

    fn find(&self, desk: &Desk<'_>, limit: usize) -> Result<Finds> {
        let parts = search(desk.app, &desk.context, &self.q, limit)?;
        Ok(view::finds(desk.lang(), &self.typed(), &parts))
    }
}

/// `GET /search?q=lizhe`
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = asked.find(desk, ON_A_PAGE)?;
        let page = SearchPage { shell: desk.shell(Room::Me, Vec::new())?, typed: asked.typed(), found };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}

/// `GET /search/found?q=lizhe`
pub async fn options(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = asked.find(desk, IN_THE_DIALOG)?;
        Ok(respond::page(StatusCode::OK, &Options { lang: desk.lang(), found }))
    })
    .await
}
