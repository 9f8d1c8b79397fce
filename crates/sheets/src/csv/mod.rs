//! CSV in and out. Reading is entered through [`crate::open`].

mod delimiter;
pub(crate) mod encoding;
mod records;
mod source;
mod writer;

pub(crate) use records::Records;
pub use writer::{Mark, Writer};

/// What a spreadsheet program takes as the beginning of a formula when it opens a CSV file, with the
/// full-width forms that an input method or a conversion makes of them.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether the text would be a formula, or would look like one that was made harmless.
///
/// Such a text is written with one more apostrophe in front and loses one when it is read, so that every
/// text comes back as it was: `=1` ↔ `'=1`, `'=1` ↔ `''=1`, while `'a` and `001` stay as they are.
pub(crate) fn is_formula_like(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}
