//! The file of a backup: its digest over everything, its parts, and the name of the part that is damaged.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::failed;
use super::manifest::{FORMAT, Manifest, Part};
use super::rows::Tally;
use crate::hash::hex;
use crate::{Error, Result};

/// The part that says what the others are.
pub const MANIFEST: &str = "manifest.json";
/// What stands before the digest at the end of the file.
pub const NOTE: &str = "dacheng backup, sha256 ";
/// Bytes of the digest as hex.
const DIGEST: u64 = 64;
/// Bytes of a manifest at most.
const LONGEST_MANIFEST: u64 = 1 << 20;

/// Puts the digest of everything before it into the last bytes of the file.
pub fn sign(file: &mut File) -> io::Result<()> {
    let digest = digest(file)?;
    file.seek(SeekFrom::End(-DIGEST.cast_signed()))?;
    file.write_all(digest.as_bytes())
}

/// SHA-256 of everything but the last bytes, hex.
fn digest(file: &mut File) -> io::Result<String> {
    let signed = file.metadata()?.len().saturating_sub(DIGEST);
    file.rewind()?;
    let (mut sha256, mut rest, mut piece) = (Sha256::new(), file.take(signed), vec![0; 1 << 16]);
    loop {
        let read = rest.read(&mut piece)?;
        if read == 0 {
            return Ok(hex(&sha256.finalize()));
        }
        sha256.update(&piece[..read]);
    }
}

/// A backup that is open.
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    said: String,
}

/// Reads a whole backup without restoring it: every byte is covered. Damage is refused by the name of the part.
pub fn check(path: &Path) -> Result<Manifest> {
    let said = path.display().to_string();
    let mut file = File::open(path).map_err(|wrong| Error::Usage(format!("{said}: {wrong}")))?;
    let signed = is_signed(&mut file).map_err(|wrong| failed(&said, wrong))?;
    let (mut archive, manifest) = Archive::open(path)?;
    for part in &manifest.tables {
        archive.lines(part, |_| Ok(()))?;
    }
    if signed { Ok(manifest) } else { Err(archive.damaged("the directory of the archive")) }
}

fn is_signed(file: &mut File) -> io::Result<bool> {
    let expected = digest(file)?;
    let mut last = Vec::new();
    let place = file.metadata()?.len().saturating_sub(DIGEST);
    file.seek(SeekFrom::Start(place))?;
    file.read_to_end(&mut last)?;
    Ok(last == expected.as_bytes())
}

impl Archive {
    /// Opens a backup and reads what it says of itself.
    pub fn open(path: &Path) -> Result<(Self, Manifest)> {
        let said = path.display().to_string();
        let file = File::open(path).map_err(|wrong| Error::Usage(format!("{said}: {wrong}")))?;
        let no_archive =
            |_| Error::Refused(vec![format!("{said}: no backup, or its end is damaged or missing")]);
        let zip = ZipArchive::new(BufReader::new(file)).map_err(no_archive)?;
        let mut archive = Self { zip, said };
        let manifest = archive.manifest()?;
        Ok((archive, manifest))
    }

    fn manifest(&mut self) -> Result<Manifest> {
        let mut text = String::new();
        let read = match self.zip.by_name(MANIFEST) {
            Ok(part) => part.take(LONGEST_MANIFEST).read_to_string(&mut text).is_ok(),
            Err(_) => false,
        };
        let manifest: Option<Manifest> = serde_json::from_str(&text).ok().filter(|_| read);
        let manifest = manifest.ok_or_else(|| self.damaged(MANIFEST))?;
        if manifest.format != FORMAT {
            let told =
                format!("{}: a backup of format {}, this program reads {FORMAT}", self.said, manifest.format);
            return Err(Error::Refused(vec![told]));
        }
        Ok(manifest)
    }

    /// Hands on the lines of a part, each with its line feed, and compares them with what the manifest says.
    pub fn lines(&mut self, part: &Part, mut take: impl FnMut(&str) -> Result<()>) -> Result<()> {
        let damaged = self.damaged(&part.path());
        let Ok(entry) = self.zip.by_name(&part.path()) else { return Err(damaged) };
        let (mut lines, mut line, mut tally) = (BufReader::new(entry), String::new(), Tally::default());
        loop {
            line.clear();
            match lines.read_line(&mut line) {
                Ok(0) => break,
                Ok(_) => tally.add(&line),
                Err(_) => return Err(damaged),
            }
            take(&line)?;
        }
        if tally.finish() == (part.rows, part.sha256.clone()) { Ok(()) } else { Err(damaged) }
    }

    /// The refusal of a damaged part.
    pub fn damaged(&self, part: &str) -> Error {
        Error::Refused(vec![format!("{}: {part} is damaged; nothing is restored", self.said)])
    }
}
