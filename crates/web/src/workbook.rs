//! A list as a workbook to keep: columns, typed cells, and below the rows what was asked for and when.

use dacheng_app::{Error, Result};
use dacheng_domain::{Fen, Ratio};
use dacheng_sheets::xlsx::{Heading, Writer};
use dacheng_sheets::{Cell, Number, WriteError};
use jiff::civil::Date;

/// A list to be sent by [`crate::respond::workbook`].
#[derive(Debug, Clone)]
pub struct Export {
    /// The name of the file, without its ending.
    pub name: String,
    /// The name of its sheet; at most 31 characters, none of `[]:*?/\`.
    pub sheet: String,
    /// Each column's name and its width in characters of ASCII.
    pub columns: Vec<(String, u8)>,
    /// The rows, each as wide as the columns.
    pub rows: Vec<Vec<Entry>>,
    /// What the list is: filter, as of when, units. Written below the rows.
    pub notes: Vec<String>,
}

/// A cell. A text never becomes a formula, and a number stays one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Text, whatever it looks like.
    Text(String),
    /// An exact number in plain digits.
    Number(String),
    /// A day.
    Day(Date),
    /// Nothing.
    Blank,
}

impl Entry {
    /// Text; an empty one is a blank cell.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// Money in yuan with two decimals.
    pub fn money(amount: Fen) -> Self {
        Self::Number(amount.to_string())
    }

    /// A rate in per cent with two decimals; a rate that does not exist is blank, never 0.
    pub fn percent(rate: Option<Ratio>) -> Self {
        let hundredths = rate.and_then(|rate| i64::try_from(rate.scaled(10_000)).ok());
        hundredths.map_or(Self::Blank, |hundredths| Self::Number(Fen(hundredths).to_string()))
    }

    /// A day, where there is one.
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Blank, Self::Day)
    }

    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::Text(text),
            Self::Number(number) => Number::new(number).map_or(Cell::Text(number), Cell::Number),
            Self::Day(day) => Cell::Date(*day),
            Self::Blank => Cell::Blank,
        }
    }
}

impl Export {
    /// The file.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        self.written().map_err(|wrong| Error::Internal(wrong.to_string()))
    }

    fn written(&self) -> std::result::Result<Vec<u8>, WriteError> {
        let headings: Vec<Heading<'_>> =
            self.columns.iter().map(|(name, width)| Heading { name, width: *width }).collect();
        let mut writer = Writer::new(&self.sheet, &headings)?;
        for row in &self.rows {
            writer.write(&row.iter().map(Entry::cell).collect::<Vec<_>>())?;
        }
        let mut line = vec![Cell::Blank; headings.len()];
        if !self.notes.is_empty() {
            writer.write(&line)?;
        }
        for note in &self.notes {
            if let Some(first) = line.first_mut() {
                *first = Cell::Text(note);
            }
            writer.write(&line)?;
        }
        writer.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_keeps_its_side_of_the_threshold() {
        assert_eq!(Entry::percent(Ratio::new(7996, 10_000)), Entry::Number("79.96".to_owned()));
        assert_eq!(Entry::percent(None), Entry::Blank);
    }
}
