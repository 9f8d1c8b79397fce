//! The audit trail: one entry in the transaction of every change. Entries are leaves of a Merkle tree to come.
//!
//! A leaf says who did what to which object, and commits to the detail by a salted hash, so that a detail with
//! personal data can be erased while the tree still verifies (`trust.md`).

use dacheng_store::{Read, Write, audit, counter};
use serde_json::Value;

use crate::hash::{hex, sha256};
use crate::{App, Context, Error, Result, idempotency};

/// The counter that leaves are numbered by.
const LEAVES: &str = "audit";
/// Entries of the trail that are read at once.
const PART: i64 = 2_000;

/// Records a change. `act` is `object kind.verb`, as in `plan.approve`; `object` is its code.
pub fn record(
    app: &App,
    tx: &mut Write,
    context: &Context,
    act: &str,
    object: &str,
    detail: &Value,
) -> Result<()> {
    let salt = hex(&app.random.secret()?[..16]);
    let detail = detail.to_string();
    let commitment = hex(&sha256(format!("{salt}\n{detail}").as_bytes()));
    let leaf = counter::next(tx, LEAVES)?;
    let entry = audit::Entry {
        leaf,
        at: context.now.as_millisecond(),
        actor: context.actor_name(),
        act: act.to_owned(),
        object: object.to_owned(),
        detail: Some(detail),
        salt,
        commitment,
        leaf_hash: String::new(),
    };
    let leaf_hash = leaf_hash(&entry);
    audit::append(tx, &audit::Entry { leaf_hash, ..entry })?;
    idempotency::mark(tx, context, leaf)
}

/// The leaf hash of RFC 9162: SHA-256 over a 0 byte and the leaf's lines.
fn leaf_hash(entry: &audit::Entry) -> String {
    let audit::Entry { leaf, at, actor, act, object, commitment, .. } = entry;
    let lines = format!("dacheng-audit-1\n{leaf}\n{at}\n{actor}\n{act}\n{object}\n{commitment}\n");
    hex(&sha256(&[b"\0", lines.as_bytes()].concat()))
}

/// Whether an entry is what was recorded: its detail fits the commitment, and its contents the leaf hash.
pub(crate) fn is_whole(entry: &audit::Entry) -> bool {
    let detail_fits = entry.detail.as_ref().is_none_or(|detail| {
        entry.commitment == hex(&sha256(format!("{}\n{detail}", entry.salt).as_bytes()))
    });
    detail_fits && entry.leaf_hash == leaf_hash(entry)
}

/// The first leaf whose hash or commitment does not fit its contents, or that is missing; also of the newest, as long
/// as the number that was last given out still stands.
pub fn first_damaged(tx: &mut Read) -> Result<Option<i64>> {
    let mut seen = Seen::default();
    audit::each(tx, |entry| seen.take(&entry))?;
    Ok(seen.end(counter::last(tx, LEAVES)?))
}

/// What a walk over the whole trail found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Walked {
    /// How many entries were read: all of them, or as far as the damage.
    pub entries: i64,
    /// The first entry that is damaged or missing.
    pub damaged: Option<i64>,
}

/// Finds what [`first_damaged`] finds, but reads a part at a time, each in a transaction of its own, which suffices: entries
/// are only ever added at the end. `note` is told after each part how many entries of how many were read, and may stop it.
pub(crate) fn walk<E: From<Error>>(
    app: &App,
    mut note: impl FnMut(i64, i64) -> std::result::Result<(), E>,
) -> std::result::Result<Walked, E> {
    let mut seen = Seen::default();
    loop {
        let (part, last) = part(app, seen.next)?;
        for entry in &part {
            seen.take(entry);
        }
        let is_end = i64::try_from(part.len()).is_ok_and(|read| read < PART);
        if is_end || seen.damaged.is_some() {
            return Ok(Walked { entries: seen.entries, damaged: seen.end(last) });
        }
        note(seen.entries, last)?;
    }
}

fn part(app: &App, from: i64) -> Result<(Vec<audit::Entry>, i64)> {
    let mut tx = app.store.read()?;
    Ok((audit::from(&mut tx, from, PART)?, counter::last(&mut tx, LEAVES)?))
}

/// What was seen of the trail so far, from its first leaf on.
struct Seen {
    entries: i64,
    expected: i64,
    next: i64,
    damaged: Option<i64>,
}

impl Default for Seen {
    fn default() -> Self {
        // No leaf lies below the first, unless somebody put it there.
        Self { entries: 0, expected: 1, next: i64::MIN, damaged: None }
    }
}

impl Seen {
    fn take(&mut self, entry: &audit::Entry) {
        if self.damaged.is_none() && (entry.leaf != self.expected || !is_whole(entry)) {
            self.damaged = Some(self.expected);
        }
        self.entries += 1;
        self.expected = entry.leaf.saturating_add(1);
        self.next = self.expected;
    }

    /// The first damaged leaf, where `last` is the number that was last given out.
    fn end(&self, last: i64) -> Option<i64> {
        self.damaged.or((self.expected <= last).then_some(self.expected))
    }
}
