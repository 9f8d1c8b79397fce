//! Answers on standard output: tables for people, JSON and CSV for scripts.

use std::io::Write;

use clap::ValueEnum;
use dacheng_app::{Error, Result};
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
    /// Writes the rows in columns: text to the left, numbers to the right.
    pub fn table(&self) -> Result<()> {
        let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let columns = self.header.len();
        let all = || std::iter::once(&self.header).chain(&self.rows);
        let widths: Vec<usize> =
            (0..columns).map(|at| all().map(|row| width(&row[at])).max().unwrap_or(0)).collect();
        let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        let mut text = String::new();
        for row in all() {
            for (at, cell) in row.iter().enumerate() {
                let pad = " ".repeat(widths[at] - width(cell));
                let (before, after) = if is_number(cell) { (pad.as_str(), "") } else { ("", pad.as_str()) };
                text.push_str(before);
                text.push_str(cell);
                text.push_str(if at + 1 == columns { "" } else { after });
                text.push_str(if at + 1 == columns { "\n" } else { "  " });
            }
        }
        say(&text)
    }

    /// Writes the rows as CSV that a spreadsheet takes for what it is: no text becomes a formula.
    pub fn csv(&self) -> Result<()> {
        let quoted = |cell: &String| {
            let formula = cell.starts_with(['=', '+', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            let cell = if formula { format!("'{cell}") } else { cell.clone() };
            if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
        };
        let rows = std::iter::once(&self.header).chain(&self.rows);
        let lines = rows.map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n");
        say(&lines.collect::<String>())
    }
}
