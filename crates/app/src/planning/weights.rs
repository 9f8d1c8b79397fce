//! How much each metric of a plan counts in the composite attainment (综合达成率): whole numbers, 1 each where nothing was set.

use std::collections::BTreeMap;

use dacheng_domain::access::Right;
use dacheng_domain::metrics::Metric;
use dacheng_store::{Read, breakdowns, plan_weights};
use serde_json::json;

use super::{allow, open, open_draft};
use crate::{App, Context, Error, Result, audit};

/// What a metric without a weight counts.
pub const USUAL: i64 = 1;
/// The greatest weight.
pub const MOST: i64 = 100;

/// The weight of a metric of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// Of which metric.
    pub metric: Metric,
    /// How much it counts.
    pub weight: i64,
    /// What a change has to name; 0 where nothing was set.
    pub version: i64,
}

/// The weights of a plan's metrics: of all that have targets in it.
pub fn weights(app: &App, context: &Context, plan: &str) -> Result<Vec<Weight>> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    allow::read_plan(context, &opened)?;
    let kept = plan_weights::current(&mut tx, opened.plan.id)?;
    let planned = breakdowns::metrics(&mut tx, opened.plan.id)?;
    let metrics = planned.iter().filter_map(|code| opened.catalogue.read(code).ok());
    let weight = |metric: Metric| {
        let (weight, version) = kept.get(metric.code()).copied().unwrap_or((USUAL, 0));
        Weight { metric, weight, version }
    };
    Ok(metrics.map(weight).collect())
}

/// The version of all weights together: every change of one counts.
pub fn version_of(weights: &[Weight]) -> i64 {
    weights.iter().map(|own| own.version).sum()
}

/// Sets weights of a draft, by somebody who saw their versions.
pub fn set_weights(app: &App, context: &Context, plan: &str, new: &[Weight]) -> Result<()> {
    set(app, context, plan, new, None)
}

/// Sets weights of a draft, by somebody who saw version `seen` of all of them together.
pub fn set_weights_seen(
    app: &App,
    context: &Context,
    plan: &str,
    new: &[(Metric, i64)],
    seen: i64,
) -> Result<()> {
    let new: Vec<Weight> =
        new.iter().map(|(metric, weight)| Weight { metric: *metric, weight: *weight, version: 0 }).collect();
    set(app, context, plan, &new, Some(seen))
}

fn set(app: &App, context: &Context, plan: &str, new: &[Weight], seen: Option<i64>) -> Result<()> {
    let mut tx = app.store.write()?;
    let opened = open_draft(app, &mut tx, context, plan)?;
    allow::company(context, &opened, Right::Update)?;
    if new.iter().any(|own| !(0..=MOST).contains(&own.weight)) {
        return Err(Error::refused(context.lang.owner_targets().wrong_weight(MOST)));
    }
    let kept = plan_weights::current(&mut tx, opened.plan.id)?;
    let found = kept.values().map(|(_, version)| version).sum();
    if let Some(seen) = seen.filter(|seen| *seen != found) {
        return Err(Error::Stale { seen, found });
    }
    let by = (context.now.as_millisecond(), context.actor_name());
    let mut changed = BTreeMap::new();
    for own in new {
        let (stands, version) = kept.get(own.metric.code()).copied().unwrap_or((USUAL, 0));
        if stands == own.weight {
            continue;
        }
        let of = (opened.plan.id, own.metric.code());
        let is_seen = seen.is_some() || own.version == version;
        if !is_seen || !plan_weights::append(&mut tx, of, version, own.weight, (by.0, &by.1))? {
            return Err(Error::Stale { seen: own.version, found: version });
        }
        changed.insert(own.metric.code(), json!({ "old": stands, "new": own.weight }));
    }
    if changed.is_empty() {
        return Ok(());
    }
    let detail = json!({ "weights": changed });
    audit::record(app, &mut tx, context, "plan.set_weights", &format!("plan/{plan}"), &detail)?;
    Ok(tx.commit()?)
}

/// The weights of a plan by metric, for figures: a metric without one counts [`USUAL`].
pub(crate) fn of_plan(tx: &mut Read, plan: i64) -> Result<BTreeMap<String, i64>> {
    let kept = plan_weights::current(tx, plan)?;
    Ok(kept.into_iter().map(|(metric, (weight, _))| (metric, weight)).collect())
}
