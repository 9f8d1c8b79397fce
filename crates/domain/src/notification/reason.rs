//! Why a message was not delivered. What a person reads of it is said by `text`.

use serde::{Deserialize, Serialize};

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The host is not on the server's list.
    NotAllowed(String),
    /// The host answered with an address that is not dialled.
    NotPublic(String),
    /// It could not be reached, or broke off.
    Unreachable(String),
    /// The other side takes no more messages for now.
    Limited(String),
    /// The other side refuses for now.
    Refused(String),
    /// The other side does not know the address, key or signature.
    Unknown(String),
    /// The secrets cannot be read with the key of the server.
    Secret,
    /// The person has no mail address, or none of the domains that mail goes to.
    NoAddress,
    /// The channel was switched off.
    Off,
}
