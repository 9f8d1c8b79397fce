//! Writing CSV that a spreadsheet program shows as it was meant.

use std::io::Write;

use super::is_formula_like;
use crate::cell::{Cell, WriteError, check_columns, clean};

/// Whether the file begins with a byte order mark and ends its lines as Excel does. Excel takes a file without a mark for
/// GBK; other programs may take the mark for a part of the first name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// For people and Excel; lines end with CR and LF.
    ByteOrderMark,
    /// For programs; lines end with LF.
    None,
}

/// Writes a table as UTF-8 CSV with commas. Texts that a spreadsheet program would take
/// for a formula get an apostrophe in front, which [`crate::open`] takes away again.
///
/// ```
/// use dacheng_sheets::csv::{Mark, Writer};
/// use dacheng_sheets::{Cell, Number};
/// let mut writer = Writer::new(Vec::new(), Mark::None, &["note", "amount"])?;
/// writer.write(&[Cell::Text("=1+1"), Cell::Number(Number::new("-5.00").ok_or("no number")?)])?;
/// assert_eq!(writer.finish()?, b"note,amount\n'=1+1,-5.00\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Writer<W: Write> {
    out: csv::Writer<W>,
    columns: usize,
}

impl<W: Write> Writer<W> {
    /// Writes the header.
    pub fn new(mut out: W, mark: Mark, header: &[&str]) -> Result<Self, WriteError> {
        check_columns(header.len())?;
        let end = match mark {
            Mark::ByteOrderMark => {
                out.write_all("\u{FEFF}".as_bytes())?;
                csv::Terminator::CRLF
            }
            Mark::None => csv::Terminator::Any(b'\n'),
        };
        let out = csv::WriterBuilder::new().terminator(end).from_writer(out);
        let mut writer = Self { out, columns: header.len() };
        let cells: Vec<Cell<'_>> = header.iter().map(|name| Cell::Text(name)).collect();
        writer.write(&cells)?;
        Ok(writer)
    }

    /// Writes a row, which must be as wide as the header.
    pub fn write(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        if cells.len() != self.columns {
            return Err(WriteError::Width { expected: self.columns, found: cells.len() });
        }
        for cell in cells {
            match cell {
                Cell::Text(text) => self.write_text(text)?,
                Cell::Number(number) => self.write_field(number.as_str())?,
                Cell::Date(date) => self.write_field(&date.to_string())?,
                Cell::Moment(moment) => {
                    self.write_field(&moment.strftime("%Y-%m-%d %H:%M:%S").to_string())?;
                }
                Cell::Blank => self.write_field("")?,
            }
        }
        self.out.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Writes what is still in memory and gives back where it went.
    pub fn finish(self) -> Result<W, WriteError> {
        self.out.into_inner().map_err(|error| WriteError::Io(error.into_error()))
    }

    fn write_text(&mut self, text: &str) -> Result<(), WriteError> {
        let text = clean(text)?;
        if is_formula_like(&text) { self.write_field(&format!("'{text}")) } else { self.write_field(&text) }
    }

    fn write_field(&mut self, field: &str) -> Result<(), WriteError> {
        self.out.write_field(field).map_err(io_error)
    }
}

fn io_error(error: csv::Error) -> WriteError {
    WriteError::Io(error.into())
}
