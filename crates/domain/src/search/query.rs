//! What somebody typed, as the steps in which things are found: the best first.

use std::collections::BTreeSet;

use super::fold::{folded, stands_alone};
use super::{Term, Way};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    whole: String,
    words: Vec<String>,
    /// The words with a space after each, as [`Way::Syllables`] has them.
    syllables: String,
}

/// A look through the terms of one way. What is found is ordered by term, then by whose term it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'q> {
    /// In which way.
    pub way: Way,
    /// What the term is or begins with.
    pub text: &'q str,
    /// How much of the term that is.
    pub extent: Extent,
    demand: Demand,
}

/// How much of a term a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Its beginning.
    Beginning,
}

/// What has to be found beside the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Demand {
    Nothing,
    EveryWord,
}

/// The ways in their order; the beginning of a code comes last, for staff numbers often begin alike.
const ORDER: [Way; 7] =
    [Way::Name, Way::Within, Way::Syllables, Way::Pinyin, Way::Initials, Way::Sound, Way::Code];
/// Words that are looked at.
const WORDS: usize = 6;

impl Query {
    /// Reads what was typed; `None` where there is nothing to look for. However long it is, little of it is read.
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.chars().take(super::fold::TAKEN).collect();
        let whole = folded(&text);
        let words = text.split_whitespace().map(folded).filter(|word| !word.is_empty()).take(WORDS);
        let words: Vec<String> = words.collect();
        let syllables = words.join(" ") + " ";
        (!whole.is_empty()).then_some(Self { whole, words, syllables })
    }

    /// The steps, the best first: an exact code, then the text as a whole in each way; where there are several words,
    /// each of them anywhere.
    pub fn steps(&self) -> Vec<Step<'_>> {
        let step = |way, text, extent, demand| Step { way, text, extent, demand };
        let whole = self.whole.as_str();
        let mut steps = vec![step(Way::Code, whole, Extent::Whole, Demand::Nothing)];
        let begins = |text, demand| {
            let ways = ORDER.into_iter().filter(move |way| !way.is_heard() || !is_seen(text));
            ways.map(move |way| step(way, text, Extent::Beginning, demand))
        };
        steps.extend(begins(whole, Demand::Nothing).map(|step| match step.way {
            Way::Syllables => Step { text: &self.syllables, ..step },
            Way::Code | Way::Name | Way::Within | Way::Pinyin | Way::Initials | Way::Sound => step,
        }));
        let longest = self.words.iter().rev().max_by_key(|word| word.chars().count());
        if let Some(word) = longest.filter(|_| self.words.len() > 1) {
            steps.extend(begins(word, Demand::EveryWord).filter(|step| step.way != Way::Syllables));
        }
        steps
    }

    /// Whether a term that a step came upon finds a thing which has these terms now.
    pub fn is_found(&self, step: &Step<'_>, term: &Term, now: &BTreeSet<Term>) -> bool {
        let begins = |word: &String| now.iter().any(|own| own.text.starts_with(word.as_str()));
        now.contains(term)
            && match step.demand {
                Demand::Nothing => true,
                Demand::EveryWord => self.words.iter().all(begins),
            }
    }
}

impl Way {
    /// Whether its terms are letters that stand for sounds.
    const fn is_heard(self) -> bool {
        match self {
            Self::Syllables | Self::Pinyin | Self::Initials | Self::Sound => true,
            Self::Code | Self::Name | Self::Within => false,
        }
    }
}

/// Whether a text has characters that no pinyin has.
fn is_seen(text: &str) -> bool {
    text.contains(stands_alone)
}
