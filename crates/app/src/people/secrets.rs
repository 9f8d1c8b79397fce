//! What is kept of a secret: its hash, so that the database opens no door.

use crate::hash::{hex, sha256};

/// The hash of a secret of 256 random bits, hex. A password needs [`super::passwords`] instead.
pub(crate) fn hash_of(secret: &str) -> String {
    hex(&sha256(secret.as_bytes()))
}

/// The token against forged forms that belongs to a session. It follows from the session's secret, so nothing more
/// has to be kept, and nobody finds the secret from it.
pub(super) fn csrf_of(secret: &str) -> String {
    hex(&sha256(format!("csrf\0{secret}").as_bytes()))
}
