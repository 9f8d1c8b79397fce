//! A reason that somebody gave and that is recorded.

/// A text with at least one visible character, without spaces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// A reason without a visible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reason is needed")]
pub struct BlankReason;

impl Reason {
    /// The reason as recorded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Reason {
    type Err = BlankReason;

    fn from_str(text: &str) -> Result<Self, BlankReason> {
        let text = text.trim();
        if text.is_empty() { Err(BlankReason) } else { Ok(Self(text.to_owned())) }
    }
}
