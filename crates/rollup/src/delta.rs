//! A delta: what a change adds to the cells of each measure and month. Adding it to the blocks is its only use.

use std::sync::Arc;

use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::CreditKind;
use rustc_hash::FxHashMap;

use crate::{AXES, Block};

/// The place of a cell; names are those of the delta it was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Days since 1970-01-01; the first of the month at [`crate::Grain::Month`].
    pub day: i32,
    /// A name on each axis, from [`Delta::name`].
    pub names: [u32; AXES],
    /// Whether the cell rolls up.
    pub kind: CreditKind,
}

/// Texts, each held once.
#[derive(Debug, Default)]
struct Names {
    texts: Vec<Arc<str>>,
    places: FxHashMap<Arc<str>, u32>,
}

impl Names {
    fn intern(&mut self, text: &str) -> u32 {
        if let Some(&place) = self.places.get(text) {
            return place;
        }
        let place = self.len();
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.places.insert(text, place);
        place
    }

    fn text(&self, name: u32) -> &str {
        &self.texts[name as usize]
    }

    fn len(&self) -> u32 {
        u32::try_from(self.texts.len()).unwrap_or(u32::MAX)
    }
}

/// The names of a delta, which stay as they are, and those that a block has besides; numbered on.
pub(crate) struct Union<'n> {
    delta: &'n Names,
    more: Names,
}

impl Union<'_> {
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        self.delta.places.get(text).copied().unwrap_or_else(|| self.delta.len() + self.more.intern(text))
    }

    pub(crate) fn text(&self, name: u32) -> &str {
        name.checked_sub(self.delta.len()).map_or_else(|| self.delta.text(name), |more| self.more.text(more))
    }

    /// For each number whether it is used: none is.
    pub(crate) fn unused(&self) -> Vec<bool> {
        vec![false; self.delta.texts.len() + self.more.texts.len()]
    }
}

/// Cells and what is added to each, in any order.
pub(crate) type Cells = Vec<(Key, i64)>;

/// Below this many, what is added to a month is not summed up early.
const FEW: usize = 10_000;

/// What a change adds, by measure and month. Months are numbered as the caller likes.
#[derive(Debug, Default)]
pub struct Delta {
    names: Names,
    months: FxHashMap<(Measure, i32), Month>,
}

/// What is added to a month: a list, which costs less than finding each cell at once. It is summed up whenever it has
/// become twice as long, so that it never holds more than twice its cells.
#[derive(Debug, Default)]
struct Month {
    cells: Cells,
    summed: usize,
}

impl Delta {
    /// The number of a name, for [`Key::names`].
    pub fn name(&mut self, text: &str) -> u32 {
        self.names.intern(text)
    }

    /// Its names, to which those of blocks are added.
    pub(crate) fn union(&self) -> Union<'_> {
        Union { delta: &self.names, more: Names::default() }
    }

    /// Adds an amount in fen, negative to take away.
    pub fn add(&mut self, measure: Measure, month: i32, key: Key, amount: i64) {
        let month = self.months.entry((measure, month)).or_default();
        month.cells.push((key, amount));
        if month.cells.len() > FEW + 2 * month.summed {
            sum_up(&mut month.cells);
            month.summed = month.cells.len();
        }
    }

    /// The measures and months that change, in order.
    pub fn touched(&mut self) -> Vec<(Measure, i32)> {
        for month in self.months.values_mut() {
            sum_up(&mut month.cells);
            month.summed = month.cells.len();
        }
        let changed = self.months.iter().filter(|(_, month)| !month.cells.is_empty());
        let mut touched: Vec<_> = changed.map(|(at, _)| *at).collect();
        touched.sort_unstable();
        touched
    }

    /// `block` with this delta's cells of one measure and month added; days become `day(day)`.
    pub fn applied(&self, at: (Measure, i32), block: &Block, day: impl Fn(i32) -> i32) -> Block {
        let mut names = self.union();
        let mut cells = block.cells(&mut names);
        let own = self.months.get(&at).map_or(&[][..], |month| &month.cells);
        cells.extend(own.iter().map(|(key, amount)| (Key { day: day(key.day), ..*key }, *amount)));
        Block::of(cells, &names)
    }
}

/// Sorts the cells and leaves one for each key, none of which is 0.
pub(crate) fn sum_up(cells: &mut Cells) {
    cells.sort_unstable_by_key(|(key, _)| *key);
    cells.dedup_by(|(next, amount), (key, sum)| {
        let same = next == key;
        *sum += if same { *amount } else { 0 };
        same
    });
    cells.retain(|(_, sum)| *sum != 0);
}
