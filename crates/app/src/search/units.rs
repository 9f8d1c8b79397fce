//! Units: those of today whose figures the asker sees, as the tree of targets lists them.

use dacheng_store::Read;
use dacheng_store::search::Kind;

use super::index::terms_of;
use super::walk::{Found, walk};
use super::{Hit, Search};
use crate::Result;
use crate::figures::Named;
use crate::figures::sight::Sights;

pub(super) fn find(search: &Search<'_>, tx: &mut Read) -> Result<Found<Hit>> {
    let (organisation, today) = (&search.ground.organisation, search.context.today);
    let sights = Sights::of(search.context, organisation, today)?;
    let known = |code: &str| {
        let unit = organisation.unit_of_code(code)?;
        let is_listed = organisation.placement(unit.id, today).is_some() && sights.unit(unit.id);
        let named = is_listed.then(|| Named::unit(organisation, unit.id, today)).flatten()?;
        let hit = Hit::Unit { code: named.code, name: named.name, leader: named.leader };
        Some((hit, terms_of(code, &unit.name)))
    };
    walk(tx, search.query, Kind::Unit, search.limit, |_, findings| {
        Ok(findings.iter().map(|finding| known(&finding.key)).collect())
    })
}
