//! The channels that lead outside: what is in force, what waits for approval, and what could not be delivered.

use askama::Template;

use crate::components::{Badge, Choice, Empty, ErrorSummary, Field, Icon, Input, Note};
use crate::shell::Shell;

/// `GET /settings/notifications`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/notifications.html")]
pub struct ChannelsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What the administrators should know.
    pub notes: Vec<Note>,
    /// The channels.
    pub channels: Vec<ChannelRow>,
    /// The mail server, where the viewer may change it.
    pub mail: Option<MailForm>,
    /// A new robot, where the viewer may add one.
    pub robot: Option<RobotForm>,
    /// A new webhook, where the viewer may add one.
    pub hook: Option<HookForm>,
    /// What could not be delivered.
    pub dead: Vec<DeadRow>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// One channel. Acts are `POST /settings/notifications/{id}/…` with `version` and `csrf`.
#[derive(Debug, Clone)]
pub struct ChannelRow {
    /// Its number.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// Mail or whose robot.
    pub kind: &'static str,
    /// Where it leads.
    pub host: String,
    /// Whether it sends.
    pub state: Badge,
    /// What waits for approval, in a sentence.
    pub waits: Option<String>,
    /// What the viewer may do: the last part of the address, the word, whether it is the main act.
    pub acts: Vec<(&'static str, &'static str, bool)>,
    /// The version an act names.
    pub version: i64,
}

/// `POST /settings/notifications/mail`.
#[derive(Debug, Clone, Default)]
pub struct MailForm {
    /// The host.
    pub host: Input,
    /// The port.
    pub port: Input,
    /// How the connection is protected.
    pub security: Input,
    /// What there is to choose.
    pub securities: Vec<Choice>,
    /// The name to sign in with.
    pub user: Input,
    /// The password; never filled in.
    pub password: Input,
    /// Who mails are from.
    pub from: Input,
    /// The domains that mail goes to.
    pub domains: Input,
    /// The version of the channel, 0 where there is none.
    pub version: i64,
}

/// `POST /settings/notifications/robots`.
#[derive(Debug, Clone, Default)]
pub struct RobotForm {
    /// What people call it.
    pub name: Input,
    /// Whose.
    pub kind: Input,
    /// The vendors.
    pub kinds: Vec<Choice>,
    /// Its address; never filled in.
    pub address: Input,
    /// The secret of its signatures; never filled in.
    pub sign: Input,
    /// Its language.
    pub language: Input,
    /// The languages.
    pub languages: Vec<Choice>,
}

/// `POST /settings/notifications/webhooks`.
#[derive(Debug, Clone, Default)]
pub struct HookForm {
    /// What people call it.
    pub name: Input,
    /// Its address; never filled in.
    pub address: Input,
    /// The secret of its signatures; never filled in.
    pub sign: Input,
}

/// A message that was given up. Sent again by `POST /settings/notifications/messages/{id}/again`.
#[derive(Debug, Clone)]
pub struct DeadRow {
    /// Its number.
    pub id: i64,
    /// When it was made.
    pub at: String,
    /// Its channel.
    pub channel: String,
    /// What it was about.
    pub what: String,
    /// Why it was given up.
    pub reason: String,
    /// Whether the viewer may send it again.
    pub again: bool,
}

impl ChannelsPage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        let mail = self.mail.iter().flat_map(|form| {
            [("host", &form.host), ("port", &form.port), ("from", &form.from), ("domains", &form.domains)]
        });
        let robot = self.robot.iter().flat_map(|form| [("name", &form.name), ("address", &form.address)]);
        let hook =
            self.hook.iter().flat_map(|form| [("hook_name", &form.name), ("hook_address", &form.address)]);
        ErrorSummary::of(mail.chain(robot).chain(hook)).and(self.refused.as_ref())
    }
}
