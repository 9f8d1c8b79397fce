//! Files that came in by a page or a program: their import from the first byte until it is written or ended, and what
//! is kept of it for the next one. The life of an import as such is in [`crate::imports`].

use crate::imports::{COLUMNS, Counts, Import, State, import, progress_in, step};
use crate::{Read, Result, Write, counter};

/// A file that came in, before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'u> {
    /// The kind of fact.
    pub kind: &'u str,
    /// [`State::Checking`], or [`State::Writing`] where nobody is asked to confirm.
    pub state: State,
    /// The file's name, `form` or `api`.
    pub source: &'u str,
    /// SHA-256 of the file, hex.
    pub sha256: &'u str,
    /// The mapping used, as TOML.
    pub mapping: Option<&'u str>,
    /// Who.
    pub actor: &'u str,
    /// UTC milliseconds.
    pub now: i64,
    /// Bytes of the file.
    pub bytes: i64,
    /// The file, by its name in the folder of uploads.
    pub upload: &'u str,
    /// What tells a repeated request from another, where the sender said so.
    pub request: Option<&'u str>,
}

/// What an import came to before or without counting.
#[derive(Debug, Clone, Copy, Default)]
pub struct Findings<'f> {
    /// What it counted.
    pub counts: Counts,
    /// Rows that could not be taken.
    pub bad: i64,
    /// What is wrong, as JSON.
    pub problems: Option<&'f str>,
    /// What to compare with the source, as JSON.
    pub sums: Option<&'f str>,
}

/// Begins the import of a file that came in. `None` where the same request began one before: see [`by_request`].
pub fn receive(tx: &mut Write, upload: &Upload<'_>) -> Result<Option<i64>> {
    let id = counter::next(tx, "import")?;
    let touched = tx.change(
        "insert into import (id, kind, state, source, sha256, mapping, actor, started_at, bytes_done, bytes_total,
           file_bytes, rows_read, rows_added, rows_changed, rows_unchanged, rows_skipped, rows_bad, upload, request)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $9, 0, 0, 0, 0, 0, 0, $10, $11)
         on conflict (request) do nothing",
        &[
            id.into(),
            upload.kind.into(),
            upload.state.word().into(),
            upload.source.into(),
            upload.sha256.into(),
            upload.mapping.into(),
            upload.actor.into(),
            upload.now.into(),
            upload.bytes.into(),
            upload.upload.into(),
            upload.request.into(),
        ],
    )?;
    Ok((touched == 1).then_some(id))
}

/// Records how far a check is. Answers `false` where it is no longer checking: somebody cancelled it.
pub fn check_progress(tx: &mut Write, id: i64, counts: &Counts) -> Result<bool> {
    progress_in(tx, id, State::Checking, counts)
}

/// Ends a check: `Checked`, or `Refused` with its problems. Answers `false` where it was no longer checking.
pub fn found(tx: &mut Write, id: i64, state: State, found: &Findings<'_>, now: i64) -> Result<bool> {
    if !check_progress(tx, id, &found.counts)? {
        return Ok(false);
    }
    note(tx, id, found)?;
    if state == State::Checked {
        return step(tx, id, State::Checking, State::Checked);
    }
    let touched = tx.change(
        "update import set state = $2, ended_at = $3, upload = null where id = $1 and state = 'checking'",
        &[id.into(), state.word().into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// Notes what was found, whatever the state.
pub fn note(tx: &mut Write, id: i64, found: &Findings<'_>) -> Result<()> {
    tx.change(
        "update import set rows_bad = $2, problems = $3, sums = $4 where id = $1",
        &[id.into(), found.bad.into(), found.problems.into(), found.sums.into()],
    )?;
    Ok(())
}

/// The file of an import is no longer there.
pub fn forget_upload(tx: &mut Write, id: i64) -> Result<()> {
    tx.change("update import set upload = null where id = $1", &[id.into()])?;
    Ok(())
}

/// The import that a request began.
pub fn by_request(tx: &mut Read, request: &str) -> Result<Option<Import>> {
    tx.first(&format!("select {COLUMNS} from import where request = $1"), &[request.into()], |row| {
        import(&row)
    })
}

/// The newest committed imports of a kind that used a mapping, newest first.
pub fn mapped(tx: &mut Read, kind: &str, limit: i64) -> Result<Vec<Import>> {
    tx.all(
        &format!(
            "select {COLUMNS} from import where kind = $1 and mapping is not null and state = 'committed'
             order by id desc limit $2"
        ),
        &[kind.into(), limit.into()],
        |row| import(&row),
    )
}
