//! Importing what happened, orders and what hangs on them first of all, a sorted chunk at a time: look up, compare, credit, hand over to be written.

use std::collections::BTreeMap;
use std::iter::Peekable;

use dacheng_domain::facts::credit::{CreditKind, WHOLE};
use dacheng_domain::facts::row::OrderRow;
use dacheng_domain::facts::value::Code;
use dacheng_store::bulk::CHUNK;
use dacheng_store::facts::{Version, append};
use dacheng_store::imports;
use smol_str::SmolStr;

use super::bundles::{Raw, Which, of_orders};
use super::crediting::{Detail, add, add_plain};
use super::firsts::{First, first_of, first_of_plain};
use super::ground::Ground;
use super::problems::Wrong;
use super::sale::{Named, Sale};
use super::source::{Keys, Line};
use super::work::{Plain, Work};
use crate::{Error, Result};

/// A fact to be written: its row in the file, whom it names, and its earlier version.
struct Fresh<F> {
    row: u64,
    new: F,
    named: Named,
    old: Option<Box<F>>,
}

/// Takes one run of lines through, sorted by key and cut into chunks.
pub fn run<F: Sale>(work: &mut Work<'_>, mut lines: Vec<Line>) -> Result<()> {
    match work.keys {
        Keys::Ascend => {}
        Keys::Mixed => lines.sort_unstable_by(|a, b| a.key.cmp(&b.key).then(a.row.cmp(&b.row))),
    }
    if lines.len() <= CHUNK {
        return chunk::<F>(work, lines);
    }
    let mut lines = lines.into_iter().peekable();
    while lines.peek().is_some() {
        chunk::<F>(work, lines.by_ref().take(CHUNK).collect())?;
    }
    Ok(())
}

fn chunk<F: Sale>(work: &mut Work<'_>, lines: Vec<Line>) -> Result<()> {
    let known = known::<F>(work, &lines)?;
    let fresh = compare(work, lines, known);
    match work.plain {
        Plain::Yes => fresh.iter().for_each(|fact| credit_alone(work, fact)),
        Plain::No => credit(work, &fresh)?,
    }
    write(work, fresh)
}

/// The first part of a composed key: an order's code, where the key is not the fact's own.
fn first_part(key: &str) -> &str {
    key.split('\u{1f}').next().unwrap_or(key)
}

/// What is there already, in the order of keys.
fn known<F: Sale>(work: &mut Work<'_>, lines: &[Line]) -> Result<Vec<Version<F>>> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Ok(Vec::new()) };
    work.keys_written.settle(&mut work.writer, &first.key, &last.key)?;
    let mut tx = work.app.store.read()?;
    let mut parts: Vec<&str> = lines.iter().map(|line| first_part(&line.key)).collect();
    parts.dedup();
    Which::of::<F>(&mut tx, &parts)?.versions(&mut tx, work.view(), F::KEY[0])
}

/// The version of a key where the walk through what is known, which follows the keys, comes by one.
fn version_of<F: Sale>(
    known: &mut Peekable<impl Iterator<Item = Version<F>>>,
    key: &str,
) -> Option<Version<F>> {
    while known.next_if(|version| &*version.fact.key() < key).is_some() {}
    known.next_if(|version| version.fact.key() == key)
}

/// What is new or changed; everything else is only counted. What is wrong is noted.
fn compare<F: Sale>(work: &mut Work<'_>, lines: Vec<Line>, known: Vec<Version<F>>) -> Vec<Fresh<F>> {
    let mut known = known.into_iter().peekable();
    let mut fresh = Vec::with_capacity(lines.len());
    let mut before: Option<(SmolStr, u64)> = None;
    for Line { row, key, entry } in lines {
        if let Some((_, other)) = before.as_ref().filter(|(last, _)| *last == key) {
            let wrong = Wrong::Twice { other: Some(*other) };
            work.wrong(Some(row), wrong);
            continue;
        }
        let old = version_of(&mut known, &key);
        before = Some((key, row));
        if old.as_ref().is_some_and(|old| Some(old.import) == work.import) {
            work.wrong(Some(row), Wrong::Twice { other: None });
            continue;
        }
        let old = old.map(|version| version.fact);
        let entry = match &old {
            Some(old) if entry.is_partial() => entry.over(old.clone().into()),
            Some(_) | None => entry,
        };
        match entry.complete() {
            Err(missing) => {
                for field in missing {
                    work.wrong(Some(row), Wrong::Missing(field));
                }
            }
            Ok(complete) => {
                if let Some(new) = F::of(complete) {
                    fresh.extend(sorted_in(work, row, new, old));
                }
            }
        }
    }
    fresh
}

/// Counts a fact as added, changed or unchanged, and keeps it where it is to be written.
fn sorted_in<F: Sale>(work: &mut Work<'_>, row: u64, new: F, old: Option<F>) -> Option<Fresh<F>> {
    let named = match new.named(&work.ground) {
        Ok(named) => named,
        Err(wrong) => {
            work.wrong(Some(row), wrong);
            return None;
        }
    };
    match &old {
        None => work.counts.added += 1,
        Some(old) if *old == new => {
            work.counts.unchanged += 1;
            return None;
        }
        Some(_) => work.counts.changed += 1,
    }
    Some(Fresh { row, new, named, old: old.map(Box::new) })
}

/// A fresh fact beside the code of an order that it changes.
type Touched<'f, F> = (&'f str, &'f Fresh<F>);

