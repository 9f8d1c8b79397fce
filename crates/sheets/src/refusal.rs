//! Why a file is refused and where: data, with an English sentence. Other languages live in `text`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::options::Encoding;

/// A file that is not read any further, and why.
///
/// ```
/// use dacheng_sheets::{Column, Place, Reason, Refusal};
/// let refusal = Refusal {
///     place: Box::new(Place {
///         file: "targets.xlsx".into(),
///         sheet: Some("目标".into()),
///         row: Some(12),
///         line: None,
///         column: Some(Column { index: 2, name: "amount".into() }),
///     }),
///     reason: Reason::CellError { code: "#REF!".into() },
/// };
/// assert_eq!(
///     refusal.to_string(),
///     r##"targets.xlsx, sheet "目标", row 12, column C "amount": the cell holds the error #REF!"##
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Refusal {
    /// Where.
    pub place: Box<Place>,
    /// Why.
    pub reason: Reason,
}

/// A place in a file. What is `None` is not known or does not apply.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The name of the file as the person who sent it knows it.
    pub file: String,
    /// The worksheet; `None` for CSV.
    pub sheet: Option<String>,
    /// The row from 1 as a spreadsheet program numbers it: the header and blank rows count.
    pub row: Option<u64>,
    /// The line from 1 as a text editor numbers it, where it differs from the row because a quoted text
    /// further up contains line breaks.
    pub line: Option<u64>,
    /// The column.
    pub column: Option<Column>,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The position from 0.
    pub index: usize,
    /// The name in the header, empty where there is none.
    pub name: String,
}

/// What is wrong. Each variant has the data that a sentence about it needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Reason {
    /// The operating system does not give the file.
    #[error("the file cannot be read: {detail}")]
    Unreadable {
        /// What the system says.
        detail: String,
    },
    /// Nothing in it, or only blank rows.
    #[error("the file is empty")]
    Empty,
    /// A header and nothing below.
    #[error("there are no rows below the header")]
    NoRows,
    /// Something else than CSV or XLSX.
    #[error("this is {kind}; save it as .xlsx or CSV")]
    WrongKind {
        /// What it looks like.
        kind: Kind,
    },
    /// Broken inside: cut off, or not built as a workbook must be.
    #[error("the file is damaged: {detail}")]
    Damaged {
        /// What the parser says, in English.
        detail: String,
    },
    /// The child that reads workbooks needed more memory or time than it may have.
    #[error("reading the workbook takes more memory or time than allowed")]
    TooCostly,
    /// The child that reads workbooks could not be started: a fault of this installation.
    #[error("the reader of workbooks cannot be started: {detail}")]
    NoReader {
        /// What the system says.
        detail: String,
    },
    /// More bytes than [`crate::limits::INFLATED`].
    #[error("the workbook holds more than {limit} bytes when unpacked")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Packed more tightly than [`crate::limits::RATIO`], as only a zip bomb is.
    #[error("the workbook unpacks to more than {limit} times its size")]
    TooDense {
        /// The limit.
        limit: u64,
    },
    /// More zip entries than [`crate::limits::PARTS`].
    #[error("the workbook has more than {limit} parts")]
    TooManyParts {
        /// The limit.
        limit: u64,
    },
    /// More rows than [`crate::limits::WORKBOOK_ROWS`].
    #[error("the sheet has more than {limit} rows; send a larger table as CSV")]
    TooManyRows {
        /// The limit.
        limit: u32,
    },
    /// A value beyond [`crate::limits::COLUMNS`].
    #[error("there are more than {limit} columns")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// A text beyond [`crate::limits::CHARACTERS`].
    #[error("the text is longer than {limit} characters; is a quotation mark missing?")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// XML with a document type, the way to XXE and entity bombs; spreadsheet programs never write one.
    #[error("the part {part} declares a document type, which workbooks never do")]
    DocumentType {
        /// The zip entry.
        part: String,
    },
    /// The asked-for sheet is not there.
    #[error("there is no sheet {name:?}; there are: {}", sheets.join(", "))]
    NoSuchSheet {
        /// The asked-for name.
        name: String,
        /// The names that exist.
        sheets: Vec<String>,
    },
    /// No worksheet at all, for example only charts.
    #[error("the workbook has no worksheet")]
    NoSheet,
    /// Bytes that are no text in the encoding of the file.
    #[error("the bytes are not valid {encoding} text; save the file as UTF-8")]
    NotText {
        /// The encoding that the rest of the file has.
        encoding: Encoding,
    },
    /// NUL or another control character, by its code point.
    #[error("the text contains the control character U+{code:04X}")]
    ControlCharacter {
        /// The code point.
        code: u32,
    },
    /// A byte order mark inside the file, as after gluing two files together.
    #[error("the text contains a byte order mark (U+FEFF); were two files joined?")]
    ByteOrderMark,
    /// The quotation mark that begins the text here has no partner.
    #[error("the quotation mark that opens here is never closed")]
    OpenQuote,
    /// Something between a closing quotation mark and the next delimiter.
    #[error(
        "a closing quotation mark is followed by other text; is a quotation mark missing or not doubled?"
    )]
    StrayQuote,
    /// Fewer fields than the header has.
    #[error("the row has {found} fields, the header has {expected}")]
    MissingFields {
        /// Named columns in the header.
        expected: usize,
        /// Fields in this row.
        found: usize,
    },
    /// A value to the right of the last column with a name.
    #[error("there is a value to the right of the last of {expected} columns with a name")]
    ExtraField {
        /// Named columns in the header.
        expected: usize,
    },
    /// A column is asked for whose name occurs twice.
    #[error("the name {name:?} stands in the header more than once")]
    AmbiguousColumn {
        /// The name.
        name: String,
    },
    /// An Excel error value.
    #[error("the cell holds the error {code}")]
    CellError {
        /// As a spreadsheet program shows it.
        code: String,
    },
    /// A formula without a stored result, as some programs write it.
    #[error("the formula has no stored result; open the file in a spreadsheet program and save it")]
    NoResult,
    /// Merged cells: what a row in the middle means is not certain.
    #[error("the cells {range} are merged; split them and put the value into every row")]
    Merged {
        /// Like `A1:C1`.
        range: String,
    },
    /// A number shown as a date that is no date, such as day 0.
    #[error("the cell is formatted as a date, but {serial} is no date")]
    NoDate {
        /// The number in the cell.
        serial: String,
    },
    /// A number of more than 15 digits, the last of which a spreadsheet program has already lost.
    #[error("the number has more than 15 digits, which a spreadsheet cannot keep; enter it as text")]
    LongNumber,
}

