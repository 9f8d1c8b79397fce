//! A part of a plan's metric in memory: cells, breakdowns, locks. It is read as far as a change reaches, changed,
//! balanced, and saved as one. What must sum to what is `domain::allocation`'s business.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use dacheng_domain::allocation::{Breakdown, Declared, Unbalanced};
use dacheng_domain::calendar::{Month, Year};
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::planning::Marks;
use dacheng_store::breakdowns::{self, Child, Difference};
use dacheng_store::locks::{self, Lock, YEAR};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::{Read, Write};

use super::owner::Owner;
use super::parts;
use crate::hash::{hex, sha256};
use crate::{Context, Result};

/// Amounts of the twelve months of a fiscal year, in the metric's smallest unit.
pub type Months = [i64; 12];
/// Which months, bit 0 the first of the fiscal year.
pub(crate) type MonthSet = u16;
/// All twelve.
pub(crate) const WHOLE_YEAR: MonthSet = 0xfff;
/// The unit above the company: its children are what has no parent.
pub(crate) const TOP: &str = "";

/// The places of the months of a set.
pub(crate) fn places(months: MonthSet) -> impl Iterator<Item = usize> {
    (0..12).filter(move |place| months >> place & 1 == 1)
}

/// A child and the months it is one in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kin {
    pub owner: Owner,
    pub months: MonthSet,
}

/// A unit's breakdown. Version 0 is a unit that is not broken down.
#[derive(Debug, Clone, Default)]
pub(crate) struct Family {
    pub method: String,
    pub version: i64,
    pub children: Vec<Kin>,
    pub reserve: Months,
    pub buffer: Months,
}

impl Family {
    /// Whether the unit is broken down.
    pub fn exists(&self) -> bool {
        self.version > 0 || !self.children.is_empty()
    }

    /// The children of a month.
    pub fn of_month(&self, place: usize) -> impl Iterator<Item = &Owner> {
        self.children.iter().filter(move |kin| kin.months >> place & 1 == 1).map(|kin| &kin.owner)
    }

    /// The difference declared in a month.
    pub fn declared(&self, place: usize) -> Declared {
        let size = |amount: i64| u64::try_from(amount).unwrap_or(0);
        Declared { reserve: size(self.reserve[place]), buffer: size(self.buffer[place]) }
    }
}

/// What was read of a plan's metric, and what is changed in it.
pub(crate) struct Sheet {
    plan: i64,
    pub metric: Metric,
    pub months: [Month; 12],
    cells: HashMap<Owner, [Option<Marks>; 12]>,
    families: HashMap<String, Family>,
    pub locks: HashMap<(Owner, i64), Lock>,
    /// What stood in the cells that were changed.
    before: BTreeMap<(Owner, usize), Option<Marks>>,
    /// The units whose breakdown itself is changed, with children or differences.
    rewritten: BTreeSet<String>,
    forgotten: BTreeSet<String>,
}

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Saved {
    /// The sequence of targets under which the new cells hold.
    pub sequence: i64,
    /// How many cells changed.
    pub cells: usize,
    /// SHA-256 over the changed cells, old and new.
    pub digest: String,
}

/// A month as cells have it.
pub(crate) fn month_number(month: Month) -> i64 {
    i64::from(month.year()) * 100 + i64::from(month.number())
}

/// The twelve months of a fiscal year.
pub(crate) fn months_of(year: Year) -> [Month; 12] {
    std::array::from_fn(|place| year.first_month().plus(i32::try_from(place).unwrap_or(0)))
}

impl Sheet {
    /// An empty sheet with the locks of the plan's metric.
    pub fn open(tx: &mut Read, plan: i64, metric: Metric, year: Year) -> Result<Self> {
        let locks = locks::all(tx, (plan, metric.code()))?;
        let locks = locks.into_iter().map(|lock| {
            let owner = Owner { kind: lock.owner_kind, code: lock.owner.clone() };
            ((owner, lock.month), lock)
        });
        Ok(Self {
            plan,
            metric,
            months: months_of(year),
            cells: HashMap::new(),
            families: HashMap::new(),
            locks: locks.collect(),
            before: BTreeMap::new(),
            rewritten: BTreeSet::new(),
            forgotten: BTreeSet::new(),
        })
    }

    pub fn of(&self) -> (i64, &'static str) {
        (self.plan, self.metric.code())
    }

