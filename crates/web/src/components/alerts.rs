//! Open alerts: each in one line with light, evidence and deadline, and the digest of a scope.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::tracking::alert::Level;
use dacheng_text::Lang;
use dacheng_text::countdown::Countdown;

use super::countdown::class;
use super::{Badged as _, Empty, Link, states};

/// An open alert.
#[derive(Debug, Clone)]
pub struct AlertLine {
    /// Its light.
    pub level: Level,
    /// Whose it is, and its case: 东北大区 · 佟海洋.
    pub subject: Link,
    /// What the rule saw: `9 月 66.1%、10 月 63.8%，连续两月低于 70%`.
    pub evidence: String,
    /// What is waited for: 待提交改进计划.
    pub waits_for: String,
    /// Until when.
    pub deadline: Option<Countdown>,
}

impl AlertLine {
    /// The line in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownAlert<'a> {
        ShownAlert { line: self, lang }
    }
}

/// An alert ready to stand in a list.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<li class="alert-row">{{ line.level.badge(lang) }}<a class="title" href="{{ line.subject.href }}">{{ line.subject.text }}</a><span class="evidence">{{ line.evidence }}</span><span class="due {{ self.class() }}">{% if let Some(left) = self.left() %}<b>{{ left }}</b>{% endif %}{{ line.waits_for }}</span></li>"#
)]
pub struct ShownAlert<'a> {
    line: &'a AlertLine,
    lang: &'a Lang,
}

impl HtmlSafe for ShownAlert<'_> {}

impl ShownAlert<'_> {
    fn left(&self) -> Option<String> {
        self.line.deadline.map(|deadline| deadline.left(*self.lang))
    }

    fn class(&self) -> &'static str {
        self.line.deadline.map_or("fine", class)
    }
}

/// The open alerts of a scope.
#[derive(Debug, Clone)]
pub struct AlertDigest {
    /// How many are red.
    pub red: usize,
    /// How many are yellow.
    pub yellow: usize,
    /// The most urgent ones.
    pub lines: Vec<AlertLine>,
}

impl AlertDigest {
    /// The digest in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownDigest<'a> {
        ShownDigest { digest: self, lang }
    }
}

/// A digest of alerts ready to stand in a page.
#[derive(Template)]
#[template(path = "components/alert_digest.html")]
pub struct ShownDigest<'a> {
    digest: &'a AlertDigest,
    lang: &'a Lang,
}

impl HtmlSafe for ShownDigest<'_> {}
