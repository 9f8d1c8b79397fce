//! What becomes of those who are no child of a breakdown any more: their targets end, with everything below them.

use std::collections::HashMap;

use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;

use super::owner::Owner;
use super::request::{Proposal, ProposedChild};
use super::sheet::{Kin, MonthSet, Sheet, places};
use crate::Result;

/// Takes the cells away from whoever is no child any more in a month, with everything below them.
pub(super) fn drop_lost(sheet: &mut Sheet, tx: &mut Read, unit: &str, proposal: &Proposal) -> Result<()> {
    let kept: HashMap<&Owner, MonthSet> = proposal.children.iter().map(kept_months).collect();
    let before = sheet.family(unit).map_or_else(Vec::new, |family| family.children.clone());
    let lost = before.into_iter().map(|kin| Kin {
        months: kin.months & !kept.get(&kin.owner).copied().unwrap_or(0),
        owner: kin.owner,
    });
    drop_kin(sheet, tx, lost.filter(|kin| kin.months != 0).collect())
}

/// Takes the cells away from children in some months, with everything below them. The breakdown they were part of is the
/// caller's.
pub(crate) fn drop_kin(sheet: &mut Sheet, tx: &mut Read, mut lost: Vec<Kin>) -> Result<()> {
    while !lost.is_empty() {
        let units: Vec<String> = lost
            .iter()
            .filter(|kin| kin.owner.kind == OwnerKind::Unit)
            .map(|kin| kin.owner.code.clone())
            .collect();
        sheet.load(tx, units.iter().map(String::as_str))?;
        let mut below = Vec::new();
        for kin in lost {
            places(kin.months).for_each(|place| sheet.set(&kin.owner, place, None));
            if kin.owner.kind == OwnerKind::Unit && sheet.family(&kin.owner.code).is_some() {
                below.extend(leave(sheet, &kin));
            }
        }
        lost = below;
    }
    Ok(())
}

/// Ends months of a unit's breakdown. Answers what its children lose.
fn leave(sheet: &mut Sheet, kin: &Kin) -> Vec<Kin> {
    let family = sheet.rewrite(&kin.owner.code);
    let mut lost = Vec::new();
    for child in &mut family.children {
        let months = child.months & kin.months;
        if months != 0 {
            lost.push(Kin { owner: child.owner.clone(), months });
        }
        child.months &= !kin.months;
    }
    family.children.retain(|child| child.months != 0);
    for place in places(kin.months) {
        (family.reserve[place], family.buffer[place]) = (0, 0);
    }
    if family.children.is_empty() {
        sheet.forget(&kin.owner.code);
    }
    lost
}

fn kept_months(child: &ProposedChild) -> (&Owner, MonthSet) {
    (&child.owner, child.kin().months)
}