    /// Reads the breakdowns of units and the cells of their children, where they are not read yet: four queries.
    pub fn load<'u>(&mut self, tx: &mut Read, units: impl IntoIterator<Item = &'u str>) -> Result<()> {
        let mut units: Vec<&str> =
            units.into_iter().filter(|unit| !self.families.contains_key(*unit)).collect();
        units.sort_unstable();
        units.dedup();
        if units.is_empty() {
            return Ok(());
        }
        let of = self.of();
        self.families.extend(units.iter().map(|unit| ((*unit).to_owned(), Family::default())));
        for row in breakdowns::of_units(tx, of, &units)? {
            let family = self.families.entry(row.unit).or_default();
            (family.method, family.version) = (row.method, row.version);
        }
        for row in breakdowns::children(tx, of, &units)? {
            let owner = Owner { kind: row.owner_kind, code: row.owner };
            let months = MonthSet::try_from(row.months & i64::from(WHOLE_YEAR)).unwrap_or(WHOLE_YEAR);
            self.families.entry(row.unit).or_default().children.push(Kin { owner, months });
        }
        for row in breakdowns::differences(tx, of, &units)? {
            let Some(place) = self.place(row.month) else { continue };
            let family = self.families.entry(row.unit).or_default();
            (family.reserve[place], family.buffer[place]) = (row.reserve, row.buffer);
        }
        let cells = breakdowns::cells_below(tx, of, &units)?;
        self.take(cells);
        Ok(())
    }

    /// Reads the cells of some owners.
    pub fn load_owners<'o>(
        &mut self,
        tx: &mut Read,
        owners: impl IntoIterator<Item = &'o Owner>,
    ) -> Result<()> {
        let unread = owners.into_iter().filter(|owner| !self.cells.contains_key(*owner));
        let (units, members): (Vec<&Owner>, Vec<&Owner>) =
            unread.partition(|owner| owner.kind == OwnerKind::Unit);
        for (kind, owners) in [(OwnerKind::Unit, units), (OwnerKind::Member, members)] {
            if !owners.is_empty() {
                let codes: Vec<&str> = owners.iter().map(|owner| owner.code.as_str()).collect();
                let cells = breakdowns::cells_of(tx, self.of(), kind, &codes)?;
                self.take(cells);
            }
        }
        Ok(())
    }

    /// Takes what was read; what is changed already stays as changed.
    pub(super) fn take(&mut self, cells: Vec<Cell>) {
        for cell in cells {
            let Some(place) = self.place(cell.month) else { continue };
            let owner = Owner { kind: cell.owner_kind, code: cell.owner };
            if !self.before.contains_key(&(owner.clone(), place)) {
                let marks = Marks { floor: cell.floor, target: cell.amount, stretch: cell.stretch };
                self.cells.entry(owner).or_default()[place] = Some(marks);
            }
        }
    }

    /// The place of a month (year × 100 + month) in the fiscal year.
    pub fn place(&self, month: i64) -> Option<usize> {
        self.months.iter().position(|own| month_number(*own) == month)
    }

    /// What stands in a cell.
    pub fn marks(&self, owner: &Owner, place: usize) -> Option<Marks> {
        self.cells.get(owner).and_then(|row| row[place])
    }

    /// The target in a cell, 0 where there is none.
    pub fn amount(&self, owner: &Owner, place: usize) -> i64 {
        self.marks(owner, place).map_or(0, |marks| marks.target)
    }

    /// The targets of a row.
    pub fn row(&self, owner: &Owner) -> [Option<i64>; 12] {
        std::array::from_fn(|place| self.marks(owner, place).map(|marks| marks.target))
    }

    /// Whether anything stands in the row.
    pub fn has_cells(&self, owner: &Owner) -> bool {
        self.cells.get(owner).is_some_and(|row| row.iter().any(Option::is_some))
    }

    /// Changes a cell.
    pub fn set(&mut self, owner: &Owner, place: usize, marks: Option<Marks>) {
        let cell = &mut self.cells.entry(owner.clone()).or_default()[place];
        if *cell != marks {
            self.before.entry((owner.clone(), place)).or_insert(*cell);
            *cell = marks;
        }
    }

    /// Changes the target in a cell; floor and stretch move in proportion, so that they stay on their side.
    pub fn set_amount(&mut self, owner: &Owner, place: usize, target: i64) {
        let marks = self
            .marks(owner, place)
            .map_or(Marks { floor: None, target, stretch: None }, |marks| moved(marks, target));
        self.set(owner, place, Some(marks));
    }

    /// A unit's breakdown, as it was read or changed.
    pub fn family(&self, unit: &str) -> Option<&Family> {
        self.families.get(unit).filter(|family| family.exists())
    }

    /// The version of a unit's breakdown, 0 where there is none.
    pub fn version(&self, unit: &str) -> i64 {
        self.families.get(unit).map_or(0, |family| family.version)
    }

    /// The units that are broken down, as they were read or changed, in the order of their codes.
    pub fn units(&self) -> Vec<String> {
        let mut units: Vec<String> =
            self.families.iter().filter(|(_, own)| own.exists()).map(|(unit, _)| unit.clone()).collect();
        units.sort_unstable();
        units
    }

    /// Whose cells were read or set, in order.
    pub fn owners(&self) -> Vec<Owner> {
        let mut owners: Vec<Owner> =
            self.cells.keys().filter(|owner| self.has_cells(owner)).cloned().collect();
        owners.sort_unstable();
        owners
    }

    /// SHA-256 over the changed cells, old and new, and over the breakdowns that are written.
    pub fn digest(&self) -> String {
        let mut lines = self.lines();
        let written = self.rewritten.iter().filter_map(|unit| self.families.get(unit).map(|own| (unit, own)));
        lines.extend(
            written
                .map(|(unit, own)| format!("{unit} {:?} {:?} {:?}", own.children, own.reserve, own.buffer)),
        );
        hex(&sha256(lines.join("\n").as_bytes()))
    }

    /// Changes a unit's breakdown.
    pub fn rewrite(&mut self, unit: &str) -> &mut Family {
        self.forgotten.remove(unit);
        self.rewritten.insert(unit.to_owned());
        self.families.entry(unit.to_owned()).or_default()
    }

    /// Removes a unit's breakdown.
    pub fn forget(&mut self, unit: &str) {
        self.families.insert(unit.to_owned(), Family::default());
        self.rewritten.remove(unit);
        self.forgotten.insert(unit.to_owned());
    }

    /// The lock on a cell: its own, or that on the owner's year.
    pub fn lock(&self, owner: &Owner, place: usize) -> Option<&Lock> {
        let of_month = self.locks.get(&(owner.clone(), month_number(self.months[place])));
        of_month.or_else(|| self.lock_of_year(owner))
    }

    /// The lock on an owner's year.
    pub fn lock_of_year(&self, owner: &Owner) -> Option<&Lock> {
        self.locks.get(&(owner.clone(), YEAR))
    }

    /// What nobody declared in a month of a unit that is broken down (`domain.md` §3, the sum rule).
    pub fn difference(&self, unit: &str, place: usize) -> Option<Unbalanced> {
        let family = self.family(unit).filter(|_| unit != TOP)?;
        let children = family.of_month(place).map(|owner| self.amount(owner, place)).collect();
        let parent = self.amount(&Owner::unit(unit), place);
        Breakdown { parent, children, declared: family.declared(place) }.check().err()
    }

    /// The cells that are not as they were read.
    pub fn changed(&self) -> impl Iterator<Item = (&Owner, usize, Option<Marks>)> {
        let changed =
            self.before.iter().filter(|((owner, place), before)| self.marks(owner, *place) != **before);
        changed.map(|((owner, place), before)| (owner, *place, *before))
    }

    /// Whether there is anything to save.
    pub fn is_changed(&self) -> bool {
        self.changed().next().is_some() || !self.rewritten.is_empty() || !self.forgotten.is_empty()
    }

    /// Every unit whose breakdown was read or changed and that does not sum, with the month.
    pub fn differences(&self) -> Vec<(&str, Month, Unbalanced)> {
        let mut units: Vec<&str> = self.families.keys().map(String::as_str).collect();
        units.sort_unstable();
        let all = units.into_iter().flat_map(|unit| (0..12).map(move |place| (unit, place)));
        all.filter_map(|(unit, place)| Some((unit, self.months[place], self.difference(unit, place)?)))
            .collect()
    }

    /// Writes what changed.
    pub fn save(&self, tx: &mut Write, context: &Context) -> Result<Saved> {
        let (at, actor) = (context.now.as_millisecond(), context.actor_name());
        let (fresh, mut ended) = self.cells_to_write();
        ended.extend(parts::end(tx, self, &ended)?);
        let mut cells = fresh.len() + ended.len();
        let mut lines = self.lines();
        let split = match self.metric.definition().roll_up {
            RollUp::Sum => parts::follow(tx, self, &fresh)?,
            RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => Vec::new(),
        };
        lines.extend(split.iter().map(|cell| format!("{cell:?}")));
        cells += split.len();
        let mut sequence =
            if ended.is_empty() { 0 } else { targets::end(tx, self.plan, self.metric.code(), &ended)? };
        if !fresh.is_empty() || ended.is_empty() {
            let fresh: Vec<Cell> = fresh.into_iter().chain(split).collect();
            sequence = targets::replace(tx, self.plan, self.metric.code(), &fresh)?;
        }
        self.save_families(tx, at, &actor)?;
        Ok(Saved { sequence, cells, digest: hex(&sha256(lines.join("\n").as_bytes())) })
    }

    fn cells_to_write(&self) -> (Vec<Cell>, Vec<Cell>) {
        let (mut fresh, mut ended) = (Vec::new(), Vec::new());
        for (owner, place, before) in self.changed() {
            let cell = |marks: Marks| Cell {
                owner_kind: owner.kind,
                owner: owner.code.clone(),
                product_line: String::new(),
                customer_type: String::new(),
                month: month_number(self.months[place]),
                floor: marks.floor,
                amount: marks.target,
                stretch: marks.stretch,
            };
            match (self.marks(owner, place), before) {
                (Some(marks), _) => fresh.push(cell(marks)),
                (None, Some(before)) => ended.push(cell(before)),
                (None, None) => {}
            }
        }
        (fresh, ended)
    }

    /// What the digest of a change is made of: every changed cell, old and new.
    fn lines(&self) -> Vec<String> {
        let line = |(owner, place, before): (&Owner, usize, Option<Marks>)| {
            format!("{owner} {} {before:?} {:?}", self.months[place], self.marks(owner, place))
        };
        self.changed().map(line).collect()
    }

    fn save_families(&self, tx: &mut Write, at: i64, actor: &str) -> Result<()> {
        let of = self.of();
        let forgotten: Vec<&str> = self.forgotten.iter().map(String::as_str).collect();
        breakdowns::forget(tx, of, &forgotten)?;
        let units: Vec<&str> = self.rewritten.iter().map(String::as_str).collect();
        let families = || units.iter().filter_map(|unit| Some((*unit, self.families.get(*unit)?)));
        for (unit, family) in families() {
            breakdowns::save(tx, of, unit, &family.method, at, actor)?;
        }
        let children: Vec<Child> = families()
            .flat_map(|(unit, family)| {
                family.children.iter().zip(0..).map(move |(kin, place)| Child {
                    unit: unit.to_owned(),
                    owner_kind: kin.owner.kind,
                    owner: kin.owner.code.clone(),
                    place,
                    months: kin.months.into(),
                })
            })
            .collect();
        breakdowns::replace_children(tx, of, &units, &children)?;
        let differences: Vec<Difference> =
            families().flat_map(|(unit, family)| self.declared_rows(unit, family)).collect();
        breakdowns::replace_differences(tx, of, &units, &differences)?;
        let owners: HashSet<&Owner> = self.changed().map(|(owner, _, _)| owner).collect();
        let touched = self.families.iter().filter(|(unit, family)| {
            !self.rewritten.contains(*unit) && family.children.iter().any(|kin| owners.contains(&kin.owner))
        });
        let touched: Vec<&str> = touched.map(|(unit, _)| unit.as_str()).collect();
        Ok(breakdowns::touch(tx, of, &touched, at, actor)?)
    }

    fn declared_rows(&self, unit: &str, family: &Family) -> Vec<Difference> {
        let row = |place: usize| Difference {
            unit: unit.to_owned(),
            month: month_number(self.months[place]),
            reserve: family.reserve[place],
            buffer: family.buffer[place],
        };
        (0..12).map(row).filter(|row| (row.reserve, row.buffer) != (0, 0)).collect()
    }
}

/// Marks with another target: floor and stretch in proportion to it, half away from zero, still on their side.
fn moved(marks: Marks, target: i64) -> Marks {
    let part = |mark: i64| {
        let exact = i128::from(mark) * i128::from(target);
        let moved = dacheng_domain::ratio::round_half_away(exact, i128::from(marks.target.max(1)));
        i64::try_from(moved).unwrap_or(target)
    };
    let keeps = |mark: i64| if marks.target > 0 { part(mark) } else { mark };
    // A floor that was below the target stays below it; for a metric that should be low it is above.
    let side = |mark: i64| {
        let moved = keeps(mark);
        if mark <= marks.target { moved.min(target) } else { moved.max(target) }
    };
    Marks { floor: marks.floor.map(side), target, stretch: marks.stretch.map(side) }
}
