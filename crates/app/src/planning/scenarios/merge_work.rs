//! Working a merge out: the branch is replaced, what it changes above or beside is settled, and everything sums again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use dacheng_domain::allocation::Unbalanced;
use dacheng_domain::planning::scenario::Settlement;
use dacheng_store::Read;
use dacheng_store::targets::{Cell, OwnerKind};

use super::merge::{MergeRow, Part};
use crate::allocation::{
    Family, Kin, MonthSet, Owner, Queue, Sheet, TOP, WHOLE_YEAR, Words, assert_whole, declare, listed, settle,
};
use crate::{Error, Result};

/// A branch as it stands in both plans.
pub(super) struct Branches {
    top: Owner,
    /// The unit above it; empty at the top.
    pub above: String,
    /// In which months it hangs there.
    months: MonthSet,
    theirs: Vec<Owner>,
    ours: Vec<Owner>,
}

/// What a merge comes to.
pub(super) struct Worked {
    pub sheet: Sheet,
    /// The branch's cells by line and type.
    pub parts: Vec<Cell>,
    /// Whose cells by line and type end.
    pub lost_parts: Vec<Owner>,
}

impl Branches {
    pub fn read(words: Words<'_>, theirs: &Sheet, ours: &Sheet, owner: &Owner) -> Result<Self> {
        let say = words.lang.scenarios_refused();
        let name = words.owner(owner);
        if !theirs.has_cells(owner) {
            return Err(Error::refused(say.nothing_there(name)));
        }
        let (there, here) = (theirs.parents(owner), ours.parents(owner));
        let ([(above, months)], [] | [_]) = (there.as_slice(), here.as_slice()) else {
            return Err(Error::refused(say.elsewhere(name)));
        };
        if here.first().is_some_and(|(own, _)| own != above) {
            return Err(Error::refused(say.elsewhere(name)));
        }
        if above != TOP && ours.family(above).is_none() {
            return Err(Error::refused(say.not_broken_down(words.unit(above), name)));
        }
        let found = Self {
            top: owner.clone(),
            above: above.clone(),
            months: *months,
            theirs: theirs.branch(owner),
            ours: if ours.has_cells(owner) { ours.branch(owner) } else { Vec::new() },
        };
        found.refuse_claimed(words, theirs, ours)?;
        Ok(found)
    }

    /// Nobody is counted twice: who hangs elsewhere in the same months cannot come along.
    fn refuse_claimed(&self, words: Words<'_>, theirs: &Sheet, ours: &Sheet) -> Result<()> {
        let inside: HashSet<&str> = self
            .ours
            .iter()
            .chain(&self.theirs)
            .filter(|own| own.kind == OwnerKind::Unit)
            .map(|own| own.code.as_str())
            .collect();
        let (there, here) = (theirs.all_parents(), ours.all_parents());
        let claimed = |owner: &&Owner| {
            let wanted = months_of(&there, owner, &|unit| inside.contains(unit));
            months_of(&here, owner, &|unit| !inside.contains(unit)) & wanted != 0
        };
        let twice: Vec<String> = self
            .theirs
            .iter()
            .skip(1)
            .filter(claimed)
            .map(|owner| words.lang.scenarios_refused().claimed(words.owner(owner)))
            .collect();
        if twice.is_empty() { Ok(()) } else { Err(Error::Refused(listed(words.lang, twice))) }
    }

    /// The branch is replaced and everything settled.
    pub fn work(
        &self,
        words: Words<'_>,
        tx: &mut Read,
        theirs: &Sheet,
        mut sheet: Sheet,
        (parts, by): (Vec<Cell>, Settlement),
    ) -> Result<Worked> {
        self.refuse_locked(words, theirs, &sheet)?;
        self.replace(theirs, &mut sheet);
        match by {
            Settlement::Parents => self.up(words, &mut sheet)?,
            Settlement::Siblings => self.beside(words, tx, &mut sheet)?,
            Settlement::Declared => self.declare(words, &mut sheet)?,
        }
        assert_whole(&sheet)?;
        let branch: HashSet<&Owner> = self.theirs.iter().collect();
        let is_inside =
            |cell: &Cell| branch.contains(&Owner { kind: cell.owner_kind, code: cell.owner.clone() });
        let parts = parts.into_iter().filter(is_inside).collect();
        let mut lost_parts: Vec<Owner> = self.ours.iter().chain(&self.theirs).cloned().collect();
        lost_parts.sort_unstable();
        lost_parts.dedup();
        Ok(Worked { sheet, parts, lost_parts })
    }

