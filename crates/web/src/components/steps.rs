//! Where a person is in a task of several pages.

use askama::Template;
use askama::filters::HtmlSafe;

/// The pages of a task and the current one, counted from 0.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<ol class="steps">{% for name in names %}<li{% if loop.index0 == current %} aria-current="step"{% else if loop.index0 < current %} class="done"{% endif %}>{{ name }}</li>{% endfor %}</ol>"#
)]
pub struct Steps {
    /// Their names in order.
    pub names: Vec<String>,
    /// The current one, from 0.
    pub current: usize,
}

impl HtmlSafe for Steps {}
