//! Somebody else saved first: mine beside theirs, nothing overwritten (`ux.md` §3.19).

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::Icon;

/// The panel of a 409 response. The form around it keeps what was typed.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Who saved and when: `王敏刚 15:31`.
    pub saved_by: String,
    /// What differs.
    pub rows: Vec<ConflictRow>,
    /// The version to send again with my values.
    pub version: String,
    /// Where 放弃 leads: the page as it is stored.
    pub discard: String,
}

/// One differing field.
#[derive(Debug, Clone)]
pub struct ConflictRow {
    /// The field in words: `苏州组 王敏刚 4月`.
    pub field: String,
    /// What I typed.
    pub mine: String,
    /// What is stored now.
    pub theirs: String,
}

impl Conflict {
    /// The panel in a language; it stands inside the form, whose button sends it again.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownConflict<'a> {
        ShownConflict { conflict: self, lang }
    }
}

/// A conflict ready to stand in a form.
#[derive(Template)]
#[template(path = "components/conflict.html")]
pub struct ShownConflict<'a> {
    conflict: &'a Conflict,
    lang: &'a Lang,
}

impl HtmlSafe for ShownConflict<'_> {}