/// Adds what the fresh facts change to the delta, order by order.
fn credit<F: Sale>(work: &mut Work<'_>, fresh: &[Fresh<F>]) -> Result<()> {
    let mut touched: Vec<Touched<'_, F>> = Vec::with_capacity(fresh.len());
    for fact in fresh {
        let codes =
            [Some(&fact.new), fact.old.as_deref()].map(|fact| fact.and_then(Sale::order).map(Code::as_str));
        match codes {
            [None, None] => credit_alone(work, fact),
            [Some(new), Some(old)] if new == old => touched.push((new, fact)),
            [new, old] => touched.extend(new.into_iter().chain(old).map(|code| (code, fact))),
        }
    }
    // In order already where the key begins with the order: then this only looks.
    touched.sort_by_key(|(code, _)| *code);
    let mut bundles = bundles(work, &touched)?;
    for facts in touched.chunk_by(|(code, _), (next, _)| code == next) {
        let (code, first) = facts[0];
        let before = bundles.remove(code).unwrap_or_default();
        let after = changed(&before, code, facts);
        let old = add(&before, &work.ground, Detail::Block, -1, &mut work.delta);
        let new = add(&after, &work.ground, Detail::Block, 1, &mut work.delta);
        work.firsts.note(first_of(&before, old.as_ref()), first_of(&after, new.as_ref()));
        check(work, code, &after, first.row);
    }
    Ok(())
}

/// The orders as they are before the fresh facts, those of earlier chunks included.
fn bundles<F: Sale>(work: &mut Work<'_>, touched: &[Touched<'_, F>]) -> Result<BTreeMap<String, Raw>> {
    let mut codes: Vec<&str> = touched.iter().map(|(code, _)| *code).collect();
    codes.dedup();
    let (Some(first), Some(last)) = (codes.first(), codes.last()) else { return Ok(BTreeMap::new()) };
    work.orders_written.settle(&mut work.writer, first, last)?;
    let mut tx = work.app.store.read()?;
    let which = Which::of::<OrderRow>(&mut tx, &codes)?;
    of_orders(&mut tx, work.view(), which)
}

/// The facts of an order after the fresh ones.
fn changed<F: Sale>(before: &Raw, code: &str, facts: &[Touched<'_, F>]) -> Raw {
    let mut after = before.clone();
    for (_, fact) in facts {
        if let Some(old) = &fact.old {
            old.take_out(&mut after);
        }
        if fact.new.order().is_some_and(|order| order.as_str() == code) {
            fact.new.put(&mut after);
        }
    }
    after
}

/// A fact beside which there is nothing: an order on which nothing hangs, a payment on no order, a visit.
fn credit_alone<F: Sale>(work: &mut Work<'_>, fact: &Fresh<F>) {
    let (ground, delta) = (&work.ground, &mut work.delta);
    if let Some(old) = &fact.old {
        old.add_alone(ground, -1, delta);
    }
    match (fact.new.as_order(), fact.named) {
        (Some(order), Named::Parties(parties)) => {
            add_plain(order, parties, ground, delta);
            let old = fact.old.as_deref().and_then(Sale::as_order);
            work.firsts
                .note(old.and_then(|old| first_alone(old, ground)), first_of_plain(order, parties.member));
        }
        (Some(_), Named::Others) | (None, _) => fact.new.add_alone(ground, 1, delta),
    }
}

/// An order on which nothing hangs as somebody's first, where its owner is known.
fn first_alone<'o>(order: &'o OrderRow, ground: &Ground) -> Option<(&'o str, First)> {
    first_of_plain(order, ground.member(order.member.as_str())?)
}

/// Notes what is wrong with an order as far as it is read, or that nothing is any more.
fn check(work: &mut Work<'_>, code: &str, raw: &Raw, row: u64) {
    let Some(order) = &raw.order else {
        work.wrong(Some(row), Wrong::Unknown { field: "order", code: code.to_owned() });
        return;
    };
    let credit = raw.shares.iter().filter(|share| share.kind == CreditKind::Credit);
    let parts: i64 = credit.clone().map(|share| share.share.parts()).sum();
    let lines = raw.lines.iter().map(|line| line.amount).sum();
    let order_code = || code.to_owned();
    let wrong = if credit.count() > 0 && parts != WHOLE {
        Some(Wrong::Shares { order: order_code(), parts })
    } else {
        let given = order.amount.filter(|amount| !raw.lines.is_empty() && *amount != lines);
        given.map(|amount| Wrong::Lines { order: order_code(), amount, lines })
    };
    match wrong {
        Some(wrong) => drop(work.open.insert(order_code(), (row, wrong))),
        None => drop(work.open.remove(code)),
    }
}

fn write<F: Sale>(work: &mut Work<'_>, fresh: Vec<Fresh<F>>) -> Result<()> {
    let Some(import) = work.writes() else { return Ok(()) };
    let facts: Vec<F> = fresh.into_iter().map(|fact| fact.new).collect();
    if let (Some(first), Some(last)) = (facts.first(), facts.last()) {
        let part = |fact: &F| first_part(&fact.key()).to_owned();
        work.written.push((part(first), part(last)));
    }
    work.seal(&facts);
    let (counts, lang) = (work.counts, work.context.lang);
    let Some(writer) = &mut work.writer else { return Ok(()) };
    writer.hand_over(move |tx| {
        if !facts.is_empty() {
            append(tx, import, &facts)?;
        }
        if imports::progress(tx, import, &counts)? {
            Ok(())
        } else {
            Err(Error::refused(lang.problems().cancelled()))
        }
    })
}
