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
    /// Authorities of certificates, PEM, that are believed besides the public ones for hosts that are pinned: a server
    /// within the company has its certificate from the company. Empty where none were configured.
    pub authorities: Vec<u8>,
}

impl Outbound {
    /// The further authorities for a host.
    pub(super) fn authorities_of(&self, host: &str) -> Option<&[u8]> {
        let is_pinned = self.allowed.pinned(host).is_some();
        Some(self.authorities.as_slice()).filter(|own| is_pinned && !own.is_empty())
    }
}

/// Whether a text is a list of certificates, PEM.
pub fn are_certificates(pem: &[u8]) -> bool {
    let items: Vec<_> = ureq::tls::parse_pem(pem).collect();
    !items.is_empty() && items.iter().all(|own| matches!(own, Ok(ureq::tls::PemItem::Certificate(_))))
}

impl Default for Outbound {
    fn default() -> Self {
        Self {
            site: "http://127.0.0.1:8080".to_owned(),
            allowed: Allowed::default(),
            key: Key::None,
            authorities: Vec::new(),
        }
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
