//! Sums by customer, which no roll-up block keeps: the facts of a month are added up once and held, until an import says
//! something about the month again (`docs/decisions/0016`). The database is the truth; everything here is keyed by its
//! change sequence.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_rollup::{Axis, Block, By, Delta, Owner, PATH_SEPARATOR, Question};
use dacheng_store::facts::View;
use dacheng_store::{Read, counter, imports};
use rustc_hash::FxHashMap;

use super::actuals::fen;
use crate::facts::crediting::{Detail, add};
use crate::facts::days::{month_of, number};
use crate::facts::delta::{Touched, each_bundle};
use crate::facts::ground::Ground;
use crate::memory::GROUND;
use crate::{App, Result};

/// Rows of imports since the last look beyond which everything is forgotten rather than looked through.
const MOST_ROWS: i64 = 20_000;
/// Months held at most; three years of two measures are 72.
const MOST_MONTHS: usize = 600;
/// Months from which on one walk over all facts is cheaper than looking up those of each month.
const MANY: usize = 6;
/// Bundles whose credits are held in full before they are folded.
const BUNDLES: usize = 10_000;
/// The path of somebody who never had a seat.
const NOWHERE: u32 = u32::MAX;

/// What a month came to by customer and path, both as the ground numbers them.
type MonthSums = Vec<(u32, u32, i64)>;

/// The months held by one process.
#[derive(Debug, Default)]
pub struct ByCustomer(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    /// The ground's version and the change sequence that the months are of.
    at: Option<(i64, i64)>,
    /// A month that was read and has no fact of a measure is there and empty.
    months: HashMap<Month, BTreeMap<Measure, Arc<MonthSums>>>,
}

impl ByCustomer {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Months held now.
    pub fn months_held(&self) -> usize {
        self.held().months.len()
    }
}

/// The sums of a unit or the company by customer over whole months, overlay shares left out. Facts that name no customer
/// are left out. Each month is read once, whoever asks next; who asks meanwhile waits.
pub fn by_customer(
    app: &App,
    tx: &mut Read,
    (ground, measure): (&Ground, Measure),
    owner: &Owner,
    months: impl IntoIterator<Item = Month>,
) -> Result<BTreeMap<u32, i64>> {
    let mut own = Held::default();
    let mut shared = app.memory.customers.held();
    let held = if shared.catch_up(tx, ground)? { &mut *shared } else { &mut own };
    let counts = counted(ground, owner);
    let mut sums: BTreeMap<u32, i128> = BTreeMap::new();
    let months: BTreeSet<Month> = months.into_iter().collect();
    held.fill(tx, ground, &months)?;
    for month in &months {
        let found = held.months.get(month).and_then(|measures| measures.get(&measure));
        for (customer, path, amount) in found.map_or(&[][..], |sums| sums.as_slice()) {
            if counts.as_ref().is_none_or(|paths| paths.contains(path)) {
                *sums.entry(*customer).or_default() += i128::from(*amount);
            }
        }
    }
    Ok(sums.into_iter().map(|(customer, sum)| (customer, fen(sum))).collect())
}

/// Reads the months that are not held yet, before anybody asks.
pub(super) fn hold(app: &App, tx: &mut Read, ground: &Ground, months: &BTreeSet<Month>) -> Result<()> {
    let mut held = app.memory.customers.held();
    if held.catch_up(tx, ground)? { held.fill(tx, ground, months) } else { Ok(()) }
}

/// Whether something is held, and nothing happened since.
pub(super) fn is_current(app: &App, tx: &mut Read) -> Result<bool> {
    let now = (counter::last(tx, GROUND)?, counter::last(tx, counter::CHANGE)?);
    let held = app.memory.customers.held();
    Ok(held.at == Some(now) && !held.months.is_empty())
}

/// The paths whose facts are an owner's; all where `None`.
fn counted(ground: &Ground, owner: &Owner) -> Option<BTreeSet<u32>> {
    let code = match owner {
        Owner::Company => return None,
        Owner::Unit(code) | Owner::Member(code) => code,
    };
    let places = ground.paths.iter().zip(0..);
    let own = places.filter(|(path, _)| path.split(PATH_SEPARATOR).any(|unit| unit == code));
    Some(own.map(|(_, place)| place).collect())
}

impl Held {
    /// Forgets what changed since the months were read. `false` where the transaction looks at an earlier moment than what
    /// is held, which stays as it is.
    fn catch_up(&mut self, tx: &mut Read, ground: &Ground) -> Result<bool> {
        let now = (counter::last(tx, GROUND)?, counter::last(tx, counter::CHANGE)?);
        let Some((version, sequence)) = self.at else {
            self.at = Some(now);
            return Ok(true);
        };
        if now.0 < version || now.1 < sequence {
            return Ok(false);
        }
        if now.0 != version {
            self.months.clear();
        } else if now.1 != sequence {
            self.forget(tx, ground, sequence, now.1)?;
        }
        self.at = Some(now);
        Ok(true)
    }

