//! How a target came about: the versions of its months in the plan in force, and who made each, from the audit trail.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::Fen;
use dacheng_domain::calendar::{Month, Year};
use dacheng_domain::metrics::Metric;
use dacheng_store::audit::{Entry, of_object};
use dacheng_store::targets::{OwnerKind, Version, versions};
use dacheng_store::{Read, plans};
use jiff::Timestamp;
use serde_json::Value;

use super::targets::month_number;
use crate::Result;

/// Versions shown at most; the plan's own pages have the rest.
const SHOWN: usize = 5;
/// Entries of a plan's audit trail looked through at most.
const ENTRIES: i64 = 500;

/// By which act a version was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The company's total was set; this followed.
    Total,
    /// A parent was broken down.
    BrokenDown,
    /// Cells were edited.
    Edited,
    /// A file of targets was imported.
    Imported,
    /// By none of these.
    Otherwise,
}

/// A version of a target's year, in fen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetVersion {
    /// Its number, from 1.
    pub number: usize,
    /// The year before and after.
    pub year: (Option<Fen>, Fen),
    /// The one month that changed, before and after, where it was only one.
    pub month: Option<(Month, Fen, Fen)>,
    /// By which act.
    pub made: Made,
    /// Who made it, and when, where the trail says so.
    pub by: Option<(String, Timestamp)>,
}

/// How the target of an owner came about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The code of the plan in force.
    pub plan: Option<String>,
    /// When it came into force, and by whom.
    pub in_force: Option<(String, Timestamp)>,
    /// The newest versions, newest first.
    pub versions: Vec<TargetVersion>,
}

/// How the target of an owner in a fiscal year came about: three queries.
pub(super) fn origin(
    tx: &mut Read,
    year: Year,
    metric: Metric,
    (kind, owner): (OwnerKind, &str),
) -> Result<Origin> {
    let Some(plan) = plans::of_year(tx, year.name().into(), "in_force")? else {
        return Ok(Origin::default());
    };
    let kept = versions(tx, (plan.id, metric.code()), kind, owner)?;
    let entries = of_object(tx, &format!("plan/{}", plan.code), None, ENTRIES)?;
    let in_force = entries.iter().find(|entry| entry.act == "plan.put_in_force").and_then(by);
    let mut versions = of_cells(year, &kept, &Trail::of(&entries));
    versions.reverse();
    versions.truncate(SHOWN);
    Ok(Origin { plan: Some(plan.code), in_force, versions })
}

/// What the audit trail of a plan says about its sequences.
struct Trail<'e> {
    by_sequence: BTreeMap<i64, &'e Entry>,
    /// The only import; of several it cannot be told which one made a version.
    import: Option<&'e Entry>,
}

impl<'e> Trail<'e> {
    fn of(entries: &'e [Entry]) -> Self {
        let sequence = |entry: &Entry| {
            let detail: Value = serde_json::from_str(entry.detail.as_deref()?).ok()?;
            detail.get("sequence")?.as_i64()
        };
        let mut imports = entries.iter().filter(|entry| entry.act == "plan.import");
        let import = imports.next();
        Self {
            by_sequence: entries.iter().filter_map(|entry| Some((sequence(entry)?, entry))).collect(),
            import: import.filter(|_| imports.next().is_none()),
        }
    }

    fn made(&self, sequence: i64) -> (Made, Option<(String, Timestamp)>) {
        let Some(entry) = self.by_sequence.get(&sequence) else {
            return match self.import {
                Some(import) => (Made::Imported, by(import)),
                None => (Made::Otherwise, None),
            };
        };
        let made = match entry.act.as_str() {
            "plan.set_total" => Made::Total,
            "plan.break_down" => Made::BrokenDown,
            "plan.edit" => Made::Edited,
            _other_act => Made::Otherwise,
        };
        (made, by(entry))
    }
}

fn by(entry: &Entry) -> Option<(String, Timestamp)> {
    Some((entry.actor.clone(), Timestamp::from_millisecond(entry.at).ok()?))
}

/// The versions of a year, oldest first: its months as they stood after each sequence that touched one.
fn of_cells(year: Year, kept: &[Version], trail: &Trail<'_>) -> Vec<TargetVersion> {
    let steps: BTreeSet<i64> =
        kept.iter().flat_map(|version| [Some(version.sequence), version.until]).flatten().collect();
    let at = |sequence: i64| -> BTreeMap<i64, i64> {
        let holds = |version: &&Version| {
            version.sequence <= sequence && version.until.is_none_or(|until| until > sequence)
        };
        kept.iter().filter(holds).map(|version| (version.month, version.amount)).collect()
    };
    let mut made = Vec::new();
    let mut before: Option<BTreeMap<i64, i64>> = None;
    for (place, sequence) in steps.into_iter().enumerate() {
        let after = at(sequence);
        let (how, by) = trail.made(sequence);
        let sum = |months: &BTreeMap<i64, i64>| Fen(months.values().sum());
        made.push(TargetVersion {
            number: place + 1,
            year: (before.as_ref().map(sum), sum(&after)),
            month: before.as_ref().and_then(|before| only_change(year, before, &after)),
            made: how,
            by,
        });
        before = Some(after);
    }
    made
}

fn only_change(
    year: Year,
    before: &BTreeMap<i64, i64>,
    after: &BTreeMap<i64, i64>,
) -> Option<(Month, Fen, Fen)> {
    let amount =
        |months: &BTreeMap<i64, i64>, month: Month| months.get(&month_number(month)).copied().unwrap_or(0);
    let mut changed = year.months().filter(|month| amount(before, *month) != amount(after, *month));
    let month = changed.next().filter(|_| changed.next().is_none())?;
    Some((month, Fen(amount(before, month)), Fen(amount(after, month))))
}
