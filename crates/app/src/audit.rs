//! The audit trail: one entry in the transaction of every change. Entries are leaves of a Merkle tree to come.
//!
//! A leaf says who did what to which object, and commits to the detail by a salted hash, so that a detail with
//! personal data can be erased while the tree still verifies (`trust.md`).

use dacheng_store::{Read, Write, audit, counter};
use serde_json::Value;

use crate::hash::{hex, sha256};
use crate::{App, Context, Result, idempotency};

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
    let leaf = counter::next(tx, "audit")?;
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
    let mut expected = 1;
    let mut damaged = None;
    audit::each(tx, |entry| {
        if damaged.is_none() && (entry.leaf != expected || !is_whole(&entry)) {
            damaged = Some(expected);
        }
        expected = entry.leaf.saturating_add(1);
    })?;
    Ok(damaged.or((expected <= counter::last(tx, "audit")?).then_some(expected)))
}
