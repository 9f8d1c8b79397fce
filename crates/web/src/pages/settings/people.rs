//! People and their accounts, and the invitation of somebody new.

use askama::Template;

use crate::components::{
    AccountState, Badged as _, Choice, Empty, ErrorSummary, Field, Icon, Input, Link, Pager, PickerEntry,
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

/// `GET /settings/people/invite`, `POST` to the same with `member`, `name`, `role`, `unit`, `csrf`. Shown again with
/// `link` once the invitation is made.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/invite.html")]
pub struct InvitePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// 工号 of a member; empty for somebody who is none.
    pub member: Input,
    /// The name, for somebody who is no member.
    pub name: Input,
    /// The roles that may be granted.
    pub roles: Vec<Choice>,
    /// The chosen role.
    pub role: Input,
    /// The units a post can be for.
    pub units: Vec<Choice>,
    /// The chosen unit.
    pub unit: Input,
    /// The one-time link, and until when it works; shown once.
    pub link: Option<(String, String)>,
}

impl InvitePage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([
            ("member", &self.member),
            ("name", &self.name),
            ("role", &self.role),
            ("unit", &self.unit),
        ])
    }
}
