//! The audit trail's rows, and the bytes of a leaf. Hashing and recording live in `app`.
//!
//! A leaf is these lines in UTF-8, each ended by one line feed:
//!
//! ```text
//! dacheng-audit-1
//! LEAF            decimal, from 1
//! AT              decimal, UTC milliseconds, with - before 1970
//! ACTOR
//! ACT
//! OBJECT
//! COMMITMENT      SHA-256 of the salt, a line feed and the detail, as 64 small hex digits
//! ```
//!
//! The salt is hex and the detail JSON on one line. No field has a line break ([`append`] refuses one), so that the
//! bytes can be read in one way only. A leaf's hash is SHA-256 of a 0 byte and these bytes, the leaf hash of
//! RFC 9162: a Merkle tree can be built over the leaves as they are. Who erases a detail erases its salt too, lest
//! the detail be guessed; the leaf holds without them.
//!
//! The entries alone show what was changed in an entry, and which was taken out before the last; the counter they are
//! numbered by, which of the newest are missing. They cannot show that the newest were taken off together with the
//! counter, nor that the whole trail was written anew with fitting hashes: that takes a signed head kept elsewhere.

use crate::{Error, Read, Result, Row, Value, Write};

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

/// Appends an entry. One with a line break is refused: its leaf could be read as another's.
pub fn append(tx: &mut Write, entry: &Entry) -> Result<()> {
    let Entry { actor, act, object, detail, salt, commitment, .. } = entry;
    let lines = [actor, act, object, salt, commitment].into_iter().chain(detail);
    if let Some(broken) = lines.into_iter().find(|line| line.contains('\n')) {
        return Err(Error::Stored(format!("a line break in an audit entry: {broken:?}")));
    }
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

/// The entries from the leaf `from` on, in order, at most `limit` of them.
pub fn from(tx: &mut Read, from: i64, limit: i64) -> Result<Vec<Entry>> {
    tx.all(
        &format!("select {COLUMNS} from audit where leaf >= $1 order by leaf limit $2"),
        &[from.into(), limit.into()],
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

/// Which entries are asked for; what is `None` is not asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// By whom: a name of the records. What a token did in that name is found too.
    pub actor: Option<&'a str>,
    /// What: the beginning of the act, as `plan.`.
    pub act: Option<&'a str>,
    /// To what, exactly.
    pub object: Option<&'a str>,
    /// From that instant on, UTC milliseconds.
    pub since: Option<i64>,
    /// Before that instant, UTC milliseconds.
    pub before: Option<i64>,
}

/// The newest entries that fit, below the entry `below`, newest first.
pub fn search(tx: &mut Read, filter: &Filter<'_>, below: Option<i64>, limit: i64) -> Result<Vec<Entry>> {
    tx.all(
        &format!(
            "select {COLUMNS} from audit
             where leaf < $1
               and (cast($2 as text) is null or actor = $2 or substr(actor, 1, length($2) + 2) = $2 || ' (')
               and (cast($3 as text) is null or substr(act, 1, length($3)) = $3)
               and (cast($4 as text) is null or object = $4)
               and at >= $5 and at < $6
             order by leaf desc limit $7"
        ),
        &[
            Value::Int(below.unwrap_or(i64::MAX)),
            filter.actor.into(),
            filter.act.into(),
            filter.object.into(),
            Value::Int(filter.since.unwrap_or(i64::MIN)),
            Value::Int(filter.before.unwrap_or(i64::MAX)),
            limit.into(),
        ],
        |row| entry(&row),
    )
}
