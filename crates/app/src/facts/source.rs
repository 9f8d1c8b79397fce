//! A file being read: rows parsed on a second thread and handed over in batches.

use std::path::Path;
use std::sync::mpsc::SyncSender;

use dacheng_domain::facts::entry::Entry;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::mapping::Mapping;
use dacheng_domain::facts::reader::RowReader;
use dacheng_sheets::{ChildCommand, ReadOptions, Record, Sheet};
use dacheng_store::bulk::CHUNK;
use dacheng_text::Lang;
use smol_str::SmolStr;

use super::problems::{MOST, RowProblem, Wrong};
use super::refusals;
use super::sums::Sums;
use crate::{Error, Result};

/// Rows handed over at once: a chunk, so that rows in order are one without being moved.
const BATCH: usize = CHUNK;

/// A row of the file that can be read.
pub struct Line {
    /// Its number, as a spreadsheet counts.
    pub row: u64,
    /// The key of its fact.
    pub key: SmolStr,
    /// What it says.
    pub entry: Entry,
}

/// How the keys of rows follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keys {
    /// Each lies behind all before it.
    #[default]
    Ascend,
    /// In no order, or some key twice.
    Mixed,
}

impl Keys {
    /// Of two parts of a file.
    #[must_use]
    pub fn and(self, next: Self) -> Self {
        match (self, next) {
            (Self::Ascend, Self::Ascend) => Self::Ascend,
            (Self::Mixed, _) | (_, Self::Mixed) => Self::Mixed,
        }
    }
}

/// What the reading thread hands over.
#[derive(Default)]
pub struct Batch {
    /// Rows that can be read.
    pub lines: Vec<Line>,
    /// How their keys follow each other, and those before.
    pub keys: Keys,
    /// What is wrong with the others.
    pub problems: Vec<RowProblem>,
    /// Rows the mapping leaves out.
    pub skipped: i64,
    /// Bytes of the file read so far.
    pub bytes_done: i64,
    /// Bytes of the file.
    pub bytes_total: i64,
    /// What the rows come to.
    pub sums: Sums,
}

/// An opened file with a reader for its kind.
pub struct Source {
    sheet: Sheet,
    reader: RowReader,
    lang: Lang,
}

/// Opens a file as facts of a kind. `mapping` is the text of a mapping file.
pub fn open(
    path: &Path,
    name: &str,
    kind: Kind,
    mapping: Option<&str>,
    workbooks: &ChildCommand,
    lang: Lang,
) -> Result<Source> {
    let say = lang.problems();
    let mapping = read_mapping(mapping, lang)?;
    let sheet = open_sheet(path, name, &mapping, workbooks, lang)?;
    let header: Vec<&str> = sheet.header().iter().map(String::as_str).collect();
    let reader = RowReader::new(kind, &header, &mapping).map_err(|unfit| {
        let said = |wrong| say.unfit(kind.name(), lang.refusals().said(name, refusals::unfit(wrong, lang)));
        Error::Refused(unfit.iter().map(said).collect())
    })?;
    Ok(Source { sheet, reader, lang })
}

/// A mapping, or what is wrong with its text. Everything is found out from the file where there is none.
pub fn read_mapping(text: Option<&str>, lang: Lang) -> Result<Mapping> {
    let wrong = |wrong: toml::de::Error| Error::refused(lang.problems().mapping(wrong.to_string()));
    text.map_or_else(|| Ok(Mapping::default()), |text| toml::from_str(text).map_err(wrong))
}

/// Opens a file as its mapping says.
pub(crate) fn open_sheet(
    path: &Path,
    name: &str,
    mapping: &Mapping,
    workbooks: &ChildCommand,
    lang: Lang,
) -> Result<Sheet> {
    let mut options = ReadOptions::new(workbooks.clone());
    options.name = Some(name.to_owned());
    options.sheet.clone_from(&mapping.sheet);
    let unfit =
        |wrong: dacheng_sheets::UnknownName| Error::refused(lang.problems().mapping(wrong.to_string()));
    options.encoding = mapping.encoding.as_deref().map(str::parse).transpose().map_err(unfit)?;
    let delimiter = mapping.delimiter.map(|delimiter| delimiter.to_string().parse());
    options.delimiter = delimiter.transpose().map_err(unfit)?;
    dacheng_sheets::open(path, &options).map_err(|refusal| refused(&refusal, lang))
}

/// A refusal of the file itself as an error.
pub(crate) fn refused(refusal: &dacheng_sheets::Refusal, lang: Lang) -> Error {
    Error::refused(refusals::refusal(refusal, lang))
}

impl Source {
    /// Columns of the file that no field takes.
    pub fn ignored(&self) -> &[String] {
        self.reader.ignored()
    }

    /// The column that fills a field, as the file names it; the field's name where no single one does.
    pub fn column_of(&self, field: &'static str) -> &str {
        self.reader.column_of(field)
    }

    /// The worksheet; `None` for CSV.
    pub fn sheet_name(&self) -> Option<String> {
        self.sheet.name().map(str::to_owned)
    }

    /// Reads to the end, handing over batches; stops early where nobody takes them any more.
    pub fn read(mut self, batches: &SyncSender<Result<Batch>>) {
        let mut batch = Batch::default();
        let mut problems = 0;
        let mut last = SmolStr::default();
        let mut record = Record::new();
        loop {
            match self.sheet.next(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(refusal) => {
                    let _ = batches.send(Err(refused(&refusal, self.lang)));
                    return;
                }
            }
            match self.reader.read(|column| record.field(column)) {
                Ok(Some(entry)) => {
                    batch.sums.add(&entry);
                    let key = SmolStr::from(entry.key());
                    if key <= last {
                        batch.keys = Keys::Mixed;
                    }
                    last.clone_from(&key);
                    batch.lines.push(Line { row: record.row(), key, entry });
                }
                Ok(None) => batch.skipped += 1,
                Err(found) if problems < MOST => {
                    problems += found.len();
                    let listed = |problem| Wrong::Cell(problem).at(Some(record.row()), self.lang);
                    batch.problems.extend(found.into_iter().map(listed));
                }
                Err(_) => {}
            }
            if batch.lines.len() >= BATCH {
                self.measure(&mut batch);
                let next = Batch { lines: Vec::with_capacity(BATCH), ..Batch::default() };
                if batches.send(Ok(std::mem::replace(&mut batch, next))).is_err() {
                    return;
                }
            }
        }
        self.measure(&mut batch);
        let _ = batches.send(Ok(batch));
    }

    fn measure(&self, batch: &mut Batch) {
        let progress = self.sheet.progress();
        batch.bytes_done = i64::try_from(progress.done).unwrap_or(i64::MAX);
        batch.bytes_total = i64::try_from(progress.total).unwrap_or(i64::MAX);
    }
}
