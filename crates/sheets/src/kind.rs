//! What a file is, told by its first bytes and never by its name. What is inside a zip file is told by
//! `xlsx::inspect`.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use crate::csv::encoding;
use crate::refusal::{Fault, Kind, Reason};

/// A file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// Text of some encoding.
    Text,
    /// A zip file, perhaps a workbook.
    Zip,
}

/// Looks at the beginning of the file and puts it back to its start.
pub(crate) fn tell(file: &mut File) -> Result<Container, Fault> {
    if !file.metadata()?.is_file() {
        return Err(Reason::WrongKind { kind: Kind::NotAFile }.into());
    }
    let mut head = Vec::new();
    file.by_ref().take(4096).read_to_end(&mut head)?;
    let found = match head.as_slice() {
        [] => Err(Reason::Empty),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Ok(Container::Zip),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Reason::WrongKind { kind: compound_kind(file, &head)? }),
        [b'%', b'P', b'D', b'F', ..] => Err(Reason::WrongKind { kind: Kind::Binary }),
        head if is_markup(head) => Err(Reason::WrongKind { kind: Kind::Markup }),
        head if encoding::utf16(head).is_none() && is_binary(head) => {
            Err(Reason::WrongKind { kind: Kind::Binary })
        }
        _ => Ok(Container::Text),
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(found?)
}

/// Files of Office 97–2003 and encrypted workbooks share a container; its directory names what is in it.
fn compound_kind(file: &mut File, head: &[u8]) -> std::io::Result<Kind> {
    let sector_bits = head.get(0x1E).copied().unwrap_or_default().min(12);
    let first = head.get(0x30..0x34).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
    file.seek(SeekFrom::Start((u64::from(first) + 1) << sector_bits))?;
    let mut directory = Vec::new();
    file.take(4096).read_to_end(&mut directory)?;
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_encrypted = memchr::memmem::find(&directory, &name).is_some();
    Ok(if is_encrypted { Kind::Encrypted } else { Kind::Xls })
}

fn is_markup(head: &[u8]) -> bool {
    let text = head.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(head).trim_ascii_start();
    ["<!doctype", "<html", "<head", "<meta", "<table", "<?xml"]
        .iter()
        .any(|tag| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes())))
}

/// More than one control character in 20 bytes. Three or fewer are better refused with their row and column.
fn is_binary(head: &[u8]) -> bool {
    let controls = head.iter().filter(|byte| matches!(byte, 0..=8 | 11 | 12 | 14..=31)).count();
    controls > 3 && controls * 20 > head.len()
}
