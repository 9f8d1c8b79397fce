//! A block: cells in columns, in canonical order. How it becomes bytes lives in `bytes`.

use dacheng_domain::facts::credit::CreditKind;
use rustc_hash::FxHashMap;

use crate::delta::{Key, Names};
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

    /// The block of `cells`, whose keys use `names`.
    pub(crate) fn of(cells: &FxHashMap<Key, i64>, names: &Names) -> Self {
        let cells: Vec<(&Key, i64)> =
            cells.iter().filter(|(_, amount)| **amount != 0).map(|(key, amount)| (key, *amount)).collect();
        let mut block = Self::default();
        let mut places = Vec::with_capacity(AXES);
        for axis in 0..AXES {
            let mut used: Vec<u32> = cells.iter().map(|(key, _)| key.names[axis]).collect();
            used.sort_unstable();
            used.dedup();
            used.sort_unstable_by_key(|&name| names.text(name));
            places
                .push((0..).zip(&used).map(|(place, &name)| (name, place)).collect::<FxHashMap<u32, u32>>());
            block.names[axis] = used.iter().map(|&name| names.text(name).into()).collect();
        }
        let mut rows: Vec<(i32, [u32; AXES], CreditKind, i64)> = cells
            .into_iter()
            .map(|(key, amount)| {
                (key.day, std::array::from_fn(|axis| places[axis][&key.names[axis]]), key.kind, amount)
            })
            .collect();
        rows.sort_unstable();
        for (day, codes, kind, amount) in rows {
            block.days.push(day);
            for (column, code) in block.codes.iter_mut().zip(codes) {
                column.push(code);
            }
            block.kinds.push(kind);
            block.amounts.push(amount);
        }
        block
    }

    /// This block with the cells of a delta added. Names of both become those of the result.
    pub(crate) fn plus(&self, cells: &FxHashMap<Key, i64>, names: &mut Names) -> Self {
        let mut sums = cells.clone();
        let own: [Vec<u32>; AXES] =
            std::array::from_fn(|axis| self.names[axis].iter().map(|name| names.intern(name)).collect());
        for cell in 0..self.len() {
            let key = Key {
                day: self.days[cell],
                names: std::array::from_fn(|axis| own[axis][self.codes[axis][cell] as usize]),
                kind: self.kinds[cell],
            };
            *sums.entry(key).or_default() += self.amounts[cell];
        }
        Self::of(&sums, names)
    }
}
