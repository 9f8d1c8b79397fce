//! Whether a content is text: in any encoding, without bytes that only other files have, and no web page.

use std::io::{Read, Result, Seek};

/// Bytes looked at at once.
const PIECE: usize = 64 << 10;

/// Whether it is text. Only UTF-16, which says itself by its first two bytes, has zeros in it.
pub fn is_text(content: &mut (impl Read + Seek)) -> Result<bool> {
    content.rewind()?;
    let (mut piece, mut odd) = (Vec::with_capacity(PIECE), None);
    let (mut is_first, mut wide) = (true, None);
    loop {
        piece.clear();
        if content.by_ref().take(PIECE as u64).read_to_end(&mut piece)? == 0 {
            return Ok(odd.is_none());
        }
        let mut bytes = piece.as_slice();
        if is_first {
            wide = Wide::of(bytes);
            bytes = wide.map_or(bytes, |_| &bytes[2..]);
            if wide.is_none() && is_markup(bytes) {
                return Ok(false);
            }
            is_first = false;
        }
        let fits = match wide {
            None => bytes.iter().all(|byte| is_written(u16::from(*byte))),
            Some(wide) => wide.fits(&mut odd, bytes),
        };
        if !fits {
            return Ok(false);
        }
    }
}

/// The two orders of UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wide {
    Little,
    Big,
}

impl Wide {
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xfe, ..] => Some(Self::Little),
            [0xfe, 0xff, ..] => Some(Self::Big),
            _other => None,
        }
    }

    /// Whether the units of these bytes are written characters; a half one waits for the next bytes.
    fn fits(self, odd: &mut Option<u8>, bytes: &[u8]) -> bool {
        bytes.iter().all(|byte| match odd.take() {
            None => {
                *odd = Some(*byte);
                true
            }
            Some(first) => {
                let unit = match self {
                    Self::Little => u16::from_le_bytes([first, *byte]),
                    Self::Big => u16::from_be_bytes([first, *byte]),
                };
                is_written(unit)
            }
        })
    }
}

/// Tabs, ends of lines and pages, and everything above the controls.
const fn is_written(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0c | 0x0d) || (unit >= 0x20 && unit != 0x7f)
}

/// A web page, a drawing or a script of one, under the name of a text.
fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.trim_ascii_start() {
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
        _other => false,
    }
}
