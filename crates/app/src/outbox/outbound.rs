//! What the server was told about the world outside: who may be dialled, the key of secrets, its own address.

use std::fmt;

use dacheng_domain::notification::Allowed;

use crate::hash::sha256;

/// How messages may leave.
#[derive(Debug, Clone)]
pub struct Outbound {
    /// The address at which people reach this site, without a slash at its end; links begin with it.
    pub site: String,
    /// The hosts that may be dialled; none where nothing was configured.
    pub allowed: Allowed,
    /// The key that secrets are sealed with.
    pub key: Key,
}

impl Default for Outbound {
    fn default() -> Self {
        Self { site: "http://127.0.0.1:8080".to_owned(), allowed: Allowed::default(), key: Key::None }
    }
}

/// The key of secrets. It is kept outside of the database, so that a copy of that alone does not give them.
#[derive(Clone, PartialEq, Eq)]
pub enum Key {
    /// None was configured: secrets are kept as they are.
    None,
    /// 256 bits.
    Bits([u8; 32]),
}

impl Key {
    /// The key of a text from the configuration; empty is none.
    pub fn of(text: &str) -> Self {
        match text.trim() {
            "" => Self::None,
            text => Self::Bits(sha256(format!("dacheng-secret-key-1\n{text}").as_bytes())),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "Key::None",
            Self::Bits(_) => "Key::Bits(…)",
        })
    }
}
