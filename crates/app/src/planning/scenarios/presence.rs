//! Whether somebody who carries a target in one plan is still where they were in the months of another.

use dacheng_domain::calendar::Month;
use dacheng_domain::people::{Organisation, UnitId};
use dacheng_store::targets::OwnerKind;

use super::copied::Why;
use crate::allocation::{Kin, MonthSet, Owner, last_day_in, places};

/// Where somebody belongs in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    /// They are not there.
    Gone,
    /// Below a unit; below none at the top.
    Below(Option<UnitId>),
}

fn home(organisation: &Organisation, owner: &Owner, month: Month) -> Home {
    let found = match owner.kind {
        OwnerKind::Member => organisation.member_of_code(&owner.code).and_then(|member| {
            let day = last_day_in(member, month)?;
            Some(organisation.home_unit(member.id, day))
        }),
        OwnerKind::Unit => organisation.unit_of_code(&owner.code).and_then(|unit| {
            organisation.placement(unit.id, month.last_day()).map(|placement| placement.parent)
        }),
    };
    found.map_or(Home::Gone, Home::Below)
}

/// The months in which a child of a unit is no longer there, and why: gone in the new month, or below another unit than
/// in the old one.
pub(super) fn lost(
    organisation: &Organisation,
    unit: &str,
    kin: &Kin,
    (before, after): (&[Month; 12], &[Month; 12]),
) -> Option<(MonthSet, Why)> {
    let above = organisation.unit_of_code(unit).map(|unit| unit.id);
    let mut months: MonthSet = 0;
    let mut why = None;
    for place in places(kin.months) {
        let gone = match home(organisation, &kin.owner, after[place]) {
            Home::Gone => Some(match kin.owner.kind {
                OwnerKind::Member => Why::Left,
                OwnerKind::Unit => Why::Closed,
            }),
            Home::Below(now) => {
                let was = home(organisation, &kin.owner, before[place]);
                (now != above && was != Home::Gone && was != Home::Below(now)).then_some(Why::Moved)
            }
        };
        if let Some(gone) = gone {
            months |= 1 << place;
            why.get_or_insert(gone);
        }
    }
    why.map(|why| (months, why))
}
