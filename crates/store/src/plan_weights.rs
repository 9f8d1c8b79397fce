//! How much each metric of a plan counts in the composite attainment, every version kept.

use std::collections::BTreeMap;

use crate::{Read, Result, Value, Write};

/// The weights of a plan by metric, as they hold now, with their versions.
pub fn current(tx: &mut Read, plan: i64) -> Result<BTreeMap<String, (i64, i64)>> {
    let found = tx.all(
        "select w.metric, w.weight, w.version from plan_weight w
         where w.plan_id = $1 and w.version =
           (select max(o.version) from plan_weight o where o.plan_id = w.plan_id and o.metric = w.metric)
         order by w.metric",
        &[plan.into()],
        |row| Ok((row.text(0)?, (row.int(1)?, row.int(2)?))),
    )?;
    Ok(found.into_iter().collect())
}

/// Adds the version after `seen` (0: none yet). Answers `false` where somebody else added it first.
pub fn append(
    tx: &mut Write,
    (plan, metric): (i64, &str),
    seen: i64,
    weight: i64,
    (at, actor): (i64, &str),
) -> Result<bool> {
    let touched = tx.change(
        "insert into plan_weight (plan_id, metric, version, weight, recorded_at, actor)
         select cast($1 as bigint), cast($2 as text), cast($3 as bigint), cast($4 as bigint), cast($5 as bigint),
           cast($6 as text)
         where not exists (select 1 from plan_weight where plan_id = $1 and metric = $2 and version >= $3)
         on conflict (plan_id, metric, version) do nothing",
        &[plan.into(), metric.into(), Value::Int(seen + 1), weight.into(), at.into(), actor.into()],
    )?;
    Ok(touched == 1)
}
