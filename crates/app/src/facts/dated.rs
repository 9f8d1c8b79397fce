//! Many things with a code and what is true of each from a day on, held so that one look finds it.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// Things with a code, and what is true of each from a day on. A thing's place is that of its first version.
#[derive(Debug)]
pub struct Dated<T> {
    places: FxHashMap<SmolStr, u32>,
    /// Of each version.
    codes: Vec<SmolStr>,
    versions: Vec<Version<T>>,
}

#[derive(Debug)]
struct Version<T> {
    from: Option<Date>,
    /// Of a thing's first version: the place behind its last.
    end: u32,
    value: T,
}

impl<T> Dated<T> {
    /// The things in the order of their versions: code, from which day, what.
    pub(super) fn of(given: impl ExactSizeIterator<Item = (SmolStr, Option<Date>, T)>) -> Self {
        let most = given.len();
        let mut dated = Self {
            places: FxHashMap::with_capacity_and_hasher(most, rustc_hash::FxBuildHasher),
            codes: Vec::with_capacity(most),
            versions: Vec::with_capacity(most),
        };
        let mut first = 0;
        for (place, (code, from, value)) in (0..).zip(given) {
            if dated.codes.last() != Some(&code) {
                first = place;
                dated.places.insert(code.clone(), place);
            }
            dated.codes.push(code);
            dated.versions.push(Version { from, end: place, value });
            dated.versions[first as usize].end = place + 1;
        }
        dated
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The code at a place.
    pub fn code(&self, place: u32) -> Option<&str> {
        self.codes.get(place as usize).map(SmolStr::as_str)
    }

    /// The place of a code.
    pub fn place(&self, code: &str) -> Option<u32> {
        self.places.get(code).copied()
    }

    /// What is or was ever true of anything.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.versions.iter().map(|version| &version.value)
    }

    /// What is true of the thing on a day; before its first day, the first that is known.
    pub fn on(&self, place: u32, day: Date) -> Option<&T> {
        let end = self.versions.get(place as usize)?.end;
        let history = self.versions.get(place as usize..end as usize)?;
        let begun = history.partition_point(|version| version.from.is_none_or(|from| from <= day));
        history.get(begun.saturating_sub(1)).map(|version| &version.value)
    }
}

/// Texts of which there are few, each held once and known by a number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    held: Vec<SmolStr>,
    numbers: FxHashMap<SmolStr, u32>,
}

impl Texts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.held.len()).unwrap_or(u32::MAX);
        self.held.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    /// The text of a number.
    pub fn text(&self, number: u32) -> &str {
        self.held.get(number as usize).map_or("", SmolStr::as_str)
    }
}
