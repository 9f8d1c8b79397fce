//! Plans: those that the asker's list of plans shows.

use std::collections::BTreeMap;

use dacheng_store::search::Kind;
use dacheng_store::{Read, plans};

use super::index::terms_of;
use super::walk::{Found, walk};
use super::{Hit, Search};
use crate::Result;
use crate::planning::listed;

pub(super) fn find(search: &Search<'_>, tx: &mut Read) -> Result<Found<Hit>> {
    // A company has a few plans a year.
    let all: BTreeMap<String, plans::Plan> =
        plans::all(tx)?.into_iter().map(|plan| (plan.code.clone(), plan)).collect();
    walk(tx, search.query, Kind::Plan, search.limit, |tx, findings| {
        let mut known = Vec::with_capacity(findings.len());
        for finding in findings {
            let plan = all.get(&finding.key).cloned();
            let view = plan.map(|plan| listed(search.app, tx, search.context, plan)).transpose()?.flatten();
            known.push(view.map(|view| {
                let terms = terms_of(&view.code, &view.name);
                (Hit::Plan(view), terms)
            }));
        }
        Ok(known)
    })
}
