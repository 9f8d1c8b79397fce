//! One account: its state, its posts, what was done with it.

use askama::Template;

use super::OneTimeLink;
use crate::components::{
    AccountState, Badged as _, Choice, Conflict, ErrorSummary, Field, Icon, Input, Link, Note,
};
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
    /// A new one-time link; shown once.
    pub link: Option<OneTimeLink>,
    /// The posts, those of today first.
    pub posts: Vec<PostRow>,
    /// Grant a post, where the viewer may.
    pub grant: Option<PostForm>,
    /// Change name and member, where the viewer may.
    pub edit: Option<EditForm>,
    /// Suspend, reactivate, new one-time link: address and full text of the button.
    pub acts: Vec<(String, String)>,
    /// What the trail says about the account, for those who read it.
    pub trail: Option<Link>,
    /// The version the forms were read at.
    pub version: i64,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// `POST {path}/change` with `name`, `member`, `version`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct EditForm {
    /// The name shown.
    pub name: Input,
    /// 工号 of the member; blank for nobody listed.
    pub member: Input,
    /// Somebody else changed it first.
    pub conflict: Option<Conflict>,
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
    /// The day from which it is not held any more, to be changed by those who may end it.
    pub end: Option<Input>,
}

/// `POST {path}/posts` with `role`, `unit`, `from`, `to`, `csrf`.
#[derive(Debug, Clone, Default)]
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
        let edit = self.edit.iter().flat_map(|form| [("name", &form.name), ("member", &form.member)]);
        ErrorSummary::of(inputs.chain(edit)).and(self.refused.as_ref())
    }
}
