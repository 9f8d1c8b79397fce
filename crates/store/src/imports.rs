//! Imports: one row each, from the first chunk to the undo. Their facts are in `facts`.
//!
//! An import is `writing` until one short transaction makes it `committed` at a change sequence; it may be
//! `withdrawn` later, or `refused`, `cancelled` or `discarded` before. Only committed ones count. One that came by a
//! page is `checking` and `checked` first: nothing of it is written then but this row.

use crate::{Error, Read, Result, Row, Value, Write, bulk, counter};

/// An import as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// The kind of fact, as in `interface.md`.
    pub kind: String,
    /// Where it stands.
    pub state: State,
    /// The file's name, `form` or `api`.
    pub source: String,
    /// SHA-256 of the file, hex, once it is read.
    pub sha256: Option<String>,
    /// The mapping used, as TOML.
    pub mapping: Option<String>,
    /// Who.
    pub actor: String,
    /// UTC milliseconds.
    pub started_at: i64,
    /// UTC milliseconds of commit, refusal, cancellation or discard.
    pub ended_at: Option<i64>,
    /// How far it is and what it found.
    pub counts: Counts,
    /// The change sequence at which its facts began to count.
    pub sequence: Option<i64>,
    /// The change sequence at which they ceased to.
    pub withdrawn: Option<i64>,
    /// UTC milliseconds of the undo.
    pub withdrawn_at: Option<i64>,
    /// Digest over its fact versions, hex.
    pub digest: Option<String>,
    /// Why it was refused, as JSON.
    pub problems: Option<String>,
    /// Bytes of the file.
    pub file_bytes: i64,
    /// Rows that could not be taken.
    pub bad: i64,
    /// What to compare with the source, as JSON.
    pub sums: Option<String>,
    /// The file that waits, by its name in the folder of uploads.
    pub upload: Option<String>,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A file that came in is being read; nothing is written.
    Checking,
    /// Everything in it could be taken; somebody is to say whether.
    Checked,
    /// Rows are being read and written; nobody sees them.
    Writing,
    /// Its facts count.
    Committed,
    /// Undone: its facts counted between two sequences.
    Withdrawn,
    /// A rule refused it; nothing counts.
    Refused,
    /// Somebody stopped it; nothing counts.
    Cancelled,
    /// The program ended while it was writing; nothing counts.
    Discarded,
}

impl State {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Checking, "checking"),
        (Self::Checked, "checked"),
        (Self::Writing, "writing"),
        (Self::Committed, "committed"),
        (Self::Withdrawn, "withdrawn"),
        (Self::Refused, "refused"),
        (Self::Cancelled, "cancelled"),
        (Self::Discarded, "discarded"),
    ];

    /// The word that is stored.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|(_, own)| *own == word);
        found.map(|(state, _)| *state).ok_or_else(|| Error::Stored(format!("import state {word}")))
    }
}

/// What an import has read and found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Bytes of the file read.
    pub bytes_done: i64,
    /// Bytes of the file.
    pub bytes_total: i64,
    /// Rows read.
    pub read: i64,
    /// Facts that were not there.
    pub added: i64,
    /// Facts that were there with other contents.
    pub changed: i64,
    /// Facts that were there just so.
    pub unchanged: i64,
    /// Rows the mapping's filter left out.
    pub skipped: i64,
}

pub(crate) const COLUMNS: &str = "id, kind, state, source, sha256, mapping, actor, started_at, ended_at, bytes_done, \
    bytes_total, rows_read, rows_added, rows_changed, rows_unchanged, rows_skipped, sequence, withdrawn, \
    withdrawn_at, digest, problems, file_bytes, rows_bad, sums, upload";

/// The columns of a list: without what may be long.
const LISTED: &str = "id, kind, state, source, sha256, null as mapping, actor, started_at, ended_at, bytes_done, \
    bytes_total, rows_read, rows_added, rows_changed, rows_unchanged, rows_skipped, sequence, withdrawn, \
    withdrawn_at, digest, null as problems, file_bytes, rows_bad, null as sums, upload";

