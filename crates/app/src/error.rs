//! What a use case answers when it does not do what was asked. `web` gives it a status, `server` an exit code.

/// The result of every use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case did nothing. Nothing is ever half done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the asker may not know that there is (404).
    #[error("no such {kind}: {code}")]
    Missing {
        /// What was looked for: `plan`, `alert`, `member`…
        kind: &'static str,
        /// By which code or number.
        code: String,
    },
    /// The asker may see it but not do this (403).
    #[error("not allowed: {0}")]
    Forbidden(String),
    /// Nobody is signed in, or the secret is wrong (401).
    #[error("not signed in")]
    NotSignedIn,
    /// It has changed since the asker saw it (409).
    #[error("changed meanwhile: version {found}, not {seen}")]
    Stale {
        /// The version the asker saw.
        seen: i64,
        /// The version there is.
        found: i64,
    },
    /// A rule refuses (422, exit code 3): one sentence a problem, in the asker's language.
    #[error("{}", .0.join("; "))]
    Refused(Vec<String>),
    /// More was sent than is taken (413, exit code 3).
    #[error("{0}")]
    TooLarge(String),
    /// The request itself makes no sense (400, exit code 2).
    #[error("{0}")]
    Usage(String),
    /// The database failed (500).
    #[error(transparent)]
    Store(#[from] dacheng_store::Error),
    /// Something that cannot happen did (500).
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// What went wrong with everything that caused it, for the log.
    pub fn causes(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(deeper) = cause {
            let said = deeper.to_string();
            if !text.contains(&said) {
                text = format!("{text}: {said}");
            }
            cause = deeper.source();
        }
        text
    }

    /// Nothing of this kind has this code.
    #[expect(clippy::needless_pass_by_value, reason = "callers name numbers and borrowed codes alike")]
    pub fn missing(kind: &'static str, code: impl ToString) -> Self {
        Self::Missing { kind, code: code.to_string() }
    }

    /// One rule refuses with one sentence.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused(vec![sentence.into()])
    }
}
