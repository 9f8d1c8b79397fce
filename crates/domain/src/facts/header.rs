//! The first line of a file: which column has which name. Compared without case, width and
//! the number of spaces.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::expression::Unresolved;

/// The columns of a file by name.
#[derive(Debug, Clone)]
pub(super) struct Header {
    names: Vec<String>,
    places: HashMap<String, Place>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Once(usize),
    Repeated,
}

impl Header {
    pub(super) fn new(names: &[&str]) -> Self {
        let mut places = HashMap::new();
        for (column, name) in names.iter().enumerate() {
            let twice = |place: &mut Place| *place = Place::Repeated;
            places.entry(folded(name)).and_modify(twice).or_insert(Place::Once(column));
        }
        Self { names: names.iter().map(|name| name.trim().to_owned()).collect(), places }
    }

    pub(super) fn find(&self, name: &str) -> Result<usize, Unresolved> {
        match self.places.get(&folded(name)) {
            Some(Place::Once(column)) => Ok(*column),
            Some(Place::Repeated) => Err(Unresolved::Ambiguous),
            None => Err(Unresolved::Missing),
        }
    }

    /// The names as the file has them.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }
}

fn folded(name: &str) -> String {
    let lower: String = name.nfkc().flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
