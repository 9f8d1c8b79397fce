//! A state in one word, with a colour and a shape: colour is never the only carrier (`ux.md` §3.6).

use askama::Template;
use askama::filters::HtmlSafe;

/// The five tones of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// As it should be: teal, circle with a tick.
    Ok,
    /// Needs attention: amber, triangle.
    Warn,
    /// Needs action: crimson, octagon.
    Bad,
    /// No data, not begun, over: grey, dash.
    None,
    /// Neutral information: blue, dot.
    Info,
}

impl Tone {
    /// The class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::None => "none",
            Self::Info => "info",
        }
    }

    /// The outline of the shape in a box of 12 × 12.
    const fn shape(self) -> &'static str {
        match self {
            Self::Ok => "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0Zm3 4.6L5.3 8.4 3 6.2l.9-1 1.4 1.4 2.8-3z",
            Self::Warn => "M6 .6 12 11.4H0zM5.3 4v4h1.4V4zm0 4.8v1.4h1.4V8.8z",
            Self::Bad => "M3.5 0h5L12 3.5v5L8.5 12h-5L0 8.5v-5zM3 5.2v1.6h6V5.2z",
            Self::None => "M1 5.1h10v1.8H1z",
            Self::Info => "M6 2.4a3.6 3.6 0 1 0 0 7.2a3.6 3.6 0 0 0 0-7.2z",
        }
    }
}

/// A badge; the words come translated.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    ext = "html",
    source = r#"<span class="badge {{ tone.class() }}"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="{{ tone.shape() }}"/></svg>{{ text }}</span>"#
)]
pub struct Badge {
    /// Colour and shape.
    pub tone: Tone,
    /// The word.
    pub text: String,
}

impl Badge {
    /// A badge of a tone with a word.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

impl HtmlSafe for Badge {}
