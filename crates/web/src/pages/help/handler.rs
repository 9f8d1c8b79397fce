//! `GET /help` and `GET /help/{topic}`.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::Error;
use dacheng_domain::access::Role;

use super::{HelpPage, Topic, TopicPage, sections};
use crate::components::Link;
use crate::http::{Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// `GET /help`.
pub async fn index(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, |desk| {
        let lang = desk.lang();
        let page = HelpPage {
            shell: desk.shell(Room::Help, Vec::new())?,
            tiles: Topic::ALL.into_iter().map(|topic| topic.tile(lang)).collect(),
        };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}

/// `GET /help/words`.
pub async fn topic(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let lang = desk.lang();
        let topic = Topic::ALL.into_iter().find(|topic| topic.code() == code);
        let topic = topic.ok_or_else(|| Error::missing("topic", &code))?;
        let shell = desk.shell(Room::Help, vec![Link::new(lang.help().title(), "/help")])?;
        let roles: BTreeSet<Role> = desk.context.access.roles().collect();
        let page =
            TopicPage { sections: sections(topic, &shell, &roles), topics: topic.among(lang), shell, topic };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}
