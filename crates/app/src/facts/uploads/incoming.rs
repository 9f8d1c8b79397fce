//! A file while it comes in, piece by piece, and when it is there.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::hash::hex;
use crate::{Error, Result};

/// The largest file that is imported, in bytes.
pub const MOST_BYTES: u64 = 64 << 20;

/// A file that is being sent. It is removed unless it arrives.
pub struct Incoming {
    file: File,
    place: Place,
    sha256: Sha256,
    bytes: u64,
    most: u64,
}

/// A file that arrived. It is removed unless an import takes it over.
#[derive(Debug)]
pub struct Received {
    place: Place,
    /// SHA-256, hex.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// Where a file lies, as long as it is wanted.
#[derive(Debug)]
struct Place {
    folder: PathBuf,
    name: String,
    kept: bool,
}

impl Place {
    fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_file(self.path());
        }
    }
}

impl Incoming {
    pub(crate) fn create(folder: &Path, name: String, most: u64) -> Result<Self> {
        let place = Place { folder: folder.to_owned(), name, kept: false };
        let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(place.path());
        let file = opened.map_err(|wrong| Error::Internal(format!("{}: {wrong}", place.path().display())))?;
        Ok(Self { file, place, sha256: Sha256::new(), bytes: 0, most })
    }

    /// Takes the next piece. Beyond what it may have nothing is kept any more; [`Incoming::is_too_large`] says so.
    pub fn write(&mut self, piece: &[u8]) -> Result<()> {
        self.bytes += piece.len() as u64;
        if self.is_too_large() {
            return Ok(());
        }
        self.sha256.update(piece);
        self.file.write_all(piece).map_err(|wrong| Error::Internal(wrong.to_string()))
    }

    /// Whether more came than may.
    pub fn is_too_large(&self) -> bool {
        self.bytes > self.most
    }

    /// The file is there.
    pub fn finish(self) -> Received {
        Received { place: self.place, sha256: hex(&self.sha256.finalize()), bytes: self.bytes }
    }
}

impl Received {
    pub(super) fn path(&self) -> PathBuf {
        self.place.path()
    }

    pub(super) fn name(&self) -> &str {
        &self.place.name
    }

    /// Its content, from the beginning.
    pub(crate) fn open(&self) -> Result<File> {
        let path = self.path();
        File::open(&path).map_err(|wrong| Error::Internal(format!("{}: {wrong}", path.display())))
    }

    /// Leaves the file to an import.
    pub(super) fn keep(mut self) {
        self.place.kept = true;
    }
}
