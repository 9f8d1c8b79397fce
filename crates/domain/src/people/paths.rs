//! Numbers for paths through the tree. Which path a member has on which day lives in [`super::Organisation`].

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::UnitId;

/// A path from a unit up to the top, by number: 0, 1, 2 … Roll-up cells are keyed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PathId(pub u32);

/// The table of paths. A list of units keeps its number for ever: it is stored, only ever grows, and an
/// organisation built with it gives new paths the next numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paths {
    lists: Vec<Box<[UnitId]>>,
    ids: HashMap<Box<[UnitId]>, PathId>,
    next: u32,
}

impl Paths {
    /// The table as stored: the lists in order of their numbers, each from the leaf to the top.
    pub fn stored(lists: impl IntoIterator<Item = Vec<UnitId>>) -> Self {
        let mut paths = Self::default();
        for list in lists {
            paths.add(list.into_boxed_slice());
        }
        paths
    }

    /// The number of the path, the next one where it is new.
    pub(super) fn intern(&mut self, list: &[UnitId]) -> PathId {
        match self.ids.get(list) {
            Some(&id) => id,
            None => self.add(list.into()),
        }
    }

    fn add(&mut self, list: Box<[UnitId]>) -> PathId {
        let id = PathId(self.next);
        self.next += 1;
        self.lists.push(list.clone());
        self.ids.entry(list).or_insert(id);
        id
    }

    /// The units of the path from the leaf to the top; empty for a number never given.
    pub fn units(&self, path: PathId) -> &[UnitId] {
        self.lists.get(path.0 as usize).map_or(&[], |list| list)
    }

    /// The number of a path, where it has one.
    pub fn id(&self, units: &[UnitId]) -> Option<PathId> {
        self.ids.get(units).copied()
    }

    /// Every path with its number, in order. To store what is new, skip as many as are stored.
    pub fn iter(&self) -> impl Iterator<Item = (PathId, &[UnitId])> {
        (0..).map(PathId).zip(self.lists.iter().map(AsRef::as_ref))
    }

    /// How many numbers are given.
    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// Whether none is given yet.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}
