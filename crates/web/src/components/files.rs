//! Files on a document: the list, and where it may be changed the fields to add and the buttons to remove. They stand
//! within a form of the page, sent as multipart.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::{Choice, Field, Icon, Input};

/// What hangs on a document. The form around it posts `file` (any number), `on`, `act` = `attach` or `withdraw-N`.
#[derive(Debug, Clone, Template)]
#[template(path = "components/files.html")]
pub struct FileList {
    /// The language.
    pub lang: Lang,
    /// The files, oldest first.
    pub rows: Vec<FileRow>,
    /// The fields to add one, where the viewer may.
    pub form: Option<FileForm>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The icon of its kind.
    pub icon: &'static str,
    /// The kind in words.
    pub kind: &'static str,
    /// Its size in words.
    pub size: String,
    /// Who attached it.
    pub who: String,
    /// When.
    pub at: String,
    /// What part of the document it hangs on, where not on the whole.
    pub on: Option<String>,
    /// Whether the viewer may remove it.
    pub removable: bool,
}

/// The fields to add files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileForm {
    /// What is wrong with what was sent.
    pub file: Input,
    /// Kinds, sizes and number in words.
    pub limits: String,
    /// The endings that are offered first.
    pub accept: String,
    /// The part of the document they shall hang on.
    pub on: Input,
    /// The parts there are.
    pub parts: Vec<Choice>,
}

impl FileList {
    /// Whether there is anything to be shown.
    pub fn is_shown(&self) -> bool {
        self.form.is_some() || !self.rows.is_empty()
    }

    /// What is wrong with what was sent.
    pub fn error(&self) -> Option<&String> {
        self.form.as_ref()?.file.error.as_ref()
    }
}

impl HtmlSafe for FileList {}
