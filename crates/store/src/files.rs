//! Contents of files, each once, by SHA-256, in pieces. What they hang on is in [`crate::attachments`].

use crate::{Read, Result, Value, Write};

/// Bytes of a piece; only the last one of a file is shorter. A file passes through memory piece by piece.
pub const PIECE: usize = 256 << 10;

/// Whether a content was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It is new: its pieces are to be written.
    New,
    /// It is there, whole.
    Before,
}

/// Holds a content until the end of the transaction and for a while after it, so that [`sweep`] does not take it away
/// meanwhile: whoever holds it has its row.
pub fn hold(tx: &mut Write, sha256: &str, bytes: i64, now: i64) -> Result<Held> {
    loop {
        let made = tx.change(
            "insert into file (sha256, bytes, kept_at) values ($1, $2, $3) on conflict (sha256) do nothing",
            &[sha256.into(), bytes.into(), now.into()],
        )?;
        if made == 1 {
            return Ok(Held::New);
        }
        // A sweep that was faster has taken it away by now: then it is new after all.
        if keep(tx, sha256, now)? {
            return Ok(Held::Before);
        }
    }
}

/// Notes that a content was held until now. Answers `false` where there is none.
pub fn keep(tx: &mut Write, sha256: &str, now: i64) -> Result<bool> {
    let values = [sha256.into(), now.into()];
    let touched = tx.change(
        "update file set kept_at = case when kept_at < $2 then $2 else kept_at end where sha256 = $1",
        &values,
    )?;
    Ok(touched == 1)
}

/// Writes a piece of a new content; they are numbered from 0.
pub fn write(tx: &mut Write, sha256: &str, number: i64, piece: &[u8]) -> Result<()> {
    tx.change(
        "insert into file_chunk (sha256, number, content) values ($1, $2, $3)",
        &[sha256.into(), number.into(), Value::Bytes(piece)],
    )?;
    Ok(())
}

/// A piece of a content; `None` behind its end.
pub fn piece(tx: &mut Read, sha256: &str, number: i64) -> Result<Option<Vec<u8>>> {
    tx.first(
        "select content from file_chunk where sha256 = $1 and number = $2",
        &[sha256.into(), number.into()],
        |row| row.bytes(0),
    )
}

/// Every content with its size, by hash.
pub fn all(tx: &mut Read) -> Result<Vec<(String, i64)>> {
    tx.all("select sha256, bytes from file order by sha256", &[], |row| Ok((row.text(0)?, row.int(1)?)))
}

/// Lets go of at most `limit` contents that nothing holds and nobody held since an instant; says how many.
///
/// On PostgreSQL somebody may attach one of them meanwhile. They hold its row, so that this waits for them and then finds
/// it kept since; the reference of the attachment would refuse it in any case.
pub fn sweep(tx: &mut Write, since: i64, limit: i64) -> Result<u64> {
    tx.change(
        "delete from file where kept_at < $1 and sha256 in (
           select f.sha256 from file f
           where f.kept_at < $1 and not exists (select 1 from attachment a where a.held = f.sha256)
           order by f.kept_at, f.sha256 limit $2)",
        &[since.into(), limit.into()],
    )
}
