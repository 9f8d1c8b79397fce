//! Randomness as a value: secrets come from the system, tests may fix them.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::{Error, Result};

/// Where random bytes come from.
#[derive(Debug, Clone)]
pub enum Random {
    /// The operating system.
    System,
    /// The SHA-256 chain of a seed: tests and the demo company, never a real one.
    Seeded(std::sync::Arc<std::sync::Mutex<[u8; 32]>>),
}

impl Random {
    /// Random bytes that repeat with the seed.
    pub fn seeded(seed: u8) -> Self {
        Self::Seeded(std::sync::Arc::new(std::sync::Mutex::new([seed; 32])))
    }

    /// 256 bits.
    pub fn secret(&self) -> Result<[u8; 32]> {
        match self {
            Self::System => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(|reason| Error::Internal(reason.to_string()))?;
                Ok(bytes)
            }
            Self::Seeded(state) => {
                let mut state = state.lock().map_err(|reason| Error::Internal(reason.to_string()))?;
                *state = crate::hash::sha256(state.as_slice());
                Ok(*state)
            }
        }
    }

    /// 256 bits as text that fits a URL or a cookie.
    pub fn text(&self) -> Result<String> {
        Ok(BASE64_URL_SAFE_NO_PAD.encode(self.secret()?))
    }
}
