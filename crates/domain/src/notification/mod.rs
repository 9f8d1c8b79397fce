//! Notifications: what is told, to whom, when, and how often. Sending is `app::outbox`, the words are `text`.
//!
//! An [`Event`] says what happened; [`Event::told`] names who hears of it. Mails wait for the end of the
//! [`QuietHours`] of their reader: nothing here is urgent enough for the night. What cannot be sent is tried again as
//! [`next_attempt`] says, and no faster than the [`Limit`]s of its channel.

mod address;
mod attempt;
mod digest;
mod event;
mod hook;
mod limit;
mod preference;
mod quiet;
mod reason;

pub use address::{Allowed, Refused, is_public};
pub use attempt::next_attempt;
pub use digest::{DIGEST_AT, digest_due};
pub use event::{
    AlertChange, CONFIRM, ChannelNews, CloseNews, Event, ImportResult, ImprovementStep, Part, PlanNews,
    RobotNews,
};
pub use hook::Hook;
pub use limit::{ChannelKind, Limit, Reaches, free};
pub use preference::{MailAddress, MailMode, NoAddress};
pub use quiet::QuietHours;
pub use reason::Reason;
