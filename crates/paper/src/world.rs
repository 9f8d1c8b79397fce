//! All that the layout can reach: its own text, the data of one sheet, the fonts. No file, no package, no clock.

use std::sync::LazyLock;

use serde_json::Value as Json;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Value};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use crate::fonts::FONTS;

/// The layout, read once.
static LAYOUT: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("sheet.typ")));

/// The world of one sheet.
pub struct Room {
    library: LazyHash<Library>,
}

impl Room {
    /// A room with the data of one sheet: `sys.inputs.sheet`.
    pub fn of(sheet: Json) -> Self {
        let inputs: Dict = [("sheet".into(), given(sheet))].into_iter().collect();
        Self { library: LazyHash::new(Library::builder().with_inputs(inputs).build()) }
    }
}

/// Data as the layout has it. It is not handed over as text: how numbers are read from JSON depends on features of other crates.
fn given(data: Json) -> Value {
    match data {
        Json::Null => Value::None,
        Json::Bool(truth) => Value::Bool(truth),
        Json::Number(number) => Value::Float(number.as_f64().unwrap_or_default()),
        Json::String(text) => Value::Str(text.into()),
        Json::Array(items) => Value::Array(items.into_iter().map(given).collect()),
        Json::Object(fields) => {
            Value::Dict(fields.into_iter().map(|(name, value)| (name.into(), given(value))).collect())
        }
    }
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        LAYOUT.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == LAYOUT.id() { Ok(LAYOUT.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
