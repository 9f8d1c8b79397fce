//! HMAC-SHA-256 in base64, which the vendors feed in different ways.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::hmac::{HMAC_SHA256, Key, sign};

/// The base64 of the HMAC-SHA-256 of a text under a key.
pub(super) fn hmac(key: &str, text: &str) -> String {
    BASE64_STANDARD.encode(sign(&Key::new(HMAC_SHA256, key.as_bytes()), text.as_bytes()))
}
