//! Writing a workbook of one sheet of rows, row by row in constant memory, with a sheet about it.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::formats::{Digits, Formats, Patterns};
use super::inspect::inspect;
use crate::cell::{Cell, Number, WriteError, check_columns, clean};
use crate::csv::is_formula_like;
use crate::limits::{INFLATED, WORKBOOK_ROWS};
use crate::refusal::Reason;

/// A4, as spreadsheet programs number paper.
const A4: u8 = 9;
/// Widths of the two columns of the sheet about the rows.
const ABOUT: [u8; 2] = [18, 72];

/// A column of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The name in the first row.
    pub name: &'a str,
    /// The width in characters of ASCII; a Chinese character takes two.
    pub width: u8,
    /// How its numbers look.
    pub digits: Digits,
}

/// Writes a table as a workbook: a bold header that stays in view, filters and is repeated on each printed page, numbers
/// and dates as such. Texts stay texts, also when a person edits them. What a number cannot keep (more than 15 digits, days
/// before 1900) is written as text. Line breaks in texts become line feeds. Rows wait in a temporary file.
///
/// ```
/// use dacheng_sheets::xlsx::{Digits, Heading, Patterns, Writer};
/// use dacheng_sheets::Cell;
/// let header = [Heading { name: "owner", width: 12, digits: Digits::Plain }];
/// let mut writer = Writer::new("Targets", &header, Patterns::ISO)?;
/// writer.write(&[Cell::Text("王芳")])?;
/// assert!(writer.finish()?.metadata()?.len() > 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Writer {
    workbook: Workbook,
    sheet: Worksheet,
    about: Option<Worksheet>,
    digits: Vec<Digits>,
    patterns: Patterns,
    /// Rows below the header.
    rows: u32,
    /// The last row that the header filters, where it is not the last one.
    filtered: Option<u32>,
    /// No more than what the workbook will take when unpacked.
    bytes: u64,
    formats: Formats,
}

impl Writer {
    /// Begins a workbook with one sheet. A sheet's name has at most 31 characters and none of `[]:*?/\`.
    pub fn new(name: &str, header: &[Heading<'_>], patterns: Patterns) -> Result<Self, WriteError> {
        check_columns(header.len())?;
        let mut workbook = Workbook::new();
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        sheet.set_footer("&L&A&R&P / &N");
        let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        for (heading, column) in header.iter().zip(0..) {
            sheet.set_column_width(column, heading.width)?;
            sheet.write_string_with_format(0, column, clean(heading.name)?, &bold)?;
        }
        Ok(Self {
            workbook,
            sheet,
            about: None,
            digits: header.iter().map(|heading| heading.digits).collect(),
            patterns,
            rows: 0,
            filtered: None,
            bytes: 0,
            formats: Formats::of_rows(patterns),
        })
    }

    /// Writes a row, which must be as wide as the header.
    pub fn write(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        let expected = self.digits.len();
        if cells.len() != expected {
            return Err(WriteError::Width { expected, found: cells.len() });
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
                Cell::Moment(moment) => self.write_moment(column, *moment)?,
                Cell::Blank => {}
            }
        }
        if self.bytes > INFLATED { Err(too_large()) } else { Ok(()) }
    }

    /// Ends the rows with their total, which no filter hides.
    pub fn total(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        self.filtered = Some(self.rows);
        self.formats = Formats::of_total(self.patterns);
        self.write(cells)
    }

