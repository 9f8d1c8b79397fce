//! Alerts and the improvement plans they led to: by the number of an alert, and by whose they are. Whose they are is
//! asked of the index of units and members, so that a new name finds them at once.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::access::{Action, Object, Right, Scope};
use dacheng_domain::people::Span;
use dacheng_store::search::Kind;
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, alerts};

use super::index::{alert_terms, terms_of};
use super::walk::{Found, More, walk};
use super::{Hit, Search};
use crate::Result;
use crate::tracking::OwnerKey;
use crate::tracking::alerts::{AlertRow, Looking, looking};

/// Owners whose alerts are looked at.
const OWNERS: usize = 50;
/// Alerts of them that are looked at, the newest.
const NEWEST: i64 = 200;

/// The alerts that were found: those of the number that was typed, then the newest of the owners.
pub(super) struct Alerts {
    rows: Vec<AlertRow>,
    more: More,
}

impl Alerts {
    /// The alerts themselves.
    pub fn alerts(&self, limit: usize) -> Found<Hit> {
        let found = Found::first(self.rows.iter().cloned().map(Hit::Alert).collect(), limit);
        Found { more: found.more.or(self.more), ..found }
    }

    /// Their plans, each by its newest alert.
    pub fn plans(&self, limit: usize) -> Found<Hit> {
        let mut seen = BTreeSet::new();
        let mut is_new = |row: &AlertRow| row.plan.as_ref().is_some_and(|plan| seen.insert(plan.id));
        let rows = self.rows.iter().filter(|row| is_new(row)).cloned();
        Found::first(rows.map(Hit::ImprovementPlan).collect(), limit)
    }
}

pub(super) fn find(search: &Search<'_>, tx: &mut Read) -> Result<Alerts> {
    let scope = search.context.scope(&search.ground.organisation, Action::Alerts, Right::Read)?;
    if scope.is_empty() || alerts::first_month(tx)?.is_none() {
        return Ok(Alerts { rows: Vec::new(), more: More::No });
    }
    let looks = looking(search.app, tx, search.context)?;
    let Found { things: mut rows, more } = by_number(search, tx, &looks)?;
    let mut of_owners = Vec::new();
    for kind in [OwnerKind::Member, OwnerKind::Unit] {
        let owners = owners(search, tx, &scope, kind)?;
        let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
        of_owners.extend(looks.reached(alerts::newest_of(tx, kind, &owners, NEWEST)?)?);
    }
    of_owners.sort_by_key(|row| std::cmp::Reverse((row.figure.month, row.id)));
    let seen: BTreeSet<i64> = rows.iter().map(|row| row.id).collect();
    rows.extend(of_owners.into_iter().filter(|row| !seen.contains(&row.id)));
    Ok(Alerts { rows, more })
}

fn by_number(search: &Search<'_>, tx: &mut Read, looks: &Looking<'_>) -> Result<Found<AlertRow>> {
    walk(tx, search.query, Kind::Alert, search.limit, |tx, findings| {
        let ids: Vec<i64> = findings.iter().filter_map(|finding| finding.key.parse().ok()).collect();
        let found = looks.reached(alerts::of_ids(tx, &ids)?)?;
        let found: BTreeMap<String, AlertRow> =
            found.into_iter().map(|row| (row.id.to_string(), row)).collect();
        let known = findings.iter().map(|finding| {
            let row = found.get(&finding.key)?;
            Some((row.clone(), alert_terms(row.id, row.figure.month.year())))
        });
        Ok(known.collect())
    })
}

/// The codes of the owners that are meant, of whom the asker sees alerts of any time.
fn owners(search: &Search<'_>, tx: &mut Read, scope: &Scope<'_>, kind: OwnerKind) -> Result<Vec<String>> {
    let organisation = &search.ground.organisation;
    let indexed = match kind {
        OwnerKind::Unit => Kind::Unit,
        OwnerKind::Member => Kind::Member,
    };
    let known = |code: &str| {
        let owner = OwnerKey { kind, code: code.to_owned() };
        let whose = owner.of_access(organisation)?;
        let object = Object { owner: whose, days: Span::ALWAYS, holds: &[] };
        scope.view(&object)?;
        Some((owner.code.clone(), terms_of(code, &owner.name(organisation))))
    };
    let found = walk(tx, search.query, indexed, OWNERS, |_, findings| {
        Ok(findings.iter().map(|finding| known(&finding.key)).collect())
    })?;
    Ok(found.things)
}
