//! Who can be a child of a unit's breakdown in which months of a plan: the units placed below it and the members
//! who belong to it. Who is one is stored with the breakdown; whoever moves later keeps the place until it is redone.

use std::collections::HashMap;

use dacheng_domain::calendar::{Month, Year};
use dacheng_domain::people::{Member, MemberId, Organisation, Sells, Span, UnitId};
use dacheng_store::Read;
use dacheng_store::breakdowns;
use dacheng_store::targets::OwnerKind;
use jiff::civil::Date;

use super::owner::Owner;
use super::sheet::{MonthSet, Sheet, WHOLE_YEAR, months_of, places};
use crate::Result;
use crate::facts::ground::Ground;

/// Somebody who can be a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub owner: Owner,
    /// In which months of the plan.
    pub months: MonthSet,
    /// A unit always carries a target; a member by position.
    pub sells: Sells,
}

/// The days of a fiscal year.
pub(crate) fn days_of(year: Year) -> Span {
    Span::new(Some(year.first_day()), year.last_day().tomorrow().ok()).unwrap_or(Span::ALWAYS)
}

/// The last day of a month on which a member is employed.
pub(crate) fn last_day_in(member: &Member, month: Month) -> Option<Date> {
    let left = member.employed.to().and_then(|to| to.yesterday().ok());
    let day = left.map_or(month.last_day(), |left| left.min(month.last_day()));
    (day >= month.first_day() && member.is_employed(day)).then_some(day)
}

/// The months of a year in which a member belongs to a unit: on the last day of the month that they are employed.
fn months_in(organisation: &Organisation, member: &Member, unit: UnitId, months: &[Month; 12]) -> MonthSet {
    let belongs = |month: &Month| {
        last_day_in(member, *month).is_some_and(|day| organisation.home_unit(member.id, day) == Some(unit))
    };
    set_of(months, belongs)
}

fn set_of(months: &[Month; 12], holds: impl Fn(&Month) -> bool) -> MonthSet {
    months.iter().enumerate().filter(|(_, month)| holds(month)).fold(0, |set, (place, _)| set | 1 << place)
}

/// The children a unit can have in a plan's year, as the organisation has them: units first, then members.
pub(crate) fn candidates(ground: &Ground, unit: UnitId, year: Year) -> Vec<Candidate> {
    let organisation = &ground.organisation;
    let months = months_of(year);
    let mut found = units_below(organisation, unit, &months);
    let presences = organisation.presences(unit, days_of(year)).into_iter();
    let mut members: Vec<MemberId> =
        presences.filter(|presence| presence.unit == unit).map(|presence| presence.member).collect();
    members.extend(months.iter().filter_map(|month| organisation.leader(unit, month.last_day())));
    members.sort_unstable();
    members.dedup();
    found.extend(members.into_iter().filter_map(|member| {
        let member = organisation.member(member)?;
        let months = months_in(organisation, member, unit, &months);
        let owner = Owner::member(member.code.as_str());
        (months != 0).then_some(Candidate { owner, months, sells: member.position.sells() })
    }));
    found
}

/// Since when a unit stands below which other one; below itself at the top.
type Above = (Option<Date>, UnitId);

/// A unit belongs where it stands on the last day of the month, or on its own last day in it.
fn units_below(organisation: &Organisation, parent: UnitId, months: &[Month; 12]) -> Vec<Candidate> {
    let rows = organisation.rows();
    let mut parents: HashMap<UnitId, [Option<Above>; 12]> = HashMap::new();
    for placement in &rows.placements {
        for (place, month) in months.iter().enumerate() {
            let days = Span::new(Some(month.first_day()), month.last_day().tomorrow().ok());
            let from = placement.span.from();
            if days.is_some_and(|days| days.overlaps(placement.span)) {
                let last = &mut parents.entry(placement.unit).or_default()[place];
                if last.is_none_or(|(earlier, _)| earlier <= from) {
                    *last = Some((from, placement.parent.unwrap_or(placement.unit)));
                }
            }
        }
    }
    let below = rows.units.iter().filter(|unit| unit.id != parent).filter_map(|unit| {
        let of_months = parents.get(&unit.id)?;
        let months = (0..12).filter(|&place| of_months[place].is_some_and(|(_, above)| above == parent));
        let months = months.fold(0, |set: MonthSet, place| set | 1 << place);
        let owner = Owner::unit(unit.code.as_str());
        (months != 0).then_some(Candidate { owner, months, sells: Sells::Always })
    });
    below.collect()
}

/// Takes the months away in which somebody is a child of another unit's breakdown: nobody is counted twice.
pub(crate) fn without_claimed(
    tx: &mut Read,
    sheet: &Sheet,
    unit: &str,
    mut candidates: Vec<Candidate>,
) -> Result<Vec<Candidate>> {
    let mut claimed: HashMap<Owner, MonthSet> = HashMap::new();
    for kind in [OwnerKind::Unit, OwnerKind::Member] {
        let of_kind = candidates.iter().filter(|candidate| candidate.owner.kind == kind);
        let owners: Vec<&str> = of_kind.map(|candidate| candidate.owner.code.as_str()).collect();
        if owners.is_empty() {
            continue;
        }
        for row in breakdowns::parents(tx, sheet.of(), kind, &owners)? {
            if row.unit != unit {
                let months = MonthSet::try_from(row.months).unwrap_or(WHOLE_YEAR);
                *claimed.entry(Owner { kind, code: row.owner }).or_default() |= months;
            }
        }
    }
    for candidate in &mut candidates {
        candidate.months &= !claimed.get(&candidate.owner).copied().unwrap_or(0);
    }
    candidates.retain(|candidate| places(candidate.months).next().is_some());
    Ok(candidates)
}
