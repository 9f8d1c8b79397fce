//! A backup into a database, all of it or nothing: the tables as they were, compared, then migrated, without what must
//! not come back to life.

use std::path::Path;

use dacheng_store::backup::{Cell, LeftOut, Table, append, clear, is_empty, leave_out, tables};
use dacheng_store::{Store, Write, migrate};

use super::archive::{Archive, check};
use super::manifest::{Manifest, Part};
use super::rows;
use crate::facts::undo::discard_all;
use crate::{Error, Result, exports};

/// Rows that are held at once, and bytes of their lines: pieces of files are large.
const AT_ONCE: (usize, usize) = (2_000, 4 << 20);

/// What may be in the database before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    Empty,
    /// Anything; it is lost.
    Replaced,
}

/// What came of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// What was left out of it.
    pub left_out: LeftOut,
    /// Imports that were under way, whose files are in no backup: they are discarded.
    pub imports: usize,
}

/// Restores a backup in one transaction. A damaged one, one of a newer program, and a database that holds something are
/// refused.
pub fn restore(store: &Store, path: &Path, target: Target) -> Result<Restored> {
    let manifest = check(path)?;
    let (found, known) = (manifest.migration, migrate::known());
    if found > known {
        return Err(dacheng_store::Error::Newer { found, known }.into());
    }
    let mut tx = store.write()?;
    if target == Target::Empty && !is_empty(&mut tx)? {
        let told = "the database is not empty: give another one, or --replace everything".to_owned();
        return Err(Error::Refused(vec![told]));
    }
    clear(&mut tx)?;
    migrate::within(&mut tx, manifest.migration)?;
    let made = tables(&mut tx)?;
    let (mut archive, _) = Archive::open(path)?;
    for part in &manifest.tables {
        let table =
            made.iter().find(|table| part.fits(table)).ok_or_else(|| archive.damaged(&part.path()))?;
        fill(&mut tx, &mut archive, part, table)?;
    }
    migrate::within(&mut tx, known)?;
    // The moment of the backup is the last that this database knows of.
    let then = manifest.made_at.as_millisecond();
    let left_out = leave_out(&mut tx, then.saturating_sub(exports::KEPT))?;
    let imports = discard_all(&mut tx, then)?;
    tx.commit()?;
    Ok(Restored { manifest, left_out, imports })
}

/// Fills a table and reads it again: what stands there now is what was saved.
fn fill(tx: &mut Write, archive: &mut Archive, part: &Part, table: &Table) -> Result<()> {
    let damaged = archive.damaged(&part.path()).to_string();
    let (mut held, mut bytes): (Vec<Vec<Cell>>, usize) = (Vec::new(), 0);
    archive.lines(part, |line| {
        let row = rows::row(table, line).ok_or_else(|| Error::Refused(vec![damaged.clone()]))?;
        held.push(row);
        bytes += line.len();
        if held.len() >= AT_ONCE.0 || bytes >= AT_ONCE.1 {
            append(tx, table, &held)?;
            held.clear();
            bytes = 0;
        }
        Ok(())
    })?;
    append(tx, table, &held)?;
    if rows::each_line(tx, table, |_| Ok(()))? == (part.rows, part.sha256.clone()) {
        return Ok(());
    }
    Err(Error::Internal(format!("{}: the database does not hold what was saved", table.name)))
}
