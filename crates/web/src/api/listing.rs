//! Lists for programs: `limit` and `cursor` (`interface.md`).

use dacheng_app::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Entries of an answer where none are asked for.
const USUAL: usize = 100;
/// Entries of an answer at most.
const MOST: usize = 1_000;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// How many entries, 1 to 1000; 100 where absent.
    pub limit: Option<usize>,
    /// `next` of the answer before; the beginning where absent.
    pub cursor: Option<String>,
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listing<T> {
    /// The entries.
    pub items: Vec<T>,
    /// The cursor of the next part; `null` at the end.
    pub next: Option<String>,
}

impl Paging {
    /// How many entries.
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }

    /// A part of a list that is in memory; `key` tells the entries apart.
    pub fn part<T>(&self, all: Vec<T>, key: impl Fn(&T) -> String) -> Result<Listing<T>> {
        let from = match &self.cursor {
            None => 0,
            Some(cursor) => {
                let place = all.iter().position(|entry| key(entry) == *cursor);
                place.ok_or_else(|| Error::Usage(format!("cursor: {cursor}")))? + 1
            }
        };
        let more = all.len() > from + self.limit();
        let items: Vec<T> = all.into_iter().skip(from).take(self.limit()).collect();
        let next = items.last().filter(|_| more).map(key);
        Ok(Listing { items, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_to_the_end() {
        let all = || vec!["a", "b", "c", "d", "e"];
        let mut paging = Paging { limit: Some(2), cursor: None };
        let mut seen = Vec::new();
        loop {
            let part = paging.part(all(), |entry| (*entry).to_owned()).unwrap();
            seen.extend(part.items);
            match part.next {
                Some(next) => paging.cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, all());
    }

    #[test]
    fn an_unknown_cursor_is_wrong_usage() {
        let paging = Paging { limit: None, cursor: Some("z".to_owned()) };
        assert!(matches!(paging.part(vec!["a"], |entry| (*entry).to_owned()), Err(Error::Usage(_))));
    }
}
