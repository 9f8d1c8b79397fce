//! A delta: what a change adds to the cells of each measure and month. Adding it to the blocks is its only use.

use std::sync::Arc;

use dacheng_domain::facts::credit::{CreditKind, Measure};
use rustc_hash::FxHashMap;

use crate::{AXES, Block};

/// The place of a cell; names are those of the delta it was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Days since 1970-01-01; the first of the month at [`crate::Grain::Month`].
    pub day: i32,
    /// A name on each axis, from [`Delta::name`].
    pub names: [u32; AXES],
    /// Whether the cell rolls up.
    pub kind: CreditKind,
}

/// Texts, each held once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    texts: Vec<Arc<str>>,
    places: FxHashMap<Arc<str>, u32>,
}

impl Names {
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        if let Some(&place) = self.places.get(text) {
            return place;
        }
        let place = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.places.insert(text, place);
        place
    }

    pub(crate) fn text(&self, name: u32) -> &str {
        &self.texts[name as usize]
    }
}

type Cells = FxHashMap<Key, i64>;

/// What a change adds, by measure and month. Months are numbered as the caller likes.
#[derive(Debug, Default)]
pub struct Delta {
    names: Names,
    cells: FxHashMap<(Measure, i32), Cells>,
}

impl Delta {
    /// The number of a name, for [`Key::names`].
    pub fn name(&mut self, text: &str) -> u32 {
        self.names.intern(text)
    }

    /// Adds an amount in fen, negative to take away.
    pub fn add(&mut self, measure: Measure, month: i32, key: Key, amount: i64) {
        *self.cells.entry((measure, month)).or_default().entry(key).or_default() += amount;
    }

    /// The measures and months that change, in order.
    pub fn touched(&self) -> Vec<(Measure, i32)> {
        let changes = |cells: &Cells| cells.values().any(|&amount| amount != 0);
        let mut touched: Vec<_> =
            self.cells.iter().filter(|(_, cells)| changes(cells)).map(|(at, _)| *at).collect();
        touched.sort_unstable();
        touched
    }

    /// `block` with this delta's cells of one measure and month added; days become `day(day)`.
    pub fn applied(&mut self, at: (Measure, i32), block: &Block, day: impl Fn(i32) -> i32) -> Block {
        let mut cells = Cells::default();
        for (key, amount) in self.cells.get(&at).into_iter().flatten() {
            *cells.entry(Key { day: day(key.day), ..*key }).or_default() += amount;
        }
        block.plus(&cells, &mut self.names)
    }
}
