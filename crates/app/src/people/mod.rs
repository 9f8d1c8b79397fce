//! Who uses the product: accounts, log-in, sessions, one-time links, tokens, posts. The organisation itself is in
//! `domain::people`; what a role may do is in `domain::access`.

pub mod access;
pub mod accounts;
pub(crate) mod callers;
pub mod delegations;
pub mod directory;
mod hash_queue;
mod login;
pub mod member_accounts;
pub mod one_time_links;
pub mod own_password;
mod password_rules;
mod passwords;
pub mod posts;
pub mod rules;
pub(crate) mod secrets;
pub mod sessions;
pub mod sign_in;
pub mod step_up;
mod throttle;
pub mod tokens;
