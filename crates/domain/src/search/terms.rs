//! The terms of a thing: every text of which a beginning finds it, and in which way.

use std::collections::BTreeSet;

use super::fold::{folded, pieces};
use super::reading::readings;

/// In which way a term finds. Whoever is found in an earlier way comes first ([`super::Query::steps`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// By a code: staff number, unit code, number of an alert.
    Code,
    /// By the name from its beginning.
    Name,
    /// By the name from a later character or word.
    Within,
    /// By whole syllables of the pinyin, with a space after each.
    Syllables,
    /// By the pinyin of the name.
    Pinyin,
    /// By the initials of the pinyin.
    Initials,
    /// By the pinyin of the name from a later character.
    Sound,
}

impl Way {
    /// All seven.
    pub const ALL: [Self; 7] =
        [Self::Code, Self::Name, Self::Within, Self::Syllables, Self::Pinyin, Self::Initials, Self::Sound];

    /// The number it is kept as.
    pub const fn number(self) -> i64 {
        match self {
            Self::Code => 0,
            Self::Name => 1,
            Self::Within => 2,
            Self::Pinyin => 3,
            Self::Initials => 4,
            Self::Sound => 5,
            Self::Syllables => 6,
        }
    }
}

/// A text of which a beginning finds a thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// In which way.
    pub way: Way,
    /// The text, folded.
    pub text: String,
}

/// What a thing is called.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'n> {
    /// What it is known by exactly.
    pub codes: &'n [&'n str],
    /// What people call it.
    pub names: &'n [&'n str],
}

/// The terms of a thing, each once.
///
/// ```
/// use dacheng_domain::search::{Named, Way, terms};
/// let terms = terms(&Named { codes: &["0123"], names: &["李喆"] });
/// let of = |way| terms.iter().filter(move |term| term.way == way).map(|term| term.text.as_str());
/// assert!(of(Way::Code).eq(["0123"]));
/// assert!(of(Way::Name).eq(["李喆"]));
/// assert!(of(Way::Within).eq(["喆"]));
/// assert!(of(Way::Syllables).eq(["li zhe "]));
/// assert!(of(Way::Pinyin).eq(["lizhe"]));
/// assert!(of(Way::Initials).eq(["lz"]));
/// assert!(of(Way::Sound).eq(["zhe"]));
/// ```
pub fn terms(named: &Named<'_>) -> BTreeSet<Term> {
    let mut terms = BTreeSet::new();
    let mut add = |way, text: String| {
        if !text.is_empty() {
            terms.insert(Term { way, text });
        }
    };
    for code in named.codes {
        add(Way::Code, folded(code));
    }
    for name in named.names {
        let pieces = pieces(name);
        add(Way::Name, pieces.concat());
        for reading in readings(&pieces) {
            add(Way::Syllables, reading.syllables);
            add(Way::Pinyin, reading.full);
            add(Way::Initials, reading.initials);
        }
        for later in 1..pieces.len() {
            add(Way::Within, pieces[later..].concat());
            for reading in readings(&pieces[later..]) {
                add(Way::Sound, reading.full);
            }
        }
    }
    terms
}
