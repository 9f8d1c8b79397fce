//! A plan's way so far: who made, submitted, returned, put in force and archived it, when and why.

use dacheng_store::audit;
use jiff::Timestamp;
use serde_json::Value;

use super::{allow, open};
use crate::{App, Context, Result};

/// The newest entries that are looked at; changes of targets are among them.
const LOOKED_AT: i64 = 300;

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub act: StepAct,
    /// By whom: the log-in name.
    pub actor: String,
    /// When.
    pub at: Timestamp,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
}

/// What was done to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepAct {
    /// It was made.
    Made,
    /// Its targets were changed; the newest of several changes in a row.
    Changed,
    /// It was submitted.
    Submitted,
    /// It was returned.
    Returned,
    /// It came into force.
    InForce,
    /// It was archived.
    Archived,
    /// It was taken out of the archive.
    Restored,
}

impl StepAct {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "plan.create" | "plan.copy" => Self::Made,
            "plan.submit" => Self::Submitted,
            "plan.send_back" => Self::Returned,
            "plan.put_in_force" => Self::InForce,
            "plan.archive" => Self::Archived,
            "plan.restore" => Self::Restored,
            "plan.set_total" | "plan.break_down" | "plan.edit" | "plan.import" | "plan.lock"
            | "plan.unlock" | "plan.merge" => Self::Changed,
            _ => return None,
        })
    }
}

/// A plan's steps from its making on; of changes of its targets in a row only the newest. Reasons are for
/// those who read the company's targets before they are announced.
pub fn way(app: &App, context: &Context, plan: &str) -> Result<Vec<Step>> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    allow::read_plan(context, &opened)?;
    let with_reasons = allow::company_ahead(context, &opened);
    let entries = audit::of_object(&mut tx, &format!("plan/{plan}"), None, LOOKED_AT)?;
    let mut steps: Vec<Step> = Vec::new();
    for entry in entries {
        let Some(act) = StepAct::of(&entry.act) else { continue };
        if act == StepAct::Changed && steps.last().is_some_and(|later| later.act == StepAct::Changed) {
            continue;
        }
        let detail: Option<Value> = entry.detail.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let reason = detail.as_ref().and_then(|detail| detail["reason"].as_str()).map(str::to_owned);
        let at = Timestamp::from_millisecond(entry.at).unwrap_or_default();
        steps.push(Step { act, actor: entry.actor, at, reason: reason.filter(|_| with_reasons) });
    }
    steps.reverse();
    if steps.first().is_none_or(|first| first.act != StepAct::Made) {
        let at = Timestamp::from_millisecond(opened.plan.created_at).unwrap_or_default();
        let actor = opened.plan.actor.clone();
        steps.insert(0, Step { act: StepAct::Made, actor, at, reason: None });
    }
    Ok(steps)
}
