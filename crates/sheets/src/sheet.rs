//! A table with a header: blank rows skipped, widths checked, refusals given their full place. Where the
//! rows come from lives in `csv` and `xlsx`.

use std::fs::File;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::csv::Records;
use crate::kind::{self, Container};
use crate::options::ReadOptions;
use crate::record::Record;
use crate::refusal::{Column, Fault, Place, Reason, Refusal};
use crate::xlsx::Reader;

/// A file that is being read.
///
/// - The first row that is not blank is the header. Its names are trimmed; columns without a name at its
///   right end do not count.
/// - Rows with nothing but spaces are skipped, but they count in the row numbers.
/// - A CSV row must have a field for every column of the header; blank fields beyond are dropped, a value
///   there is refused.
pub struct Sheet {
    rows: Rows,
    file: String,
    name: Option<String>,
    others: Vec<OtherSheet>,
    header: Vec<String>,
    given: u64,
}

enum Rows {
    Csv(Box<Records>),
    Xlsx(Box<Reader>),
}

/// Another worksheet of the same workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherSheet {
    /// Its name.
    pub name: String,
    /// Whether a person sees it.
    pub visibility: Visibility,
}

/// Whether a person sees a worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visibility {
    /// It has a tab.
    Visible,
    /// It must be shown first.
    Hidden,
}

/// How far reading is: bytes of a CSV file, rows of a worksheet by its own statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Read so far.
    pub done: u64,
    /// In all, never less than `done`.
    pub total: u64,
}

/// Opens a file and reads its header. The kind of the file is told by its content.
///
/// ```no_run
/// use dacheng_sheets::{ChildCommand, ReadOptions, Record};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let reader = ChildCommand { program: std::env::current_exe()?, arguments: vec!["rows".into()] };
/// let mut sheet = dacheng_sheets::open("orders.csv".as_ref(), &ReadOptions::new(reader))?;
/// let amount = sheet.column("amount")?.ok_or("no column amount")?;
/// let mut record = Record::new();
/// while sheet.next(&mut record)? {
///     println!("row {}: {}", record.row(), record.field(amount));
/// }
/// # Ok(())
/// # }
/// ```
pub fn open(path: &Path, options: &ReadOptions) -> Result<Sheet, Refusal> {
    let file = options.name.clone().unwrap_or_else(|| {
        path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    });
    match open_rows(path, options) {
        Ok((rows, name, others)) => {
            let mut sheet = Sheet { rows, file, name, others, header: Vec::new(), given: 0 };
            sheet.header = read_header(&mut sheet.rows).map_err(|fault| sheet.refuse(fault))?;
            Ok(sheet)
        }
        Err(fault) => Err(refuse(&file, None, &[], fault)),
    }
}

fn open_rows(path: &Path, options: &ReadOptions) -> Result<(Rows, Option<String>, Vec<OtherSheet>), Fault> {
    let mut file = File::open(path)?;
    Ok(match kind::tell(&mut file)? {
        Container::Text => (Rows::Csv(Box::new(Records::open(file, options)?)), None, Vec::new()),
        Container::Zip => {
            let (reader, opening) = Reader::open(file, options)?;
            (Rows::Xlsx(Box::new(reader)), Some(opening.sheet), opening.others)
        }
    })
}

fn read_header(rows: &mut Rows) -> Result<Vec<String>, Fault> {
    let mut record = Record::new();
    while rows.read(&mut record)? {
        if !record.is_blank() {
            let mut header: Vec<String> = record.fields().map(|name| name.trim().to_owned()).collect();
            header.truncate(header.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1));
            return Ok(header);
        }
    }
    Err(Reason::Empty.into())
}

impl Sheet {
    /// The names in the header from the left; empty where a column has none.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The position of the column with a name. A name that stands in the header twice is refused here,
    /// so that a column which nobody asks for does no harm.
    pub fn column(&self, name: &str) -> Result<Option<usize>, Refusal> {
        let mut found = self.header.iter().enumerate().filter(|(_, other)| *other == name);
        let first = found.next().map(|(index, _)| index);
        match found.next() {
            None => Ok(first),
            Some((index, _)) => {
                let reason = Reason::AmbiguousColumn { name: name.to_owned() };
                let fault = Fault { row: None, line: None, column: Some(index), reason };
                Err(self.refuse(fault))
            }
        }
    }

    /// The name of the worksheet; `None` for CSV.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The worksheets that are not read, hidden ones too.
    pub fn others(&self) -> &[OtherSheet] {
        &self.others
    }

    /// Reads the next row that is not blank into the record, with exactly as many fields as the header;
    /// `false` at the end. A file without any such row is refused with [`Reason::NoRows`]. After a
    /// refusal there is nothing more to read.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, Refusal> {
        self.read(record).map_err(|fault| self.refuse(fault))
    }

    /// Where the field at a position of the record stands, for a complaint about its content.
    pub fn place(&self, record: &Record, column: usize) -> Place {
        let column = Column { index: column, name: self.header.get(column).cloned().unwrap_or_default() };
        Place {
            file: self.file.clone(),
            sheet: self.name.clone(),
            row: Some(record.row),
            line: (record.line != record.row).then_some(record.line),
            column: Some(column),
        }
    }

    /// How far reading is.
    pub fn progress(&self) -> Progress {
        let (done, total) = match &self.rows {
            Rows::Csv(records) => records.progress(),
            Rows::Xlsx(reader) => reader.progress(),
        };
        Progress { done, total }
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, Fault> {
        loop {
            if !self.rows.read(record)? {
                return if self.given > 0 { Ok(false) } else { Err(Reason::NoRows.into()) };
            }
            if !record.is_blank() {
                break;
            }
        }
        let (expected, found) = (self.header.len(), record.len());
        let fault = |column, reason| Fault { row: Some(record.row), line: Some(record.line), column, reason };
        if let Some(column) = (expected..found).find(|index| !record.field(*index).is_empty()) {
            return Err(fault(Some(column), Reason::ExtraField { expected }));
        }
        match self.rows {
            Rows::Csv(_) if found < expected => {
                return Err(fault(None, Reason::MissingFields { expected, found }));
            }
            // A worksheet does not store blank cells.
            Rows::Csv(_) | Rows::Xlsx(_) => record.resize(expected),
        }
        self.given += 1;
        Ok(true)
    }

    fn refuse(&self, fault: Fault) -> Refusal {
        refuse(&self.file, self.name.as_deref(), &self.header, fault)
    }
}

impl Rows {
    fn read(&mut self, record: &mut Record) -> Result<bool, Fault> {
        match self {
            Self::Csv(records) => records.read(record),
            Self::Xlsx(reader) => reader.read(record),
        }
    }
}

fn refuse(file: &str, sheet: Option<&str>, header: &[String], fault: Fault) -> Refusal {
    let place = Place {
        file: file.to_owned(),
        sheet: sheet.map(str::to_owned),
        row: fault.row,
        line: fault.line.filter(|line| fault.row != Some(*line)),
        column: fault
            .column
            .map(|index| Column { index, name: header.get(index).cloned().unwrap_or_default() }),
    };
    Refusal { place: Box::new(place), reason: fault.reason }
}
