//! Members: those employed today whose figures the asker sees, as the tree of targets lists them.

use dacheng_domain::people::Member;
use dacheng_store::Read;
use dacheng_store::search::Kind;

use super::index::terms_of;
use super::walk::{Found, walk};
use super::{Hit, Search};
use crate::Result;
use crate::figures::sight::Sights;

pub(super) fn find(search: &Search<'_>, tx: &mut Read) -> Result<Found<Hit>> {
    let (organisation, today) = (&search.ground.organisation, search.context.today);
    let sights = Sights::of(search.context, organisation, today)?;
    if !sights.any_person() {
        return Ok(Found::nothing());
    }
    // Their page is that of a unit they sit in.
    let hit = |member: &Member| {
        let seat = organisation.seats_on(member.id, today).max_by_key(|seat| seat.share)?;
        let unit = organisation.unit(seat.unit)?;
        Some(Hit::Person {
            code: member.code.to_string(),
            name: member.name.clone(),
            unit: unit.code.to_string(),
            unit_name: unit.name.clone(),
        })
    };
    let known = |code: &str| {
        let member = organisation.member_of_code(code)?;
        let is_listed = member.is_employed(today) && sights.member(member.id);
        let hit = is_listed.then(|| hit(member)).flatten()?;
        Some((hit, terms_of(code, &member.name)))
    };
    walk(tx, search.query, Kind::Member, search.limit, |_, findings| {
        Ok(findings.iter().map(|finding| known(&finding.key)).collect())
    })
}
