//! Telling people: messages are rows in the transaction of the change, delivered afterwards.
//!
//! - `announce` writes them, called by the use cases of every room.
//! - [`notices`] are those within the application, [`wishes`] how somebody wants to be told outside of it, [`confirmation`]
//!   makes sure that a mail address is theirs.
//! - [`channels`] are proposed, approved, tried and switched off; their secrets are `sealed`.
//! - [`deliver_due`] sends what is due, [`remind`] announces deadlines, `digest` prepares the morning mails.
//! - [`forget`] lets go of what is old.
//! - `dial`, `mail` and `post` are the edges: only they open a connection; `robots` and `webhook` say what is posted.

mod announce;
pub mod channels;
pub mod confirmation;
mod deliver;
mod dial;
mod digest;
mod forget;
mod mail;
pub mod notices;
mod outbound;
mod post;
mod remind;
mod robots;
mod sealed;
mod webhook;
pub mod wishes;

pub(crate) use announce::{News, announce};
pub use deliver::{Delivered, deliver_due};
pub(crate) use forget::forget;
pub use outbound::{Key, Outbound, are_certificates};
pub use remind::remind;