pub(crate) fn import(row: &Row<'_>) -> Result<Import> {
    Ok(Import {
        id: row.int(0)?,
        kind: row.text(1)?,
        state: State::of(row.str(2)?)?,
        source: row.text(3)?,
        sha256: row.maybe_text(4)?,
        mapping: row.maybe_text(5)?,
        actor: row.text(6)?,
        started_at: row.int(7)?,
        ended_at: row.maybe_int(8)?,
        counts: Counts {
            bytes_done: row.int(9)?,
            bytes_total: row.int(10)?,
            read: row.int(11)?,
            added: row.int(12)?,
            changed: row.int(13)?,
            unchanged: row.int(14)?,
            skipped: row.int(15)?,
        },
        sequence: row.maybe_int(16)?,
        withdrawn: row.maybe_int(17)?,
        withdrawn_at: row.maybe_int(18)?,
        digest: row.maybe_text(19)?,
        problems: row.maybe_text(20)?,
        file_bytes: row.int(21)?,
        bad: row.int(22)?,
        sums: row.maybe_text(23)?,
        upload: row.maybe_text(24)?,
    })
}

/// Begins an import and gives it its number.
pub fn begin(
    tx: &mut Write,
    kind: &str,
    source: &str,
    mapping: Option<&str>,
    actor: &str,
    now: i64,
    bytes_total: i64,
) -> Result<i64> {
    let id = counter::next(tx, "import")?;
    tx.change(
        "insert into import (id, kind, state, source, mapping, actor, started_at, bytes_done, bytes_total,
           file_bytes, rows_read, rows_added, rows_changed, rows_unchanged, rows_skipped, rows_bad)
         values ($1, $2, 'writing', $3, $4, $5, $6, 0, $7, $7, 0, 0, 0, 0, 0, 0)",
        &[
            id.into(),
            kind.into(),
            source.into(),
            mapping.into(),
            actor.into(),
            now.into(),
            bytes_total.into(),
        ],
    )?;
    Ok(id)
}

/// Moves an import from one state to the next, neither of which ends it. Answers `false` where it stands elsewhere.
pub fn step(tx: &mut Write, id: i64, from: State, to: State) -> Result<bool> {
    let touched = tx.change(
        "update import set state = $3 where id = $1 and state = $2",
        &[id.into(), from.word().into(), to.word().into()],
    )?;
    Ok(touched == 1)
}

/// Records how far it is. Answers `false` where it is no longer writing: somebody cancelled it.
pub fn progress(tx: &mut Write, id: i64, counts: &Counts) -> Result<bool> {
    progress_in(tx, id, State::Writing, counts)
}

/// Records how far an import is while it stands in a state. Answers `false` where it does no longer.
pub(crate) fn progress_in(tx: &mut Write, id: i64, state: State, counts: &Counts) -> Result<bool> {
    let touched = tx.change(
        "update import set bytes_done = $2, bytes_total = $3, rows_read = $4, rows_added = $5, rows_changed = $6,
           rows_unchanged = $7, rows_skipped = $8
         where id = $1 and state = $9",
        &[
            id.into(),
            counts.bytes_done.into(),
            counts.bytes_total.into(),
            counts.read.into(),
            counts.added.into(),
            counts.changed.into(),
            counts.unchanged.into(),
            counts.skipped.into(),
            state.word().into(),
        ],
    )?;
    Ok(touched == 1)
}

