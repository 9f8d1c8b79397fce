//! What a changed parent does to those below it: their cells follow in proportion, locks kept, down to the leaves.
//!
//! A child whose own breakdown no longer sums never exists: either everything below follows in the same
//! transaction, or the change is refused and names where it stops.

use std::collections::{BTreeMap, HashSet};

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Child, Exact, Request, Unit, allocate};
use dacheng_domain::people::Organisation;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;

use super::owner::Owner;
use super::say::{Words, listed};
use super::sheet::{MonthSet, Sheet, places};
use crate::{Error, Result};
use jiff::civil::Date;

/// Units whose months changed, by their depth in the tree, so that parents come before their children.
#[derive(Debug, Default)]
pub(crate) struct Queue(BTreeMap<(usize, String), MonthSet>);

impl Queue {
    /// Adds months of a unit.
    pub fn add(&mut self, depth: usize, unit: &str, months: MonthSet) {
        *self.0.entry((depth, unit.to_owned())).or_default() |= months;
    }

    /// The units of the least depth.
    fn next_level(&mut self) -> Option<(usize, Vec<(String, MonthSet)>)> {
        let depth = self.0.first_key_value()?.0.0;
        let rest = self.0.split_off(&(depth + 1, String::new()));
        let level = std::mem::replace(&mut self.0, rest);
        Some((depth, level.into_iter().map(|((_, unit), months)| (unit, months)).collect()))
    }
}

/// How deep a unit stands on a day; 0 where it is not known.
pub(crate) fn depth(organisation: &Organisation, unit: &str, on: Date) -> usize {
    let path = organisation.unit_of_code(unit).and_then(|unit| organisation.nearest_unit_path(unit.id, on));
    path.map_or(0, <[_]>::len)
}

/// Lets everything below the queued units follow, month by month: pro rata to what the children carry, to the
/// smallest unit, by the solver of `domain.md` §4. `fixed` cells and locked ones stay. Declared differences stay.
pub(crate) fn settle(
    sheet: &mut Sheet,
    tx: &mut Read,
    words: Words<'_>,
    mut queue: Queue,
    fixed: &HashSet<(Owner, usize)>,
) -> Result<()> {
    let mut problems = Vec::new();
    while let Some((depth, level)) = queue.next_level() {
        sheet.load(tx, level.iter().map(|(unit, _)| unit.as_str()))?;
        for (unit, months) in level {
            for place in places(months) {
                if sheet.difference(&unit, place).is_none() {
                    continue;
                }
                match follow(sheet, words, &unit, place, fixed) {
                    Ok(units) => units.iter().for_each(|unit| queue.add(depth + 1, unit, 1 << place)),
                    Err(problem) => problems.push(problem),
                }
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Refused(listed(words.lang, problems))) }
}

/// Lets the children of one month follow their parent. Answers the units among them that changed.
fn follow(
    sheet: &mut Sheet,
    words: Words<'_>,
    unit: &str,
    place: usize,
    fixed: &HashSet<(Owner, usize)>,
) -> std::result::Result<Vec<String>, String> {
    let month = sheet.months[place];
    let say = words.lang.plans_refused();
    let Some(family) = sheet.family(unit) else { return Ok(Vec::new()) };
    let parent = sheet.amount(&Owner::unit(unit), place);
    let given = i128::from(parent) + i128::from(family.buffer[place]) - i128::from(family.reserve[place]);
    if given < 0 {
        let reserve = words.amount(family.reserve[place].into());
        return Err(say.too_much_declared(words.unit(unit), words.month(month), reserve));
    }
    let total = Fen(i64::try_from(given).map_err(|_| say.too_large().to_owned())?);
    let owners: Vec<Owner> = family.of_month(place).cloned().collect();
    let children = owners.iter().map(|owner| {
        let amount = sheet.amount(owner, place);
        let stays = fixed.contains(&(owner.clone(), place)) || sheet.lock(owner, place).is_some();
        let weight = Exact::from(u64::try_from(amount).unwrap_or(0));
        Child { lock: stays.then_some(Fen(amount)), ..Child::weighing(weight) }
    });
    let request = Request { total, buffer: Exact::from(1), unit: Unit::FEN, children: children.collect() };
    let solved = allocate(&request).map_err(|refusal| {
        let problem = words.refusal(refusal, &owners.iter().collect::<Vec<_>>());
        say.below(words.unit(unit), words.month(month), problem)
    })?;
    let mut units = Vec::new();
    for (owner, value) in owners.into_iter().zip(solved.values) {
        if sheet.amount(&owner, place) != value.0 {
            sheet.set_amount(&owner, place, value.0);
            if owner.kind == OwnerKind::Unit {
                units.push(owner.code);
            }
        }
    }
    Ok(units)
}
