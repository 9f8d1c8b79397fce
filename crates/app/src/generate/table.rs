//! One file being written, row by row.

use std::fmt::Arguments;
use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::{Path, PathBuf};

use dacheng_domain::facts::kind::Kind;

/// A file of a kind. No text that is made here needs quotes.
pub struct Table {
    kind: Kind,
    path: PathBuf,
    file: BufWriter<File>,
    rows: u64,
}

impl Table {
    /// Begins `out/KIND.csv` with its header.
    pub fn begin(out: &Path, kind: Kind, header: &str) -> Result<Self> {
        let path = out.join(format!("{}.csv", kind.name()));
        let file = BufWriter::with_capacity(1 << 16, File::create(&path)?);
        let mut table = Self { kind, path, file, rows: 0 };
        writeln!(table.file, "{header}")?;
        Ok(table)
    }

    /// Writes a row.
    pub fn row(&mut self, cells: Arguments<'_>) -> Result<()> {
        self.rows += 1;
        self.file.write_fmt(cells)?;
        self.file.write_all(b"\n")
    }

    /// Writes out what is held, and answers the rows. A file without any is not left behind: an import refuses it.
    pub fn end(mut self) -> Result<(&'static str, u64)> {
        self.file.flush()?;
        if self.rows == 0 {
            std::fs::remove_file(&self.path)?;
        }
        Ok((self.kind.name(), self.rows))
    }
}
