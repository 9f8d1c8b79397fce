//! The directory of a ZIP archive, which says what an office file is. Nothing is unpacked: a bomb stays packed.

use std::io::{Read, Result, Seek, SeekFrom};

use super::{Media, Refusal};

/// The record at the end without its comment.
const END: usize = 22;
/// Bytes of a comment at most.
const LONGEST_COMMENT: usize = 0xffff;
/// Bytes of a directory at most: some 20 000 parts, far more than any document has.
const LARGEST: u64 = 2 << 20;
/// A part's line in the directory, without its name.
const LINE: usize = 46;

/// Where an archive's directory lies, as its end says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directory {
    start: u64,
    bytes: u64,
    parts: usize,
    /// Where the record at the end begins.
    end: u64,
}

/// The directory of what ends as an archive does: its comment reaches exactly to the end of the file.
pub fn directory(content: &mut (impl Read + Seek), length: u64) -> Result<Option<Directory>> {
    let most = (END + LONGEST_COMMENT) as u64;
    let from = length.saturating_sub(most);
    content.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    content.by_ref().take(most).read_to_end(&mut tail)?;
    let records = (0..tail.len().saturating_sub(END - 1)).rev();
    let is_end = |at: &usize| {
        tail[*at..].starts_with(b"PK\x05\x06") && usize::from(short(&tail, at + 20)) == tail.len() - at - END
    };
    Ok(records.into_iter().find(is_end).map(|at| Directory {
        start: long(&tail, at + 16).into(),
        bytes: long(&tail, at + 12).into(),
        parts: short(&tail, at + 10).into(),
        end: from + at as u64,
    }))
}

/// Whether an archive is an office document of this kind, without macros.
pub fn office(
    said: Media,
    content: &mut (impl Read + Seek),
    length: u64,
) -> Result<std::result::Result<Media, Refusal>> {
    let other = Ok(Err(Refusal::NotWhatItSays(said)));
    let Some(found) = directory(content, length)? else { return other };
    // The directory stands right before the end, so that nothing is hidden between or before them.
    if found.bytes > LARGEST || found.start.checked_add(found.bytes) != Some(found.end) {
        return other;
    }
    let Some(names) = names(content, found)? else { return other };
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let macros = |name: &String| {
        let name = name.to_ascii_lowercase();
        name.contains("vbaproject")
            || name.contains("vbadata")
            || name.contains("macrosheets/")
            || name.contains("activex/")
    };
    if names.iter().any(macros) {
        return Ok(Err(Refusal::Macros));
    }
    let main = match said {
        Media::Xlsx => "xl/workbook.xml",
        Media::Docx => "word/document.xml",
        Media::Pptx => "ppt/presentation.xml",
        Media::Pdf | Media::Png | Media::Jpeg | Media::Webp | Media::Csv | Media::Txt => return other,
    };
    Ok(if has("[Content_Types].xml") && has(main) { Ok(said) } else { Err(Refusal::NotWhatItSays(said)) })
}

/// The names of all parts, where the directory is whole.
fn names(content: &mut (impl Read + Seek), found: Directory) -> Result<Option<Vec<String>>> {
    content.seek(SeekFrom::Start(found.start))?;
    let mut lines = Vec::new();
    content.by_ref().take(found.bytes).read_to_end(&mut lines)?;
    let (mut names, mut rest) = (Vec::new(), lines.as_slice());
    while !rest.is_empty() {
        if rest.len() < LINE || !rest.starts_with(b"PK\x01\x02") {
            return Ok(None);
        }
        let name = usize::from(short(rest, 28));
        let after = LINE + name + usize::from(short(rest, 30)) + usize::from(short(rest, 32));
        let (Some(name), Some(next)) = (rest.get(LINE..LINE + name), rest.get(after..)) else {
            return Ok(None);
        };
        names.push(String::from_utf8_lossy(name).replace('\\', "/"));
        rest = next;
    }
    Ok((names.len() == found.parts).then_some(names))
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
}

fn long(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
