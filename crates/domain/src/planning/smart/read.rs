//! Reading a sentence: its words are found one after the other, then put together clause by clause.

use std::collections::HashMap;

use jiff::civil::Date;

use super::clause::Clauses;
use super::fold::folded;
use super::lexicon::{Word, word};
use super::numeral::{self, Number, Ranges};
use super::scan::Scan;
use super::stated::{Named, Scope, Stated};
use super::when::{self, When};
use crate::calendar::{FiscalStart, Year};

/// What a sentence is read within.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The fiscal year of a quarter, a half or a month that names none: the plan's.
    pub year: Year,
    /// The day from which 本季度 or 明年 are counted.
    pub today: Date,
    /// The month in which fiscal years start.
    pub fiscal: FiscalStart,
}

impl Frame {
    pub(super) const fn start(&self) -> FiscalStart {
        self.fiscal
    }

    /// The fiscal year of a day.
    pub fn year_of(&self, day: Date) -> Year {
        Year::of(day, self.fiscal)
    }
}

/// What a sentence says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The targets it states, in its order; one at least, which may lack everything.
    pub targets: Vec<Stated>,
}

/// What stands at one place of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(Word),
    Number(Number),
    When(When),
    Scope(Scope),
    /// The end of a clause.
    Break,
}

/// Reads a Chinese or English sentence into the targets it states. Only the first [`super::LONGEST`] characters are
/// looked at. A word that is not known is passed over; a number, unit or time that is missing stays missing.
///
/// ```
/// use dacheng_domain::calendar::{FiscalStart, Year};
/// use dacheng_domain::metrics::{Metric, TargetForm};
/// use dacheng_domain::planning::smart::{Figure, Frame, read};
/// use jiff::civil::date;
/// let year = Year::new(2026, FiscalStart::JANUARY).unwrap();
/// let frame = Frame { year, today: date(2026, 11, 23), fiscal: FiscalStart::JANUARY };
/// let targets = read("Q3 销售额达 500 万元，其中新产品占比 30%", &frame, &[]).targets;
/// assert_eq!(targets[0].figure, Ok(Figure::Amount(TargetForm::Total(500_000_000)))); // fen
/// assert_eq!(targets[1].metric, Some(Metric::NewProductShare));
/// assert_eq!(targets[1].figure, Ok(Figure::Amount(TargetForm::Total(3_000)))); // hundredths of a per cent
/// assert_eq!(targets[1].when, targets[0].when);
/// ```
pub fn read(sentence: &str, frame: &Frame, names: &[Named]) -> Reading {
    let text = folded(sentence);
    let mut clauses = Clauses::default();
    for token in tokens(&text, frame, &Names::new(names)) {
        clauses.take(token);
    }
    Reading { targets: clauses.finish() }
}

/// The names of the caller's lists by their first letter.
struct Names<'n> {
    by_first: HashMap<char, Vec<(Vec<char>, &'n Named)>>,
}

impl<'n> Names<'n> {
    fn new(names: &'n [Named]) -> Self {
        let mut by_first: HashMap<char, Vec<_>> = HashMap::new();
        for named in names {
            let letters = folded(&named.name);
            let letters: Vec<char> = letters.iter().copied().skip_while(|own| *own == ' ').collect();
            if letters.len() >= 2 {
                by_first.entry(letters[0]).or_default().push((letters, named));
            }
        }
        Self { by_first }
    }

    /// The longest name that stands here.
    fn longest(&self, scan: &Scan<'_>) -> Option<(Scope, usize)> {
        let here = self.by_first.get(&scan.peek()?)?;
        let fitting = here.iter().filter(|(letters, _)| stands(scan, letters));
        let (letters, named) = fitting.max_by_key(|(letters, _)| letters.len())?;
        Some((Scope { kind: named.kind, code: named.code.clone() }, letters.len()))
    }
}

/// Whether a name stands here; a Latin one as a whole word.
fn stands(scan: &Scan<'_>, letters: &[char]) -> bool {
    let rest = &scan.text[scan.at..];
    let ends = |own: Option<&char>, beside: Option<&char>| {
        !(own.is_some_and(char::is_ascii_alphanumeric) && beside.is_some_and(char::is_ascii_alphanumeric))
    };
    let before = scan.at.checked_sub(1).and_then(|before| scan.text.get(before));
    rest.starts_with(letters)
        && ends(letters.first(), before)
        && ends(letters.last(), rest.get(letters.len()))
}

/// The tokens of a sentence. Where several fit, the longest counts; a name before a word, a word before a time.
fn tokens(text: &[char], frame: &Frame, names: &Names<'_>) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let scan = Scan::new(text, at);
        if text[at] == ' ' {
            at += 1;
            continue;
        }
        let scope = names.longest(&scan);
        let known = word(&scan);
        let mut after = scan;
        let time = when::when(&mut after, frame).map(|found| (found, after.at - at));
        let length = |found: Option<usize>| found.unwrap_or(0);
        let (by_name, by_word, by_time) = (
            length(scope.as_ref().map(|(_, length)| *length)),
            length(known.map(|(_, length)| length)),
            length(time.map(|(_, length)| length)),
        );
        let token = match (scope, known, time) {
            (Some((scope, length)), ..) if length >= by_word && length >= by_time => {
                at += length;
                Token::Scope(scope)
            }
            (_, Some((word, length)), _) if length >= by_time && length >= by_name => {
                at += length;
                Token::Word(word)
            }
            (_, _, Some((when, length))) => {
                at += length;
                Token::When(when)
            }
            _ => match other(scan, found.last()) {
                (Some(token), next) => {
                    at = next;
                    token
                }
                (None, next) => {
                    at = next;
                    continue;
                }
            },
        };
        found.push(token);
    }
    found
}

/// A number, the end of a clause, or nothing that is known.
fn other(scan: Scan<'_>, before: Option<&Token>) -> (Option<Token>, usize) {
    let mut after = scan;
    let ranges = if before == Some(&Token::Word(Word::From)) { Ranges::Leave } else { Ranges::Read };
    if let Some(number) = numeral::number(&mut after, ranges) {
        return (Some(Token::Number(number)), after.at);
    }
    let next = scan.at + 1;
    match scan.peek() {
        Some(',' | ';' | '.' | '。' | '!' | '?') => (Some(Token::Break), next),
        // The rest of a Latin word or of a number that is none belongs to it.
        Some(letter) if letter.is_ascii_alphanumeric() => {
            let rest = scan.text[scan.at..].iter();
            let same =
                |own: &&char| own.is_ascii_digit() == letter.is_ascii_digit() && own.is_ascii_alphanumeric();
            (None, scan.at + rest.take_while(same).count().max(1))
        }
        Some(_) | None => (None, next),
    }
}
