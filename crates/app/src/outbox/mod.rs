//! Telling people: messages are rows in the transaction of the change, delivered afterwards.
//!
//! - `announce` writes them, called by the use cases of every room.
//! - [`notices`] are those within the application, [`wishes`] how somebody wants to be told outside of it.
//! - [`channels`] are proposed, approved, tried and switched off; their secrets are `sealed`.
//! - [`deliver_due`] sends what is due, [`remind`] announces deadlines, `digest` prepares the morning mails.
//! - `dial`, `mail` and `robots` are the edges: only they open a connection.

mod announce;
pub mod channels;
mod deliver;
mod dial;
mod digest;
mod mail;
pub mod notices;
mod outbound;
mod remind;
mod robots;
mod sealed;
pub mod wishes;

pub(crate) use announce::{News, announce};
pub use deliver::{Delivered, deliver_due};
pub use outbound::{Key, Outbound};
pub use remind::remind;
