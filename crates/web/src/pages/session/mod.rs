//! Signing in, setting up an account by a one-time link, and giving the password again.

pub mod handler;
pub mod step_up;

use askama::Template;

use crate::components::{ErrorSummary, Field, Icon, Input, Note};
use crate::shell::Alone;

pub use step_up::{Carried, StepUpPage};

/// `GET /login`, `POST /login` with `account`, `password`, `next`, `csrf`; 422 shows the page again.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/session/login.html")]
pub struct LoginPage {
    /// What surrounds the page.
    pub shell: Alone,
    /// The account; kept when the page comes back.
    pub account: Input,
    /// The password; its value is never sent back.
    pub password: Input,
    /// Why signing in failed as a whole: the same sentence for an unknown account and a wrong password, or how long
    /// to wait.
    pub refused: Option<String>,
    /// Why the person is here: signed out, session over.
    pub notice: Option<Note>,
    /// Where to go afterwards; a path of this site.
    pub next: String,
}

impl LoginPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([("account", &self.account), ("password", &self.password)])
            .and(self.refused.as_ref())
    }
}

/// Who sets up an account.
#[derive(Debug, Clone)]
pub enum Newcomer {
    /// The first administrator, who also names the company.
    FirstAdministrator {
        /// The company's name.
        company: Input,
        /// The own name.
        name: Input,
    },
    /// Somebody who was invited.
    Invited {
        /// The name on the invitation.
        name: String,
    },
}

/// `GET /setup/{token}` and `GET /invitations/{token}`; the same address takes the `POST` with `company`, `name`
/// (first administrator only), `account`, `password`, `repeat`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/session/setup.html")]
pub struct SetupPage {
    /// What surrounds the page; its path holds the one-time token.
    pub shell: Alone,
    /// Who sets up.
    pub newcomer: Newcomer,
    /// The account to sign in with.
    pub account: Input,
    /// The new password.
    pub password: Input,
    /// The same again.
    pub repeat: Input,
    /// What a password must look like, in a sentence.
    pub password_rule: String,
    /// Why the set-up was refused as a whole.
    pub refused: Option<String>,
}

impl SetupPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let first: Vec<(&str, &Input)> = match &self.newcomer {
            Newcomer::FirstAdministrator { company, name } => vec![("company", company), ("name", name)],
            Newcomer::Invited { .. } => Vec::new(),
        };
        let rest = [("account", &self.account), ("password", &self.password), ("repeat", &self.repeat)];
        ErrorSummary::of(first.into_iter().chain(rest)).and(self.refused.as_ref())
    }
}
