//! Writing a workbook of one sheet, row by row in little memory.

use std::io::{self, Cursor};

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::inspect::inspect;
use crate::cell::{Cell, Number, WriteError, check_columns, clean};
use crate::csv::is_formula_like;
use crate::limits::{INFLATED, WORKBOOK_ROWS};
use crate::refusal::Reason;

/// A column of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The name in the first row.
    pub name: &'a str,
    /// The width in characters of ASCII; a Chinese character takes two.
    pub width: u8,
}

/// Writes a table as a workbook: a bold header that stays in view, numbers and dates as such. Texts stay
/// texts, also when a person edits them. What a number cannot keep (more than 15 digits, days before 1900)
/// is written as text. Line breaks in texts become line feeds.
///
/// ```
/// use dacheng_sheets::xlsx::{Heading, Writer};
/// use dacheng_sheets::Cell;
/// let mut writer = Writer::new("Targets", &[Heading { name: "owner", width: 12 }])?;
/// writer.write(&[Cell::Text("王芳")])?;
/// assert!(writer.finish()?.starts_with(b"PK"));
/// # Ok::<(), dacheng_sheets::WriteError>(())
/// ```
pub struct Writer {
    workbook: Workbook,
    sheet: Worksheet,
    columns: usize,
    /// Rows below the header.
    rows: u32,
    /// No more than what the workbook will take when unpacked.
    bytes: u64,
    date: Format,
    formula_like: Format,
    /// For numbers with as many decimals as the position.
    decimals: Vec<Format>,
}

impl Writer {
    /// Begins a workbook with one sheet. A sheet's name has at most 31 characters and none of `[]:*?/\`.
    pub fn new(name: &str, header: &[Heading<'_>]) -> Result<Self, WriteError> {
        check_columns(header.len())?;
        let mut workbook = Workbook::new();
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (heading, column) in header.iter().zip(0..) {
            sheet.set_column_width(column, heading.width)?;
            sheet.write_string_with_format(0, column, clean(heading.name)?, &bold)?;
        }
        Ok(Self {
            workbook,
            sheet,
            columns: header.len(),
            rows: 0,
            bytes: 0,
            date: Format::new().set_num_format("yyyy-mm-dd"),
            formula_like: Format::new().set_quote_prefix(),
            decimals: (0..=15).map(decimal_format).collect(),
        })
    }

    /// Writes a row, which must be as wide as the header.
    pub fn write(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        if cells.len() != self.columns {
            return Err(WriteError::Width { expected: self.columns, found: cells.len() });
        }
        if self.rows == WORKBOOK_ROWS {
            return Err(WriteError::TooManyRows { limit: WORKBOOK_ROWS });
        }
        self.rows += 1;
        for (cell, column) in cells.iter().zip(0..) {
            match cell {
                Cell::Text(text) => self.write_text(column, text)?,
                Cell::Number(number) => self.write_number(column, *number)?,
                Cell::Date(date) => self.write_date(column, *date)?,
                Cell::Blank => {}
            }
        }
        if self.bytes > INFLATED { Err(too_large()) } else { Ok(()) }
    }

    /// The file, which is within the limits of reading.
    pub fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        self.workbook.push_worksheet(self.sheet);
        let file = self.workbook.save_to_buffer()?;
        match inspect(&mut Cursor::new(&file)).map_err(|fault| fault.reason) {
            Ok(_) => Ok(file),
            // The same long text in every row packs like a zip bomb.
            Err(Reason::TooDense { .. }) => {
                store(&file).map_err(|error| WriteError::Workbook(error.to_string()))
            }
            Err(Reason::TooLarge { .. }) => Err(too_large()),
            Err(reason) => Err(WriteError::Workbook(reason.to_string())),
        }
    }

    fn write_text(&mut self, column: u16, text: &str) -> Result<(), WriteError> {
        let text = clean(text)?;
        self.bytes += text.len() as u64;
        if is_formula_like(&text) {
            self.sheet.write_string_with_format(self.rows, column, text, &self.formula_like)?;
        } else if !text.is_empty() {
            self.sheet.write_string(self.rows, column, text)?;
        }
        Ok(())
    }

    fn write_number(&mut self, column: u16, number: Number<'_>) -> Result<(), WriteError> {
        let format = self.decimals.get(number.decimals()).filter(|_| number.fits_spreadsheet());
        match (format, number.as_str().parse::<f64>()) {
            (Some(format), Ok(value)) => {
                self.sheet.write_number_with_format(self.rows, column, value, format)?;
                Ok(())
            }
            _ => self.write_text(column, number.as_str()),
        }
    }

    fn write_date(&mut self, column: u16, date: Date) -> Result<(), WriteError> {
        match excel_date(date) {
            Some(day) => {
                self.sheet.write_datetime_with_format(self.rows, column, day, &self.date)?;
                Ok(())
            }
            None => self.write_text(column, &date.to_string()),
        }
    }
}

/// `None` before March 1900, where spreadsheet programs count a day that never was.
fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    if (year, month) < (1900, 3) {
        return None;
    }
    ExcelDateTime::from_ymd(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Shows all decimals that the number was given with.
fn decimal_format(decimals: usize) -> Format {
    if decimals == 0 {
        Format::new()
    } else {
        Format::new().set_num_format(format!("0.{}", "0".repeat(decimals)))
    }
}

/// The same zip file without packing.
fn store(file: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut from = ZipArchive::new(Cursor::new(file))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index)?;
        let name = part.name()?.into_owned();
        to.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
        io::copy(&mut part, &mut to)?;
    }
    Ok(to.finish()?.into_inner())
}

fn too_large() -> WriteError {
    WriteError::TooLarge { limit: INFLATED }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_beyond_the_limits_of_reading_ends_at_once() {
        let heading = Heading { name: "a", width: 9 };
        let mut writer = Writer::new("Sheet1", &[heading]).unwrap();
        writer.bytes = INFLATED - 3;
        writer.write(&[Cell::Text("abc")]).unwrap();
        assert!(matches!(writer.write(&[Cell::Text("d")]), Err(WriteError::TooLarge { .. })));

        let mut writer = Writer::new("Sheet1", &[heading]).unwrap();
        writer.rows = WORKBOOK_ROWS - 1;
        writer.write(&[Cell::Blank]).unwrap();
        assert!(matches!(writer.write(&[Cell::Blank]), Err(WriteError::TooManyRows { .. })));
    }
}
