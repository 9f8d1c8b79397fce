//! `GET /notifications`, opening one, marking all as read.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use dacheng_app::Result;
use dacheng_app::outbox::notices::{self, Notice, Standing, Which};
use dacheng_domain::notification::Event;
use dacheng_text::notification;

use super::{NoticeRow, NotificationsPage};
use crate::components::Tone;
use crate::http::{Desk, Older, Posted, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// Notifications on one page.
const PAGE: i64 = 50;

/// `GET /notifications?before=`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(older): Query<Older>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, older.before)?))).await
}

fn page(desk: &Desk<'_>, before: Option<i64>) -> Result<NotificationsPage> {
    let part = notices::list(desk.app, &desk.context, Which::All, (before, PAGE))?;
    let newest = part.notices.first().map(|own| own.id).filter(|_| part.unread > 0);
    Ok(NotificationsPage {
        shell: desk.shell(Room::Notifications, Vec::new())?,
        notices: part.notices.iter().map(|own| row(desk, own)).collect(),
        newest,
        older: part.older.map(|below| format!("/notifications?before={below}")),
    })
}

fn row(desk: &Desk<'_>, own: &Notice) -> NoticeRow {
    NoticeRow {
        id: own.id,
        icon: icon(&own.event),
        said: notification::said(desk.lang(), &own.event),
        href: notification::path(&own.event),
        at: desk.moment(own.at.as_millisecond()),
        unread: own.standing == Standing::Unread,
    }
}

const fn icon(event: &Event) -> &'static str {
    match event {
        Event::Alert { .. } | Event::Improvement { .. } => Room::Alerts.icon(),
        Event::Close { .. } => Room::Closes.icon(),
        Event::Plan { .. } => Room::Plans.icon(),
        Event::Judgement { .. } => Room::Forecast.icon(),
        Event::Import { .. } => Room::Imports.icon(),
        Event::Accounts { .. } | Event::Channel { .. } => Room::Settings.icon(),
        Event::Damage { .. } => Room::Audit.icon(),
        Event::Digest { .. } => Room::Inbox.icon(),
        Event::Confirm { .. } | Event::Test { .. } => Room::Notifications.icon(),
    }
}

/// `POST /notifications/{id}/open`: on to the thing; the notification is read.
pub async fn open(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let opened = notices::open(desk.app, &desk.context, id)?;
        Ok(Redirect::to(&notification::path(&opened.event)).into_response())
    })
    .await
}

/// `POST /notifications/read` with `newest`: all up to that one are read.
pub async fn read_all(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        notices::read_all(desk.app, &desk.context, form.number("newest").unwrap_or_default())?;
        Ok(respond::done("/notifications", Tone::Ok, desk.lang().notifications().marked()))
    })
    .await
}
