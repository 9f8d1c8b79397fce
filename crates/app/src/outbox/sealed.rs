//! Secrets of channels as the database keeps them: sealed with the server's key (ChaCha20-Poly1305), or open where none
//! was configured.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::Key;
use crate::{Error, Random, Result};

const SEALED: &str = "sealed1:";
const OPEN: &str = "open1:";
/// Binds what is sealed to its purpose.
const PURPOSE: &[u8] = b"dacheng channel secret";

/// A secret as it is kept.
pub(super) fn seal(key: &Key, random: &Random, secret: &str) -> Result<String> {
    let Some(key) = sealing(key)? else { return Ok(format!("{OPEN}{}", BASE64_STANDARD.encode(secret))) };
    let mut nonce = [0; NONCE_LEN];
    nonce.copy_from_slice(&random.secret()?[..NONCE_LEN]);
    let mut bytes = secret.as_bytes().to_vec();
    let sealed =
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(PURPOSE), &mut bytes);
    sealed.map_err(|_| Error::Internal("a secret could not be sealed".to_owned()))?;
    Ok(format!("{SEALED}{}", BASE64_STANDARD.encode([nonce.as_slice(), &bytes].concat())))
}

/// The secret of what is kept; `None` where it was sealed with another key, or damaged.
pub(super) fn unseal(key: &Key, kept: &str) -> Option<String> {
    if let Some(open) = kept.strip_prefix(OPEN) {
        return String::from_utf8(BASE64_STANDARD.decode(open).ok()?).ok();
    }
    let bytes = BASE64_STANDARD.decode(kept.strip_prefix(SEALED)?).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut sealed = sealed.to_vec();
    let key = sealing(key).ok()??;
    let opened = key.open_in_place(nonce, Aad::from(PURPOSE), &mut sealed).ok()?;
    String::from_utf8(opened.to_vec()).ok()
}

fn sealing(key: &Key) -> Result<Option<LessSafeKey>> {
    match key {
        Key::None => Ok(None),
        Key::Bits(bits) => {
            let key = UnboundKey::new(&CHACHA20_POLY1305, bits);
            let key = key.map_err(|_| Error::Internal("the key of secrets".to_owned()))?;
            Ok(Some(LessSafeKey::new(key)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_gives_a_secret_back() {
        let (key, random) = (Key::of("a key of the configuration"), Random::seeded(7));
        let kept = seal(&key, &random, "口令 p@ss").unwrap();
        assert!(!kept.contains("p@ss") && !kept.contains(&BASE64_STANDARD.encode("口令 p@ss")));
        assert_eq!(unseal(&key, &kept).as_deref(), Some("口令 p@ss"));
        assert_eq!(unseal(&Key::of("another key"), &kept), None);
        assert_eq!(unseal(&Key::None, &kept), None);
        assert_ne!(seal(&key, &random, "口令 p@ss").unwrap(), kept, "each time with a nonce of its own");
        let mut damaged = kept.into_bytes();
        damaged[20] ^= 1;
        assert_eq!(unseal(&key, &String::from_utf8(damaged).unwrap()), None);
        let open = seal(&Key::None, &random, "p@ss").unwrap();
        assert_eq!(unseal(&key, &open).as_deref(), Some("p@ss"), "what was kept before there was a key");
    }
}
