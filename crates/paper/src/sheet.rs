//! What a document is made of: plain data, in the language it is read in. How it looks is in `sheet.typ`.

use dacheng_text::Lang;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// A document. Two sheets with the same content have the same [`crate::Code`].
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    /// The language of the layout's own words.
    #[serde(skip)]
    pub lang: Lang,
    /// How the paper lies.
    #[serde(skip)]
    pub form: Form,
    /// Whose document it is.
    pub company: String,
    /// Its number.
    pub number: String,
    /// Which version of it, from 1.
    pub version: i64,
    /// What it is.
    pub title: String,
    /// What it is about, in one line; may be empty.
    pub about: String,
    /// Its content, in reading order.
    pub blocks: Vec<Block>,
    /// What it is checked by where its content is a part of something that was signed.
    #[serde(skip)]
    pub seal: Option<Seal>,
}

/// The check code of a text that was signed, which a sheet shows in the place of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// SHA-256 of the text that was signed.
    pub digest: [u8; 32],
    /// What the code covers, in words.
    pub covers: String,
    /// Where it is checked: the square that a telephone reads.
    pub link: String,
}

/// When and by whom a sheet is printed. Stands on the paper and is no part of its content.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The moment.
    pub at: Timestamp,
    /// How far the company's clock is from UTC then.
    pub offset: Offset,
    /// The name.
    pub by: String,
}

/// How the paper lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A4 upright.
    Upright,
    /// A4 across, for wide tables.
    Across,
}

/// A part of the content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// The name of what follows.
    Heading(String),
    /// Text as somebody wrote it; line breaks are kept.
    Paragraph(String),
    /// A remark in small letters.
    Note(String),
    /// Names with their values, two beside each other.
    Pairs(Vec<(String, String)>),
    /// A table whose head stands on each page.
    Table(Table),
    /// What happened, one after the other.
    History(Vec<Moment>),
    /// Where people sign, beside each other and never on two pages.
    Signatures(Vec<Signature>),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// Its unit or remark, above it at the right; may be empty.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; a row has a cell for each column.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in the head.
    pub name: String,
    /// What its cells hold.
    pub holds: Holds,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Numbers and dates: as wide as the widest, never broken.
    Figures,
    /// Text: a share of the width that is left.
    Text(u8),
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// A text for each column.
    pub cells: Vec<String>,
    /// Whether it stands out as a sum of others.
    pub is_sum: bool,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When, in words.
    pub when: String,
    /// What.
    pub what: String,
}

/// Where somebody signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// As what.
    pub role: String,
    /// Who.
    pub name: String,
    /// Below the line: when, how, or what is waited for.
    pub details: Vec<String>,
}

impl Sheet {
    /// The cells of its tables.
    pub(crate) fn cells(&self) -> usize {
        let of = |block: &Block| match block {
            Block::Table(table) => table.rows.iter().map(|row| row.cells.len()).sum(),
            Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Note(_)
            | Block::Pairs(_)
            | Block::History(_)
            | Block::Signatures(_) => 0,
        };
        self.blocks.iter().map(of).sum()
    }
}

impl Printed {
    /// The moment on the company's clock.
    pub fn clock(&self) -> DateTime {
        self.offset.to_datetime(self.at)
    }
}

impl Column {
    /// A column of numbers.
    pub fn figures(name: impl Into<String>) -> Self {
        Self { name: name.into(), holds: Holds::Figures }
    }

    /// A column of text that takes `share` parts of the width that is left.
    pub fn text(name: impl Into<String>, share: u8) -> Self {
        Self { name: name.into(), holds: Holds::Text(share) }
    }
}

impl Row {
    /// A row among others.
    pub fn of(cells: impl IntoIterator<Item = String>) -> Self {
        Self { cells: cells.into_iter().collect(), is_sum: false }
    }

    /// A row that sums up others.
    pub fn sum(cells: impl IntoIterator<Item = String>) -> Self {
        Self { cells: cells.into_iter().collect(), is_sum: true }
    }
}
