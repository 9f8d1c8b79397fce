//! Answers on standard output: tables for people, JSON and CSV for scripts.

use std::io::Write;

use clap::ValueEnum;
use dacheng_app::{Error, Result};
use dacheng_sheets::csv::{Mark, Writer};
use dacheng_sheets::{Cell, Number, WriteError};
use serde_json::Value;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for a person.
    Table,
    /// JSON.
    Json,
    /// Comma-separated values with a header.
    Csv,
}

/// The first cell of the row that sums the others up.
pub const TOTAL: &str = "total";

/// Rows of texts under a header.
pub struct Sheet {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Writes a text. A reader that has seen enough is no failure.
pub fn say(text: &str) -> Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(wrong) if wrong.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::Internal(wrong.to_string()))
        }
        Err(_) | Ok(()) => Ok(()),
    }
}

/// Writes a line.
pub fn line(text: &str) -> Result<()> {
    say(&format!("{text}\n"))
}

/// Writes JSON on one line.
pub fn json(value: &Value) -> Result<()> {
    line(&value.to_string())
}

impl Sheet {
    /// Writes the rows in columns: texts to the left, columns of numbers to the right.
    pub fn table(&self) -> Result<()> {
        let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let last = self.header.len().saturating_sub(1);
        let all = || std::iter::once(&self.header).chain(&self.rows);
        let widths: Vec<usize> =
            (0..=last).map(|at| all().map(|row| width(&row[at])).max().unwrap_or(0)).collect();
        let numeric: Vec<bool> = (0..=last).map(|at| self.is_numeric(at)).collect();
        let mut text = String::new();
        for row in all() {
            for (at, cell) in row.iter().enumerate() {
                let pad = " ".repeat(widths[at] - width(cell));
                match (numeric[at], at == last) {
                    (true, _) => text.extend([pad.as_str(), cell]),
                    (false, true) => text.push_str(cell),
                    (false, false) => text.extend([cell, pad.as_str()]),
                }
                text.push_str(if at == last { "\n" } else { "  " });
            }
        }
        say(&text)
    }

    /// Whether every cell of a column that is not blank is a number; the word under the rows aside.
    fn is_numeric(&self, at: usize) -> bool {
        let cells = self.rows.iter().map(|row| row[at].as_str());
        let mut cells = cells.filter(|cell| !cell.is_empty() && *cell != TOTAL).peekable();
        cells.peek().is_some() && cells.all(|cell| Number::new(cell).is_some())
    }

    /// Writes the rows as CSV that a spreadsheet takes for what it is: no text becomes a formula.
    pub fn csv(&self) -> Result<()> {
        let failed = |wrong: WriteError| Error::Internal(wrong.to_string());
        let header: Vec<&str> = self.header.iter().map(String::as_str).collect();
        let mut writer = Writer::new(Vec::new(), Mark::None, &header).map_err(failed)?;
        for row in &self.rows {
            let cells: Vec<Cell<'_>> =
                row.iter().map(|cell| Number::new(cell).map_or(Cell::Text(cell), Cell::Number)).collect();
            writer.write(&cells).map_err(failed)?;
        }
        say(&String::from_utf8_lossy(&writer.finish().map_err(failed)?))
    }
}
