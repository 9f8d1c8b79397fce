//! The index of the search: by which term which thing is found. Nothing is ever taken out of it when a name changes;
//! whoever reads compares what is found with what the thing is called now (`docs/decisions/0010`).

use std::collections::BTreeSet;

use dacheng_domain::search::{Extent, Step, Term, Way};

use crate::{Read, Result, Value, Write, bulk, counter};

/// The counter of the rules (`domain::search::RULES`) that every kept term was made by.
const RULES: &str = "search rules";

/// A kind of thing that has terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A unit, by its code.
    Unit,
    /// A member, by their code.
    Member,
    /// An account, by its number.
    Account,
    /// A plan, by its code.
    Plan,
    /// An alert, by its number.
    Alert,
}

impl Kind {
    const fn number(self) -> i64 {
        match self {
            Self::Unit => 1,
            Self::Member => 2,
            Self::Account => 3,
            Self::Plan => 4,
            Self::Alert => 5,
        }
    }
}

/// A thing with its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Of which kind.
    pub kind: Kind,
    /// Its key among its kind.
    pub key: String,
    /// By what it is found.
    pub terms: BTreeSet<Term>,
}

/// A term that was found, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The term's text.
    pub term: String,
    /// The key of the thing.
    pub key: String,
}

/// Adds terms that are not there yet.
pub fn add(tx: &mut Write, entries: &[Entry]) -> Result<()> {
    let mut rows: Vec<(Kind, Way, &str, &str)> = entries
        .iter()
        .flat_map(|entry| {
            entry.terms.iter().map(|term| (entry.kind, term.way, term.text.as_str(), entry.key.as_str()))
        })
        .collect();
    // In the order of the index, where neighbours are written together.
    rows.sort_unstable();
    rows.dedup();
    let columns = ["kind", "way", "term", "key"];
    bulk::append_new(tx, "search_term", &columns, &rows, |(kind, way, term, key), values| {
        values.extend_from_slice(&[kind.number().into(), way.number().into(), (*term).into(), (*key).into()]);
    })
}

/// What a step finds after a finding, in the order of the term and then of the key, at most `limit`.
pub fn page(
    tx: &mut Read,
    kind: Kind,
    step: &Step<'_>,
    after: Option<&Finding>,
    limit: i64,
) -> Result<Vec<Finding>> {
    let last = match step.extent {
        Extent::Whole => step.text.to_owned(),
        // No term has this character: it is greater than every text that begins so.
        Extent::Beginning => format!("{}{}", step.text, char::MAX),
    };
    // The one lower bound, so that both engines begin there: PostgreSQL would begin at the row's, SQLite at the term's.
    let (term, key) = after.map_or((step.text, ""), |after| (after.term.as_str(), after.key.as_str()));
    tx.all(
        "select term, key from search_term
         where kind = $1 and way = $2 and (term, key) > ($3, $4) and term <= $5
         order by term, key limit $6",
        &[
            kind.number().into(),
            step.way.number().into(),
            term.into(),
            key.into(),
            (&last).into(),
            Value::Int(limit),
        ],
        |row| Ok(Finding { term: row.text(0)?, key: row.text(1)? }),
    )
}

/// By which rules every kept term was made; 0 before the first.
pub fn rules(tx: &mut Read) -> Result<i64> {
    counter::last(tx, RULES)
}

/// Begins anew: takes every term out and notes the rules by which they are made now.
pub fn begin_anew(tx: &mut Write, rules: i64) -> Result<()> {
    tx.run("delete from search_term")?;
    let before = counter::last(tx, RULES)?;
    counter::reserve(tx, RULES, rules - before)?;
    Ok(())
}

/// Every name that a unit ever had, by its code.
pub fn names_of_units(tx: &mut Read) -> Result<Vec<(String, String)>> {
    names(tx, "select distinct code, name from fact_unit order by code, name")
}

/// Every name that a member ever had, by their code.
pub fn names_of_members(tx: &mut Read) -> Result<Vec<(String, String)>> {
    names(tx, "select distinct code, name from fact_member order by code, name")
}

fn names(tx: &mut Read, question: &str) -> Result<Vec<(String, String)>> {
    tx.all(question, &[], |row| Ok((row.text(0)?, row.text(1)?)))
}
