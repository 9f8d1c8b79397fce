//! Questions to blocks: sums by any of their axes and by time, within an owner.

use std::collections::BTreeSet;

use dacheng_domain::facts::credit::CreditKind;
use rustc_hash::FxHashMap;

use crate::{Axis, Block, COMMON, PATH_SEPARATOR};

/// The most things one question may group by.
pub const MOST: usize = 4;

/// One thing to group by.
#[derive(Clone, Copy)]
pub enum By<'q> {
    /// The names of an axis.
    Axis(Axis),
    /// Every unit on the cell's path: a unit's sum is that of its whole branch.
    Unit,
    /// A name for the cell's day.
    Time(&'q dyn Fn(i32) -> String),
}

/// Whose cells count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// Everybody's.
    Company,
    /// Those rolled up through a unit.
    Unit(String),
    /// One member's, overlay shares included.
    Member(String),
}

/// A question: whose cells, which days, grouped by what.
pub struct Question<'q> {
    /// Whose cells.
    pub owner: Owner,
    /// First and last day since 1970-01-01; `None` takes every cell of the block.
    pub days: Option<(i32, i32)>,
    /// Only cells of these members; `None` takes everybody's.
    pub members: Option<&'q BTreeSet<String>>,
    /// The groups, in the order of the answer's keys; at most [`MOST`].
    pub by: Vec<By<'q>>,
}

/// The answer so far: group names and their numbers, sums in fen by group.
#[derive(Default)]
pub(crate) struct Groups {
    texts: Vec<String>,
    places: FxHashMap<String, u32>,
    pub(crate) sums: FxHashMap<GroupKey, i128>,
}

/// A number for each thing grouped by, and one for the name that is counted in each.
pub(crate) type GroupKey = [u32; MOST + 1];

impl Groups {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.places.get(text) {
            return number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), number);
        number
    }

    /// The names of the first parts of a key.
    pub(crate) fn names(&self, key: &[u32]) -> Vec<String> {
        key.iter().map(|&number| self.texts[number as usize].clone()).collect()
    }
}

impl Question<'_> {
    /// The sums in fen, sorted by their keys. An overlay counts only where its member is asked for: with
    /// [`Owner::Member`], or in groups by [`Axis::Member`]; every other sum counts the whole once.
    pub fn ask<'b>(&self, blocks: impl IntoIterator<Item = &'b Block>) -> Vec<(Vec<String>, i128)> {
        let mut groups = Groups::default();
        for block in blocks {
            self.add(block, &self.by, &mut groups);
        }
        let sums = std::mem::take(&mut groups.sums);
        let depth = self.by.len();
        let mut answer: Vec<(Vec<String>, i128)> =
            sums.into_iter().map(|(key, sum)| (groups.names(&key[..depth]), sum)).collect();
        answer.sort_unstable();
        answer
    }

    fn by_member(&self) -> bool {
        matches!(self.owner, Owner::Member(_))
            || self.by.iter().any(|by| matches!(by, By::Axis(Axis::Member)))
    }

    /// For each name of `axis`, whether its cells count.
    fn kept(&self, block: &Block) -> Option<(Axis, Vec<bool>)> {
        let keep = |axis, test: &dyn Fn(&str) -> bool| {
            Some((axis, block.names(axis).iter().map(|name| test(name)).collect()))
        };
        match &self.owner {
            Owner::Company => None,
            Owner::Member(code) => keep(Axis::Member, &|name| name == code),
            Owner::Unit(code) => {
                keep(Axis::Path, &|path| path.split(PATH_SEPARATOR).any(|unit| unit == code))
            }
        }
    }

    /// For each member of the block, whether it was asked for.
    fn asked(&self, block: &Block) -> Option<Vec<bool>> {
        let members = self.members?;
        Some(block.names(Axis::Member).iter().map(|name| members.contains(name.as_ref())).collect())
    }

    /// Adds the cells of a block that count to the sums of groups by `by`.
    pub(crate) fn add(&self, block: &Block, by: &[By<'_>], groups: &mut Groups) {
        let (kept, asked) = (self.kept(block), self.asked(block));
        let by_member = self.by_member();
        let mut columns: Vec<Column<'_>> = by.iter().map(|by| Column::of(by, block, groups)).collect();
        let mut keys = Vec::new();
        for cell in 0..block.len() {
            let day = block.days[cell];
            let counts = (by_member || block.kinds[cell] == CreditKind::Credit)
                && self.days.is_none_or(|(first, last)| (first..=last).contains(&day))
                && kept.as_ref().is_none_or(|(axis, kept)| kept[block.codes[*axis as usize][cell] as usize])
                && asked
                    .as_ref()
                    .is_none_or(|asked| asked[block.codes[Axis::Member as usize][cell] as usize]);
            if counts {
                group_keys(block, cell, &mut columns, groups, &mut keys);
                for key in &keys {
                    *groups.sums.entry(*key).or_default() += i128::from(block.amounts[cell]);
                }
            }
        }
    }
}

/// The groups one cell counts in: one, or as many as its path has units; none where it corrects over several.
fn group_keys(
    block: &Block,
    cell: usize,
    columns: &mut [Column<'_>],
    groups: &mut Groups,
    keys: &mut Vec<GroupKey>,
) {
    keys.clear();
    keys.push(GroupKey::default());
    for (place, column) in columns.iter_mut().enumerate() {
        let names = column.names(block, cell, groups);
        if names.is_empty() {
            keys.clear();
            return;
        }
        let before = keys.len();
        for &name in names.iter().skip(1) {
            for at in 0..before {
                let mut key = keys[at];
                key[place] = name;
                keys.push(key);
            }
        }
        for key in &mut keys[..before] {
            key[place] = names.first().copied().unwrap_or_default();
        }
    }
}

/// How one group is read off a cell.
enum Column<'q> {
    Names(Axis, Vec<Vec<u32>>),
    Time(&'q dyn Fn(i32) -> String, FxHashMap<i32, [u32; 1]>),
}

impl<'q> Column<'q> {
    fn of(by: &By<'q>, block: &Block, groups: &mut Groups) -> Self {
        match by {
            By::Axis(axis) => {
                let names = block.names(*axis).iter().map(AsRef::as_ref);
                let own = |name: &str| if name == COMMON { Vec::new() } else { vec![groups.number(name)] };
                Column::Names(*axis, names.map(own).collect())
            }
            By::Unit => {
                let paths = block.names(Axis::Path).iter();
                let mut units =
                    |path: &str| path.split(PATH_SEPARATOR).map(|unit| groups.number(unit)).collect();
                Column::Names(Axis::Path, paths.map(|path| units(path)).collect())
            }
            By::Time(name) => Column::Time(*name, FxHashMap::default()),
        }
    }

    fn names(&mut self, block: &Block, cell: usize, groups: &mut Groups) -> &[u32] {
        match self {
            Column::Names(axis, names) => &names[block.codes[*axis as usize][cell] as usize],
            Column::Time(name, days) => {
                let day = block.days[cell];
                days.entry(day).or_insert_with(|| [groups.number(&name(day))])
            }
        }
    }
}
