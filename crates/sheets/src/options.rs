//! What a person may settle before a file is read. How an unsettled thing is found out lives with the
//! reader.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How to read a file. Everything that is `None` is found out from the content.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The file name for refusals, where the file lies under another name than the sender knows.
    pub name: Option<String>,
    /// The encoding of a CSV file.
    pub encoding: Option<Encoding>,
    /// The delimiter of a CSV file.
    pub delimiter: Option<Delimiter>,
    /// The worksheet; `None` takes the first one that is not hidden.
    pub sheet: Option<String>,
    /// The program that reads workbooks.
    pub reader: ChildCommand,
}

/// A program that calls [`crate::xlsx::child_main`], and the arguments that make it do so. The name of the
/// worksheet follows as `-- NAME`, where one is asked for.
#[derive(Debug, Clone)]
pub struct ChildCommand {
    /// The program, usually the running one.
    pub program: PathBuf,
    /// Its arguments, usually a hidden subcommand.
    pub arguments: Vec<OsString>,
}

impl ReadOptions {
    /// Everything found out from the content.
    pub fn new(reader: ChildCommand) -> Self {
        Self { name: None, encoding: None, delimiter: None, sheet: None, reader }
    }
}

/// The encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// GB18030, which contains GBK and GB 2312.
    Gb18030,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        })
    }
}

/// A name that is no encoding, or a text that cannot be a delimiter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown: {0:?}")]
pub struct UnknownName(pub String);

impl FromStr for Encoding {
    type Err = UnknownName;

    /// Knows `utf-8`, `gbk`, `gb2312`, `gb18030`, `utf-16le` and `utf-16be`, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Ok(Self::Utf8),
            "gbk" | "gb2312" | "gb18030" => Ok(Self::Gb18030),
            "utf-16le" => Ok(Self::Utf16Le),
            "utf-16be" => Ok(Self::Utf16Be),
            _ => Err(UnknownName(name.to_owned())),
        }
    }
}

/// The character between the fields of a CSV file: one ASCII sign that is no letter, digit, space,
/// quotation mark or line break.
///
/// ```
/// use dacheng_sheets::Delimiter;
/// assert_eq!(";".parse(), Ok(Delimiter::SEMICOLON));
/// assert!("ab".parse::<Delimiter>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Delimiter {
    /// `,`
    pub const COMMA: Self = Self(b',');
    /// `;`
    pub const SEMICOLON: Self = Self(b';');
    /// The tab.
    pub const TAB: Self = Self(b'\t');
    /// `|`
    pub const BAR: Self = Self(b'|');

    pub(crate) fn byte(self) -> u8 {
        self.0
    }
}

impl FromStr for Delimiter {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text.as_bytes() {
            &[byte] if byte == b'\t' || (byte.is_ascii_punctuation() && byte != b'"') => Ok(Self(byte)),
            _ => Err(UnknownName(text.to_owned())),
        }
    }
}
