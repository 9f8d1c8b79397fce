//! Finding out the encoding of a text file. Decoding lives in `source`.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use crate::options::Encoding;

/// Looks through the file and puts it back to its start.
///
/// The whole file is looked at, because a file may be plain ASCII for a megabyte before the first Chinese
/// name: valid UTF-8 to its end is UTF-8. Otherwise it is GB18030 if it looks like Chinese text in it;
/// if not, it is called UTF-8 and reading stops at the first invalid byte, with its row and column.
pub(crate) fn detect(file: &mut File) -> std::io::Result<Encoding> {
    let mut head = Vec::new();
    file.by_ref().take(CHUNK as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
        return Ok(Encoding::Utf8);
    }
    if let Some(encoding) = utf16(&head) {
        return Ok(encoding);
    }
    let mut tally = Tally::default();
    let mut chunk = Vec::with_capacity(CHUNK);
    loop {
        let kept = chunk.len();
        let read = file.by_ref().take((CHUNK - kept) as u64).read_to_end(&mut chunk)?;
        let rest = tally.add(&chunk);
        chunk.drain(..chunk.len() - rest);
        if read == 0 || tally.is_settled() {
            break;
        }
    }
    if !chunk.is_empty() {
        tally.invalid += 1;
        tally.add_pair(&chunk);
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(tally.encoding())
}

const CHUNK: usize = 64 * 1024;

/// UTF-16, by its mark or because many characters at even places are ASCII and a line ends. Text in
/// other encodings has no NUL.
pub(crate) fn utf16(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let units = || head.as_chunks::<2>().0.iter();
    let is_ascii = |unit: u16| matches!(unit, 9 | 10 | 13 | 32..=126);
    let low_first = units().filter(|unit| is_ascii(u16::from_le_bytes(**unit))).count();
    let high_first = units().filter(|unit| is_ascii(u16::from_be_bytes(**unit))).count();
    let (encoding, ascii, line_feed) = if low_first > high_first {
        (Encoding::Utf16Le, low_first, [b'\n', 0])
    } else {
        (Encoding::Utf16Be, high_first, [0, b'\n'])
    };
    let is_likely = ascii * 8 >= units().len() && units().any(|unit| *unit == line_feed);
    is_likely.then_some(encoding)
}

/// What was seen in the bytes so far.
#[derive(Default)]
struct Tally {
    /// Invalid sequences, read as UTF-8.
    invalid: usize,
    /// Characters of three or more bytes, read as UTF-8. Chance makes few of them from other encodings.
    long: usize,
    /// GB18030 pairs of two high bytes, of which Chinese text mostly consists.
    pairs: usize,
    /// High bytes followed by ASCII, of which Latin-1 text mostly consists.
    lone: usize,
}

impl Tally {
    /// Looks at the bytes and says how many at the end were left for later, because they may be the
    /// beginning of a character.
    fn add(&mut self, mut bytes: &[u8]) -> usize {
        loop {
            let (valid, error) = match std::str::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                    (std::str::from_utf8(valid).unwrap_or_default(), Some(error.error_len()))
                }
            };
            if !valid.is_ascii() {
                self.long += valid.bytes().filter(|byte| *byte >= 0xE0).count();
            }
            let after = bytes.get(valid.len()..).unwrap_or_default();
            match error {
                None => return 0,
                Some(None) => return after.len(),
                Some(Some(length)) => {
                    self.invalid += 1;
                    let eaten = self.add_pair(after).max(length);
                    bytes = after.get(eaten..).unwrap_or_default();
                }
            }
        }
    }

    /// Counts what stands at an invalid place and says how many bytes it has, read as GB18030.
    fn add_pair(&mut self, bytes: &[u8]) -> usize {
        match bytes {
            [_, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..] => 4,
            [_, 0x80..=0xFF, ..] => {
                self.pairs += 1;
                2
            }
            _ => {
                self.lone += 1;
                1
            }
        }
    }

    fn looks_chinese(&self) -> bool {
        self.invalid > self.long && self.pairs >= self.lone
    }

    /// Enough Chinese was seen: there is no need to look at the rest.
    fn is_settled(&self) -> bool {
        self.looks_chinese() && self.pairs > 1_000 && self.pairs > 4 * (self.long + self.lone)
    }

    fn encoding(&self) -> Encoding {
        if self.invalid > 0 && self.looks_chinese() { Encoding::Gb18030 } else { Encoding::Utf8 }
    }
}
