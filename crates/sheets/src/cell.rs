//! What goes into an export: typed cells, and what can go wrong. How they are written lives in `csv` and
//! `xlsx`.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};

use crate::limits::{CHARACTERS, COLUMNS};
use crate::record::unwanted_character;

/// A cell of an export. The type decides what it is; the content never makes a formula of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Text, whatever it looks like.
    Text(&'a str),
    /// An exact number.
    Number(Number<'a>),
    /// A day.
    Date(Date),
    /// A moment on the clock of the company, to the second.
    Moment(DateTime),
    /// Nothing.
    Blank,
}

/// An exact decimal number in plain digits.
///
/// ```
/// use dacheng_sheets::Number;
/// assert!(Number::new("-1234.50").is_some());
/// assert!(Number::new("1,234").is_none());
/// assert!(Number::new("=1").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'a>(&'a str);

impl<'a> Number<'a> {
    /// Optional `-`, digits, optionally `.` and digits; `None` for anything else.
    pub fn new(text: &'a str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_digits(whole.strip_prefix('-').unwrap_or(whole)) && is_digits(part)).then_some(Self(text))
    }

    /// The number as it was given.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// Digits after the point.
    pub(crate) fn decimals(self) -> usize {
        self.0.split_once('.').map_or(0, |(_, part)| part.len())
    }

    /// Whether a spreadsheet program keeps every digit.
    pub(crate) fn fits_spreadsheet(self) -> bool {
        let digits = self.0.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
        digits <= 15
    }
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The place to write to fails.
    #[error("cannot write: {0}")]
    Io(#[from] std::io::Error),
    /// A row does not fit the header.
    #[error("a row has {found} cells, the header has {expected}")]
    Width {
        /// Columns of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// More columns than [`crate::limits::COLUMNS`].
    #[error("more than {limit} columns")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// More rows than [`crate::limits::WORKBOOK_ROWS`]; CSV takes them.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: u32,
    },
    /// A text longer than [`crate::limits::CHARACTERS`].
    #[error("a text of more than {limit} characters")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// A workbook of more than [`crate::limits::INFLATED`] bytes; CSV takes the rows.
    #[error("the workbook would be larger than {limit} bytes when unpacked")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The writer of workbooks fails, for example because of the name of the sheet.
    #[error("cannot write the workbook: {0}")]
    Workbook(String),
}

/// Checks that a table of this width can be read again.
pub(crate) fn check_columns(columns: usize) -> Result<(), WriteError> {
    if columns > COLUMNS { Err(WriteError::TooManyColumns { limit: COLUMNS }) } else { Ok(()) }
}

/// The text with U+FFFD for every character that reading would refuse.
pub(crate) fn clean(text: &str) -> Result<Cow<'_, str>, WriteError> {
    if text.len() > CHARACTERS && text.encode_utf16().count() > CHARACTERS {
        return Err(WriteError::TooLong { limit: CHARACTERS });
    }
    if unwanted_character(text).is_none() {
        return Ok(text.into());
    }
    let is_unwanted = |character: char| unwanted_character(character.encode_utf8(&mut [0; 4])).is_some();
    Ok(text.replace(is_unwanted, "\u{FFFD}").into())
}