/// Makes a writing import count from `sequence` on. Answers `false` where it was no longer writing.
pub fn commit(
    tx: &mut Write,
    id: i64,
    sequence: i64,
    sha256: Option<&str>,
    digest: &str,
    now: i64,
) -> Result<bool> {
    let touched = tx.change(
        "update import set state = 'committed', sequence = $2, sha256 = $3, digest = $4, ended_at = $5
         where id = $1 and state = 'writing'",
        &[id.into(), sequence.into(), sha256.into(), digest.into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// Ends a writing import that settled something else than facts; no change sequence tells of it. Answers `false`
/// where it was no longer writing.
pub fn settled(tx: &mut Write, id: i64, sha256: &str, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update import set state = 'committed', sha256 = $2, ended_at = $3 where id = $1 and state = 'writing'",
        &[id.into(), sha256.into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// Ends a writing import without effect: `Refused`, `Cancelled` or `Discarded`.
pub fn end(tx: &mut Write, id: i64, state: State, problems: Option<&str>, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update import set state = $2, problems = $3, ended_at = $4 where id = $1 and state = 'writing'",
        &[id.into(), state.word().into(), problems.into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// Ends an import that does not count yet, at whatever step it is: `Cancelled` or `Discarded`. Answers `false` where
/// it has ended.
pub fn stop(tx: &mut Write, id: i64, state: State, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update import set state = $2, ended_at = $3, upload = null
         where id = $1 and state in ('checking', 'checked', 'writing')",
        &[id.into(), state.word().into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// Undoes a committed import from `sequence` on. Answers `false` where it was not committed.
pub fn withdraw(tx: &mut Write, id: i64, sequence: i64, actor: &str, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update import set state = 'withdrawn', withdrawn = $2, withdrawn_by = $3, withdrawn_at = $4
         where id = $1 and state = 'committed'",
        &[id.into(), sequence.into(), actor.into(), now.into()],
    )?;
    Ok(touched == 1)
}

/// One import.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Import>> {
    tx.first(&format!("select {COLUMNS} from import where id = $1"), &[id.into()], |row| import(&row))
}

/// The newest imports below `before`, newest first, without mappings, problems and sums.
pub fn newest(tx: &mut Read, before: Option<i64>, limit: i64) -> Result<Vec<Import>> {
    tx.all(
        &format!("select {LISTED} from import where id < $1 order by id desc limit $2"),
        &[Value::Int(before.unwrap_or(i64::MAX)), limit.into()],
        |row| import(&row),
    )
}

/// As [`newest`], of some kinds, `skip` of them left out.
pub fn page(
    tx: &mut Read,
    kinds: &[&str],
    before: Option<i64>,
    skip: i64,
    limit: i64,
) -> Result<Vec<Import>> {
    let listed = bulk::list(kinds.iter().copied());
    let of_kinds = bulk::third_keys(tx);
    tx.all(
        &format!(
            "select {LISTED} from import where id < $1 and kind in (select value from {of_kinds})
             order by id desc limit $2 offset $4"
        ),
        &[Value::Int(before.unwrap_or(i64::MAX)), limit.into(), Value::Text(&listed), skip.into()],
        |row| import(&row),
    )
}

/// How many imports of some kinds there are.
pub fn count(tx: &mut Read, kinds: &[&str]) -> Result<i64> {
    let listed = bulk::list(kinds.iter().copied());
    let of_kinds = bulk::third_keys(tx);
    let found = tx.first(
        &format!(
            "select count(*) from import where id > $1 and id < $2 and kind in (select value from {of_kinds})"
        ),
        &[Value::Int(0), Value::Int(i64::MAX), Value::Text(&listed)],
        |row| row.int(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// The imports that have not ended: after a start, those that a stopped program left behind.
pub fn unfinished(tx: &mut Read) -> Result<Vec<Import>> {
    tx.all(
        &format!("select {LISTED} from import where state in ('checking', 'checked', 'writing') order by id"),
        &[],
        |row| import(&row),
    )
}

/// The last change sequence an import was committed or withdrawn at, up to and at `instant` (UTC milliseconds):
/// what *as of* that instant reads.
pub fn sequence_at(tx: &mut Read, instant: i64) -> Result<i64> {
    let newest = tx.first(
        "select coalesce(max(number), 0) from (
           select sequence as number from import where sequence is not null and ended_at <= $1
           union all
           select withdrawn as number from import where withdrawn is not null and withdrawn_at <= $1) s",
        &[instant.into()],
        |row| row.int(0),
    )?;
    Ok(newest.unwrap_or(0))
}

/// The imports that began or ceased to count after a change sequence, with the rows each brought, in their order.
pub fn changed_since(tx: &mut Read, sequence: i64) -> Result<Vec<(i64, i64)>> {
    tx.all(
        "select id, rows_added + rows_changed from import where sequence > $1 or withdrawn > $1 order by id",
        &[sequence.into()],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )
}

/// Whether an import of one of these kinds was ever undone.
pub fn any_withdrawn(tx: &mut Read, kinds: &[&str]) -> Result<bool> {
    let withdrawn =
        tx.all("select distinct kind from import where state = 'withdrawn' order by kind", &[], |row| {
            row.text(0)
        })?;
    Ok(withdrawn.iter().any(|kind| kinds.contains(&kind.as_str())))
}

/// When facts of each kind last began to count, up to and at `until`; UTC milliseconds.
pub fn newest_by_kind(tx: &mut Read, until: i64) -> Result<Vec<(String, i64)>> {
    tx.all(
        "select kind, max(ended_at) from import
         where (state = 'committed' or withdrawn_at > $1) and ended_at <= $1 group by kind order by kind",
        &[until.into()],
        |row| Ok((row.text(0)?, row.int(1)?)),
    )
}
