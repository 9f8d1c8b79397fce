//! The walk through the index: step by step, page by page, until there is enough. What is found is compared with what the
//! thing is called now, so that a name of former times finds nothing.

use std::collections::{BTreeSet, HashSet};

use dacheng_domain::search::{Query, Term};
use dacheng_store::Read;
use dacheng_store::search::{Finding, Kind, page};

use crate::Result;

/// Findings read at once: few at first, for the first are enough for most who ask; more where a narrow scope sees few
/// of them.
const PAGES: [i64; 4] = [64, 256, 1_024, 4_096];

/// Whether there is more than was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// There is.
    Yes,
    /// That is all.
    No,
}

impl More {
    /// Whether there is more of either.
    pub(super) const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, Self::No) => Self::No,
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
        }
    }
}

/// What was found, the best first.
#[derive(Debug, Clone)]
pub(super) struct Found<T> {
    pub things: Vec<T>,
    pub more: More,
}

impl<T> Found<T> {
    pub const fn nothing() -> Self {
        Self { things: Vec::new(), more: More::No }
    }

    pub fn first(mut things: Vec<T>, limit: usize) -> Self {
        let more = if things.len() > limit { More::Yes } else { More::No };
        things.truncate(limit);
        Self { things, more }
    }
}

/// A thing that the asker may know of, and the terms it has now.
pub(super) type Known<T> = Option<(T, BTreeSet<Term>)>;

/// Walks through the terms of a kind. `look` says of each finding what the asker may know of.
pub(super) fn walk<T>(
    tx: &mut Read,
    query: &Query,
    kind: Kind,
    limit: usize,
    mut look: impl FnMut(&mut Read, &[Finding]) -> Result<Vec<Known<T>>>,
) -> Result<Found<T>> {
    let mut things = Vec::new();
    let mut seen = HashSet::new();
    for step in query.steps() {
        let mut last = None;
        for size in PAGES.into_iter().chain(std::iter::repeat(PAGES[PAGES.len() - 1])) {
            let findings = page(tx, kind, &step, last.as_ref(), size)?;
            let known = look(tx, &findings)?;
            for (finding, known) in findings.iter().zip(known) {
                let Some((thing, terms)) = known else { continue };
                let term = Term { way: step.way, text: finding.term.clone() };
                if query.is_found(&step, &term, &terms) && seen.insert(finding.key.clone()) {
                    things.push(thing);
                }
                if things.len() > limit {
                    return Ok(Found::first(things, limit));
                }
            }
            if i64::try_from(findings.len()).unwrap_or(0) < size {
                break;
            }
            last = findings.into_iter().next_back();
        }
    }
    Ok(Found::first(things, limit))
}
