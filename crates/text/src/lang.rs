//! The two languages of the product.

use std::fmt;
use std::str::FromStr;

/// A language a page can be read in; zh-CN is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The BCP 47 tag, as in `<html lang>` and in the cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The name of the language in that language.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Zh => "简体中文",
            Self::En => "English",
        }
    }

    /// The language a browser's `Accept-Language` asks for first, zh-CN where it names neither.
    ///
    /// ```
    /// use dacheng_text::Lang;
    /// assert_eq!(Lang::accepted("en-GB,en;q=0.9,zh;q=0.8"), Lang::En);
    /// assert_eq!(Lang::accepted("de"), Lang::Zh);
    /// ```
    pub fn accepted(header: &str) -> Self {
        header.split(',').find_map(|part| part.split(';').next()?.trim().parse().ok()).unwrap_or_default()
    }
}

/// A tag that names neither language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLanguage;

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected zh-CN or en")
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Lang {
    type Err = UnknownLanguage;

    /// Reads a BCP 47 tag by its primary subtag: `zh`, `zh-Hans-CN`, `en-GB`.
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        match tag.split('-').next() {
            Some(primary) if primary.eq_ignore_ascii_case("zh") => Ok(Self::Zh),
            Some(primary) if primary.eq_ignore_ascii_case("en") => Ok(Self::En),
            Some(_) | None => Err(UnknownLanguage),
        }
    }
}
