//! One row in a buffer that is used again for the next one. What a row must look like lives in
//! [`crate::Sheet`].

use crate::limits::{CHARACTERS, COLUMNS};
use crate::refusal::Reason;

/// The fields of one row. Make one and pass it to [`crate::Sheet::next`] again and again.
#[derive(Debug, Clone, Default)]
pub struct Record {
    pub(crate) row: u64,
    pub(crate) line: u64,
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// An empty buffer.
    pub fn new() -> Self {
        Self::default()
    }

    /// The row from 1 as a spreadsheet program numbers it: the header and blank rows count.
    pub fn row(&self) -> u64 {
        self.row
    }

    /// The text of the field at a position from 0; empty for a blank field and beyond the last one.
    pub fn field(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or_default() };
        self.ends.get(index).map_or("", |end| &self.text[start..*end])
    }

    /// All fields from the left.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|index| self.field(index))
    }

    /// Whether there is nothing but spaces.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn resize(&mut self, fields: usize) {
        self.ends.resize(fields, self.text.len());
        self.text.truncate(self.ends.last().copied().unwrap_or_default());
    }

    pub(crate) fn begin(&mut self, row: u64, line: u64) {
        self.text.clear();
        self.ends.clear();
        (self.row, self.line) = (row, line);
    }

    /// Adds to the field that has begun. Fails early, so that a runaway field cannot fill the memory.
    pub(crate) fn push(&mut self, part: &str) -> Result<(), Reason> {
        self.text.push_str(part);
        if self.text.len() - self.start() > CHARACTERS * 4 { Err(too_long()) } else { Ok(()) }
    }

    /// The text of the field that has begun.
    pub(crate) fn open_field(&self) -> &str {
        &self.text[self.start()..]
    }

    /// Drops the first byte of the field that has begun, which must be ASCII.
    pub(crate) fn drop_first(&mut self) {
        let start = self.start();
        self.text.remove(start);
    }

    /// Ends the field. Blank fields beyond the last allowed column are not kept.
    pub(crate) fn end_field(&mut self) -> Result<(), Reason> {
        let field = self.open_field();
        if field.len() > CHARACTERS && field.encode_utf16().count() > CHARACTERS {
            return Err(too_long());
        }
        if self.ends.len() < COLUMNS {
            self.ends.push(self.text.len());
        } else if !field.is_empty() {
            return Err(Reason::TooManyColumns { limit: COLUMNS });
        }
        Ok(())
    }

    /// The text of all fields and where each ends.
    pub(crate) fn parts(&self) -> (&str, &[usize]) {
        (&self.text, &self.ends)
    }

    /// The reverse of [`Record::parts`]; `None` where an end lies outside the text or inside a character.
    pub(crate) fn fill(&mut self, text: &str, ends: impl Iterator<Item = usize>) -> Option<()> {
        self.text.push_str(text);
        for end in ends {
            if end < self.start() || !self.text.is_char_boundary(end) {
                return None;
            }
            self.ends.push(end);
        }
        Some(())
    }

    fn start(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }
}

fn too_long() -> Reason {
    Reason::TooLong { limit: CHARACTERS }
}

/// The first place of a character that no cell may hold, and what it is: a control character other than
/// tab and line breaks, or a byte order mark.
pub(crate) fn unwanted_character(text: &str) -> Option<(usize, Reason)> {
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7F;
    // Block by block without an early end, so that the compiler can look at many bytes at once.
    let block = text
        .as_bytes()
        .chunks(1024)
        .position(|block| block.iter().fold(false, |found, byte| found | is_control(*byte)));
    let control = block.and_then(|block| {
        let start = block * 1024;
        let (at, byte) = text.bytes().enumerate().skip(start).find(|(_, byte)| is_control(*byte))?;
        Some((at, Reason::ControlCharacter { code: u32::from(byte) }))
    });
    let clean = control.as_ref().map_or(text.len(), |(at, _)| *at);
    let mark = memchr::memmem::find(&text.as_bytes()[..clean], "\u{FEFF}".as_bytes());
    mark.map(|at| (at, Reason::ByteOrderMark)).or(control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_without_end_is_refused_before_it_fills_the_memory() {
        let mut record = Record::new();
        let piece = "x".repeat(1 << 16);
        assert!(record.push(&piece).is_ok());
        assert_eq!(record.push(&piece), Err(too_long()));
    }

    #[test]
    fn what_the_child_sends_is_not_believed() {
        let mut record = Record::new();
        assert!(record.fill("王", [3].into_iter()).is_some());
        for ends in [vec![2], vec![4], vec![3, 0]] {
            record.begin(1, 1);
            assert!(record.fill("王", ends.into_iter()).is_none());
        }
    }
}
