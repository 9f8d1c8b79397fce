//! Importing what facts refer to: units, members, employments, products, customers. They are few: the whole
//! file is looked at together, because only the whole makes an organisation.

use std::collections::HashMap;

use dacheng_domain::facts::entry::Entry;
use dacheng_domain::facts::row::{CustomerRow, EmploymentRow, MemberRow, ProductRow, Row, UnitRow};
use dacheng_store::facts::{Fact, append, every};
use dacheng_store::imports;
use dacheng_store::search::Kind;
use jiff::civil::Date;

use super::problems::Wrong;
use super::source::Line;
use super::work::{Orphans, Since, Work};
use crate::search::index::{self, Called};
use crate::{Error, Result};

/// A kind of fact that others refer to.
pub trait Master: Fact + Into<Row> {
    /// From when a new one alters figures of what is already there, beside those that are known: an employment moves its member.
    /// `None` where it does not.
    fn new_matters<'m>(&self, _: impl Iterator<Item = &'m Self>) -> Option<Since>
    where
        Self: 'm,
    {
        None
    }

    /// The fact of a row of this kind.
    fn of(row: Row) -> Option<Self>;
    /// From when it holds.
    fn from(&self) -> Option<Date>;
    /// The same, holding from a day on.
    fn holding_from(self, from: Option<Date>) -> Self;
    /// Whether figures may differ between the two.
    fn matters(&self, before: &Self) -> bool;
    /// From when figures differ because of what holds for all time, whatever the day of the change; `None` where nothing
    /// of it changed.
    fn reaches_back(&self, _: &Self) -> Option<Since> {
        None
    }
    /// As what the search finds it; `None` for what it does not find.
    fn called(&self) -> Option<Called>;
}

/// Takes all lines of the file through. A change of something known holds from the row's own day, else from
/// today: what was true before stays true for its time (`domain.md` §1).
pub fn run<M: Master>(work: &mut Work<'_>, mut lines: Vec<Line>) -> Result<()> {
    lines.sort_by_key(|line| line.row);
    let mut tx = work.app.store.read()?;
    let mut newest = HashMap::<String, M>::new();
    for version in every::<M>(&mut tx, work.view())? {
        let held = newest.get(&key(&version.fact)).is_some_and(|held| held.from() > version.fact.from());
        if !held {
            newest.insert(key(&version.fact), version.fact);
        }
    }
    drop(tx);
    let mut seen = HashMap::<(String, Option<Date>), u64>::new();
    let (mut facts, mut named) = (Vec::new(), Vec::new());
    for Line { row, key, entry } in lines {
        let key = key.to_string();
        let old = newest.get(&key).cloned();
        let entry = match &old {
            None => entry,
            Some(old) => entry.over(old.clone().into()),
        };
        match entry.complete() {
            Err(missing) => {
                for field in missing {
                    work.wrong(Some(row), Wrong::Missing(field));
                }
            }
            Ok(complete) => {
                let Some(fact) = M::of(complete) else { continue };
                let fact = dated(fact, old.as_ref(), work.context.today);
                if let Some(other) = seen.insert((key.clone(), fact.from()), row) {
                    work.wrong(Some(row), Wrong::Twice { other: Some(other) });
                } else if note(work, &fact, old.as_ref(), &newest) {
                    let before = old.as_ref().and_then(Master::called);
                    named.extend(fact.called().filter(|called| before.as_ref() != Some(called)));
                    newest.insert(key, fact.clone());
                    facts.push(fact);
                }
            }
        }
    }
    write(work, &facts, &named)
}

fn key<M: Master>(fact: &M) -> String {
    Entry::from(fact.clone().into()).key().into_owned()
}

fn dated<M: Master>(fact: M, old: Option<&M>, today: Date) -> M {
    let Some(old) = old.filter(|_| fact.from().is_none()) else { return fact };
    if fact.matters(old) {
        return fact.holding_from(Some(today));
    }
    fact.holding_from(old.from())
}

