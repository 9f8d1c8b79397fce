//! Working a copy out, metric by metric: everything as it is, grown from the top, without who is no longer there; and
//! writing it.

use std::collections::{BTreeMap, HashSet};

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Child, Exact, Request, Unit, allocate};
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::planning::scenario::{Growth, Locks};
use dacheng_store::locks::{Lock, YEAR};
use dacheng_store::scenarios::{self, Scenario};
use dacheng_store::targets::{self, Cell};
use dacheng_store::{Read, Write, breakdowns, locks, objectives, proposals};

use super::copied::{Copied, NotTaken};
use super::copy::{CopyPlan, CopyPreview, growth, total};
use super::gone::Gone;
use crate::allocation::{
    Family, Owner, Queue, Saved, Sheet, TOP, WHOLE_YEAR, Words, assert_whole, divided, month_number, settle,
};
use crate::planning::Opened;
use crate::{Context, Error, Result};

/// A metric as it is copied.
pub(super) struct MetricCopy {
    pub sheet: Sheet,
    parts: Vec<Cell>,
    pub before: Option<i64>,
    pub not_taken: Vec<NotTaken>,
}

/// A copy being worked out; `plan` is the number of the new one.
pub(super) struct Work<'w> {
    pub context: &'w Context,
    pub source: &'w Opened,
    pub year: Year,
    pub request: &'w CopyPlan,
    pub plan: i64,
}