    fn refuse_locked(&self, words: Words<'_>, theirs: &Sheet, ours: &Sheet) -> Result<()> {
        let say = words.lang.plans_refused();
        let mut problems = Vec::new();
        let beyond = self.ours.iter().filter(|own| !self.theirs.contains(own));
        for owner in self.theirs.iter().chain(beyond) {
            for place in 0..12 {
                let new = if self.theirs.contains(owner) { theirs.marks(owner, place) } else { None };
                if ours.marks(owner, place).map(|own| own.target) == new.map(|own| own.target) {
                    continue;
                }
                if let Some(lock) = ours.lock(owner, place) {
                    let month = words.month(ours.months[place]);
                    problems.push(say.locked(words.owner(owner), month, &lock.actor, &lock.reason));
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Refused(listed(words.lang, problems))) }
    }

    fn replace(&self, theirs: &Sheet, sheet: &mut Sheet) {
        for owner in &self.ours {
            (0..12).for_each(|place| sheet.set(owner, place, None));
            if owner.kind == OwnerKind::Unit && sheet.family(&owner.code).is_some() {
                sheet.forget(&owner.code);
            }
        }
        for owner in &self.theirs {
            (0..12).for_each(|place| sheet.set(owner, place, theirs.marks(owner, place)));
            let family = if owner.kind == OwnerKind::Unit { theirs.family(&owner.code) } else { None };
            if let Some(family) = family {
                let own = sheet.rewrite(&owner.code);
                *own = Family { version: own.version, ..family.clone() };
            }
        }
        let held = sheet.family(&self.above).and_then(|family| {
            family.children.iter().find(|kin| kin.owner == self.top).map(|kin| kin.months)
        });
        if held != Some(self.months) {
            let family = sheet.rewrite(&self.above);
            family.children.retain(|kin| kin.owner != self.top);
            family.children.push(Kin { owner: self.top.clone(), months: self.months });
        }
    }

    /// Every unit above carries as much more or less.
    fn up(&self, words: Words<'_>, sheet: &mut Sheet) -> Result<()> {
        let (say, refused) = (words.lang.plans_refused(), words.lang.scenarios_refused());
        let mut problems = Vec::new();
        for place in 0..12 {
            let mut unit = self.above.clone();
            while unit != TOP {
                let Some(by) = sheet.difference(&unit, place) else { break };
                let own = Owner::unit(unit.as_str());
                let month = words.month(sheet.months[place]);
                let change = match by {
                    Unbalanced::Unassigned(rest) => -rest,
                    Unbalanced::Exceeded(rest) => rest,
                };
                let amount = i64::try_from(i128::from(sheet.amount(&own, place)) + change);
                let amount = amount.map_err(|_| Error::refused(say.too_large()))?;
                if let Some(lock) = sheet.lock(&own, place) {
                    problems.push(say.locked(words.owner(&own), month, &lock.actor, &lock.reason));
                    break;
                }
                if amount < 0 {
                    problems.push(refused.below_zero(words.owner(&own), month));
                    break;
                }
                sheet.set_amount(&own, place, amount);
                let mut parents = sheet.parents(&own).into_iter();
                let next = parents.find(|(_, months)| months >> place & 1 == 1);
                unit = next.map_or_else(|| TOP.to_owned(), |(unit, _)| unit);
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Refused(listed(words.lang, problems))) }
    }

    /// Those beside the branch follow in proportion.
    fn beside(&self, words: Words<'_>, tx: &mut Read, sheet: &mut Sheet) -> Result<()> {
        if self.above == TOP {
            return Ok(());
        }
        let fixed: HashSet<(Owner, usize)> =
            self.theirs.iter().flat_map(|own| (0..12).map(move |place| (own.clone(), place))).collect();
        let mut queue = Queue::default();
        queue.add(0, &self.above, WHOLE_YEAR);
        settle(sheet, tx, words, queue, &fixed)
    }

    fn declare(&self, words: Words<'_>, sheet: &mut Sheet) -> Result<()> {
        for place in 0..12 {
            if let Some(by) = sheet.difference(&self.above, place) {
                declare(words, sheet, &self.above, place, by)?;
            }
        }
        Ok(())
    }

    /// Everybody whose year changes: above, the branch, beside.
    pub fn rows(&self, words: Words<'_>, sheet: &Sheet) -> Vec<MergeRow> {
        let mut before: BTreeMap<&Owner, [Option<Option<i64>>; 12]> = BTreeMap::new();
        for (owner, place, marks) in sheet.changed() {
            before.entry(owner).or_default()[place] = Some(marks.map(|marks| marks.target));
        }
        let above = self.units_above(sheet);
        let rows = before.into_iter().map(|(owner, changed)| {
            let now = sheet.row(owner);
            let was: Vec<i64> = (0..12).filter_map(|place| changed[place].unwrap_or(now[place])).collect();
            MergeRow {
                name: words.owner(owner),
                part: self.part(&above, owner),
                old: (!was.is_empty()).then(|| was.iter().sum()),
                new: sheet.year(owner),
                owner: owner.clone(),
            }
        });
        let mut rows: Vec<MergeRow> = rows.collect();
        let order: HashMap<&Owner, usize> =
            self.theirs.iter().enumerate().map(|(place, owner)| (owner, place)).collect();
        let above = |row: &MergeRow| above.iter().position(|own| *own == row.owner).map(Reverse);
        rows.sort_by_cached_key(|row| {
            let place = order.get(&row.owner).copied().unwrap_or(usize::MAX);
            (row.part, above(row), place, row.owner.clone())
        });
        rows
    }

    fn part(&self, above: &[Owner], owner: &Owner) -> Part {
        if above.contains(owner) {
            Part::Above
        } else if self.theirs.contains(owner) || self.ours.contains(owner) {
            Part::Branch
        } else {
            Part::Beside
        }
    }

    /// The units above the branch, the nearest first.
    fn units_above(&self, sheet: &Sheet) -> Vec<Owner> {
        let mut found: Vec<Owner> = Vec::new();
        let mut next = sheet.parents(&self.top);
        while let Some((unit, _)) = next.pop() {
            let owner = Owner::unit(unit);
            if owner.code != TOP && !found.contains(&owner) {
                next.extend(sheet.parents(&owner));
                found.push(owner);
            }
        }
        found
    }
}

/// The months in which somebody is a child of units that count.
fn months_of(
    parents: &HashMap<Owner, Vec<(String, MonthSet)>>,
    owner: &Owner,
    counts: &dyn Fn(&str) -> bool,
) -> MonthSet {
    let held = parents.get(owner).map_or(&[][..], Vec::as_slice).iter();
    held.filter(|(unit, _)| counts(unit)).fold(0, |set, (_, months)| set | months)
}