/// Counts the fact, and notes from when it matters. Answers whether it is to be written.
fn note<M: Master>(work: &mut Work<'_>, fact: &M, old: Option<&M>, known: &HashMap<String, M>) -> bool {
    match old {
        Some(old) if old == fact => {
            work.counts.unchanged += 1;
            return false;
        }
        Some(old) => {
            work.counts.changed += 1;
            if fact.from() < old.from() {
                // Between or before what is known: it holds for days on which another version did.
                work.changed_since(Since::Ever);
            } else if fact.matters(old) {
                work.changed_since(fact.from().map_or(Since::Ever, Since::Day));
            }
            if let Some(since) = fact.reaches_back(old) {
                work.changed_since(since);
            }
        }
        None => {
            work.counts.added += 1;
            if work.orphans == Orphans::Possible {
                // What is known first of something also holds for the days before.
                work.changed_since(Since::Ever);
            }
            if let Some(since) = fact.new_matters(known.values()) {
                work.changed_since(since);
            }
        }
    }
    true
}

fn write<M: Master>(work: &mut Work<'_>, facts: &[M], named: &[Called]) -> Result<()> {
    let Some(import) = work.writes() else { return Ok(()) };
    index::note_ahead(work.app, named)?;
    work.seal(facts);
    let mut tx = work.app.store.write()?;
    append(&mut tx, import, facts)?;
    work.written.push((String::new(), char::MAX.to_string()));
    if !imports::progress(&mut tx, import, &work.counts)? {
        return Err(Error::refused(work.context.lang.problems().cancelled()));
    }
    Ok(tx.commit()?)
}

impl Master for UnitRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Unit(row) = row { Some(row) } else { None }
    }

    fn from(&self) -> Option<Date> {
        self.from
    }

    fn holding_from(self, from: Option<Date>) -> Self {
        Self { from, ..self }
    }

    fn matters(&self, before: &Self) -> bool {
        (&self.parent, &self.leader) != (&before.parent, &before.leader)
    }

    fn called(&self) -> Option<Called> {
        Some(Called { kind: Kind::Unit, code: self.unit.to_string(), name: self.name.clone() })
    }
}

impl Master for MemberRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Member(row) = row { Some(row) } else { None }
    }

    fn from(&self) -> Option<Date> {
        self.from
    }

    fn holding_from(self, from: Option<Date>) -> Self {
        Self { from, ..self }
    }

    fn matters(&self, before: &Self) -> bool {
        self.unit != before.unit
    }

    fn called(&self) -> Option<Called> {
        Some(Called { kind: Kind::Member, code: self.member.to_string(), name: self.name.clone() })
    }
}

impl Master for EmploymentRow {
    /// Before the first seat of somebody the next one holds, and without any that of the members' file: the first to be known
    /// matters for all time.
    fn new_matters<'m>(&self, mut known: impl Iterator<Item = &'m Self>) -> Option<Since> {
        let has_earlier = known.any(|other| other.member == self.member && other.from < self.from);
        Some(if has_earlier { Since::Day(self.from) } else { Since::Ever })
    }

    fn of(row: Row) -> Option<Self> {
        if let Row::Employment(row) = row { Some(row) } else { None }
    }

    fn from(&self) -> Option<Date> {
        Some(self.from)
    }

    /// An employment's first day is part of its key.
    fn holding_from(self, _: Option<Date>) -> Self {
        self
    }

    fn matters(&self, before: &Self) -> bool {
        (self.to, self.share) != (before.to, before.share)
    }

    fn called(&self) -> Option<Called> {
        None
    }
}

impl Master for ProductRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Product(row) = row { Some(row) } else { None }
    }

    fn from(&self) -> Option<Date> {
        self.from
    }

    fn holding_from(self, from: Option<Date>) -> Self {
        Self { from, ..self }
    }

    fn matters(&self, before: &Self) -> bool {
        self.line != before.line
    }

    /// What is new since an earlier day was new when it was sold then.
    fn reaches_back(&self, before: &Self) -> Option<Since> {
        let days = [self.new_since, before.new_since];
        let earlier = days.into_iter().flatten().min().filter(|_| self.new_since != before.new_since);
        earlier.map(Since::Day)
    }

    fn called(&self) -> Option<Called> {
        None
    }
}

impl Master for CustomerRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Customer(row) = row { Some(row) } else { None }
    }

    fn from(&self) -> Option<Date> {
        self.from
    }

    fn holding_from(self, from: Option<Date>) -> Self {
        Self { from, ..self }
    }

    fn matters(&self, before: &Self) -> bool {
        (&self.region, &self.customer_type) != (&before.region, &before.customer_type)
    }

    /// Who carries another first order is new on another day, or not at all. Nothing else is looked at for it.
    fn reaches_back(&self, before: &Self) -> Option<Since> {
        (self.first_order != before.first_order).then_some(Since::Day(Date::MAX))
    }

    fn called(&self) -> Option<Called> {
        None
    }
}
