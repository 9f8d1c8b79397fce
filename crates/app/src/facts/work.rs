//! An import in progress: what it has counted, found wrong and changed so far.

use std::collections::BTreeMap;
use std::sync::Arc;

use dacheng_domain::facts::kind::Kind;
use dacheng_rollup::Delta;
use dacheng_store::facts::{Fact, View, canonical};
use dacheng_store::imports::Counts;
use jiff::civil::Date;

use super::firsts::Changes;
use super::ground::Ground;
use super::problems::{Columns, MOST, RowProblem, Wrong};
use super::source::Keys;
use super::writer::{Reach, Writer};
use crate::hash::{hex, sha256};
use crate::{App, Context};

/// An import in progress.
pub struct Work<'w> {
    /// The program's edges.
    pub app: &'w App,
    /// Who imports.
    pub context: &'w Context,
    /// What is imported.
    pub kind: Kind,
    /// Its number; `None` for a dry run, which writes nothing.
    pub import: Option<i64>,
    /// The change sequence it is worked out against.
    pub base: i64,
    /// What facts refer to at that sequence.
    pub ground: Arc<Ground>,
    /// What it adds to the blocks.
    pub delta: Delta,
    /// What it does to orders that may be somebody's first.
    pub firsts: Changes,
    /// What it has counted.
    pub counts: Counts,
    /// What is wrong, in the order found.
    pub problems: Vec<RowProblem>,
    /// What is wrong with an order as far as it is read; more rows may mend it.
    pub open: BTreeMap<String, (u64, Wrong)>,
    /// The ranges of keys it has written, for erasing them where it is refused.
    pub written: Vec<(String, String)>,
    /// The earliest day from which a change of what facts refer to holds.
    pub since: Option<Since>,
    /// How the keys of the rows read so far follow each other.
    pub keys: Keys,
    /// Writes chunks beside, while the file is read.
    pub writer: Option<Writer>,
    /// The keys of facts on their way to be written.
    pub keys_written: Reach,
    /// The orders of facts on their way to be written.
    pub orders_written: Reach,
    /// Whether orders are the only sales facts there are.
    pub plain: Plain,
    /// Whether facts may name codes nobody knows.
    pub orphans: Orphans,
    /// The columns that fill the fields, as the file names them.
    pub columns: Columns,
    digest: Digest,
}

/// Whether facts may name codes nobody knows: only after an import of what they refer to was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orphans {
    /// Every code was known when its fact came, and still is.
    Impossible,
    /// Something was undone.
    Possible,
}

/// Whether anything hangs on orders yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// There are no lines, shares, returns, payments, receivables or complaints.
    Yes,
    /// There may be.
    No,
}

/// From when a change holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// It always held.
    Ever,
    /// From a day on.
    Day(Date),
}

impl<'w> Work<'w> {
    /// An import that has read nothing yet.
    pub fn new(
        app: &'w App,
        context: &'w Context,
        kind: Kind,
        import: Option<i64>,
        base: i64,
        ground: Arc<Ground>,
    ) -> Self {
        Self {
            app,
            context,
            kind,
            import,
            base,
            ground,
            delta: Delta::default(),
            firsts: Changes::default(),
            counts: Counts::default(),
            problems: Vec::new(),
            open: BTreeMap::new(),
            written: Vec::new(),
            since: None,
            keys: Keys::Ascend,
            writer: None,
            keys_written: Reach::default(),
            orders_written: Reach::default(),
            plain: Plain::No,
            orphans: Orphans::Impossible,
            columns: Columns::default(),
            digest: Digest::default(),
        }
    }

    /// The facts it is worked out against, and its own so far.
    pub fn view(&self) -> View {
        let base = View::at(self.base);
        self.import.map_or(base, |import| base.with(import))
    }

    /// Notes that something is wrong.
    pub fn wrong(&mut self, row: Option<u64>, wrong: Wrong) {
        if self.problems.len() < MOST {
            self.problems.push(wrong.among(row, &self.columns, self.context.lang));
        }
    }

    /// Whether it still may write: nothing is wrong, and it is no dry run.
    pub fn writes(&self) -> Option<i64> {
        self.import.filter(|_| self.problems.is_empty())
    }

    /// Takes what is wrong with orders whose rows are now all read into the problems.
    pub fn close_orders(&mut self) {
        for (_, (row, wrong)) in std::mem::take(&mut self.open) {
            self.wrong(Some(row), wrong);
        }
    }

    /// Notes a change of what facts refer to.
    pub fn changed_since(&mut self, since: Since) {
        self.since = Some(self.since.map_or(since, |known| known.min(since)));
    }

    /// Takes facts that are written into the digest.
    pub fn seal<F: Fact>(&mut self, facts: &[F]) {
        for fact in facts {
            self.digest.add(fact);
        }
    }

    /// The digest over everything written.
    pub fn digest(&self) -> String {
        self.digest.text()
    }
}

/// A digest over a set of facts that does not depend on their order: the sum of their SHA-256, modulo 2²⁵⁶.
#[derive(Default)]
pub struct Digest {
    words: [u64; 4],
    bytes: Vec<u8>,
}

impl Digest {
    /// Adds a fact.
    pub fn add<F: Fact>(&mut self, fact: &F) {
        self.bytes.clear();
        canonical(fact, &mut self.bytes);
        let hash = sha256(&self.bytes);
        let mut carry = false;
        for (word, part) in self.words.iter_mut().zip(hash.chunks_exact(8)) {
            let part = part.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
            let (sum, over) = word.overflowing_add(part);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            (*word, carry) = (sum, over || over_again);
        }
    }

    /// As hex.
    pub fn text(&self) -> String {
        hex(&self.words.map(u64::to_le_bytes).concat())
    }
}