/// What a file is, where it is not CSV or XLSX.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A workbook of Excel 97–2003, or another document of that time.
    Xls,
    /// A workbook behind a password.
    Encrypted,
    /// A workbook with macros (.xlsm).
    Macros,
    /// A binary workbook (.xlsb).
    Xlsb,
    /// An `OpenDocument` file (.ods).
    OpenDocument,
    /// A zip file without a workbook.
    OtherZip,
    /// HTML or XML, which some programs call .xls.
    Markup,
    /// Something binary.
    Binary,
    /// A directory, a device or a pipe.
    NotAFile,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xls => "an old .xls workbook",
            Self::Encrypted => "a workbook with a password",
            Self::Macros => "a workbook with macros (.xlsm)",
            Self::Xlsb => "a binary workbook (.xlsb)",
            Self::OpenDocument => "an OpenDocument file",
            Self::OtherZip => "a zip file without a workbook",
            Self::Markup => "a web page or XML",
            Self::Binary => "a binary file",
            Self::NotAFile => "not an ordinary file",
        })
    }
}

impl Column {
    /// The name that spreadsheet programs give to the position: A, B … Z, AA …
    pub fn letters(&self) -> String {
        let mut number = self.index + 1;
        let mut letters = Vec::new();
        while number > 0 {
            number -= 1;
            letters.push(char::from(b'A' + u8::try_from(number % 26).unwrap_or_default()));
            number /= 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for Place {
    /// Columns of a worksheet are told by letter, columns of a CSV file by number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet \"{sheet}\"")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(line) = self.line {
            write!(f, " (line {line})")?;
        }
        let Some(column) = &self.column else { return Ok(()) };
        match self.sheet {
            Some(_) => write!(f, ", column {}", column.letters())?,
            None => write!(f, ", column {}", column.index + 1)?,
        }
        if column.name.is_empty() { Ok(()) } else { write!(f, " \"{}\"", column.name) }
    }
}

/// A refusal before the names of file, sheet and column are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fault {
    pub row: Option<u64>,
    pub line: Option<u64>,
    pub column: Option<usize>,
    pub reason: Reason,
}

impl Fault {
    /// The detail is cut, because it may quote the file.
    pub fn damaged(detail: impl fmt::Display) -> Self {
        Reason::Damaged { detail: detail.to_string().chars().take(200).collect() }.into()
    }

    /// Rows count from 1, columns from 0.
    pub fn at(row: u64, column: usize, reason: Reason) -> Self {
        Self { row: Some(row), line: None, column: Some(column), reason }
    }
}

impl From<Reason> for Fault {
    fn from(reason: Reason) -> Self {
        Self { row: None, line: None, column: None, reason }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Reason::Unreadable { detail: error.to_string() }.into()
    }
}
