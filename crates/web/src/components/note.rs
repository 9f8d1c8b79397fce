//! A sentence that explains, warns or confirms, in a tinted box.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Icon, Sentence, Tone};

/// A note; `id` lets a disabled button point at its reason (`ux.md` §3.17).
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div class="note {{ self.class() }}"{% if let Some(id) = id %} id="{{ id }}"{% endif %}{% if live %} role="status"{% endif %}>{{ Icon::of(self.icon_name()) }}<span>{{ text }}</span></div>"#
)]
pub struct Note {
    /// Colour and icon.
    pub tone: Tone,
    /// What it says.
    pub text: Sentence,
    /// Its id, where something refers to it.
    pub id: Option<&'static str>,
    live: bool,
}

impl Note {
    /// A note without an id.
    pub fn new(tone: Tone, text: impl Into<Sentence>) -> Self {
        Self { tone, text: text.into(), id: None, live: false }
    }

    /// The result of an act, read out when the page opens.
    pub fn result(tone: Tone, text: impl Into<Sentence>) -> Self {
        Self { live: true, ..Self::new(tone, text) }
    }

    /// The same with an id.
    #[must_use]
    pub fn with_id(self, id: &'static str) -> Self {
        Self { id: Some(id), ..self }
    }

    const fn class(&self) -> &'static str {
        match self.tone {
            Tone::None => "plain",
            Tone::Ok | Tone::Warn | Tone::Bad | Tone::Info => self.tone.class(),
        }
    }

    const fn icon_name(&self) -> &'static str {
        match self.tone {
            Tone::Ok => "circle-check",
            Tone::Warn | Tone::Bad => "alert-triangle",
            Tone::None | Tone::Info => "info-circle",
        }
    }
}

impl HtmlSafe for Note {}