    /// Adds a second sheet that says what the rows are: names and what stands beside them.
    pub fn about(&mut self, name: &str, lines: &[(String, String)]) -> Result<(), WriteError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_paper_size(A4).set_print_fit_to_pages(1, 0);
        let bold = Format::new().set_bold().set_align(FormatAlign::Top);
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let quoted = wrapped.clone().set_quote_prefix();
        for (width, column) in ABOUT.into_iter().zip(0..) {
            sheet.set_column_width(column, width)?;
        }
        for ((label, said), row) in lines.iter().zip(0..) {
            let format = if is_formula_like(said) { &quoted } else { &wrapped };
            sheet.write_string_with_format(row, 0, clean(label)?, &bold)?;
            sheet.write_string_with_format(row, 1, clean(said)?, format)?;
        }
        self.about = Some(sheet);
        Ok(())
    }

    /// The file, which is within the limits of reading and has no name: it is gone when it is closed.
    pub fn finish(mut self) -> Result<File, WriteError> {
        self.filter()?;
        self.workbook.push_worksheet(self.sheet);
        if let Some(about) = self.about {
            self.workbook.push_worksheet(about);
        }
        let mut file = tempfile::tempfile()?;
        let mut out = BufWriter::new(&mut file);
        self.workbook.save_to_writer(&mut out)?;
        out.flush()?;
        drop(out);
        let mut file = match inspect(&mut file).map_err(|fault| fault.reason) {
            Ok(_) => file,
            // The same long text in every row packs like a zip bomb.
            Err(Reason::TooDense { .. }) => {
                store(&mut file).map_err(|error| WriteError::Workbook(error.to_string()))?
            }
            Err(Reason::TooLarge { .. }) => return Err(too_large()),
            Err(reason) => return Err(WriteError::Workbook(reason.to_string())),
        };
        file.rewind()?;
        Ok(file)
    }

    fn filter(&mut self) -> Result<(), WriteError> {
        let rows = self.filtered.unwrap_or(self.rows);
        let columns = u16::try_from(self.digits.len()).unwrap_or(u16::MAX);
        if let (1.., Some(last)) = (rows, columns.checked_sub(1)) {
            self.sheet.autofilter(0, 0, rows, last)?;
        }
        Ok(())
    }

    fn write_text(&mut self, column: u16, text: &str) -> Result<(), WriteError> {
        let text = clean(text)?;
        self.bytes += text.len() as u64;
        if is_formula_like(&text) {
            self.sheet.write_string_with_format(self.rows, column, text, &self.formats.formula_like)?;
        } else if !text.is_empty() {
            self.sheet.write_string_with_format(self.rows, column, text, &self.formats.text)?;
        }
        Ok(())
    }

    fn write_number(&mut self, column: u16, number: Number<'_>) -> Result<(), WriteError> {
        let digits = self.digits.get(usize::from(column)).copied().unwrap_or(Digits::Plain);
        let format = self.formats.number(digits, number.decimals()).filter(|_| number.fits_spreadsheet());
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
                self.sheet.write_datetime_with_format(self.rows, column, day, &self.formats.day)?;
                Ok(())
            }
            None => self.write_text(column, &date.to_string()),
        }
    }

    fn write_moment(&mut self, column: u16, moment: DateTime) -> Result<(), WriteError> {
        let time = moment.time();
        let at = excel_date(moment.date()).and_then(|day| {
            day.and_hms(time.hour().try_into().ok()?, time.minute().try_into().ok()?, time.second()).ok()
        });
        match at {
            Some(at) => {
                self.sheet.write_datetime_with_format(self.rows, column, at, &self.formats.moment)?;
                Ok(())
            }
            None => self.write_text(column, &moment.strftime("%Y-%m-%d %H:%M:%S").to_string()),
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

/// The same zip file without packing.
fn store(file: &mut File) -> zip::result::ZipResult<File> {
    file.rewind()?;
    let mut from = ZipArchive::new(io::BufReader::new(file))?;
    let mut to = ZipWriter::new(BufWriter::new(tempfile::tempfile()?));
    for index in 0..from.len() {
        let mut part = from.by_index(index)?;
        let name = part.name()?.into_owned();
        to.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
        io::copy(&mut part, &mut to)?;
    }
    Ok(to.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?)
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
        let heading = Heading { name: "a", width: 9, digits: Digits::Plain };
        let mut writer = Writer::new("Sheet1", &[heading], Patterns::ISO).unwrap();
        writer.bytes = INFLATED - 3;
        writer.write(&[Cell::Text("abc")]).unwrap();
        assert!(matches!(writer.write(&[Cell::Text("d")]), Err(WriteError::TooLarge { .. })));

        let mut writer = Writer::new("Sheet1", &[heading], Patterns::ISO).unwrap();
        writer.rows = WORKBOOK_ROWS - 1;
        writer.write(&[Cell::Blank]).unwrap();
        assert!(matches!(writer.write(&[Cell::Blank]), Err(WriteError::TooManyRows { .. })));
    }
}
