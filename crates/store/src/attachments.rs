//! Files that hang on something, by the word and the number of what they hang on. Their contents are in [`crate::files`].

use crate::{Read, Result, Row, Write, bulk, counter};

/// A file that hangs, or hung, on something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its number.
    pub id: i64,
    /// What it hangs on, as a word.
    pub subject: String,
    /// Which one.
    pub subject_id: i64,
    /// SHA-256 of the content, hex.
    pub sha256: String,
    /// Its name.
    pub name: String,
    /// What it is, as a word of the domain.
    pub media: String,
    /// Its size.
    pub bytes: i64,
    /// The log-in name of whoever attached it.
    pub actor: String,
    /// UTC milliseconds.
    pub attached_at: i64,
    /// When and by whom it was withdrawn.
    pub withdrawn: Option<(i64, String)>,
}

/// A file to be attached; its content is held already.
#[derive(Debug, Clone, Copy)]
pub struct New<'n> {
    /// What it hangs on.
    pub subject: (&'n str, i64),
    /// SHA-256 of the content, hex.
    pub sha256: &'n str,
    /// Its name.
    pub name: &'n str,
    /// What it is.
    pub media: &'n str,
    /// Its size.
    pub bytes: i64,
    /// Who.
    pub actor: &'n str,
    /// UTC milliseconds.
    pub now: i64,
}

const COLUMNS: &str =
    "id, subject, subject_id, sha256, name, media, bytes, actor, attached_at, withdrawn_at, withdrawn_by";

fn attachment(row: &Row<'_>) -> Result<Attachment> {
    Ok(Attachment {
        id: row.int(0)?,
        subject: row.text(1)?,
        subject_id: row.int(2)?,
        sha256: row.text(3)?,
        name: row.text(4)?,
        media: row.text(5)?,
        bytes: row.int(6)?,
        actor: row.text(7)?,
        attached_at: row.int(8)?,
        withdrawn: row.maybe_int(9)?.zip(row.maybe_text(10)?),
    })
}

/// Attaches a file. `None` where the same content hangs there already: see [`by_content`].
pub fn insert(tx: &mut Write, new: &New<'_>) -> Result<Option<i64>> {
    let id = counter::next(tx, "attachment")?;
    let made = tx.change(
        "insert into attachment (id, subject, subject_id, sha256, held, name, media, bytes, actor, attached_at)
         values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9) on conflict (subject, subject_id, held) do nothing",
        &[
            id.into(),
            new.subject.0.into(),
            new.subject.1.into(),
            new.sha256.into(),
            new.name.into(),
            new.media.into(),
            new.bytes.into(),
            new.actor.into(),
            new.now.into(),
        ],
    )?;
    Ok((made == 1).then_some(id))
}

/// One, also where it was withdrawn.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Attachment>> {
    tx.first(&format!("select {COLUMNS} from attachment where id = $1"), &[id.into()], |row| attachment(&row))
}

/// The one of a content that hangs on something.
pub fn by_content(tx: &mut Read, subject: (&str, i64), sha256: &str) -> Result<Option<Attachment>> {
    tx.first(
        &format!("select {COLUMNS} from attachment where subject = $1 and subject_id = $2 and held = $3"),
        &[subject.0.into(), subject.1.into(), sha256.into()],
        |row| attachment(&row),
    )
}

/// What hangs on some of a kind, oldest first.
pub fn of(tx: &mut Read, subject: &str, ids: &[i64]) -> Result<Vec<Attachment>> {
    let keys = bulk::first_keys(tx);
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    tx.all(
        &format!(
            "select {COLUMNS} from attachment where subject = $2 and held is not null
               and subject_id in (select cast(value as bigint) from {keys}) order by id"
        ),
        &[(&bulk::list(ids.iter().map(String::as_str))).into(), subject.into()],
        |row| attachment(&row),
    )
}

/// Withdraws one: its name and hash stay, its content is no longer held. Answers `false` where that was done before.
pub fn withdraw(tx: &mut Write, id: i64, actor: &str, now: i64) -> Result<bool> {
    let touched = tx.change(
        "update attachment set held = null, withdrawn_at = $2, withdrawn_by = $3 where id = $1 and held is not null",
        &[id.into(), now.into(), actor.into()],
    )?;
    Ok(touched == 1)
}
