//! Proposals of a plan's total: factors as JSON, every version kept. What they mean is in `domain::planning::proposal`.

use crate::breakdowns::Of;
use crate::{Read, Result, Value, Write};

/// One version of the factors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Counts the versions of a plan's metric, from 1.
    pub version: i64,
    /// JSON.
    pub factors: String,
    /// UTC milliseconds.
    pub recorded_at: i64,
    /// Who typed it.
    pub actor: String,
}

/// The newest factors of a plan's metric.
pub fn current(tx: &mut Read, (plan, metric): Of<'_>) -> Result<Option<Kept>> {
    tx.first(
        "select version, factors, recorded_at, actor from proposal
         where plan_id = $1 and metric = $2 order by version desc limit 1",
        &[plan.into(), metric.into()],
        |row| {
            Ok(Kept {
                version: row.int(0)?,
                factors: row.text(1)?,
                recorded_at: row.int(2)?,
                actor: row.text(3)?,
            })
        },
    )
}

/// Adds the version after `seen` (0: none yet). Answers `false` where somebody else added it first.
pub fn append(tx: &mut Write, (plan, metric): Of<'_>, seen: i64, new: &Kept) -> Result<bool> {
    let touched = tx.change(
        "insert into proposal (plan_id, metric, version, factors, recorded_at, actor)
         select cast($1 as bigint), cast($2 as text), cast($3 as bigint), cast($4 as text), cast($5 as bigint),
                cast($6 as text)
         where not exists (select 1 from proposal where plan_id = $1 and metric = $2 and version >= $3)
         on conflict (plan_id, metric, version) do nothing",
        &[
            plan.into(),
            metric.into(),
            Value::Int(seen + 1),
            (&new.factors).into(),
            new.recorded_at.into(),
            (&new.actor).into(),
        ],
    )?;
    Ok(touched == 1)
}
