//! Choosing a kind, a file and a mapping.

use askama::Template;
use dacheng_text::Lang;

use super::columns::ColumnRow;
use crate::components::{Choice, ErrorSummary, Field, Icon, Input, Link, PickerEntry};
use crate::shell::Shell;

/// `GET /imports/new?kind=orders`, `POST /imports` as `multipart/form-data` with `kind`, `file`, `saved_mapping`,
/// `mapping` (a file, optional), `csrf`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/imports/upload.html")]
pub struct UploadPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The kinds the viewer may import, each with its own page.
    pub kinds: Vec<PickerEntry>,
    /// The chosen kind.
    pub kind: Input,
    /// The columns of the chosen kind.
    pub columns: Vec<ColumnRow>,
    /// An empty workbook of the chosen kind.
    pub template: Link,
    /// Mappings that were saved before.
    pub mappings: Vec<Choice>,
    /// The chosen mapping; empty for none.
    pub saved_mapping: Input,
    /// What is wrong with the file.
    pub file: Input,
    /// What is wrong with the mapping file.
    pub mapping: Input,
    /// Whether a mapping can be used.
    pub takes_mapping: bool,
    /// The largest file, in words: 64 MB、200,000 行.
    pub limits: String,
}

impl UploadPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([
            ("kind", &self.kind),
            ("file", &self.file),
            ("saved_mapping", &self.saved_mapping),
            ("mapping", &self.mapping),
        ])
    }

    fn steps(&self, lang: &Lang) -> crate::components::Steps {
        super::steps(*lang, 0)
    }
}
