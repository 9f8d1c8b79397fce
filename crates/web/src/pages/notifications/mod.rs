//! What somebody was told: the newest first, unread until it is opened.

mod handler;

use askama::Template;

use crate::components::{Empty, Icon};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /notifications`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/notifications/page.html")]
pub struct NotificationsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The notifications.
    pub notices: Vec<NoticeRow>,
    /// The newest number shown, up to which all may be marked as read; none where nothing is unread.
    pub newest: Option<i64>,
    /// The page with older ones.
    pub older: Option<String>,
}

/// One notification. Opened, and read by that, by `POST /notifications/{id}/open` with `csrf`.
#[derive(Debug, Clone)]
pub struct NoticeRow {
    /// Its number.
    pub id: i64,
    /// The icon of what it is about.
    pub icon: &'static str,
    /// What happened.
    pub said: String,
    /// The page that shows it.
    pub href: String,
    /// When, as a page says it.
    pub at: String,
    /// Whether it was not read yet.
    pub unread: bool,
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/notifications", Need::SignedIn, handler::show)
        .post("/notifications/read", Need::SignedIn, handler::read_all)
        .post("/notifications/{id}/open", Need::SignedIn, handler::open)
}
