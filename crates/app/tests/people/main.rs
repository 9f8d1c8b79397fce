//! Accounts, log-in, sessions, one-time links, tokens and posts, on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

mod accounts;
mod company;
mod links;
mod members;
mod posts;
mod sign_in;
mod step_up;
mod tokens;