    /// Lets go of the months that imports between two change sequences say anything about.
    fn forget(&mut self, tx: &mut Read, ground: &Ground, before: i64, after: i64) -> Result<()> {
        let changed = imports::changed_since(tx, before)?;
        if changed.iter().map(|(_, rows)| *rows).sum::<i64>() > MOST_ROWS {
            self.months.clear();
            return Ok(());
        }
        for (import, _) in changed {
            for view in [View::at(before), View::at(after)] {
                let mut delta = Delta::default();
                let touched = Touched::Import(import);
                each_bundle(tx, touched, view, |_, raw| {
                    add(raw, ground, Detail::Full, 1, &mut delta);
                })?;
                for (_, month) in delta.touched() {
                    self.months.retain(|own, _| month_of(own.first_day()) != month);
                }
            }
        }
        Ok(())
    }

    /// Reads the months that are not there yet.
    fn fill(&mut self, tx: &mut Read, ground: &Ground, months: &BTreeSet<Month>) -> Result<()> {
        let missing = |held: &Self| -> Vec<Month> {
            months.iter().copied().filter(|month| !held.months.contains_key(month)).collect()
        };
        if self.months.len() + missing(self).len() > MOST_MONTHS {
            self.months.clear();
        }
        let missing = missing(self);
        if missing.len() >= MANY {
            self.months.extend(read(tx, ground, Touched::Days(i32::MIN, i32::MAX), &missing)?);
            return Ok(());
        }
        for month in missing {
            let days = Touched::Days(number(month.first_day()), number(month.last_day()));
            self.months.extend(read(tx, ground, days, &[month])?);
        }
        Ok(())
    }
}

/// Adds up the facts of some months from the bundles that touch them. A bundle reaches into other months, of which not
/// everything was read: those do not count.
fn read(
    tx: &mut Read,
    ground: &Ground,
    touched: Touched,
    months: &[Month],
) -> Result<HashMap<Month, BTreeMap<Measure, Arc<MonthSums>>>> {
    let view = View::at(counter::last(tx, counter::CHANGE)?);
    let mut reading = Reading::of(ground, months);
    let mut delta = Delta::default();
    let mut bundles = 0;
    each_bundle(tx, touched, view, |_, raw| {
        add(raw, ground, Detail::Full, 1, &mut delta);
        bundles += 1;
        // Every line of every order at once would be too much to hold.
        if bundles % BUNDLES == 0 {
            reading.take(std::mem::take(&mut delta));
        }
    })?;
    reading.take(delta);
    Ok(reading.done())
}

/// Sums in the making.
struct Reading<'g> {
    ground: &'g Ground,
    /// By the number of the month as deltas have it.
    months: BTreeMap<i32, Month>,
    paths: HashMap<&'g str, u32>,
    sums: HashMap<(Month, Measure), FxHashMap<(u32, u32), i64>>,
}

impl<'g> Reading<'g> {
    fn of(ground: &'g Ground, months: &[Month]) -> Self {
        Self {
            ground,
            months: months.iter().map(|month| (month_of(month.first_day()), *month)).collect(),
            paths: ground.paths.iter().map(String::as_str).zip(0..).collect(),
            sums: HashMap::new(),
        }
    }

    /// Folds what some bundles credit.
    fn take(&mut self, mut delta: Delta) {
        for (measure, number) in delta.touched() {
            let Some(month) = self.months.get(&number) else { continue };
            let block = delta.applied((measure, number), &Block::default(), |day| day);
            let by = vec![By::Axis(Axis::Customer), By::Axis(Axis::Path)];
            let question = Question { owner: Owner::Company, days: None, members: None, by };
            let sums = self.sums.entry((*month, measure)).or_default();
            for (names, sum) in question.ask([&block]) {
                let [customer, path] = names.as_slice() else { continue };
                let Some(customer) = self.ground.customers.place(customer) else { continue };
                let path = self.paths.get(path.as_str()).copied().unwrap_or(NOWHERE);
                let held = sums.entry((customer, path)).or_default();
                *held = held.saturating_add(fen(sum));
            }
        }
    }

    /// Every month that was asked for, those without a fact too.
    fn done(self) -> HashMap<Month, BTreeMap<Measure, Arc<MonthSums>>> {
        let mut done: HashMap<Month, BTreeMap<Measure, Arc<MonthSums>>> =
            self.months.values().map(|month| (*month, BTreeMap::new())).collect();
        for ((month, measure), sums) in self.sums {
            let rows = sums.into_iter().map(|((customer, path), sum)| (customer, path, sum));
            done.entry(month).or_default().insert(measure, Arc::new(rows.collect()));
        }
        done
    }
}
