//! The bar at the bottom of a phone: the page's one main button, its state and deadline (`ux.md` §3.25).

use askama::Template;
use askama::filters::HtmlSafe;

/// The bar; on wider screens the form's own button stands in its place.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div class="page-bar" role="region" aria-label="{{ act }}"><span class="state">{% for line in state %}{{ line }}<br>{% endfor %}</span><button class="button primary" form="{{ form }}"{% if let Some((name, value)) = value %} name="{{ name }}" value="{{ value }}"{% endif %}{% if let Some(reason) = reason %} aria-disabled="true" aria-describedby="{{ reason }}"{% endif %}>{{ act }}</button></div>"#
)]
pub struct PageBar {
    /// At most two short lines: saved when, due when.
    pub state: Vec<String>,
    /// The id of the form it sends.
    pub form: &'static str,
    /// What the button does.
    pub act: String,
    /// What the button sends along: its name and value.
    pub value: Option<(&'static str, &'static str)>,
    /// The id of the note that says why the button is off.
    pub reason: Option<&'static str>,
}

impl HtmlSafe for PageBar {}
