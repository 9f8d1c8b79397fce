//! The steps of a matter, done, current and waiting.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Sentence;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Behind us.
    Done,
    /// Waited for now.
    Current,
    /// Still to come.
    Waiting,
    /// Refused or returned.
    Refused,
}

impl Stage {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Current => "current",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
        }
    }
}

/// One step.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Where it stands.
    pub stage: Stage,
    /// Who did or does what.
    pub text: Sentence,
    /// When, how, until when.
    pub detail: String,
}

/// The steps from first to last.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<ol class="timeline">{% for step in moments %}<li class="{{ step.stage.class() }}"{% if step.stage == Stage::Current %} aria-current="step"{% endif %}><div>{{ step.text }}{% if !step.detail.is_empty() %}<small>{{ step.detail }}</small>{% endif %}</div></li>{% endfor %}</ol>"#
)]
pub struct Timeline {
    /// From first to last.
    pub moments: Vec<Moment>,
}

impl HtmlSafe for Timeline {}
