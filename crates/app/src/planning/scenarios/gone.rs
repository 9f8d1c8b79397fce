//! Who is no longer there when a plan is copied: taken away by name, and what they would carry settled.

use std::collections::HashSet;

use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::RollUp;
use dacheng_domain::planning::scenario::Leavers;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;

use super::copied::{Became, NotTaken, Why};
use super::presence::lost;
use crate::Result;
use crate::allocation::{
    Kin, MonthSet, Owner, Queue, Sheet, TOP, WHOLE_YEAR, Words, drop_kin, months_of, settle,
};
use crate::planning::Opened;

/// What decides who is gone and what becomes of their part.
pub(super) struct Gone<'w> {
    pub source: &'w Opened,
    pub year: Year,
    pub leavers: Leavers,
    pub words: Words<'w>,
}

impl Gone<'_> {
    /// Takes away whoever is no longer there, and settles what they would carry.
    pub fn leave_behind(&self, from: &Sheet, sheet: &mut Sheet, tx: &mut Read) -> Result<Vec<NotTaken>> {
        let organisation = &self.source.ground.organisation;
        let months = (&months_of(self.source.year), &months_of(self.year));
        let mut found = Vec::new();
        for (depth, unit) in from.top_down() {
            // It may have gone with a unit above it.
            let Some(family) = sheet.family(&unit) else { continue };
            let gone: Vec<(Kin, Why)> = family
                .children
                .iter()
                .filter_map(|kin| {
                    let (months, why) = lost(organisation, &unit, kin, months)?;
                    Some((Kin { owner: kin.owner.clone(), months }, why))
                })
                .collect();
            if !gone.is_empty() {
                found.extend(self.settle_gone(sheet, tx, (depth, &unit), &gone)?);
            }
        }
        Ok(found)
    }

    fn settle_gone(
        &self,
        sheet: &mut Sheet,
        tx: &mut Read,
        (depth, unit): (usize, &str),
        gone: &[(Kin, Why)],
    ) -> Result<Vec<NotTaken>> {
        let amount = |sheet: &Sheet, kin: &Kin, place: usize| {
            if kin.months >> place & 1 == 1 { sheet.amount(&kin.owner, place) } else { 0 }
        };
        let carried: Vec<[i64; 12]> =
            gone.iter().map(|(kin, _)| std::array::from_fn(|place| amount(sheet, kin, place))).collect();
        let below: Vec<Vec<String>> =
            gone.iter().map(|(kin, _)| people_below(sheet, self.words, &kin.owner)).collect();
        let family = sheet.rewrite(unit);
        for (kin, _) in gone {
            if let Some(own) = family.children.iter_mut().find(|own| own.owner == kin.owner) {
                own.months &= !kin.months;
            }
        }
        family.children.retain(|kin| kin.months != 0);
        let is_empty = family.children.is_empty();
        drop_kin(sheet, tx, gone.iter().map(|(kin, _)| kin.clone()).collect())?;
        let adds_up = sheet.metric.definition().roll_up == RollUp::Sum && unit != TOP;
        let mut reserved: MonthSet = 0;
        if !adds_up {
            // Nothing has to sum to anything.
        } else if is_empty {
            sheet.forget(unit);
        } else {
            reserved = self.reserve(sheet, unit, &carried);
            let mut queue = Queue::default();
            queue.add(depth, unit, WHOLE_YEAR & !reserved);
            settle(sheet, tx, self.words, queue, &HashSet::new())?;
        }
        let told = gone.iter().zip(carried).zip(below).map(|(((kin, why), carried), below)| {
            let held: MonthSet =
                (0..12).filter(|place| carried[*place] != 0).fold(0, |set, place| set | 1 << place);
            NotTaken {
                metric: sheet.metric.code().to_owned(),
                owner: kin.owner.to_string(),
                name: self.words.owner(&kin.owner),
                unit: if unit == TOP { String::new() } else { self.words.unit(unit) },
                why: *why,
                months: kin.months.count_ones(),
                amount: carried.iter().sum(),
                became: if !adds_up {
                    Became::Nothing
                } else if is_empty {
                    Became::Unit
                } else if held & !reserved == 0 {
                    Became::Reserve
                } else if held & reserved == 0 {
                    Became::Siblings
                } else {
                    Became::Both
                },
                below,
            }
        });
        Ok(told.collect())
    }

    /// Declares what is missing as reserve in the months in which nobody else is to carry it, or can. Answers those months.
    fn reserve(&self, sheet: &mut Sheet, unit: &str, carried: &[[i64; 12]]) -> MonthSet {
        let mut months: MonthSet = 0;
        for place in 0..12 {
            let missing: i64 = carried.iter().map(|own| own[place]).sum();
            let can_carry = self.leavers == Leavers::Siblings
                && sheet.family(unit).is_some_and(|family| {
                    family
                        .of_month(place)
                        .any(|owner| sheet.amount(owner, place) > 0 && sheet.lock(owner, place).is_none())
                });
            if missing != 0 && !can_carry {
                sheet.rewrite(unit).reserve[place] += missing;
                months |= 1 << place;
            }
        }
        months
    }
}

/// The names of the people below a unit.
fn people_below(sheet: &Sheet, words: Words<'_>, owner: &Owner) -> Vec<String> {
    let branch = sheet.branch(owner).into_iter().skip(1);
    branch.filter(|own| own.kind == OwnerKind::Member).map(|own| words.owner(&own)).collect()
}
