//! A list as a file: columns and what the list is, then the rows as they come, one after the other, none of them kept.

use std::fs::File;
use std::io::{BufWriter, Seek as _, Write as _};

use dacheng_sheets::xlsx::Heading;
use dacheng_sheets::{Cell, WriteError, csv, xlsx};
use dacheng_text::Lang;

use super::format::patterns;
use super::{About, Column, Format, Value};
use crate::Error;

/// A list to be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is.
    pub about: About,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The row below all others; in workbooks only, as programs that read CSV would take it for one more.
    pub total: Option<Vec<Value>>,
}

/// A file that is written to its end. It has no name and is gone when it is closed.
#[derive(Debug)]
pub struct Written {
    /// The file, from its beginning.
    pub file: File,
    /// Its size.
    pub bytes: u64,
    /// Rows below the header, without the total.
    pub rows: u64,
}

impl Table {
    /// The name of the file.
    pub fn file_name(&self, format: Format) -> String {
        format!("{}.{}", self.about.file_name(), format.ending())
    }

    /// Writes the rows, in memory that does not depend on how many there are. The first row that fails ends it.
    pub fn write<E: From<Error>>(
        &self,
        lang: Lang,
        format: Format,
        rows: impl Iterator<Item = Result<Vec<Value>, E>>,
    ) -> Result<Written, E> {
        let mut sheet = Sheet::begin(self, lang, format).map_err(|wrong| refused(lang, &wrong))?;
        let mut count = 0;
        for row in rows {
            sheet.write(&row?).map_err(|wrong| refused(lang, &wrong))?;
            count += 1;
        }
        let file = sheet.finish(self, lang, count).map_err(|wrong| refused(lang, &wrong))?;
        let bytes = file.metadata().map_err(|wrong| Error::Internal(wrong.to_string()))?.len();
        Ok(Written { file, bytes, rows: count })
    }
}

/// A file in the making.
enum Sheet {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Xlsx(Box<xlsx::Writer>),
}

impl Sheet {
    fn begin(table: &Table, lang: Lang, format: Format) -> Result<Self, WriteError> {
        let names: Vec<String> = table.columns.iter().map(|column| column.heading(lang)).collect();
        match format {
            Format::Csv => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let out = BufWriter::new(tempfile::tempfile()?);
                Ok(Self::Csv(Box::new(csv::Writer::new(out, csv::Mark::ByteOrderMark, &names)?)))
            }
            Format::Xlsx => {
                let columns = table.columns.iter().zip(&names);
                let headings: Vec<Heading<'_>> = columns
                    .map(|(column, name)| Heading { name, width: column.width, digits: column.digits() })
                    .collect();
                let writer = xlsx::Writer::new(&table.about.sheet_name(), &headings, patterns(lang))?;
                Ok(Self::Xlsx(Box::new(writer)))
            }
        }
    }

    fn write(&mut self, row: &[Value]) -> Result<(), WriteError> {
        let cells: Vec<Cell<'_>> = row.iter().map(Value::cell).collect();
        match self {
            Self::Csv(writer) => writer.write(&cells),
            Self::Xlsx(writer) => writer.write(&cells),
        }
    }

    fn finish(self, table: &Table, lang: Lang, rows: u64) -> Result<File, WriteError> {
        match self {
            Self::Csv(writer) => {
                let mut out = writer.finish()?;
                out.flush()?;
                let mut file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
                file.rewind()?;
                Ok(file)
            }
            Self::Xlsx(mut writer) => {
                if let Some(total) = &table.total {
                    writer.total(&total.iter().map(Value::cell).collect::<Vec<_>>())?;
                }
                let lines = table.about.lines(lang, table, rows);
                writer.about(lang.exports().about(), &lines)?;
                writer.finish()
            }
        }
    }
}

/// Why there is no file. That there is too much for a workbook can be mended by who asked.
fn refused(lang: Lang, wrong: &WriteError) -> Error {
    match wrong {
        WriteError::TooManyRows { .. } | WriteError::TooLarge { .. } => {
            Error::refused(lang.exports().too_long())
        }
        WriteError::Io(_)
        | WriteError::Width { .. }
        | WriteError::TooManyColumns { .. }
        | WriteError::TooLong { .. }
        | WriteError::Workbook(_) => Error::Internal(wrong.to_string()),
    }
}
