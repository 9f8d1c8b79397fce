//! The folders of files that are no part of the database: on their way in, and made for somebody.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// Where files lie. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Files that are being imported; emptied at every start.
    pub uploads: PathBuf,
    /// Files that were made and wait for who asked for them.
    pub exports: PathBuf,
}

impl Places {
    /// Both folders beside each other: `PATH.uploads` and `PATH.exports`.
    pub fn beside(path: &str) -> Self {
        Self {
            uploads: PathBuf::from(format!("{path}.uploads")),
            exports: PathBuf::from(format!("{path}.exports")),
        }
    }

    /// Both in a folder.
    pub fn within(folder: &Path) -> Self {
        Self { uploads: folder.join("uploads"), exports: folder.join("exports") }
    }

    /// The folder of exports, which is made where it is not there. Nobody else on the machine looks into it.
    pub(crate) fn exports(&self) -> Result<&Path> {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.exports);
        made.map_err(|wrong| Error::Internal(format!("{}: {wrong}", self.exports.display())))?;
        Ok(&self.exports)
    }
}
