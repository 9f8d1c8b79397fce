//! Lists for programs: `limit` and `cursor` (`interface.md`).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use dacheng_app::{Error, Result};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::{IntoParams, ToSchema};

/// Entries of an answer where none are asked for.
const USUAL: usize = 100;
/// Entries of an answer at most.
const MOST: usize = 1_000;

/// A place in a list: opaque to whoever carries it from one answer to the next question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&text).ok();
        let place = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        place.map(Self).ok_or_else(|| D::Error::custom(format!("cursor: {text}")))
    }
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// How many entries, 1 to 1000; 100 where absent.
    pub limit: Option<usize>,
    /// `next` of the answer before; the beginning where absent.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listing<T> {
    /// The entries.
    pub items: Vec<T>,
    /// The cursor of the next part; `null` at the end.
    #[schema(value_type = Option<String>)]
    pub next: Option<Cursor>,
}

impl Paging {
    /// How many entries.
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }

    /// Where the part begins; `None` at the beginning.
    pub fn place(&self) -> Option<&str> {
        self.cursor.as_ref().map(|cursor| cursor.0.as_str()).filter(|place| !place.is_empty())
    }

    /// The number that the cursor holds.
    pub fn number(&self) -> Result<Option<i64>> {
        let number = |place: &str| place.parse().map_err(|_| Error::Usage("cursor".to_owned()));
        self.place().map(number).transpose()
    }

    /// A part of a list that is in memory; `key` tells the entries apart. It goes on after the entry that was last, wherever
    /// that is now; where it is gone, at the place it had.
    pub fn part<T>(&self, all: Vec<T>, key: impl Fn(&T) -> String) -> Result<Listing<T>> {
        let from = match self.place() {
            None => 0,
            Some(place) => {
                let wrong = || Error::Usage("cursor".to_owned());
                let (number, last) = place.split_once(' ').ok_or_else(wrong)?;
                let number: usize = number.parse().map_err(|_| wrong())?;
                all.iter().position(|entry| key(entry) == last).map_or(number, |place| place + 1)
            }
        };
        let end = from.saturating_add(self.limit());
        let more = all.len() > end;
        let items: Vec<T> = all.into_iter().skip(from).take(self.limit()).collect();
        let next = items.last().filter(|_| more).map(|entry| Cursor(format!("{end} {}", key(entry))));
        Ok(Listing { items, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks a list by two; `change` may change it before each step.
    fn walked(change: impl Fn(usize) -> Vec<&'static str>) -> Vec<&'static str> {
        let mut paging = Paging { limit: Some(2), cursor: None };
        let mut seen = Vec::new();
        for step in 0.. {
            let part = paging.part(change(step), |entry| (*entry).to_owned()).unwrap();
            seen.extend(part.items);
            match part.next {
                Some(next) => paging.cursor = Some(next),
                None => break,
            }
        }
        seen
    }

    #[test]
    fn parts_follow_each_other_to_the_end() {
        assert_eq!(walked(|_| vec!["a", "b", "c", "d", "e"]), ["a", "b", "c", "d", "e"]);
        assert_eq!(walked(|_| Vec::new()), [""; 0]);
    }

    #[test]
    fn what_comes_in_between_moves_nothing() {
        let growing = |step: usize| [vec!["0"; step], vec!["a", "b", "c", "d", "e"]].concat();
        assert_eq!(walked(growing), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn the_walk_goes_on_where_the_last_entry_is_gone() {
        let shrinking =
            |step: usize| if step == 0 { vec!["a", "b", "c", "d"] } else { vec!["a", "x", "c", "d"] };
        assert_eq!(walked(shrinking), ["a", "b", "c", "d"]);
    }

    #[test]
    fn a_cursor_is_opaque_and_another_text_is_none() {
        let text = serde_json::to_string(&Cursor("2 EAST/2026".to_owned())).unwrap();
        assert!(!text.contains("EAST"));
        assert_eq!(serde_json::from_str::<Cursor>(&text).unwrap().0, "2 EAST/2026");
        assert!(serde_json::from_str::<Cursor>("\"a b\"").is_err());
        let paging = Paging { limit: None, cursor: Some(Cursor("z".to_owned())) };
        assert!(matches!(paging.part(vec!["a"], |entry| (*entry).to_owned()), Err(Error::Usage(_))));
        assert!(paging.number().is_err());
    }
}
