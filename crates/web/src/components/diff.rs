//! An old value beside a new one.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

/// What changed in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffRow {
    /// The field in words.
    pub field: String,
    /// The value before; none for something new.
    pub old: Option<String>,
    /// The value after; none for something removed.
    pub new: Option<String>,
}

impl DiffRow {
    /// The row in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownDiff<'a> {
        ShownDiff { row: self, lang }
    }
}

/// A difference ready to stand in a page.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<div><span class="muted">{{ row.field }}</span>
{%- if let Some(old) = row.old %} <del class="was">{{ old }}</del>{% endif %} <span aria-hidden="true">→</span>
{%- if let Some(new) = row.new %} <ins>{{ new }}</ins>{% else %} <span class="muted">{{ lang.common().removed() }}</span>{% endif %}</div>"#
)]
pub struct ShownDiff<'a> {
    row: &'a DiffRow,
    lang: &'a Lang,
}

impl HtmlSafe for ShownDiff<'_> {}