impl Work<'_> {
    pub fn metrics(&self, tx: &mut Read) -> Result<Vec<MetricCopy>> {
        let codes = breakdowns::metrics(tx, self.source.plan.id)?;
        let metrics = codes.iter().filter_map(|code| code.parse::<Metric>().ok());
        metrics.map(|metric| self.metric(tx, metric)).collect()
    }

    fn metric(&self, tx: &mut Read, metric: Metric) -> Result<MetricCopy> {
        let mut from = Sheet::open(tx, self.source.plan.id, metric, self.source.year)?;
        let parts = from.load_whole(tx)?;
        let mut sheet = Sheet::open(tx, self.plan, metric, self.year)?;
        self.take_over(&from, &mut sheet);
        let words = Words { lang: self.context.lang, metric, ground: &self.source.ground };
        let adds_up = metric.definition().roll_up == RollUp::Sum;
        if adds_up {
            self.grow(&mut sheet, tx, words)?;
        }
        let not_taken = Gone { source: self.source, year: self.year, leavers: self.request.leavers, words }
            .leave_behind(&from, &mut sheet, tx)?;
        if adds_up {
            assert_whole(&sheet)?;
        }
        let parts = self.parts(&from, &sheet, parts)?;
        Ok(MetricCopy { before: total(&from), sheet, parts, not_taken })
    }

    /// Everything as it is, under the months of the new year.
    fn take_over(&self, from: &Sheet, sheet: &mut Sheet) {
        for owner in from.owners() {
            for place in 0..12 {
                if let Some(marks) = from.marks(&owner, place) {
                    sheet.set(&owner, place, Some(marks));
                }
            }
        }
        for unit in from.units() {
            if let Some(family) = from.family(&unit) {
                *sheet.rewrite(&unit) = Family { version: 0, ..family.clone() };
            }
        }
        if self.request.locks == Locks::Kept {
            sheet.locks = from
                .locks
                .iter()
                .map(|((owner, month), lock)| {
                    let month = self.month(*month);
                    ((owner.clone(), month), Lock { month, ..lock.clone() })
                })
                .collect();
        }
    }

    /// A month of the source in the new plan; a lock on the year stays one.
    fn month(&self, month: i64) -> i64 {
        let years = i64::from(self.year.name() - self.source.year.name());
        if month == YEAR { YEAR } else { month + 100 * years }
    }

    /// The totals at the top grow, and everything below follows in proportion, locks kept.
    fn grow(&self, sheet: &mut Sheet, tx: &mut Read, words: Words<'_>) -> Result<()> {
        let growth = self.request.growth.get(&sheet.metric).copied().unwrap_or_default();
        if growth == Growth::NONE {
            return Ok(());
        }
        let too_large = || Error::refused(words.lang.plans_refused().too_large());
        let tops: Vec<Owner> = sheet
            .family(TOP)
            .map_or_else(Vec::new, |family| family.children.iter().map(|kin| kin.owner.clone()).collect());
        for top in &tops {
            grow_year(sheet, words, top, growth)?;
        }
        let mut queue = Queue::default();
        for (depth, unit) in sheet.top_down().into_iter().filter(|(_, unit)| unit != TOP) {
            let family = sheet.rewrite(&unit);
            for place in 0..12 {
                family.reserve[place] = growth.of(family.reserve[place]).ok_or_else(too_large)?;
                family.buffer[place] = growth.of(family.buffer[place]).ok_or_else(too_large)?;
            }
            queue.add(depth, &unit, WHOLE_YEAR);
        }
        settle(sheet, tx, words, queue, &HashSet::new())
    }

    /// Cells by line and type, divided anew below the new whole ones.
    fn parts(&self, from: &Sheet, sheet: &Sheet, parts: Vec<Cell>) -> Result<Vec<Cell>> {
        let mut totals = BTreeMap::new();
        for owner in sheet.owners() {
            for place in 0..12 {
                if let Some(marks) = sheet.marks(&owner, place) {
                    totals.insert((owner.clone(), month_number(sheet.months[place])), marks.target);
                }
            }
        }
        let moved = parts.into_iter().filter(|cell| from.place(cell.month).is_some());
        let moved = moved.map(|cell| Cell { month: self.month(cell.month), ..cell }).collect();
        match sheet.metric.definition().roll_up {
            RollUp::Sum => divided(moved, &totals),
            RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => Ok(moved
                .into_iter()
                .filter(|cell| {
                    let owner = Owner { kind: cell.owner_kind, code: cell.owner.clone() };
                    totals.contains_key(&(owner, cell.month))
                })
                .collect()),
        }
    }

    pub fn save(&self, tx: &mut Write, own: &MetricCopy) -> Result<Saved> {
        let saved = own.sheet.save(tx, self.context)?;
        let of = own.sheet.of();
        if !own.parts.is_empty() {
            targets::replace(tx, of.0, of.1, &own.parts)?;
        }
        let held = own.sheet.locks.values();
        let kept: Vec<Lock> = held
            .filter(|lock| {
                let owner = Owner { kind: lock.owner_kind, code: lock.owner.clone() };
                own.sheet.has_cells(&owner)
            })
            .cloned()
            .collect();
        locks::set(tx, of, &kept)?;
        Ok(saved)
    }

    /// What surrounds the plan: where it comes from, what its targets serve, and within the year the factors that were typed.
    pub fn surround(&self, tx: &mut Write, preview: &CopyPreview) -> Result<()> {
        let (at, actor) = (self.context.now.as_millisecond(), self.context.actor_name());
        let source = self.source.plan.id;
        let copied = Copied { growth: growth(self.request), not_taken: preview.not_taken.clone() };
        let pay = scenarios::of_plan(tx, source)?.and_then(|own| own.pay);
        let scenario = Scenario {
            plan: self.plan,
            source: Some(source),
            copied: Some(copied.written()?),
            pay,
            archived_from: None,
            changed_at: at,
            actor: actor.clone(),
            version: 1,
        };
        scenarios::save(tx, &scenario, 0)?;
        objectives::copy_links(tx, (source, self.plan), self.year.name().into(), at, &actor)?;
        if self.year == self.source.year {
            for own in &preview.metrics {
                let code = own.metric.code();
                if let Some(kept) = proposals::current(tx, (source, code))? {
                    proposals::append(tx, (self.plan, code), 0, &proposals::Kept { version: 1, ..kept })?;
                }
            }
        }
        Ok(())
    }
}

/// The year of an owner at the top grows; its months share that in proportion, locked ones stay.
fn grow_year(sheet: &mut Sheet, words: Words<'_>, top: &Owner, growth: Growth) -> Result<()> {
    let too_large = || Error::refused(words.lang.plans_refused().too_large());
    let months: Vec<usize> = (0..12).filter(|place| sheet.marks(top, *place).is_some()).collect();
    let year: i64 = months.iter().map(|place| sheet.amount(top, *place)).sum();
    let total = growth.of(year).ok_or_else(too_large)?;
    let children = months.iter().map(|place| {
        let amount = sheet.amount(top, *place);
        let lock = sheet.lock(top, *place).map(|_| Fen(amount));
        Child { lock, ..Child::weighing(Exact::from(u64::try_from(amount).unwrap_or(0))) }
    });
    let request =
        Request { total: Fen(total), buffer: Exact::from(1), unit: Unit::FEN, children: children.collect() };
    let owners: Vec<&Owner> = months.iter().map(|_| top).collect();
    let solved = allocate(&request).map_err(|refusal| Error::refused(words.refusal(refusal, &owners)))?;
    for (place, value) in months.into_iter().zip(solved.values) {
        sheet.set_amount(top, place, value.0);
    }
    Ok(())
}
