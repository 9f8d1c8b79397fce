//! Splitting text into rows and fields, strictly. Which rows a table may have lives in [`crate::Sheet`].
//!
//! The `csv` crate is not used for this: it reads `"a"b` as `ab` and takes the end of the file for a
//! missing quotation mark, so that one stray mark silently joins rows, and it grows a row without limit.
//! The tests compare with it wherever a file is well-formed.

use std::fs::File;

use memchr::{memchr, memchr3};

use super::source::{Filled, Source};
use super::{delimiter, encoding, is_formula_like};
use crate::options::ReadOptions;
use crate::record::Record;
use crate::refusal::{Fault, Reason};

/// The rows of a CSV file, blank ones and the header included.
pub(crate) struct Records {
    source: Source,
    delimiter: u8,
    /// The place in the text of the source.
    at: usize,
    /// The number of the last row, from 1.
    row: u64,
    /// Line breaks inside quoted fields so far.
    inner_lines: u64,
    /// The last row ended with a carriage return: a line feed belongs to it.
    skip_line_feed: bool,
}

/// What the next byte belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    RowStart,
    FieldStart,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted field: the end of it, or the first of two.
    AfterQuote,
}

impl Records {
    pub fn open(mut file: File, options: &ReadOptions) -> std::io::Result<Self> {
        let encoding = match options.encoding {
            Some(encoding) => encoding,
            None => encoding::detect(&mut file)?,
        };
        let source = Source::open(file, encoding)?;
        let delimiter = options.delimiter.unwrap_or_else(|| delimiter::detect(source.text())).byte();
        Ok(Self { source, delimiter, at: 0, row: 0, inner_lines: 0, skip_line_feed: false })
    }

    /// Bytes read and bytes in all.
    pub fn progress(&self) -> (u64, u64) {
        self.source.progress()
    }

    /// Reads a row; `false` at the end of the file. A row ends with LF, CRLF or CR.
    pub fn read(&mut self, record: &mut Record) -> Result<bool, Fault> {
        self.row += 1;
        record.begin(self.row, self.row + self.inner_lines);
        self.read_fields(record).map_err(|reason| Fault {
            row: Some(self.row),
            line: Some(record.line),
            column: Some(record.len()),
            reason,
        })
    }

    fn read_fields(&mut self, record: &mut Record) -> Result<bool, Reason> {
        let mut state = State::RowStart;
        loop {
            let rest = &self.source.text()[self.at..];
            let Some(&first) = rest.as_bytes().first() else {
                let filled = self.source.fill()?;
                self.at = 0;
                match filled {
                    Filled::More => continue,
                    Filled::End => return end_file(state, record),
                }
            };
            if std::mem::take(&mut self.skip_line_feed) && first == b'\n' {
                self.at += 1;
                continue;
            }
            match state {
                State::RowStart | State::FieldStart if first == b'"' => {
                    self.at += 1;
                    state = State::Quoted;
                }
                State::RowStart | State::FieldStart | State::Plain => {
                    let end = memchr3(self.delimiter, b'\n', b'\r', rest.as_bytes());
                    let part = &rest[..end.unwrap_or(rest.len())];
                    self.at += part.len();
                    record.push(part)?;
                    state = State::Plain;
                    if let Some(end) = end {
                        let ending = rest.as_bytes()[end];
                        self.at += 1;
                        end_field(record)?;
                        state = State::FieldStart;
                        if ending != self.delimiter {
                            self.skip_line_feed = ending == b'\r';
                            return Ok(true);
                        }
                    }
                }
                State::Quoted => {
                    let end = memchr(b'"', rest.as_bytes());
                    let part = &rest[..end.unwrap_or(rest.len())];
                    self.at += part.len();
                    self.inner_lines += part.bytes().filter(|byte| *byte == b'\n').count() as u64;
                    record.push(part)?;
                    if end.is_some() {
                        self.at += 1;
                        state = State::AfterQuote;
                    }
                }
                State::AfterQuote => match first {
                    b'"' => {
                        self.at += 1;
                        record.push("\"")?;
                        state = State::Quoted;
                    }
                    // An empty rest of a plain field ends this one.
                    b'\n' | b'\r' => state = State::Plain,
                    _ if first == self.delimiter => state = State::Plain,
                    _ => return Err(Reason::StrayQuote),
                },
            }
        }
    }
}

fn end_file(state: State, record: &mut Record) -> Result<bool, Reason> {
    match state {
        State::RowStart => Ok(false),
        State::Quoted => Err(Reason::OpenQuote),
        State::FieldStart | State::Plain | State::AfterQuote => {
            end_field(record)?;
            Ok(true)
        }
    }
}

fn end_field(record: &mut Record) -> Result<(), Reason> {
    let field = record.open_field();
    if field.starts_with('\'') && is_formula_like(field) {
        record.drop_first();
    }
    record.end_field()
}
