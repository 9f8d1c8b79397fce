//! Writing a backup while everybody works: one read transaction, one file that appears when it is whole.

use std::io::{BufWriter, Write};
use std::path::Path;

use dacheng_store::backup::{Kind, Table, migration, tables};
use dacheng_store::{Read, audit};
use tempfile::NamedTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::archive::{MANIFEST, NOTE, check, sign};
use super::manifest::{FORMAT, Head, Manifest, Part, columns};
use super::{failed, rows};
use crate::hash::hex;
use crate::{App, Error, Result};

/// Writes a backup and reads it back. A file that is there is refused, and nothing is left of one that fails.
pub fn save(app: &App, path: &Path) -> Result<Manifest> {
    let said = path.display().to_string();
    if path.exists() {
        return Err(Error::Refused(vec![format!("{said}: there is such a file; it is not overwritten")]));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(|wrong| failed(&said, wrong))?;
    let manifest = write(app, &mut app.store.read()?, &mut file)?;
    sign(file.as_file_mut()).map_err(|wrong| failed(&said, wrong))?;
    file.as_file().sync_all().map_err(|wrong| failed(&said, wrong))?;
    if check(file.path())? != manifest {
        return Err(Error::Internal(format!("{said}: what was read back is not what was written")));
    }
    match file.persist_noclobber(path) {
        Ok(_) => Ok(manifest),
        Err(wrong) => Err(failed(&said, wrong.error)),
    }
}

fn write(app: &App, tx: &mut Read, file: &mut NamedTempFile) -> Result<Manifest> {
    let broken = |wrong: zip::result::ZipError| failed("the backup cannot be written", wrong);
    let options = SimpleFileOptions::default().large_file(true);
    let mut archive = ZipWriter::new(BufWriter::new(file.as_file_mut()));
    let mut parts = Vec::new();
    for table in tables(tx)? {
        let part =
            Part { name: table.name.clone(), columns: columns(&table), rows: 0, sha256: String::new() };
        archive.start_file(part.path(), packed(&table, options)).map_err(broken)?;
        let (rows, sha256) = rows::each_line(tx, &table, |line| archive.write_all(line.as_bytes()))?;
        parts.push(Part { rows, sha256, ..part });
    }
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: app.clock.now(),
        migration: migration(tx)?,
        audit: head(tx)?,
        tables: parts,
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    archive.start_file(MANIFEST, options).map_err(broken)?;
    archive.write_all(&text).map_err(|wrong| failed("the backup cannot be written", wrong))?;
    archive.set_comment(format!("{NOTE}{}", hex(&[0; 32]))).map_err(broken)?;
    let mut buffer = archive.finish().map_err(broken)?;
    buffer.flush().map_err(|wrong| failed("the backup cannot be written", wrong))?;
    Ok(manifest)
}

/// Photos and documents are packed already: of their base64 only the quarter that it adds is worth taking away, and that
/// the least effort does.
fn packed(table: &Table, options: SimpleFileOptions) -> SimpleFileOptions {
    let holds_bytes = table.columns.iter().any(|column| column.kind == Kind::Bytes);
    if holds_bytes { options.compression_level(Some(1)) } else { options }
}

fn head(tx: &mut Read) -> Result<Head> {
    let newest = audit::search(tx, &audit::Filter::default(), None, 1)?.into_iter().next();
    Ok(newest.map_or_else(Head::default, |entry| Head { leaf: entry.leaf, leaf_hash: entry.leaf_hash }))
}
