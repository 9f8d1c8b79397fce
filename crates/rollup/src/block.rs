//! A block: cells in columns, in canonical order. How it becomes bytes lives in `bytes`.

use dacheng_domain::facts::credit::CreditKind;

use crate::delta::{Cells, Delta, Key, Union, sum_up};
use crate::{AXES, Axis};

/// The cells of one measure and month, sorted by day, names and kind; no cell is 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// The names on each axis, sorted; every one is used.
    pub(crate) names: [Vec<Box<str>>; AXES],
    /// Days since 1970-01-01.
    pub(crate) days: Vec<i32>,
    /// Places in `names`.
    pub(crate) codes: [Vec<u32>; AXES],
    pub(crate) kinds: Vec<CreditKind>,
    /// Fen.
    pub(crate) amounts: Vec<i64>,
}

impl Block {
    /// How many cells.
    pub fn len(&self) -> usize {
        self.amounts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.amounts.is_empty()
    }

    /// The names on one axis, sorted.
    pub fn names(&self, axis: Axis) -> &[Box<str>] {
        &self.names[axis as usize]
    }

    /// Calls `take` with the day of each cell (since 1970-01-01), its names in the order of the axes, and its sum.
    pub fn each_cell(&self, mut take: impl FnMut(i32, [&str; AXES], i64)) {
        for cell in 0..self.len() {
            let name = |axis: usize| self.names[axis][self.codes[axis][cell] as usize].as_ref();
            take(self.days[cell], std::array::from_fn(name), self.amounts[cell]);
        }
    }

    /// These cells, and beside them those of `opening` whose member has no cell in `facts`: what is summed up for somebody's month
    /// gives way to the facts of it.
    #[must_use]
    pub fn beside(&self, opening: &Self, facts: &Self) -> Self {
        let delta = Delta::default();
        let mut names = delta.union();
        let mut cells = self.cells(&mut names);
        let members = facts.names(Axis::Member);
        let stays = |cell: &usize| {
            let member = opening.codes[Axis::Member as usize][*cell] as usize;
            members.binary_search(&opening.names[Axis::Member as usize][member]).is_err()
        };
        let own = opening.cells(&mut names);
        cells.extend((0..own.len()).filter(stays).map(|cell| own[cell]));
        Self::of(cells, &names)
    }

    /// The cells whose product line, region and customer type are kept.
    #[must_use]
    pub fn sifted(&self, keep: impl Fn([&str; 3]) -> bool) -> Self {
        let delta = Delta::default();
        let mut names = delta.union();
        let cells = self.cells(&mut names);
        let axes = [Axis::ProductLine, Axis::Region, Axis::CustomerType].map(|axis| axis as usize);
        let stays =
            |cell: usize| keep(axes.map(|axis| self.names[axis][self.codes[axis][cell] as usize].as_ref()));
        Self::of((0..cells.len()).filter(|cell| stays(*cell)).map(|cell| cells[cell]).collect(), &names)
    }

    /// The block of `cells`, whose keys use `names`.
    pub(crate) fn of(mut cells: Cells, names: &Union<'_>) -> Self {
        let mut used = names.unused();
        for &name in cells.iter().flat_map(|(key, _)| &key.names) {
            used[name as usize] = true;
        }
        let mut sorted: Vec<u32> =
            (0..).zip(&used).filter(|(_, used)| **used).map(|(name, _)| name).collect();
        sorted.sort_unstable_by_key(|&name| names.text(name));
        let mut places = vec![0; used.len()];
        for (place, &name) in (0..).zip(&sorted) {
            places[name as usize] = place;
        }
        for (key, _) in &mut cells {
            key.names = key.names.map(|name| places[name as usize]);
        }
        sum_up(&mut cells);
        let mut block = Self {
            days: cells.iter().map(|(key, _)| key.day).collect(),
            kinds: cells.iter().map(|(key, _)| key.kind).collect(),
            amounts: cells.iter().map(|(_, amount)| *amount).collect(),
            ..Self::default()
        };
        for axis in 0..AXES {
            let mut codes: Vec<u32> = cells.iter().map(|(key, _)| key.names[axis]).collect();
            let used = renumbered(&mut codes, sorted.len());
            block.names[axis] =
                used.into_iter().map(|place| names.text(sorted[place as usize]).into()).collect();
            block.codes[axis] = codes;
        }
        block
    }

    /// Its cells, whose keys use `names`; those it lacks are added.
    pub(crate) fn cells(&self, names: &mut Union<'_>) -> Cells {
        let own: [Vec<u32>; AXES] =
            std::array::from_fn(|axis| self.names[axis].iter().map(|name| names.intern(name)).collect());
        let key = |cell: usize| Key {
            day: self.days[cell],
            names: std::array::from_fn(|axis| own[axis][self.codes[axis][cell] as usize]),
            kind: self.kinds[cell],
        };
        (0..self.len()).map(|cell| (key(cell), self.amounts[cell])).collect()
    }
}

/// Makes of numbers below `most` the places among those that occur, which are the answer, in order.
fn renumbered(numbers: &mut [u32], most: usize) -> Vec<u32> {
    let mut places = vec![None; most];
    for &number in &*numbers {
        places[number as usize] = Some(0);
    }
    let mut used = Vec::new();
    for (number, place) in (0..).zip(&mut places).filter(|(_, place)| place.is_some()) {
        *place = u32::try_from(used.len()).ok();
        used.push(number);
    }
    for number in numbers {
        *number = places[*number as usize].unwrap_or_default();
    }
    used
}
