//! A person's own account: name, language and appearance, password, devices, what happened at the door, API tokens.

mod delegation;
mod device;
mod export;
mod handler;
pub(crate) mod tokens;
mod wishes;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::components::{ErrorSummary, Export, Field, Icon, Input};
use crate::http::{Need, Routes};
use crate::shell::Shell;

pub use delegation::{DelegationForm, DelegationPage, DelegationRow};
pub use tokens::{RightRow, TokenForm, TokenRow};
pub use wishes::WishesForm;

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
    /// How the person wants to be told.
    pub wishes: WishesForm,
    /// How the list of devices is exported.
    pub devices_file: Export,
    /// Where the person is signed in.
    pub sessions: Vec<SessionRow>,
    /// What happened to the account, the newest first.
    pub history: Vec<HistoryRow>,
    /// The page with what happened before that.
    pub older: Option<String>,
    /// How the list of tokens is exported, where there are some.
    pub tokens_file: Option<Export>,
    /// The person's tokens.
    pub tokens: Vec<TokenRow>,
    /// Make a token.
    pub token: TokenForm,
    /// The secret of a token just made; shown once.
    pub secret: Option<String>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// `GET /me/mail/{secret}`; the same address takes the `POST` with `csrf`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/me/mail.html")]
pub struct ConfirmMailPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The address that is confirmed.
    pub address: String,
    /// The secret of the link.
    pub secret: String,
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

/// Something that happened to the account.
#[derive(Debug, Clone)]
pub struct HistoryRow {
    /// When.
    pub at: String,
    /// What.
    pub act: String,
    /// From where, or by whom.
    pub detail: String,
}

impl MePage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([
            ("current", &self.current),
            ("password", &self.password),
            ("repeat", &self.repeat),
            ("mail", &self.wishes.mail),
            ("quiet_from", &self.wishes.quiet_from),
            ("quiet_until", &self.wishes.quiet_until),
            ("token", &self.token.name),
            ("until", &self.token.until),
        ])
        .and(self.refused.as_ref())
    }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let lend = Need::Right(Action::OwnProfile, Right::Create);
    routes
        .get("/me", Need::SignedIn, handler::show)
        .post("/me/password", Need::SignedIn, handler::change_password)
        .post("/me/sessions/{session}/end", Need::SignedIn, handler::end_session)
        .post("/me/sessions/end", Need::SignedIn, handler::sign_out_everywhere)
        .files(["/me/devices.xlsx", "/me/devices.csv"], Need::SignedIn, export::devices)
        .files(["/me/tokens.xlsx", "/me/tokens.csv"], Need::SignedIn, export::tokens)
        .get("/me/delegation", Need::SignedIn, delegation::show)
        .files(["/me/delegation.xlsx", "/me/delegation.csv"], Need::SignedIn, export::delegation)
        .post("/me/delegation", lend, delegation::give)
        .post("/me/delegation/{id}/end", Need::SignedIn, delegation::end)
        .post("/me/notifications", Need::SignedIn, wishes::change)
        .post("/me/notifications/confirm", Need::SignedIn, wishes::ask_again)
        .get("/me/mail/{secret}", Need::SignedIn, wishes::confirm_page)
        .post("/me/mail/{secret}", Need::SignedIn, wishes::confirm)
        .post("/me/tokens", lend, tokens::make)
        .post("/me/tokens/{token}/revoke", Need::SignedIn, tokens::revoke)
}
