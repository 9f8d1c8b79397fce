//! A person's own account: name, password, language and appearance, devices.

use askama::Template;

use crate::components::{ErrorSummary, Field, Icon, Input};
use crate::shell::Shell;

/// `GET /me`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/me/page.html")]
pub struct MePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Account, staff number, unit, roles: name and value.
    pub facts: Vec<(String, String)>,
    /// `POST /me/password` with `current`, `password`, `repeat`, `csrf`.
    pub current: Input,
    /// The new password.
    pub password: Input,
    /// The same again.
    pub repeat: Input,
    /// What a password must look like, in a sentence.
    pub password_rule: String,
    /// Where the person is signed in.
    pub sessions: Vec<SessionRow>,
}

/// One device. Ended by `POST /me/sessions/{id}/end` with `csrf`.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// Browser and system.
    pub device: String,
    /// Address of the network.
    pub from: String,
    /// When last used, as a page says it.
    pub last_used: String,
    /// Whether it is this one.
    pub here: bool,
}

impl MePage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([("current", &self.current), ("password", &self.password), ("repeat", &self.repeat)])
    }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: crate::http::Routes) -> crate::http::Routes {
    routes
}
