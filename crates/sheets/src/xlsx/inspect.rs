//! A look at the zip file before a parser sees it: what it holds, and how large it really is.

use std::io::{BufReader, Read, Seek, SeekFrom};

use memchr::memmem;
use zip::ZipArchive;

use crate::limits::{INFLATED, PARTS, RATIO, RATIO_FREE};
use crate::refusal::{Fault, Kind, Reason};

/// What some part of the workbook contains, so that the pass that looks closer can be left out.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub formulas: bool,
    pub merged_cells: bool,
}

/// Inflates every part and counts, because declared sizes lie.
pub(crate) fn inspect(file: &mut (impl Read + Seek)) -> Result<Findings, Fault> {
    let size = file.seek(SeekFrom::End(0))?;
    if size > INFLATED {
        return Err(Reason::TooLarge { limit: INFLATED }.into());
    }
    check_part_count(file, size)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(Fault::damaged)?;
    check_kind(&mut archive)?;
    let mut findings = Findings::default();
    let mut total = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(Fault::damaged)?;
        let name = part.name().map_err(Fault::damaged)?.into_owned();
        let packed = part.compressed_size().min(size);
        total += look_through(&mut part, &name, &mut findings, |inflated| {
            check_size(inflated, packed).and(check_size(total + inflated, size))
        })?;
    }
    Ok(findings)
}

/// Reads the number of entries where the zip file ends, before anything is allocated for them.
fn check_part_count(file: &mut (impl Read + Seek), size: u64) -> Result<(), Fault> {
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(size.saturating_sub(22 + 0xFFFF)))?;
    file.read_to_end(&mut end)?;
    file.seek(SeekFrom::Start(0))?;
    let at = memmem::rfind(&end, b"PK\x05\x06").ok_or_else(|| Fault::damaged("the file is cut off"))?;
    let parts = end.get(at + 10..at + 12).and_then(|bytes| bytes.try_into().ok()).map(u16::from_le_bytes);
    let is_over = parts.is_none_or(|parts| u64::from(parts) > PARTS);
    if is_over { Err(Reason::TooManyParts { limit: PARTS }.into()) } else { Ok(()) }
}

/// Tells workbooks from other zip files by the names and the list of content types in it.
fn check_kind(archive: &mut ZipArchive<impl Read + Seek>) -> Result<(), Fault> {
    if archive.len() as u64 > PARTS {
        return Err(Reason::TooManyParts { limit: PARTS }.into());
    }
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(Fault::damaged)?;
        if part.encrypted() {
            return Err(wrong_kind(Kind::Encrypted));
        }
        names.push(part.name().map_err(Fault::damaged)?.to_ascii_lowercase());
    }
    let has = |end: &str| names.iter().any(|name| name.ends_with(end));
    if has("vbaproject.bin") {
        return Err(wrong_kind(Kind::Macros));
    }
    if has("xl/workbook.bin") {
        return Err(wrong_kind(Kind::Xlsb));
    }
    if has("meta-inf/manifest.xml") && has("content.xml") {
        return Err(wrong_kind(Kind::OpenDocument));
    }
    let types = names.iter().position(|name| name == "[content_types].xml");
    let types = types.ok_or_else(|| wrong_kind(Kind::OtherZip))?;
    let mut text = Vec::new();
    let part = archive.by_index(types).map_err(Fault::damaged)?;
    part.take(RATIO_FREE).read_to_end(&mut text).map_err(Fault::damaged)?;
    let has = |mark: &[u8]| memmem::find(&text, mark).is_some();
    if has(b"macroEnabled") {
        return Err(wrong_kind(Kind::Macros));
    }
    if has(b"spreadsheetml.sheet.main") || has(b"spreadsheetml.template.main") {
        return Ok(());
    }
    Err(wrong_kind(Kind::OtherZip))
}

fn wrong_kind(kind: Kind) -> Fault {
    Reason::WrongKind { kind }.into()
}

fn check_size(inflated: u64, packed: u64) -> Result<(), Reason> {
    if inflated > INFLATED {
        return Err(Reason::TooLarge { limit: INFLATED });
    }
    if inflated > RATIO_FREE && inflated / RATIO > packed {
        return Err(Reason::TooDense { limit: RATIO });
    }
    Ok(())
}

/// Inflates one part to its end, as long as its size so far is accepted, and gives the size.
fn look_through(
    part: &mut impl Read,
    name: &str,
    findings: &mut Findings,
    check: impl Fn(u64) -> Result<(), Reason>,
) -> Result<u64, Fault> {
    /// Long enough for every mark to be found across two pieces.
    const OVERLAP: usize = 16;
    let lower = name.to_ascii_lowercase();
    let extension = lower.rsplit('.').next().unwrap_or_default();
    // Custom XML is foreign and never read.
    let is_xml = matches!(extension, "xml" | "rels") && !lower.starts_with("customxml/");
    let mut window = vec![0; 64 * 1024];
    let (mut kept, mut inflated) = (0, 0);
    loop {
        let read = part.read(&mut window[kept..]).map_err(Fault::damaged)?;
        if read == 0 {
            return Ok(inflated);
        }
        inflated += read as u64;
        check(inflated)?;
        let filled = kept + read;
        if is_xml {
            look_at(&window[..filled], name, findings)?;
        }
        kept = filled.min(OVERLAP);
        window.copy_within(filled - kept..filled, 0);
    }
}

/// Marks are searched for as bytes: a part in UTF-16, in which they would not be found, has NULs and is
/// refused. A false find only costs a closer look.
fn look_at(xml: &[u8], name: &str, findings: &mut Findings) -> Result<(), Fault> {
    let has = |mark: &[u8]| memmem::find(xml, mark).is_some();
    if memchr::memchr(0, xml).is_some() {
        return Err(Fault::damaged(format_args!("the part {name} is not UTF-8")));
    }
    if has(b"<!DOCTYPE") {
        let part = name.chars().take(200).collect();
        return Err(Reason::DocumentType { part }.into());
    }
    findings.merged_cells |= has(b"mergeCell ");
    findings.formulas |= [b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/"].iter().any(|mark| has(*mark));
    Ok(())
}
