//! A sentence with strong words and links in it, built from parts so that nothing typed by a person becomes markup.

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};

/// A stretch of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Plain words.
    Plain(String),
    /// Words that carry the message.
    Strong(String),
    /// Words that lead somewhere.
    Link {
        /// The words.
        text: String,
        /// The address.
        href: String,
    },
}

/// A sentence; a plain text becomes one of a single part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence(Vec<Part>);

impl Sentence {
    /// An empty sentence to add to.
    pub fn new() -> Self {
        Self::default()
    }

    /// A text of the catalogue in which `values` stand out: `said` is the whole sentence as the catalogue says it.
    ///
    /// ```
    /// use dacheng_web::components::Sentence;
    /// let said = "本月预计完成 1,660 万元，距目标差 60 万元。";
    /// let shown = Sentence::emphasised(said, &["1,660 万元", "60 万元"]);
    /// assert_eq!(shown.to_string(), "本月预计完成 <b>1,660 万元</b>，距目标差 <b>60 万元</b>。");
    /// ```
    pub fn emphasised(said: &str, values: &[&str]) -> Self {
        let mut sentence = Self::new();
        let mut rest = said;
        for value in values.iter().filter(|value| !value.is_empty()) {
            if let Some((before, after)) = rest.split_once(value) {
                sentence = sentence.plain(before).strong(*value);
                rest = after;
            }
        }
        sentence.plain(rest)
    }

    /// Adds plain words.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.with(Part::Plain(text.into()))
    }

    /// Adds strong words.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.with(Part::Strong(text.into()))
    }

    /// Adds a link.
    #[must_use]
    pub fn link(self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.with(Part::Link { text: text.into(), href: href.into() })
    }

    fn with(mut self, part: Part) -> Self {
        self.0.push(part);
        self
    }
}

impl From<&str> for Sentence {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

impl From<String> for Sentence {
    fn from(text: String) -> Self {
        Self::new().plain(text)
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.0 {
            match part {
                Part::Plain(text) => Html.write_escaped_str(&mut *f, text)?,
                Part::Strong(text) => {
                    f.write_str("<b>")?;
                    Html.write_escaped_str(&mut *f, text)?;
                    f.write_str("</b>")?;
                }
                Part::Link { text, href } => {
                    f.write_str("<a class=\"inline\" href=\"")?;
                    Html.write_escaped_str(&mut *f, href)?;
                    f.write_str("\">")?;
                    Html.write_escaped_str(&mut *f, text)?;
                    f.write_str("</a>")?;
                }
            }
        }
        f.write_str("")
    }
}

impl HtmlSafe for Sentence {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_become_markup() {
        let shown = Sentence::from("<b>").strong("a&b").link("\"x\"", "/p?a=1&b=\"").to_string();
        assert!(!shown.contains("<b><b>"), "{shown}");
        assert!(shown.contains("a&#38;b") || shown.contains("a&amp;b"), "{shown}");
        assert!(!shown.contains("b=\"\""), "{shown}");
    }
}
