//! The text of a file, decoded piece by piece into one small buffer. What the text means lives in
//! `records`.

use std::fs::File;
use std::io::Read;

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::options::Encoding;
use crate::record::unwanted_character;
use crate::refusal::Reason;

const CHUNK: usize = 64 * 1024;

/// Decoded text up to the first character that cannot be accepted.
pub(crate) struct Source {
    file: File,
    encoding: Encoding,
    decoder: Decoder,
    raw: Box<[u8]>,
    text: String,
    /// Where the acceptable text ends, and why. Reading never goes beyond.
    stop: Option<(usize, Reason)>,
    ended: bool,
    read: u64,
    total: u64,
}

/// What [`Source::fill`] found.
pub(crate) enum Filled {
    More,
    End,
}

impl Source {
    /// Reads the first piece and drops a byte order mark at its beginning.
    pub fn open(file: File, encoding: Encoding) -> std::io::Result<Self> {
        let total = file.metadata()?.len();
        let decoder = match encoding {
            Encoding::Utf8 => UTF_8,
            Encoding::Gb18030 => GB18030,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
        }
        .new_decoder_with_bom_removal();
        let mut source = Self {
            file,
            encoding,
            decoder,
            raw: vec![0; CHUNK].into_boxed_slice(),
            text: String::new(),
            stop: None,
            ended: false,
            read: 0,
            total,
        };
        source.read_piece()?;
        Ok(source)
    }

    /// The acceptable text in the buffer.
    pub fn text(&self) -> &str {
        self.stop.as_ref().map_or(self.text.as_str(), |(at, _)| &self.text[..*at])
    }

    /// Bytes read and bytes in all.
    pub fn progress(&self) -> (u64, u64) {
        (self.read, self.total.max(self.read))
    }

    /// Forgets the text, which must have been used up, and reads on. Refuses where the text had to stop.
    pub fn fill(&mut self) -> Result<Filled, Reason> {
        loop {
            if let Some((_, reason)) = &self.stop {
                return Err(reason.clone());
            }
            if self.ended {
                return Ok(Filled::End);
            }
            self.text.clear();
            self.read_piece().map_err(|error| Reason::Unreadable { detail: error.to_string() })?;
            if !self.text().is_empty() {
                return Ok(Filled::More);
            }
        }
    }

    fn read_piece(&mut self) -> std::io::Result<()> {
        let read = self.file.read(&mut self.raw)?;
        self.read += read as u64;
        self.ended = read == 0;
        let room = self.decoder.max_utf8_buffer_length_without_replacement(read).unwrap_or(CHUNK * 4);
        self.text.reserve(room);
        let bytes = self.raw.get(..read).unwrap_or_default();
        let (result, _) =
            self.decoder.decode_to_string_without_replacement(bytes, &mut self.text, self.ended);
        if let DecoderResult::Malformed(..) = result {
            self.stop = Some((self.text.len(), Reason::NotText { encoding: self.encoding }));
        }
        if let Some(unwanted) = unwanted_character(&self.text) {
            self.stop = Some(unwanted);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use super::*;

    #[test]
    fn a_large_file_needs_no_more_memory_than_a_small_one() {
        let mut file = tempfile::tempfile().unwrap();
        for _ in 0..300 {
            file.write_all("12345,王芳,2026-08-01\n".repeat(1_000).as_bytes()).unwrap();
        }
        file.rewind().unwrap();
        let mut source = Source::open(file, Encoding::Utf8).unwrap();
        let (mut bytes, mut largest) = (source.text().len(), 0);
        while let Filled::More = source.fill().unwrap() {
            bytes += source.text().len();
            largest = largest.max(source.text.capacity());
        }
        assert_eq!(bytes, 300_000 * "12345,王芳,2026-08-01\n".len());
        assert!(largest < 5 * CHUNK, "{largest}");
    }
}
