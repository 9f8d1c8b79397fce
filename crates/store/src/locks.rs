//! Locks of targets: whose, which month, by whom and why. What a lock forbids is decided in `app::allocation`.

use crate::breakdowns::Of;
use crate::targets::OwnerKind;
use crate::{Read, Result, Row, Write, bulk};

/// The month of a lock that holds for the year's total.
pub const YEAR: i64 = 0;

/// A lock on what an owner carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Whether the owner is a unit or a member.
    pub owner_kind: OwnerKind,
    /// The owner's code.
    pub owner: String,
    /// Year × 100 + month, or [`YEAR`].
    pub month: i64,
    /// Who locked it.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// UTC milliseconds.
    pub at: i64,
}

const COLUMNS: &str = "owner_kind, owner, month, actor, reason, at";

fn lock(row: &Row<'_>) -> Result<Lock> {
    Ok(Lock {
        owner_kind: OwnerKind::of(row.int(0)?)?,
        owner: row.text(1)?,
        month: row.int(2)?,
        actor: row.text(3)?,
        reason: row.text(4)?,
        at: row.int(5)?,
    })
}

/// The locks of a plan's metric. They are few: people set them one by one.
pub fn all(tx: &mut Read, (plan, metric): Of<'_>) -> Result<Vec<Lock>> {
    tx.all(
        &format!(
            "select {COLUMNS} from target_lock where plan_id = $1 and metric = $2
             order by owner_kind, owner, month"
        ),
        &[plan.into(), metric.into()],
        |row| lock(&row),
    )
}

/// Sets locks; one that is there already is replaced.
pub fn set(tx: &mut Write, of: Of<'_>, locks: &[Lock]) -> Result<()> {
    let places: Vec<_> =
        locks.iter().map(|lock| (lock.owner_kind, lock.owner.as_str(), lock.month)).collect();
    remove(tx, of, &places)?;
    let columns = ["plan_id", "metric", "owner_kind", "owner", "month", "actor", "reason", "at"];
    bulk::append(tx, "target_lock", &columns, locks, |lock, values| {
        values.extend_from_slice(&[
            of.0.into(),
            of.1.into(),
            lock.owner_kind.number().into(),
            (&lock.owner).into(),
            lock.month.into(),
            (&lock.actor).into(),
            (&lock.reason).into(),
            lock.at.into(),
        ]);
    })
}

/// Removes locks and says how many there were.
pub fn remove(tx: &mut Write, (plan, metric): Of<'_>, places: &[(OwnerKind, &str, i64)]) -> Result<u64> {
    let mut removed = 0;
    for (kind, owner, month) in places {
        removed += tx.change(
            "delete from target_lock
             where plan_id = $1 and metric = $2 and owner_kind = $3 and owner = $4 and month = $5",
            &[plan.into(), metric.into(), kind.number().into(), (*owner).into(), (*month).into()],
        )?;
    }
    Ok(removed)
}
