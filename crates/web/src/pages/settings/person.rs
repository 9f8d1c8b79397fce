//! One account: its state, its posts, what was done with it.

use askama::Template;

use crate::components::{AccountState, Badged as _, Choice, ErrorSummary, Field, Icon, Input, Note};
use crate::shell::Shell;

/// `GET /settings/people/{account}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/person.html")]
pub struct AccountPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Its own address.
    pub path: String,
    /// The person's name.
    pub name: String,
    /// 工号, login, when last signed in.
    pub about: String,
    /// Whether the account can sign in.
    pub state: AccountState,
    /// What stands out: the last security administrator.
    pub notes: Vec<Note>,
    /// The posts, those of today first.
    pub posts: Vec<PostRow>,
    /// Grant a post, where the viewer may.
    pub grant: Option<PostForm>,
    /// Suspend, reactivate, end sessions, new invitation: address and full text of the button.
    pub acts: Vec<(String, String)>,
}

/// One post. Ended by `POST {path}/posts/{id}/end` with `to`, `csrf`.
#[derive(Debug, Clone)]
pub struct PostRow {
    /// Its id.
    pub id: String,
    /// The role.
    pub role: String,
    /// For which unit.
    pub unit: String,
    /// From when to when.
    pub dates: String,
    /// Whether the viewer may end it.
    pub may_end: bool,
}

/// `POST {path}/posts` with `role`, `unit`, `from`, `to`, `csrf`.
#[derive(Debug, Clone)]
pub struct PostForm {
    /// The roles to choose from.
    pub roles: Vec<Choice>,
    /// The units to choose from.
    pub units: Vec<Choice>,
    /// The chosen role.
    pub role: Input,
    /// The chosen unit.
    pub unit: Input,
    /// The first day.
    pub from: Input,
    /// The day after the last; blank for open-ended.
    pub to: Input,
}

impl AccountPage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        let inputs = self.grant.iter().flat_map(|form| {
            [("role", &form.role), ("unit", &form.unit), ("from", &form.from), ("to", &form.to)]
        });
        ErrorSummary::of(inputs)
    }
}
