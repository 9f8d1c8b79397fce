//! The audit trail's rows. What a leaf is and how it is hashed lives in `app`.

use crate::{Read, Result, Row, Value, Write};

/// One entry, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place, from 1 without a gap.
    pub leaf: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What: `object kind.verb`.
    pub act: String,
    /// To what.
    pub object: String,
    /// Before, after and why as JSON; `None` once erased.
    pub detail: Option<String>,
    /// What the commitment is salted with, hex.
    pub salt: String,
    /// SHA-256 of salt and detail, hex.
    pub commitment: String,
    /// SHA-256 of the leaf, hex.
    pub leaf_hash: String,
}

const COLUMNS: &str = "leaf, at, actor, act, object, detail, salt, commitment, leaf_hash";

fn entry(row: &Row<'_>) -> Result<Entry> {
    Ok(Entry {
        leaf: row.int(0)?,
        at: row.int(1)?,
        actor: row.text(2)?,
        act: row.text(3)?,
        object: row.text(4)?,
        detail: row.maybe_text(5)?,
        salt: row.text(6)?,
        commitment: row.text(7)?,
        leaf_hash: row.text(8)?,
    })
}

/// Appends an entry.
pub fn append(tx: &mut Write, entry: &Entry) -> Result<()> {
    tx.change(
        &format!("insert into audit ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        &[
            entry.leaf.into(),
            entry.at.into(),
            (&entry.actor).into(),
            (&entry.act).into(),
            (&entry.object).into(),
            entry.detail.as_deref().into(),
            (&entry.salt).into(),
            (&entry.commitment).into(),
            (&entry.leaf_hash).into(),
        ],
    )?;
    Ok(())
}

/// Every entry in order.
pub fn each(tx: &mut Read, mut take: impl FnMut(Entry)) -> Result<()> {
    tx.each(&format!("select {COLUMNS} from audit order by leaf"), &[], |row| {
        take(entry(&row)?);
        Ok(())
    })
}

/// The newest entries below `before`, newest first, for a page of the list.
pub fn newest(tx: &mut Read, before: Option<i64>, limit: i64) -> Result<Vec<Entry>> {
    tx.all(
        &format!("select {COLUMNS} from audit where leaf < $1 order by leaf desc limit $2"),
        &[Value::Int(before.unwrap_or(i64::MAX)), limit.into()],
        |row| entry(&row),
    )
}

/// The newest entries about an object below `before`, newest first.
pub fn of_object(tx: &mut Read, object: &str, before: Option<i64>, limit: i64) -> Result<Vec<Entry>> {
    tx.all(
        &format!("select {COLUMNS} from audit where object = $1 and leaf < $2 order by leaf desc limit $3"),
        &[object.into(), Value::Int(before.unwrap_or(i64::MAX)), limit.into()],
        |row| entry(&row),
    )
}
