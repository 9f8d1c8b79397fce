//! The names an account is known by: what is typed at log-in, and what is shown.

use dacheng_text::Lang;
use unicode_normalization::UnicodeNormalization;

use crate::{Error, Result};

const LONGEST: usize = 64;
/// Names that the records give to nobody's account: see [`crate::Actor::name`].
const RESERVED: [&str; 3] = ["operator", "system", "visitor"];

/// A log-in name in the one form it is kept in: full-width letters narrow, no capitals, no spaces around.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Login(String);

impl Login {
    /// Reads what somebody typed to sign in. What can be no log-in name is nobody's.
    pub fn typed(text: &str) -> Self {
        Self(text.trim().nfkc().flat_map(char::to_lowercase).collect())
    }

    /// Reads a log-in name for a new account.
    pub fn new(text: &str, lang: Lang) -> Result<Self> {
        let login = Self::typed(text);
        let bad = |letter: char| letter.is_whitespace() || letter.is_control();
        if login.0.is_empty() || login.0.chars().count() > LONGEST || login.0.contains(bad) {
            return Err(Error::refused(lang.people().login_unfit(LONGEST)));
        }
        if RESERVED.contains(&login.as_str()) {
            return Err(Error::refused(lang.people().login_taken(login.0)));
        }
        Ok(login)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads the name to be shown for an account.
pub(super) fn shown_name(text: &str, lang: Lang) -> Result<String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > LONGEST || name.contains(char::is_control) {
        return Err(Error::refused(lang.people().name_unfit(LONGEST)));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_one_however_it_is_typed() {
        for typed in ["Yang.Zhe", " yang.zhe ", "ｙａｎｇ．ｚｈｅ"] {
            assert_eq!(Login::typed(typed).as_str(), "yang.zhe");
        }
    }

    #[test]
    fn a_login_is_short_without_spaces_and_not_that_of_the_records() {
        for text in ["", "  ", "yang zhe", "yang\nzhe", "Operator", &"y".repeat(65)] {
            assert!(Login::new(text, Lang::Zh).is_err(), "{text:?}");
        }
        for text in ["001234", "杨喆", "yang@example.com", &"杨".repeat(64)] {
            assert!(Login::new(text, Lang::Zh).is_ok(), "{text:?}");
        }
    }
}
