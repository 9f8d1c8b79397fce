//! Values of metrics that somebody enters by hand, by owner and month, every version kept. Who may enter them is decided above.

use crate::targets::OwnerKind;
use crate::{Read, Result, Row, Value, Write};

/// One version of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricValue {
    /// Of which metric, by code.
    pub metric: String,
    /// Whose.
    pub owner_kind: OwnerKind,
    /// By code.
    pub owner: String,
    /// Year × 100 + month.
    pub month: i64,
    /// From 1.
    pub version: i64,
    /// In the metric's smallest unit; `None` where it was taken back.
    pub amount: Option<i64>,
    /// What the reporter says to it.
    pub note: String,
    /// UTC milliseconds.
    pub recorded_at: i64,
    /// Who entered it.
    pub actor: String,
}

const COLUMNS: &str =
    "v.metric, v.owner_kind, v.owner, v.month, v.version, v.amount, v.note, v.recorded_at, v.actor";

fn value(row: &Row<'_>) -> Result<MetricValue> {
    Ok(MetricValue {
        metric: row.text(0)?,
        owner_kind: OwnerKind::of(row.int(1)?)?,
        owner: row.text(2)?,
        month: row.int(3)?,
        version: row.int(4)?,
        amount: row.maybe_int(5)?,
        note: row.text(6)?,
        recorded_at: row.int(7)?,
        actor: row.text(8)?,
    })
}

/// Adds a version behind the one before it. Answers `false` where there is one of that number, or none before it.
pub fn append(tx: &mut Write, new: &MetricValue) -> Result<bool> {
    let touched = tx.change(
        "insert into metric_value (metric, owner_kind, owner, month, version, amount, note, recorded_at, actor)
         select cast($1 as text), cast($2 as bigint), cast($3 as text), cast($4 as bigint), cast($5 as bigint),
           cast($6 as bigint), cast($7 as text), cast($8 as bigint), cast($9 as text)
         where (select count(*) from metric_value
                where metric = $1 and owner_kind = $2 and owner = $3 and month = $4) = $5 - 1
         on conflict (metric, owner_kind, owner, month, version) do nothing",
        &[
            (&new.metric).into(),
            new.owner_kind.number().into(),
            (&new.owner).into(),
            new.month.into(),
            Value::Int(new.version),
            new.amount.into(),
            (&new.note).into(),
            new.recorded_at.into(),
            (&new.actor).into(),
        ],
    )?;
    Ok(touched == 1)
}

/// The newest version of every value of a metric in some months, both included, of those recorded by an instant; what was taken
/// back is among them.
pub fn standing(tx: &mut Read, metric: &str, months: (i64, i64), until: i64) -> Result<Vec<MetricValue>> {
    tx.all(
        &format!(
            "select {COLUMNS} from metric_value v
             where v.metric = $1 and v.month between $2 and $3 and v.version =
               (select max(o.version) from metric_value o
                where o.metric = v.metric and o.owner_kind = v.owner_kind and o.owner = v.owner
                  and o.month = v.month and o.recorded_at <= $4)
             order by v.month, v.owner_kind, v.owner"
        ),
        &[metric.into(), months.0.into(), months.1.into(), until.into()],
        |row| value(&row),
    )
}

/// Every version of the value of an owner and month, the newest first.
pub fn versions(
    tx: &mut Read,
    metric: &str,
    (kind, owner): (OwnerKind, &str),
    month: i64,
) -> Result<Vec<MetricValue>> {
    tx.all(
        &format!(
            "select {COLUMNS} from metric_value v
             where v.metric = $1 and v.owner_kind = $2 and v.owner = $3 and v.month = $4
             order by v.version desc"
        ),
        &[metric.into(), kind.number().into(), owner.into(), month.into()],
        |row| value(&row),
    )
}

/// When a value of a metric was last entered, UTC milliseconds.
pub fn last_entered(tx: &mut Read, metric: &str) -> Result<Option<i64>> {
    let last =
        tx.first("select max(recorded_at) from metric_value where metric = $1", &[metric.into()], |row| {
            row.maybe_int(0)
        })?;
    Ok(last.flatten())
}
