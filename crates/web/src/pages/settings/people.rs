//! People and their accounts, and the invitation of somebody new.

use askama::Template;

use crate::components::{
    AccountState, Badged as _, Empty, ErrorSummary, Field, Icon, Input, Link, Note, Pager, PickerEntry,
};
use crate::shell::Shell;

/// `GET /settings/people?q=&state=&page=`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/people.html")]
pub struct PeoplePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// How many people and accounts, in a sentence.
    pub summary: String,
    /// The words searched for.
    pub query: String,
    /// All, active, invited, without account, suspended.
    pub filters: Vec<PickerEntry>,
    /// The people.
    pub rows: Vec<PersonRow>,
    /// What stands in the place of the rows where there are none.
    pub empty: Empty,
    /// Leafing through.
    pub pager: Option<Pager>,
    /// What stands out: people without an account, accounts without a post.
    pub notes: Vec<Note>,
    /// What may be done for many at once: address and full text of the button.
    pub acts: Vec<(String, String)>,
    /// Whether the viewer may invite.
    pub may_invite: bool,
}

/// One person.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Name and page.
    pub person: Link,
    /// 工号
    pub code: String,
    /// Unit and position.
    pub seat: String,
    /// The roles held today.
    pub roles: String,
    /// Whether the account can sign in.
    pub state: AccountState,
    /// When last signed in, as a page says it.
    pub last_seen: String,
}

/// `GET /settings/people/invite`, `POST` to the same with `member`, `name`, `account`, `csrf`. Shown again with `link`
/// once the account is made. It has no role yet: a security administrator grants the first post.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/invite.html")]
pub struct InvitePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// 工号 of a member; empty for somebody who is none.
    pub member: Input,
    /// The name, for somebody who is no member.
    pub name: Input,
    /// The log-in name; blank for the staff number.
    pub account: Input,
    /// What was refused as a whole.
    pub refused: Option<String>,
    /// The account that was made.
    pub made: Option<Made>,
}

/// An account that was made, with its one-time link.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its name and page.
    pub account: Link,
    /// The one-time link; shown once.
    pub link: OneTimeLink,
}

/// A link by which somebody sets a password; shown once.
#[derive(Debug, Clone)]
pub struct OneTimeLink {
    /// The address to send.
    pub address: String,
    /// Until when it works, in a sentence.
    pub until: String,
}

/// `POST /settings/people/provide`: the accounts that were made for everybody who had none.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/provided.html")]
pub struct ProvidedPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// How many, and until when the links work.
    pub summary: String,
    /// Name, log-in name and one-time address of each.
    pub rows: Vec<(String, String, String)>,
}

impl InvitePage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([("member", &self.member), ("name", &self.name), ("account", &self.account)])
            .and(self.refused.as_ref())
    }
}
